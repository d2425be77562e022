/// Which properties of an entity are one value to the merge: begin and end of a booking, a project and its task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldGroups {
    /// By property index: the number of its group.
    group_of: Vec<usize>,
}

impl FieldGroups {
    /// `groups` are property indices; every property in none of them is its own group.
    pub(crate) fn new(properties: usize, groups: &[Vec<usize>]) -> Self {
        let mut group_of: Vec<usize> = (0..properties).collect();
        for group in groups {
            let number = group.iter().copied().min().unwrap_or_default();
            for &property in group.iter().filter(|property| **property < properties) {
                group_of[property] = number;
            }
        }
        FieldGroups { group_of }
    }

    pub(crate) fn group_of(&self, property: usize) -> usize {
        self.group_of.get(property).copied().unwrap_or(property)
    }

    /// The given properties, put together by group, in the order of their indices.
    pub(crate) fn split(&self, properties: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let mut groups = std::collections::BTreeMap::<usize, Vec<usize>>::new();
        for property in properties {
            groups.entry(self.group_of(property)).or_default().push(property);
        }
        groups.into_values().collect()
    }
}

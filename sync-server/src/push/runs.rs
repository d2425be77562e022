//! Groups that may be written together because none of them can see another: the fast way for a day's new bookings.
//! Whatever is not plain falls back to group by group, so both ways give the same outcomes.

use crate::push::change::{Change, Key};
use crate::push::group::CheckedGroup;
use crate::storage::rows::{Policies, RowTables};
use query_lang::Type;
use std::collections::{HashSet, VecDeque};
use std::ops::Range;
use sync_protocol::Operation;

/// The groups in order, cut into runs of one or more.
pub(crate) fn runs(groups: &[CheckedGroup<'_>], tables: &RowTables, policies: &Policies) -> VecDeque<Range<usize>> {
    let mut runs = VecDeque::new();
    let mut run = Run::default();
    let mut start = 0;
    for (index, group) in groups.iter().enumerate() {
        if !run.take(group, tables, policies) {
            if start < index {
                runs.push_back(start..index);
            }
            start = index;
            run = Run::default();
            if !run.take(group, tables, policies) {
                runs.push_back(index..index + 1);
                start = index + 1;
            }
        }
    }
    if start < groups.len() {
        runs.push_back(start..groups.len());
    }
    runs
}

#[derive(Default)]
struct Run {
    keys: HashSet<Key>,
    /// Tables that the run writes.
    written: HashSet<String>,
    /// Tables whose rows decide about the run's rows.
    deciding: HashSet<String>,
}

impl Run {
    /// Adds a group; false: it does not fit, and the run is as it was.
    fn take(&mut self, group: &CheckedGroup<'_>, tables: &RowTables, policies: &Policies) -> bool {
        let is_new = |change: &Change| change.op == Operation::Put && change.base == 0;
        if group.changes.is_err() || !group.changes().iter().all(is_new) {
            return false;
        }
        let (mut written, mut deciding) = (self.written.clone(), self.deciding.clone());
        let mut keys = HashSet::new();
        for change in group.changes() {
            let Some(table) = tables.table(change.entity) else { return false };
            if self.keys.contains(&change.key()) || !keys.insert(change.key()) {
                return false;
            }
            if written.insert(table.name.to_string()) {
                deciding.extend(table.tables_that_decide(policies).into_iter().map(str::to_owned));
                let parents = table.columns.iter().filter(|column| column.is_declared_relation());
                let parents = parents.filter_map(|column| match column.kind {
                    Type::Ref(entity) => tables.table(entity),
                    _ => None,
                });
                deciding.extend(parents.map(|parent| parent.name.to_string()));
            }
        }
        if !written.is_disjoint(&deciding) {
            return false;
        }
        (self.written, self.deciding) = (written, deciding);
        self.keys.extend(keys);
        true
    }
}

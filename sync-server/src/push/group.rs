use crate::placement::ModelSnapshot;
use crate::push::change::{Change, Key};
use crate::push::check::check;
use crate::push::decide::rejected;
use crate::push::plan::Refusal;
use sync_protocol::{Group, Mutation, OutcomeKind, RejectionCode};

/// A group that was compared with the model; what it does to rows is not known yet.
#[derive(Debug)]
pub(crate) struct CheckedGroup<'a> {
    pub(crate) mutations: &'a [Mutation],
    /// The rows that the group names, whether its changes can be made or not.
    pub(crate) keys: Vec<Key>,
    /// Err: no row could make the group right.
    pub(crate) changes: Result<Vec<Change>, Refusal>,
}

/// Whether the client checked its mutations against the model that the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModelAge {
    Same,
    Other,
}

impl<'a> CheckedGroup<'a> {
    pub(crate) fn new(group: &'a Group, model: &ModelSnapshot, age: ModelAge) -> Self {
        let keys = group.mutations.iter().filter_map(|mutation| key(mutation, model)).collect();
        let mut changes = Vec::with_capacity(group.mutations.len());
        for (position, mutation) in group.mutations.iter().enumerate() {
            match typed(mutation, model) {
                Ok(change) => changes.push(change),
                Err(outcome) => {
                    let changes = Err(Refusal { position, outcome: age.explain(outcome) });
                    return CheckedGroup { mutations: &group.mutations, keys, changes };
                }
            }
        }
        CheckedGroup { mutations: &group.mutations, keys, changes: Ok(changes) }
    }

    pub(crate) fn changes(&self) -> &[Change] {
        self.changes.as_deref().unwrap_or_default()
    }
}

fn key(mutation: &Mutation, model: &ModelSnapshot) -> Option<Key> {
    Some((model.catalogue.find(&mutation.entity)?, mutation.id))
}

fn typed(mutation: &Mutation, model: &ModelSnapshot) -> Result<Change, OutcomeKind> {
    let unknown = || rejected(RejectionCode::UnknownEntity, Vec::new());
    let id = model.catalogue.find(&mutation.entity).ok_or_else(unknown)?;
    let table = model.rows.table(id).ok_or_else(unknown)?;
    check(mutation, (id, model.catalogue.entity(id)), &table.writable)
}

impl ModelAge {
    pub(crate) fn of(pushed: u64, present: u64) -> Self {
        if pushed == present { ModelAge::Same } else { ModelAge::Other }
    }

    /// A mutation that does not fit the model was right by the model that it was checked against, when that was another.
    pub(crate) fn explain(self, outcome: OutcomeKind) -> OutcomeKind {
        use RejectionCode::{BadValue, Required, UnknownEntity, UnknownProperty};
        match outcome {
            OutcomeKind::Rejected { code: BadValue | Required | UnknownEntity | UnknownProperty, .. }
                if self == ModelAge::Other =>
            {
                OutcomeKind::ModelChanged
            }
            other => other,
        }
    }
}

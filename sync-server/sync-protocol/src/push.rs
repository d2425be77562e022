use crate::{Cell, Cursor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Body of `POST /v1/sync/push`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// The writing home; a copied disk takes a new one.
    pub client: Uuid,
    /// What the client has seen; a server that does not know it answers `history_changed`.
    pub cursor: Option<Cursor>,
    /// Outcomes up to this number have arrived and may be forgotten.
    pub acknowledged: u64,
    /// The model that the mutations were checked against.
    pub model_version: u64,
    pub groups: Vec<Group>,
}

/// One local transaction: applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub mutations: Vec<Mutation>,
}

/// A change of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutation {
    /// Dense per client, starting at 1.
    pub no: u64,
    /// The entity's name in the model.
    pub entity: String,
    pub id: Uuid,
    pub op: Operation,
    /// The row's seq that the client saw; 0 for a row that it made. An outcome `applied` of the client's own earlier
    /// change of the row counts as seen: the client raises the base of a change that it has not sent yet to that
    /// outcome's seq. Within one push the server does the same.
    pub base: u64,
    /// New values by property name. A change of one property of a field group carries the whole group, here and in
    /// `was`: begin and end of one booking never come from two people.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, Cell>,
    /// Old values of the same properties: the merge base travels with the change. Empty for a row that the client made.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<String, Cell>,
    /// The device's time of the change in microseconds UTC; becomes `Created`, at most the server's time.
    pub at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    Put,
    Delete,
    Restore,
}

/// Answer of a push: one final outcome for every mutation that was sent, in the order sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    pub outcomes: Vec<Outcome>,
    /// The head after the push.
    pub seq: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub no: u64,
    #[serde(flatten)]
    pub kind: OutcomeKind,
}

/// What became of a mutation. Every one is final. Outcomes carry codes, never values of the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum OutcomeKind {
    Applied {
        seq: u64,
    },
    /// Applied to a row that others had changed in other field groups.
    Merged {
        seq: u64,
    },
    /// The server already has exactly these values.
    Duplicate {
        seq: u64,
    },
    Conflict {
        code: ConflictCode,
        #[serde(default)]
        properties: Vec<String>,
    },
    Rejected {
        code: RejectionCode,
        #[serde(default)]
        properties: Vec<String>,
        /// Words for the sentence that the person reads: the rule's code, the missing parent's entity.
        #[serde(default)]
        params: BTreeMap<String, String>,
    },
    /// Checked against an older model that differs in what this mutation touches.
    ModelChanged,
    /// Another mutation of the same group was not applied.
    Skipped {
        depends_on: u64,
    },
}

impl OutcomeKind {
    /// Whether the server's row now holds what the mutation wanted.
    pub fn is_success(&self) -> bool {
        matches!(self, OutcomeKind::Applied { .. } | OutcomeKind::Merged { .. } | OutcomeKind::Duplicate { .. })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictCode {
    /// A field group was changed on both sides to different values.
    Clash,
    /// A delete of a row that somebody edited since.
    EditedSince,
    /// An edit of a row that somebody deleted; it can be restored.
    Deleted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionCode {
    /// The row does not exist for this person (it may exist for others: the answers are alike).
    Missing,
    /// The person may not write this.
    Forbidden,
    /// A validation rule of the model said no; `params.rule` is its code.
    Rule,
    /// A required property is missing.
    Required,
    /// A value is not of the property's type, or too long.
    BadValue,
    /// `params.property`: another row has this value already.
    NotUnique,
    /// `params.parent`: the entity that is referred to and is not there.
    MissingParent,
    /// Other rows refer to this one.
    StillReferenced,
    UnknownEntity,
    UnknownProperty,
}

//! Which mutations of a push are new, by their numbers and content. Numbers are dense for a client, so a hole, or one
//! number with two contents, tells that a disk was copied or the server restored.

use crate::storage::rows::ClientState;
use sha2::{Digest, Sha256};
use sync_protocol::{Group, Mutation, OutcomeKind, limits};
use uuid::Uuid;

/// A mutation's content: the same bytes for the same mutation, whoever sent it.
pub(crate) fn content_hash(mutation: &Mutation) -> Vec<u8> {
    Sha256::digest(serde_json::to_vec(mutation).unwrap_or_default()).to_vec()
}

/// Why a push as a whole is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misnumbered {
    /// Not of the form of the protocol.
    Malformed(&'static str),
    /// More than the limits allow.
    TooLarge(&'static str),
    /// Another disk wrote under this client's id.
    Forked,
    /// The server does not hold what the client pushed before.
    Behind,
}

/// # Errors
/// A push that breaks a limit or whose numbers do not ascend one by one.
pub(crate) fn check_shape(groups: &[Group]) -> Result<(), Misnumbered> {
    if groups.len() > limits::PUSH_GROUPS_MAX {
        return Err(Misnumbered::TooLarge("more groups than one push may carry"));
    }
    let mut expected = None;
    for group in groups {
        if group.mutations.is_empty() {
            return Err(Misnumbered::Malformed("a group without mutations"));
        }
        if group.mutations.len() > limits::GROUP_MUTATIONS_MAX || bytes(group) > limits::GROUP_BYTES_MAX {
            return Err(Misnumbered::TooLarge("a group that is larger than one transaction may be"));
        }
        for mutation in &group.mutations {
            let no = mutation.no;
            if no == 0 || no > i64::MAX as u64 || expected.is_some_and(|expected| expected != no) {
                return Err(Misnumbered::Malformed("mutations whose numbers do not ascend one by one"));
            }
            expected = Some(no + 1);
        }
    }
    Ok(())
}

fn bytes(group: &Group) -> usize {
    serde_json::to_vec(group).map_or(0, |json| json.len())
}

/// What a push is to a server that knows the client so far.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Outcomes of the groups that were pushed before, to the letter.
    pub(crate) known: Vec<OutcomeKind>,
    /// Index of the first group that is new.
    pub(crate) first_new: usize,
}

/// `state` is None for a client that the server has never heard of.
///
/// # Errors
/// The client's disk was copied, or the server lost what the client had pushed.
pub(crate) fn place(
    groups: &[Group],
    acknowledged: u64,
    user: Uuid,
    state: Option<&ClientState>,
) -> Result<Placed, Misnumbered> {
    let last_no = state.map_or(0, |state| state.last_no);
    if state.is_some_and(|state| state.user != user) {
        return Err(Misnumbered::Forked);
    }
    if acknowledged > last_no {
        return Err(Misnumbered::Behind);
    }
    let mut known = Vec::new();
    let mut first_new = groups.len();
    for (index, group) in groups.iter().enumerate() {
        let fresh = group.mutations.iter().filter(|mutation| mutation.no > last_no).count();
        if fresh == group.mutations.len() {
            first_new = index;
            break;
        }
        if fresh > 0 {
            return Err(Misnumbered::Forked);
        }
        for mutation in &group.mutations {
            let stored = state.and_then(|state| state.outcomes.get(&mutation.no)).ok_or(Misnumbered::Forked)?;
            if stored.content_hash != content_hash(mutation) {
                return Err(Misnumbered::Forked);
            }
            known.push(stored.kind.clone());
        }
    }
    let next = groups.get(first_new).and_then(|group| group.mutations.first());
    if next.is_some_and(|mutation| mutation.no != last_no + 1) {
        return Err(Misnumbered::Behind);
    }
    Ok(Placed { known, first_new })
}

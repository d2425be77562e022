//! How many queries run at once: no person and no company can keep the others from the databases.

use crate::failure::Failure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync_protocol::limits::{QUERIES_PER_COMPANY_MAX, QUERIES_PER_NODE_MAX, QUERIES_PER_PERSON_MAX};
use uuid::Uuid;

/// A node's running queries, counted by who asked.
#[derive(Debug, Clone, Default)]
pub struct RunningQueries(Arc<Mutex<HashMap<Share, usize>>>);

/// What a query takes a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Share {
    Person(Uuid, Uuid),
    Company(Uuid),
    Node,
}

/// One query that runs; it has ended when this is dropped.
#[derive(Debug)]
pub struct RunningQuery {
    all: RunningQueries,
    shares: [Share; 3],
}

impl RunningQueries {
    /// # Errors
    /// `unavailable`, as HTTP 429, with a sentence that says whose share is used up.
    pub fn begin(&self, tenant: Uuid, user: Uuid) -> Result<RunningQuery, Failure> {
        let shares = [Share::Person(tenant, user), Share::Company(tenant), Share::Node];
        let mut running = self.running();
        let count = |share| running.get(share).copied().unwrap_or_default();
        if let Some(full) = shares.iter().find(|share| count(share) >= share.max()) {
            return Err(Failure::too_many_queries(full.sentence()));
        }
        for share in shares {
            *running.entry(share).or_default() += 1;
        }
        Ok(RunningQuery { all: self.clone(), shares })
    }

    fn running(&self) -> MutexGuard<'_, HashMap<Share, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    fn max(&self) -> usize {
        match self {
            Share::Person(..) => QUERIES_PER_PERSON_MAX,
            Share::Company(_) => QUERIES_PER_COMPANY_MAX,
            Share::Node => QUERIES_PER_NODE_MAX,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Share::Person(..) => format!(
                "{QUERIES_PER_PERSON_MAX} queries of yours run on the server already. Wait until one has ended, then ask again."
            ),
            Share::Company(_) => {
                "Your company asks as much of the server as it may at once. Ask again in a moment.".to_owned()
            }
            Share::Node => "The server answers as many queries as it can at once. Ask again in a moment.".to_owned(),
        }
    }
}

impl Drop for RunningQuery {
    fn drop(&mut self) {
        let mut running = self.all.running();
        for share in self.shares {
            let left = running.get(&share).map_or(0, |count| count.saturating_sub(1));
            if left == 0 {
                running.remove(&share);
            } else {
                running.insert(share, left);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync_protocol::ErrorCode;

    const ACME: Uuid = Uuid::from_u128(1);

    fn user(number: usize) -> Uuid {
        Uuid::from_u128(100 + number as u128)
    }

    #[test]
    fn a_person_runs_some_queries_at_once_and_one_more_when_one_has_ended() {
        let all = RunningQueries::default();
        let mut running: Vec<_> = (0..QUERIES_PER_PERSON_MAX).map(|_| all.begin(ACME, user(1)).unwrap()).collect();
        let refused = all.begin(ACME, user(1)).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Unavailable);
        assert!(refused.message().contains("Wait until one has ended"));
        assert!(all.begin(ACME, user(2)).is_ok());
        running.pop();
        assert!(all.begin(ACME, user(1)).is_ok());
    }

    #[test]
    fn a_company_leaves_room_for_the_others() {
        let all = RunningQueries::default();
        let running: Vec<_> =
            (0..QUERIES_PER_COMPANY_MAX).map(|number| all.begin(ACME, user(number)).unwrap()).collect();
        assert!(all.begin(ACME, user(1_000)).unwrap_err().message().contains("company"));
        assert!(all.begin(Uuid::from_u128(2), user(1_000)).is_ok());
        drop(running);
        assert!(all.running().is_empty());
    }
}

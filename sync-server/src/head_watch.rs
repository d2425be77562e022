//! Tells listeners how far their company's head has come: at once for writes of this node, and by looking every two
//! seconds for those of others.

use crate::failure::Failure;
use crate::placement::{HeadMoved, Placement};
use crate::state::AppState;
use crate::storage::read_transaction;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use uuid::Uuid;

const LOOK_EVERY: Duration = Duration::from_secs(2);

#[derive(Default)]
pub struct HeadWatch {
    watched: Mutex<HashMap<Uuid, watch::Sender<u64>>>,
    follower: OnceLock<()>,
}

impl HeadWatch {
    /// The head as it is now, and every later one while the listener keeps up; it may skip.
    ///
    /// # Errors
    /// `unavailable` when the tenant has moved or the database is away.
    pub async fn listen(&self, state: &AppState, placement: &Arc<Placement>) -> Result<watch::Receiver<u64>, Failure> {
        let seq = read_transaction(placement).await?.head.seq;
        let receiver = {
            let mut watched = self.watched();
            let sender = watched.entry(placement.tenant).or_insert_with(|| watch::Sender::new(seq));
            let receiver = sender.subscribe();
            raise(sender, seq);
            receiver
        };
        self.follower.get_or_init(|| {
            tokio::spawn(follow(state.clone()));
        });
        Ok(receiver)
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Sender<u64>>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moved(&self, moved: HeadMoved) {
        if let Some(sender) = self.watched().get(&moved.tenant) {
            raise(sender, moved.seq);
        }
    }

    /// Tenants that somebody listens to; the others are forgotten.
    fn tenants(&self) -> Vec<Uuid> {
        let mut watched = self.watched();
        watched.retain(|_, sender| sender.receiver_count() > 0);
        watched.keys().copied().collect()
    }

    fn forget_all(&self) {
        self.watched().clear();
    }
}

fn raise(sender: &watch::Sender<u64>, seq: u64) {
    sender.send_if_modified(|known| {
        let later = seq > *known;
        *known = seq.max(*known);
        later
    });
}

async fn follow(state: AppState) {
    let mut heads = state.tenancy.heads();
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            moved = heads.recv() => match moved {
                Ok(moved) => state.head_watch.moved(moved),
                Err(RecvError::Lagged(_)) => look_everywhere(&state).await,
                Err(RecvError::Closed) => break,
            },
            _ = look.tick() => look_everywhere(&state).await,
            () = state.stopping.cancelled() => break,
        }
    }
    state.head_watch.forget_all();
}

/// A database that is away is looked at again with the next tick.
async fn look_everywhere(state: &AppState) {
    for tenant in state.head_watch.tenants() {
        if let Ok(placement) = state.tenancy.placement(tenant).await
            && let Ok(reading) = read_transaction(&placement).await
        {
            state.head_watch.moved(HeadMoved { tenant, seq: reading.head.seq });
        }
    }
}

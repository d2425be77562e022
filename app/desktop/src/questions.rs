use device::{Cancel, DeviceError, ErrorCode};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Queries that run now. A window asks many at a time (each picker is one), and Stop ends the one that it belongs to.
#[derive(Default)]
pub(crate) struct Questions {
    running: Mutex<BTreeMap<u64, Asking>>,
}

/// What ends a query.
#[derive(Clone, Default)]
pub(crate) struct Asking {
    /// Ends it on this computer.
    pub(crate) cancel: Cancel,
    /// Says that its answer is not awaited any more.
    pub(crate) given_up: Arc<Notify>,
}

/// A query that runs, forgotten when it is answered.
pub(crate) struct Asked<'q> {
    questions: &'q Questions,
    number: Option<u64>,
    pub(crate) asking: Asking,
}

impl Asking {
    /// Waits for the server's answer; given up, the connection is closed with it, and the server ends the query.
    pub(crate) async fn unless_given_up<T>(
        &self,
        answer: impl Future<Output = Result<T, DeviceError>>,
    ) -> Result<T, DeviceError> {
        tokio::select! {
            answer = answer => answer,
            () = self.given_up.notified() => Err(DeviceError::new(ErrorCode::BadInput, "the query was cancelled")),
        }
    }
}

impl Questions {
    /// A query begins. Without a number nobody will ask to end it.
    pub(crate) fn ask(&self, number: Option<u64>) -> Asked<'_> {
        let asking = Asking::default();
        if let Some(number) = number {
            self.running().insert(number, asking.clone());
        }
        Asked { questions: self, number, asking }
    }

    /// One that has its answer already is left alone.
    pub(crate) fn give_up(&self, number: u64) {
        if let Some(asking) = self.running().get(&number) {
            asking.cancel.cancel();
            asking.given_up.notify_one();
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Asking>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.questions.running().remove(&number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Questions};
    use std::time::Duration;

    async fn is_given_up(asked: &Asked<'_>) -> bool {
        tokio::time::timeout(Duration::ZERO, asked.asking.given_up.notified()).await.is_ok()
    }

    #[tokio::test]
    async fn stop_ends_its_own_query_and_neither_an_older_nor_a_newer_one() {
        let questions = Questions::default();
        let older = questions.ask(Some(1));
        let own = questions.ask(Some(2));
        let newer = questions.ask(Some(3));
        let search = questions.ask(None);
        questions.give_up(2);
        assert!(is_given_up(&own).await);
        for other in [&older, &newer, &search] {
            assert!(!is_given_up(other).await);
        }
    }

    #[tokio::test]
    async fn what_the_server_does_not_answer_is_given_up() {
        let questions = Questions::default();
        let asked = questions.ask(Some(7));
        questions.give_up(7);
        let given_up = asked.asking.unless_given_up(std::future::pending::<Result<(), _>>()).await;
        assert_eq!(given_up.expect_err("nothing answered").message, "the query was cancelled");
    }

    #[test]
    fn a_query_that_is_answered_is_forgotten() {
        let questions = Questions::default();
        drop(questions.ask(Some(1)));
        questions.give_up(1);
        assert!(questions.running().is_empty());
    }
}

use crate::storage::executor::statement;
use sqlx::{PgPool, Row};

/// Wrong answers that cost nothing: people mistype.
const FREE: i32 = 5;
/// The longest wait, and how long after it a subject is forgotten.
const WAIT_S_MAX: i32 = 900;
pub(super) const FORGOTTEN_US: i64 = 24 * 3_600 * 1_000_000;

/// Counts one attempt of a network in the window that began at `window_start` (microseconds UTC): how many there are now.
/// The first one of a window sweeps the windows before.
///
/// # Errors
/// The control database is away.
pub async fn count_attempt(control: &PgPool, network: &str, window_start: i64) -> Result<i32, sqlx::Error> {
    let count = statement(
        "INSERT INTO control.attempt AS a (scope, subject, window_start, attempts) VALUES ('network', $1, $2, 1) \
         ON CONFLICT (scope, subject, window_start) DO UPDATE SET attempts = a.attempts + 1 RETURNING attempts",
    );
    let attempts: i32 =
        count.bind(network.to_owned()).bind(window_start).fetch_one(control).await?.try_get("attempts")?;
    if attempts == 1 {
        let sweep = statement("DELETE FROM control.attempt WHERE window_start < $1");
        sweep.bind(window_start).execute(control).await?;
    }
    Ok(attempts)
}

/// Counts an answer as wrong, and doubles the wait before the next one once the free ones are used up; one statement, so that
/// many answers at once are counted one by one. Some: the instant before which `subject` is not listened to.
///
/// # Errors
/// The control database is away.
pub async fn begin_answer(control: &PgPool, subject: &str, now: i64) -> Result<Option<i64>, sqlx::Error> {
    let begin = statement(
        "INSERT INTO control.wrong_answer AS w (subject, wrong, next) VALUES ($1, 1, $2) ON CONFLICT (subject) DO UPDATE \
         SET wrong = CASE WHEN w.next < $2 - $3 THEN 1 ELSE w.wrong + 1 END, \
         next = $2 + CASE WHEN w.next < $2 - $3 OR w.wrong < $4 THEN 0 \
         ELSE least($5, 1 << least(w.wrong - $4, 20))::bigint * 1000000 END \
         WHERE w.next <= $2 RETURNING wrong",
    );
    let begin = begin.bind(subject.to_owned()).bind(now).bind(FORGOTTEN_US).bind(FREE).bind(WAIT_S_MAX);
    if begin.fetch_optional(control).await?.is_some() {
        return Ok(None);
    }
    let next = statement("SELECT next FROM control.wrong_answer WHERE subject = $1").bind(subject.to_owned());
    next.fetch_optional(control).await?.map(|row| row.try_get("next")).transpose()
}

/// # Errors
/// The control database is away.
pub async fn forget_wrong_answers(control: &PgPool, subject: &str) -> Result<(), sqlx::Error> {
    let forget = statement("DELETE FROM control.wrong_answer WHERE subject = $1");
    forget.bind(subject.to_owned()).execute(control).await.map(|_| ())
}

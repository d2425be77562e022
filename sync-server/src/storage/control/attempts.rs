use crate::storage::executor::statement;
use sqlx::{PgPool, Row};

/// What attempts are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Account,
    Network,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Scope::Account => "account",
            Scope::Network => "network",
        }
    }
}

/// Counts one attempt in the window that began at `window_start` (microseconds UTC): how many there are now. The first
/// one of a window sweeps the windows before.
///
/// # Errors
/// The control database is away.
pub async fn count_attempt(
    control: &PgPool,
    scope: Scope,
    subject: &str,
    window_start: i64,
) -> Result<i32, sqlx::Error> {
    let count = statement(
        "INSERT INTO control.attempt AS a (scope, subject, window_start, attempts) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (scope, subject, window_start) DO UPDATE SET attempts = a.attempts + 1 RETURNING attempts",
    );
    let count = count.bind(scope.name()).bind(subject.to_owned()).bind(window_start);
    let attempts: i32 = count.fetch_one(control).await?.try_get("attempts")?;
    if attempts == 1 {
        let sweep = statement("DELETE FROM control.attempt WHERE window_start < $1");
        sweep.bind(window_start).execute(control).await?;
    }
    Ok(attempts)
}

/// # Errors
/// The control database is away.
pub async fn forget_attempts(control: &PgPool, scope: Scope, subject: &str) -> Result<(), sqlx::Error> {
    let forget = statement("DELETE FROM control.attempt WHERE scope = $1 AND subject = $2");
    forget.bind(scope.name()).bind(subject.to_owned()).execute(control).await.map(|_| ())
}

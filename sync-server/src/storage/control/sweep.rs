use crate::storage::control::attempts::FORGOTTEN_US;
use crate::storage::executor::statement;
use sqlx::PgPool;

/// How long a session that is over, and a code that was used or is too old, can still be looked at.
const KEPT_US: i64 = 30 * 24 * 3_600 * 1_000_000;

/// Removes what expired; how many rows.
///
/// # Errors
/// The control database is away.
pub async fn sweep(control: &PgPool, now: i64) -> Result<u64, sqlx::Error> {
    let sweeps = [
        ("DELETE FROM control.challenge WHERE expires < $1", now),
        ("DELETE FROM control.attempt WHERE window_start < $1", now - KEPT_US),
        ("DELETE FROM control.wrong_answer WHERE next < $1", now - FORGOTTEN_US),
        ("DELETE FROM control.invitation WHERE expires < $1", now - KEPT_US),
        ("DELETE FROM control.session WHERE least(expires, coalesce(revoked, expires)) < $1", now - KEPT_US),
    ];
    let mut swept = 0;
    for (sql, before) in sweeps {
        swept += statement(sql).bind(before).execute(control).await?.rows_affected();
    }
    Ok(swept)
}

//! Roles that are given for a time: `Active` says whether one counts today, so that permissions need no clock.

use crate::failure::Failure;
use crate::placement::ModelSnapshot;
use crate::storage::executor::statement;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

const DAY_US: i64 = 24 * 3_600 * 1_000_000;
const NAMES: [&str; 4] = ["User", "ValidFrom", "ValidTo", "Active"];

/// An assignment whose `Active` is not what its dates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overdue {
    pub(crate) id: Uuid,
    pub(crate) active: bool,
}

/// Assignments whose first or last day has passed since `Active` was written, at the instant `now` (microseconds UTC), by
/// each person's own calendar. One without dates is as it was given.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn overdue_roles(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    now: i64,
) -> Result<Vec<Overdue>, Failure> {
    let assignments = model.rows.columns(&model.catalogue, "RoleAssignment", NAMES);
    let users = model.rows.columns(&model.catalogue, "User", ["TimeZone"]);
    let (Some((table, [user, from, to, active])), Some((users, [zone]))) = (assignments, users) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "SELECT a.\"id\", a.\"{from}\", a.\"{to}\", a.\"{active}\", u.\"{zone}\" FROM {} AS a \
         JOIN {} AS u ON u.\"id\" = a.\"{user}\" \
         WHERE NOT a.\"deleted\" AND (a.\"{from}\" IS NOT NULL OR a.\"{to}\" IS NOT NULL)",
        table.current, users.current
    );
    let rows = statement(sql).fetch_all(connection).await?;
    Ok(rows.iter().filter_map(|row| overdue(row, now).transpose()).collect::<Result<_, sqlx::Error>>()?)
}

fn overdue(row: &PgRow, now: i64) -> Result<Option<Overdue>, sqlx::Error> {
    let (id, from, to): (Uuid, Option<i32>, Option<i32>) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let (active, zone): (bool, String) = (row.try_get(3)?, row.try_get(4)?);
    let counts = counts(from, to, today(now, &zone));
    Ok((counts != active).then_some(Overdue { id, active: counts }))
}

/// Both days belong to the time.
fn counts(from: Option<i32>, to: Option<i32>, today: i64) -> bool {
    from.is_none_or(|from| i64::from(from) <= today) && to.is_none_or(|to| today <= i64::from(to))
}

/// Days since 1970-01-01 where the person is.
fn today(now: i64, zone: &str) -> i64 {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let offset_s = Timestamp::from_microsecond(now).map_or(0, |now| zone.to_offset(now).seconds());
    (now + i64::from(offset_s) * 1_000_000).div_euclid(DAY_US)
}

/// Writes `Active` of these assignments under `seq`, in the caller's transaction, which has passed the gate at the instant
/// `at` (microseconds UTC).
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn set_roles_active(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    (seq, at): (u64, i64),
    overdue: &[Overdue],
) -> Result<(), Failure> {
    let Some((table, [active])) = model.rows.columns(&model.catalogue, "RoleAssignment", ["Active"]) else {
        return Ok(());
    };
    let sql = format!(
        "UPDATE {} AS t SET \"{active}\" = u.active, \"seq\" = $1, \"updated\" = $2, \"updated_by\" = NULL \
         FROM unnest($3::uuid[], $4::boolean[]) AS u(id, active) WHERE t.\"id\" = u.id",
        table.current
    );
    let ids: Vec<Uuid> = overdue.iter().map(|overdue| overdue.id).collect();
    let active: Vec<bool> = overdue.iter().map(|overdue| overdue.active).collect();
    statement(sql).bind(seq.cast_signed()).bind(at).bind(ids).bind(active).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_counts_from_its_first_to_its_last_day() {
        for (from, to, expected) in [
            (None, None, true),
            (Some(10), None, true),
            (Some(11), None, false),
            (None, Some(10), true),
            (None, Some(9), false),
            (Some(10), Some(10), true),
        ] {
            assert_eq!(counts(from, to, 10), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn the_day_is_the_persons_own() {
        let evening = 20_000 * DAY_US + 23 * DAY_US / 24;
        assert_eq!(today(evening, "Europe/Vienna"), 20_001);
        assert_eq!(today(evening, "America/New_York"), 20_000);
        assert_eq!(today(evening, "Nowhere/Atall"), 20_000);
    }
}

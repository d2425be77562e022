//! How often somebody may try to sign in. A network asks so many times a minute; wrong answers for one account from one
//! network make that network wait, longer each time, and nobody else: a stranger cannot lock a person out. Counted in
//! the control database, because any node may get the next attempt.

use crate::failure::Failure;
use crate::storage::control;
use sqlx::PgPool;
use std::net::IpAddr;

const WINDOW_US: i64 = 60 * 1_000_000;
/// Attempts of one network in one window.
const NETWORK_MAX: i32 = 300;

/// Counts one attempt of a network, whatever it proves.
///
/// # Errors
/// `too_many_attempts` with the seconds to wait; `unavailable` when the control database is away.
pub async fn count_network(control: &PgPool, address: IpAddr, now: i64) -> Result<(), Failure> {
    let attempts = control::count_attempt(control, &network(address), window_start(now)).await?;
    if attempts <= NETWORK_MAX { Ok(()) } else { Err(Failure::too_many_attempts(wait_s(now))) }
}

/// Counts one answer to a challenge of this server as wrong until it has [`succeeded`]. `now` in microseconds.
///
/// # Errors
/// `too_many_attempts` with the seconds to wait, and then the answer is not to be looked at; `unavailable` when the control
/// database is away.
pub async fn begin_answer(control: &PgPool, names: (&str, &str), address: IpAddr, now: i64) -> Result<(), Failure> {
    match control::begin_answer(control, &subject(names, address), now).await? {
        None => Ok(()),
        Some(next) => Err(Failure::too_many_attempts(seconds_until(next, now))),
    }
}

/// The answer was right: those before it were typing errors.
///
/// # Errors
/// `unavailable` when the control database is away.
pub async fn succeeded(control: &PgPool, names: (&str, &str), address: IpAddr) -> Result<(), Failure> {
    Ok(control::forget_wrong_answers(control, &subject(names, address)).await?)
}

fn subject(names: (&str, &str), address: IpAddr) -> String {
    format!("{} from {}", account(names), network(address))
}

/// Whole seconds, at least one.
fn seconds_until(next: i64, now: i64) -> u32 {
    let left_us = next.saturating_sub(now);
    u32::try_from(left_us.div_euclid(1_000_000) + 1).unwrap_or(u32::MAX)
}

fn window_start(now: i64) -> i64 {
    now - now.rem_euclid(WINDOW_US)
}

/// Seconds until the next window begins, at least one.
fn wait_s(now: i64) -> u32 {
    let left_us = WINDOW_US - now.rem_euclid(WINDOW_US);
    u32::try_from(left_us / 1_000_000).unwrap_or(60).max(1)
}

/// The names with a length before them, so that no two accounts are one.
fn account((tenant, user): (&str, &str)) -> String {
    format!("{}:{}/{}", tenant.len(), tenant.to_lowercase(), user.to_lowercase())
}

/// An IPv4 address, or the first 64 bits of an IPv6 one: what one customer of a provider has.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_network(address: &str, expected: &str) {
        assert_eq!(network(address.parse().unwrap()), expected);
    }

    #[test]
    fn the_addresses_of_one_customer_are_one_network() {
        check_network("192.0.2.7", "192.0.2.7");
        check_network("::ffff:192.0.2.7", "192.0.2.7");
        check_network("2001:db8:1:2::1", "2001:db8:1:2::/64");
        check_network("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64");
    }

    #[test]
    fn accounts_are_told_apart_without_case() {
        assert_eq!(account(("Acme", "Employee")), account(("acme", "EMPLOYEE")));
        assert_ne!(account(("a/b", "c")), account(("a", "b/c")));
    }

    #[test]
    fn a_window_is_a_minute_and_the_wait_ends_with_it() {
        assert_eq!(window_start(119_000_000), 60_000_000);
        assert_eq!(wait_s(119_000_000), 1);
        assert_eq!(wait_s(60_000_000), 60);
        assert_eq!(wait_s(119_999_999), 1);
    }
}

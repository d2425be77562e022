//! The server's clock. It dates rows and ends sessions; it never decides an order.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Microseconds since 1970-01-01 UTC.
pub fn now_us() -> i64 {
    now().as_microsecond()
}

#[expect(clippy::disallowed_methods, reason = "the one place where the server reads its clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The machine's zone; UTC when it has none with a name.
#[expect(clippy::disallowed_methods, reason = "the one place where the server asks for its zone")]
pub fn zone() -> TimeZone {
    let zone = TimeZone::system();
    if zone.iana_name().is_some() { zone } else { TimeZone::UTC }
}

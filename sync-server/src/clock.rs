//! The server's clock. It dates rows and ends sessions; it never decides an order.

/// Microseconds since 1970-01-01 UTC.
pub fn now_us() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

use std::sync::Arc;

/// The time of the computer; it fills fields and decides nothing in sync.
pub trait Clock: Send + Sync {
    /// Microseconds since 1970-01-01 UTC.
    fn now(&self) -> i64;
}

/// Unpredictable bytes: ids, nonces, keys.
pub trait Randomness: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// What comes from outside: the main of each program gives it once, tests give their own.
#[derive(Clone)]
pub struct Outside {
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// The computer's zone: input without an offset is read in it.
    pub zone: jiff::tz::TimeZone,
    /// How people tell this computer from their others.
    pub device_name: String,
    /// Whether a device key may go to the keystore of the operating system; else it is a file of mode 0600.
    pub use_keystore: bool,
}

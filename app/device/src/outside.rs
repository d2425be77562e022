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

impl Outside {
    /// The clock, the randomness, the zone and the name of this computer: what the main of a program gives.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the outermost edge that reads the computer's clock and zone"
    )]
    pub fn of_this_computer() -> Outside {
        Outside {
            clock: Arc::new(ComputerClock),
            randomness: Arc::new(ComputerRandomness),
            zone: jiff::tz::TimeZone::system(),
            device_name: host_name(),
            use_keystore: true,
        }
    }
}

struct ComputerClock;

impl Clock for ComputerClock {
    #[expect(clippy::disallowed_methods, reason = "this is the outermost edge that reads the computer's clock")]
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
    }
}

struct ComputerRandomness;

impl Randomness for ComputerRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // A computer without randomness can make no key and no id; to go on would be worse than to stop.
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}

fn host_name() -> String {
    let named = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
    named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "computer".to_owned())
}

/// Where the desktop is to be seen.
pub(crate) fn desktop_session() -> recorder::Session {
    let variable = |name: &str| std::env::var(name).ok();
    recorder::Session { display: variable("DISPLAY"), wayland_display: variable("WAYLAND_DISPLAY") }
}

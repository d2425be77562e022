//! Challenges that the server need not remember: a nonce is random bytes with a seal over them, the tenant, the user and
//! the expiry. Only one that was answered rightly is remembered, so asking for challenges fills nothing.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sync_protocol::KdfParameters;

/// How long a challenge may be answered.
pub(crate) const LIFETIME_US: i64 = 5 * 60 * 1_000_000;
/// What a user who does not exist seems to have: what the present version of the app uses.
pub(crate) const USUAL_KDF: KdfParameters = KdfParameters { memory_kib: 128 * 1024, passes: 3, lanes: 1 };

const RANDOM_BYTES: usize = 16;
const NONCE_BYTES: usize = 32;

/// Seals nonces and makes up salts.
#[derive(Clone)]
pub struct Challenger([u8; 32]);

impl Challenger {
    /// `secret` is the same on all nodes of a server and never told.
    pub fn new(secret: [u8; 32]) -> Self {
        Challenger(secret)
    }

    /// Hexadecimal nonce for one sign-in of this user until `expires`.
    pub(crate) fn nonce(&self, random: [u8; RANDOM_BYTES], tenant: &str, user: &str, expires: i64) -> String {
        let seal = self.seal(&random, tenant, user, expires).finalize().into_bytes();
        let mut nonce = [0; NONCE_BYTES];
        nonce[..RANDOM_BYTES].copy_from_slice(&random);
        nonce[RANDOM_BYTES..].copy_from_slice(&seal[..NONCE_BYTES - RANDOM_BYTES]);
        hex::encode(nonce)
    }

    /// The bytes of a nonce that this server made for exactly this user and expiry, before it expired.
    pub(crate) fn check(
        &self,
        nonce: &str,
        tenant: &str,
        user: &str,
        expires: i64,
        now: i64,
    ) -> Option<[u8; NONCE_BYTES]> {
        let mut bytes = [0; NONCE_BYTES];
        hex::decode_to_slice(nonce, &mut bytes).ok()?;
        let (random, seal) = bytes.split_at(RANDOM_BYTES);
        self.seal(random, tenant, user, expires).verify_truncated_left(seal).ok()?;
        (now < expires && expires <= now.saturating_add(LIFETIME_US)).then_some(bytes)
    }

    /// The salt of a user who does not exist: the same at every question, like a real one.
    pub(crate) fn made_up_salt(&self, tenant: &str, user: &str) -> [u8; 16] {
        let mut mac = self.mac("salt");
        field(&mut mac, tenant.to_lowercase().as_bytes());
        field(&mut mac, user.to_lowercase().as_bytes());
        let bytes = mac.finalize().into_bytes();
        let mut salt = [0; 16];
        salt.copy_from_slice(&bytes[..16]);
        salt
    }

    fn seal(&self, random: &[u8], tenant: &str, user: &str, expires: i64) -> Hmac<Sha256> {
        let mut mac = self.mac("nonce");
        field(&mut mac, random);
        field(&mut mac, tenant.as_bytes());
        field(&mut mac, user.as_bytes());
        field(&mut mac, &expires.to_le_bytes());
        mac
    }

    fn mac(&self, label: &str) -> Hmac<Sha256> {
        // A key below the block size is filled up with zeros: so says HMAC itself.
        let mut block = [0; 64];
        block[..self.0.len()].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        field(&mut mac, label.as_bytes());
        mac
    }
}

/// With its length before it, so that no two inputs share bytes.
fn field(mac: &mut Hmac<Sha256>, bytes: &[u8]) {
    mac.update(&(bytes.len() as u64).to_le_bytes());
    mac.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_000_000;

    fn challenger() -> Challenger {
        Challenger::new([7; 32])
    }

    #[test]
    fn a_nonce_is_accepted_for_its_own_user_and_time_only() {
        let expires = NOW + LIFETIME_US;
        let nonce = challenger().nonce([1; 16], "acme", "employee", expires);
        assert!(challenger().check(&nonce, "acme", "employee", expires, NOW).is_some());
        assert!(challenger().check(&nonce, "acme", "colleague", expires, NOW).is_none());
        assert!(challenger().check(&nonce, "acme", "employee", expires + 1, NOW).is_none());
        assert!(challenger().check(&nonce, "acme", "employee", expires, expires).is_none());
        assert!(Challenger::new([8; 32]).check(&nonce, "acme", "employee", expires, NOW).is_none());
    }

    #[test]
    fn a_nonce_that_was_changed_or_made_elsewhere_is_refused() {
        let expires = NOW + LIFETIME_US;
        let nonce = challenger().nonce([1; 16], "acme", "employee", expires);
        let changed = nonce.replacen(&nonce[..2], "ff", 1);
        assert!(challenger().check(&changed, "acme", "employee", expires, NOW).is_none());
        for foreign in ["", "zz", "00", &"00".repeat(32)] {
            assert!(challenger().check(foreign, "acme", "employee", expires, NOW).is_none());
        }
    }

    #[test]
    fn a_user_who_does_not_exist_always_has_the_same_salt() {
        assert_eq!(challenger().made_up_salt("acme", "lead"), challenger().made_up_salt("Acme", "Lead"));
        assert_ne!(challenger().made_up_salt("acme", "lead"), challenger().made_up_salt("acme", "leaf"));
        assert_ne!(challenger().made_up_salt("acm", "elead"), challenger().made_up_salt("acme", "lead"));
    }
}

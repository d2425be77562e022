use zeroize::Zeroizing;

use crate::Randomness;
use crate::secret::Secret;

/// Opens the device slot, which never leaves this computer. It lives in the OS keystore, else in a file of its own that
/// nobody else may read.
pub struct DeviceKey(pub(crate) Secret);

impl DeviceKey {
    pub fn generate(randomness: &mut dyn Randomness) -> Self {
        DeviceKey(Secret::random(randomness))
    }

    pub fn to_stored(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(*self.0.bytes())
    }

    /// None when these are not 32 bytes, so something else lies at that place of the keystore.
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        Secret::copy_of(bytes).map(DeviceKey)
    }
}

use std::convert::Infallible;

/// Where unpredictable bytes come from. The application's outermost edge gives the operating system's; tests give a
/// fixed sequence, so that a sealed format can be frozen.
pub trait Randomness {
    /// Fills all of `bytes`. A source that cannot do so must not return.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<F: FnMut(&mut [u8])> Randomness for F {
    fn fill(&mut self, bytes: &mut [u8]) {
        self(bytes)
    }
}

pub(crate) fn random_bytes<const N: usize>(randomness: &mut dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// The same source in the shape that `hpke` asks for.
pub(crate) struct HpkeRandomness<'a>(pub(crate) &'a mut dyn Randomness);

impl rand_core::TryRng for HpkeRandomness<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(random_bytes(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(random_bytes(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for HpkeRandomness<'_> {}

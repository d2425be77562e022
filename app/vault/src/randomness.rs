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

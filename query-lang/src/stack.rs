//! Room for what a text nests. Depth is limited; how much of a stack one level takes is not ours to say, and a worker of a
//! server has little.

const BYTES: usize = 32 * 1024 * 1024;

/// Runs where there is room, on a stack of its own if need be.
pub(crate) fn roomy<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(BYTES - 1024 * 1024, BYTES, work)
}

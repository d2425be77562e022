//! Sizes that tell nothing: the true length, the contents, zeros up to a power of two.

use zeroize::Zeroizing;

const BUCKET_BYTES_MIN: usize = 4096;
const BUCKET_BYTES_MAX: usize = 2 * 1024 * 1024;
const LENGTH_BYTES: usize = 8;

/// Contents of one segment, so that it stays below the protocol's `SEGMENT_BYTES_MAX`.
pub const SEGMENT_CONTENT_BYTES_MAX: usize = BUCKET_BYTES_MAX - LENGTH_BYTES;

/// None above [`SEGMENT_CONTENT_BYTES_MAX`].
pub(super) fn fill(contents: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let size = size_for(contents.len())?;
    let mut bucket = Zeroizing::new(Vec::with_capacity(size));
    bucket.extend_from_slice(&(contents.len() as u64).to_le_bytes());
    bucket.extend_from_slice(contents);
    bucket.resize(size, 0);
    Some(bucket)
}

/// None when the bucket is not exactly what [`fill`] makes.
pub(super) fn empty(bucket: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bucket.split_first_chunk::<LENGTH_BYTES>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (contents, padding) = rest.split_at_checked(length)?;
    let filled = size_for(length) == Some(bucket.len()) && padding.iter().all(|byte| *byte == 0);
    filled.then_some(contents)
}

fn size_for(length: usize) -> Option<usize> {
    (length <= SEGMENT_CONTENT_BYTES_MAX).then(|| (length + LENGTH_BYTES).next_power_of_two().max(BUCKET_BYTES_MIN))
}

//! Fixed-width fields, little endian, for every sealed format; reading never goes beyond the end.

use uuid::Uuid;

use crate::Owner;

/// The one suite there is: HPKE base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305; XChaCha20-Poly1305 for
/// contents; Ed25519; SHA-256.
pub(crate) const SUITE: u16 = 1;

#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn begin(magic: &[u8; 4], version: u16) -> Self {
        Writer::default().bytes(magic).u16(version).u16(SUITE)
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn u8(self, value: u8) -> Self {
        self.bytes(&[value])
    }

    pub(crate) fn u16(self, value: u16) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(crate) fn u32(self, value: u32) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(crate) fn u64(self, value: u64) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(crate) fn i64(self, value: i64) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    pub(crate) fn owner(self, owner: &Owner) -> Self {
        self.bytes(owner.tenant.as_bytes()).bytes(owner.user.as_bytes())
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

pub(crate) enum BeginError {
    Malformed,
    Newer,
}

/// Every method is None when the bytes are too short.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// Reads magic, version and suite.
    pub(crate) fn begin(bytes: &'a [u8], magic: &[u8; 4], version: u16) -> Result<Self, BeginError> {
        let mut reader = Reader(bytes);
        if reader.array::<4>().as_ref() != Some(magic) {
            return Err(BeginError::Malformed);
        }
        let (Some(found), Some(suite)) = (reader.u16(), reader.u16()) else { return Err(BeginError::Malformed) };
        match (found, suite) {
            (found, SUITE) if found == version => Ok(reader),
            (0, _) | (_, 0) => Err(BeginError::Malformed),
            _ => Err(BeginError::Newer),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn i64(&mut self) -> Option<i64> {
        self.array().map(i64::from_le_bytes)
    }

    pub(crate) fn uuid(&mut self) -> Option<Uuid> {
        self.array().map(Uuid::from_bytes)
    }

    pub(crate) fn owner(&mut self) -> Option<Owner> {
        Some(Owner { tenant: self.uuid()?, user: self.uuid()? })
    }

    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

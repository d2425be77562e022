//! A person with one device, made from a fixed sequence instead of randomness.

use sha2::{Digest, Sha256};
use uuid::Uuid;
use vault::{
    Device, DirectoryContent, Owner, Pin, Recipient, RecorderKey, SealedDirectory, SegmentPlace, SlotKey, Unlocked,
    derive,
};

pub(crate) const HOUR: i64 = 490_000;
pub(crate) const KDF: sync_protocol::KdfParameters =
    sync_protocol::KdfParameters { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
pub(crate) const SALT: [u8; 16] = [7; 16];

/// SHA-256 of seed and counter, block after block.
pub(crate) fn sequence(seed: &str) -> impl FnMut(&mut [u8]) + use<> {
    let seed = seed.to_owned();
    let mut counter = 0_u64;
    let mut blocks = std::iter::from_fn(move || {
        counter += 1;
        Some(Sha256::digest(format!("{seed} {counter}")))
    })
    .flatten();
    move |bytes: &mut [u8]| bytes.iter_mut().for_each(|byte| *byte = blocks.next().expect("endless"))
}

pub(crate) fn id(number: u8) -> Uuid {
    Uuid::from_bytes([number; 16])
}

pub(crate) struct Person {
    pub(crate) unlocked: Unlocked,
    pub(crate) directory: SealedDirectory,
    pub(crate) recorder_key: RecorderKey,
    pub(crate) device: Uuid,
    pub(crate) pin: Pin,
}

/// User and device get ids made of `number`.
pub(crate) fn person(number: u8) -> Person {
    let mut randomness = sequence(&format!("person {number}"));
    let recorder_key = RecorderKey::generate(&mut randomness);
    let device = id(number + 100);
    let content = DirectoryContent { devices: vec![laptop(device, &recorder_key)], ..Default::default() };
    let (unlocked, directory) = expect(Unlocked::create(owner(number), content, &mut randomness));
    let pin = unlocked.pin();
    Person { unlocked, directory, recorder_key, device, pin }
}

pub(crate) fn owner(number: u8) -> Owner {
    Owner { tenant: id(1), user: id(number) }
}

pub(crate) fn laptop(id: Uuid, key: &RecorderKey) -> Device {
    Device {
        id,
        name: "laptop".to_owned(),
        recorder_key: key.public(),
        added: 1_764_000_000_000_000,
        retired_after: None,
        continues: None,
    }
}

pub(crate) fn slot_key(password: &str) -> SlotKey {
    expect(derive(password, "employee", &SALT, KDF)).slot_key
}

/// Like `unwrap` for types that cannot be printed.
pub(crate) fn expect<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

impl Person {
    pub(crate) fn place(&self) -> SegmentPlace {
        SegmentPlace { owner: self.unlocked.owner(), device: self.device }
    }

    pub(crate) fn recipient(&self) -> Recipient {
        self.unlocked.recipient()
    }
}

//! Whatever arrives from outside: no parser panics, nothing opens.

use crate::fixture::{expect, person};
use crate::segments::{open, sealed};
use proptest::prelude::*;
use vault::{ChainHead, Pin, Recipient, SealedHourKey, SealedSlot};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_are_refused_by_every_parser(bytes in prop::collection::vec(any::<u8>(), 0..600), magic in 0..5_usize) {
        let magic = [b"DBSL", b"DBDR", b"DBSG", b"DBHK", b"????"][magic];
        let bytes = [magic.as_slice(), &[1, 0, 1, 0], &bytes].concat();
        let employee = person(2);
        prop_assert!(SealedHourKey::from_bytes(&bytes).and_then(|key| key.open(employee.place(), employee.unlocked.directory(), &employee.unlocked)).is_err());
        prop_assert!(open(&employee, employee.place(), &bytes).is_err());
        let _ = (SealedSlot::from_bytes(&bytes).is_ok(), Pin::from_stored(&bytes), Recipient::from_stored(&bytes).is_ok());
    }

    #[test]
    fn whatever_is_sealed_comes_back(contents in prop::collection::vec(any::<u8>(), 0..20_000)) {
        let employee = person(2);
        let segment = sealed(&employee, &contents, ChainHead::START);
        prop_assert_eq!(expect(open(&employee, employee.place(), segment.as_bytes())), contents);
    }
}

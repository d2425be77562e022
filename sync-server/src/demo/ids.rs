use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The id of a thing of the demo, made from its name: the same on every machine.
pub(super) fn id(kind: &str, name: &str) -> Uuid {
    let hash = Sha256::digest(format!("daybook demo\n{kind}\n{name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Numbers that look drawn and are the same for the same names (SplitMix64, Steele et al. 2014).
#[derive(Debug, Clone)]
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64, name: &str, day: i32) -> Self {
        let hash = Sha256::digest(format!("{seed}\n{name}\n{day}"));
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash[..8]);
        Draw(u64::from_le_bytes(bytes))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below - 1`; 0 when there is nothing below.
    pub(super) fn below(&mut self, below: usize) -> usize {
        if below == 0 { 0 } else { (self.next() % below as u64) as usize }
    }

    /// True so many times of a hundred.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one_of<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_for_the_same_name_and_differ_by_kind() {
        assert_eq!(id("user", "admin"), id("user", "admin"));
        assert_ne!(id("user", "admin"), id("role", "admin"));
        assert_eq!(id("user", "admin").get_version_num(), 8);
    }

    #[test]
    fn a_draw_repeats_and_covers_its_range() {
        let (mut one, mut other) = (Draw::new(1, "a", 7), Draw::new(1, "a", 7));
        let drawn: Vec<usize> = (0..200).map(|_| one.below(5)).collect();
        assert_eq!(drawn, (0..200).map(|_| other.below(5)).collect::<Vec<_>>());
        assert!((0..5).all(|number| drawn.contains(&number)));
        assert_ne!(drawn, {
            let mut draw = Draw::new(2, "a", 7);
            (0..200).map(|_| draw.below(5)).collect::<Vec<_>>()
        });
    }
}

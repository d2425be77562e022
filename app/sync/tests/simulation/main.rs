//! The engine of the product against a model of server, store and network. `SYNC_STEPS=100000` runs longer.

mod blobs;
mod chance;
mod device;
mod person;
mod rows;
mod server;
mod world;

use world::{Mutant, World};

/// Seeds that once found a fault go here with a name of their own.
const SEEDS: std::ops::Range<u64> = 0..40;
const STEPS: usize = 1_500;

fn steps() -> usize {
    std::env::var("SYNC_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(STEPS)
}

fn failures(mutant: Mutant, steps: usize) -> Vec<String> {
    let run = |seed: u64| World::new(seed, mutant).live(steps).err().map(|error| format!("seed {seed}: {error}"));
    SEEDS.filter_map(run).collect()
}

#[test]
fn devices_agree_and_nothing_is_lost_whatever_the_network_does() {
    let failures = failures(Mutant::None, steps());
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_page_that_is_applied_early_is_noticed() {
    assert!(!failures(Mutant::PageAppliedEarly, STEPS).is_empty());
}

#[test]
fn an_outcome_that_is_ignored_is_noticed() {
    assert!(!failures(Mutant::OutcomeIgnored, STEPS).is_empty());
}

#[test]
fn a_page_that_is_forgotten_is_noticed() {
    assert!(!failures(Mutant::StagingForgottenInTheMiddle, STEPS).is_empty());
}

//! What an editor does to any program, also to a broken one.

use super::random;
use crate::queries::dice::Dice;
use query_lang::catalogue::Catalogue;
use query_lang::{Target, compile, editor};

const PROGRAMS: u64 = 300;

fn catalogue() -> Catalogue {
    migrations::catalogue(migrations::Model::standard()).expect("the standard model has a catalogue")
}

#[test]
fn formatting_a_program_changes_neither_its_sql_nor_itself_again() {
    let catalogue = catalogue();
    let sql = |text: &str| compile(text, &catalogue, &Target::Sqlite).map(|compiled| compiled.sql).ok();
    for seed in 1..=PROGRAMS {
        let text = random(&catalogue, seed).text();
        let once = editor::format(&text, &catalogue).unwrap_or_else(|wrong| panic!("{text}\n{wrong:?}"));
        assert_eq!(editor::format(&once, &catalogue).as_ref(), Ok(&once), "program {seed}:\n{text}");
        assert_eq!(sql(&once), sql(&text), "program {seed}:\n{text}\n{once}");
    }
}

#[test]
fn a_program_that_is_cut_anywhere_is_diagnosed_and_completed() {
    let catalogue = catalogue();
    let mut dice = Dice::new(17);
    for seed in 1..=PROGRAMS / 3 {
        let text = random(&catalogue, seed).text();
        for _ in 0..6 {
            let (from, to) = (dice.below(text.len()), dice.below(text.len()));
            let keep = |at: &usize| text.is_char_boundary(*at);
            let (from, to) = ((from..).find(keep).unwrap_or(0), (to..).find(keep).unwrap_or(0));
            let broken = format!("{}{}", &text[..from.min(to)], &text[from.max(to)..]);
            let wrong = editor::diagnose(&broken, &catalogue, &Target::Sqlite);
            assert!(wrong.iter().all(|wrong| wrong.span.end as usize <= broken.len()), "{broken}\n{wrong:?}");
            for offer in editor::complete(&broken, from.min(to), &catalogue) {
                assert!(offer.replace.end as usize <= broken.len(), "{broken}\n{offer:?}");
            }
            let _ = editor::hover(&broken, from.min(to), &catalogue);
        }
    }
}

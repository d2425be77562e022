//! What exclusions would have hidden, asked of what was recorded: the same rules that the recorder follows.

use super::settings::rules_of;
use crate::moment::SECOND_US;
use crate::view::ProgramPreview;
use crate::{Device, DeviceError};
use recorder::{Rules, Signal, Window};
use std::collections::BTreeMap;

/// Of each program; more tell nothing new.
const TITLES_MAX: usize = 5;

#[derive(Default)]
struct Seen {
    length: i64,
    hidden_by: Option<String>,
    titles: Vec<String>,
}

impl Device {
    /// What these exclusions would have kept and hidden of some days, both inclusive; without both: today. Needs the
    /// person's key.
    pub fn preview_exclusions(
        &self,
        programs: &[String],
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Vec<ProgramPreview>, DeviceError> {
        let rules = rules_of(programs)?;
        Ok(preview(&rules, &self.lived(from, to)?))
    }
}

fn preview(rules: &Rules, signals: &[Signal]) -> Vec<ProgramPreview> {
    let mut programs: BTreeMap<&str, Seen> = BTreeMap::new();
    for signal in signals {
        let Signal::ActiveWindow { begin, end, program, title, document } = signal else { continue };
        let window = Window { program: program.clone(), title: title.clone(), document: document.clone() };
        let seen = programs.entry(program).or_default();
        seen.length += end - begin;
        seen.hidden_by = rules.excluding(&window).and_then(|rule| rule.program.clone());
        if seen.titles.len() < TITLES_MAX && !seen.titles.contains(title) {
            seen.titles.push(title.clone());
        }
    }
    let mut programs: Vec<(&str, Seen)> = programs.into_iter().collect();
    programs.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.length));
    let shown = programs.into_iter().map(|(program, seen)| ProgramPreview {
        program: program.to_owned(),
        seconds: (seen.length / SECOND_US) as i32,
        hidden_by: seen.hidden_by,
        titles: seen.titles,
    });
    shown.collect()
}

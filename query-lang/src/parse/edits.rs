//! A text with some of its mistakes repaired, that still knows where everything stood before.

use crate::diagnostic::{Diagnostic, Fix, Label, Span};

pub(crate) struct Edited {
    pub(crate) text: String,
    /// In their order in the text.
    edits: Vec<Edit>,
}

#[derive(Clone, Copy)]
struct Edit {
    before: Span,
    now: Span,
}

impl Edited {
    pub(super) fn new(text: &str) -> Self {
        Edited { text: text.to_owned(), edits: Vec::new() }
    }

    /// With these fixes of the text as it is now. None: two edits meet.
    pub(super) fn with<'f>(&self, fixes: impl Iterator<Item = &'f Fix>) -> Option<Edited> {
        let mut fixes: Vec<&Fix> = fixes.collect();
        fixes.sort_by_key(|fix| fix.span);
        let mut edited = Edited { text: self.text.clone(), edits: self.edits.clone() };
        for fix in fixes.into_iter().rev() {
            edited.apply(fix)?;
        }
        Some(edited)
    }

    /// Edits of one round come from the end of the text, so that the places of the others stay.
    fn apply(&mut self, fix: &Fix) -> Option<()> {
        let Span { start, end } = fix.span;
        let meets = |edit: &Edit| start < edit.now.end && edit.now.start < end;
        if self.edits.iter().any(meets) {
            return None;
        }
        let before = self.before(fix.span)?;
        self.text.get(start as usize..end as usize)?;
        self.text.replace_range(start as usize..end as usize, &fix.replacement);
        let longer = i64::try_from(fix.replacement.len()).ok()? - i64::from(end - start);
        let shifted = |place: u32| u32::try_from(i64::from(place) + longer).unwrap_or(u32::MAX);
        for edit in self.edits.iter_mut().filter(|edit| edit.now.start >= end) {
            edit.now = Span { start: shifted(edit.now.start), end: shifted(edit.now.end) };
        }
        self.edits.push(Edit { before, now: Span { start, end: shifted(end) } });
        self.edits.sort_by_key(|edit| edit.now);
        Some(())
    }

    /// Spaces of the same length, so that other places stay where they are.
    pub(super) fn blank(&mut self, span: Span) {
        let range = span.start as usize..span.end as usize;
        let spaces = " ".repeat(range.len());
        self.text.replace_range(range, &spaces);
    }

    /// Where a place of this text was before all edits. None: inside of what an edit wrote.
    pub(super) fn before(&self, span: Span) -> Option<Span> {
        let exact = self.edits.iter().find(|edit| edit.now == span && !edit.now.is_empty());
        match exact {
            Some(edit) => Some(edit.before),
            None => Some(Span { start: self.place_before(span.start)?, end: self.place_before(span.end)? }),
        }
    }

    fn place_before(&self, place: u32) -> Option<u32> {
        if self.edits.iter().any(|edit| edit.now.start < place && place < edit.now.end) {
            return None;
        }
        let ended = |edit: &&Edit| edit.now.end <= place && (edit.now.start < place || edit.now.is_empty());
        let last = self.edits.iter().rev().find(ended);
        Some(last.map_or(place, |edit| place - edit.now.end + edit.before.end))
    }

    /// What the same problem says of the text before all edits; without fixes that would write an edit's own words.
    pub(crate) fn told_before(&self, found: Diagnostic) -> Option<Diagnostic> {
        let span = self.before(found.span)?;
        let label = |Label { span, text }: Label| Some(Label { span: self.before(span)?, text });
        let labels = found.labels.into_iter().filter_map(label).collect();
        let fix = |Fix { span, replacement }: Fix| Some(Fix { span: self.before(span)?, replacement });
        let fixes = found.fixes.into_iter().filter_map(fix).collect();
        Some(Diagnostic { span, labels, fixes, ..found })
    }
}

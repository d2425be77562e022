//! What older queries leave unsaid, written out in their text: readings that are warned of, and groups.

use crate::diagnostic::{Code, Diagnostic, Fix, Severity, Span};
use crate::editor::regroup;
use crate::resolve::Resolver;
use crate::{Catalogue, Target, compile, parse};

/// A repaired text can show another reading, and each round writes one group out.
const ROUNDS: usize = 32;

/// The same query; as it was where it cannot be read or nothing is left unsaid.
pub(super) fn written_out(text: &str, catalogue: &Catalogue) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        match repaired(&text, catalogue).or_else(|| grouped(&text, catalogue)) {
            Some(next) => text = next,
            None => break,
        }
    }
    text
}

/// With the fixes of its warnings, the outermost of each place.
fn repaired(text: &str, catalogue: &Catalogue) -> Option<String> {
    let mut resolver = Resolver::new(catalogue);
    text.clone_into(&mut resolver.text);
    resolver.query(parse::query(text).ok()?).ok()?;
    let warned = resolver.diagnostics.iter().filter(|found| found.severity == Severity::Warning);
    let mut fixes: Vec<&Fix> = warned.filter_map(|found| found.fixes.first()).collect();
    fixes.sort_by_key(|fix| (fix.span.start, std::cmp::Reverse(fix.span.end)));
    let mut repaired = String::new();
    let mut done: u32 = 0;
    for Fix { span, replacement } in fixes {
        if span.start < done {
            continue;
        }
        repaired += text.get(done as usize..span.start as usize)?;
        repaired += replacement;
        done = span.end;
    }
    repaired += text.get(done as usize..)?;
    let same = done > 0 && sql(&repaired, catalogue)? == sql(text, catalogue)?;
    same.then_some(repaired)
}

/// With a Group By where a Select groups by itself, if that is the very same query.
fn grouped(text: &str, catalogue: &Catalogue) -> Option<String> {
    let mut resolver = Resolver::watching(catalogue);
    resolver.query(parse::query(text).ok()?).ok()?;
    let groups: Vec<Span> = resolver.watch?.groups;
    let has_comments = text.contains("//") || text.contains("/*");
    let asked = sql(text, catalogue)?;
    groups.into_iter().filter(|_| !has_comments).find_map(|span| {
        let inside = Diagnostic::error(Code::MisplacedAggregate, Span { end: span.start, ..span }, "");
        let rewritten = regroup::regrouped(text, catalogue, &inside)?;
        (sql(&rewritten, catalogue)? == asked).then_some(rewritten)
    })
}

fn sql(text: &str, catalogue: &Catalogue) -> Option<String> {
    let compiled = compile(text, catalogue, &Target::Sqlite).ok()?;
    let names: Vec<String> = compiled.columns.iter().map(|column| column.name.clone()).collect();
    Some(format!("{names:?} {}", compiled.sql))
}

//! Lists of named values: what is computed for a group, what is selected.

use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Where a list of fields or bindings stands.
struct List {
    first: usize,
    end: usize,
    /// Each of its values needs a name.
    named: bool,
    /// The columns of a Select that are in no braces.
    bare: bool,
}

/// A field that is named in another way, or not at all where it must be.
pub(super) fn fields(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let list = list_around(words, at)?;
    let fields = words.list(list.first, list.end);
    let several = list.bare && fields.len() > 1;
    let mut told = None;
    let mut written = Vec::new();
    for (first, end) in fields {
        let (ours, wrong) = field(words, first, end, list.named)?;
        told = told.or(wrong);
        written.push(ours);
    }
    let comma = (list.first..list.end).find(|index| words.at(*index) == ",").filter(|_| several);
    let (span, message) = match (told, comma) {
        (Some(told), _) => told,
        (None, Some(comma)) => (words.tokens[comma].span, "Several columns stand in braces.".to_owned()),
        (None, None) => return None,
    };
    let renamed = list.bare && written.iter().any(|field| field.contains(" = "));
    let ours = written.join(", ");
    let ours = if several || renamed { format!("{{ {ours} }}") } else { ours };
    let whole = words.span(list.first, list.end - 1)?;
    Some(Diagnostic::error(Code::Syntax, span, message).with_fix(whole, ours))
}

/// `Group By T.Project Sum(T.Hours)`.
pub(super) fn into_missing(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let group = words.previous(at, |index| words.begins_clause(index)).0?;
    let begun = words.previous(at, |index| words.is(index, "into")).0.is_some_and(|into| into > group);
    let computes = words.is_name(at) && matches!(words.at(at + 1), "(" | "=");
    if !words.is(group, "group") || begun || !computes || !words.ends_value(at.checked_sub(1)?) {
        return None;
    }
    let end = words.end_of_list(at);
    let bindings: Option<Vec<String>> =
        words.list(at, end).into_iter().map(|(first, end)| Some(field(words, first, end, true)?.0)).collect();
    let message = "`Into` is missing between the keys and what is computed for each group.";
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message);
    let ours = bindings.map(|bindings| format!("Into {}", bindings.join(", ")));
    Some(diagnostic.with_fix_if(words.span(at, end - 1)?, ours))
}

/// `Having Count() > 3` after a group: a Where with the names of what is computed.
pub(super) fn having(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    if !words.is(at, "having") {
        return None;
    }
    let group = words.previous(at, |index| words.begins_clause(index)).0.filter(|clause| words.is(*clause, "group"))?;
    let into = words.previous(at, |index| words.is(index, "into")).0.filter(|into| *into > group);
    let end = words.end_of_list(at + 1);
    let known = into.map_or_else(Vec::new, |into| words.list(into + 1, at));
    let known: Vec<(String, &str)> = known
        .into_iter()
        .filter(|(first, _)| words.at(first + 1) == "=")
        .filter_map(|(first, end)| Some((words.written(first + 2, end - 1)?.to_lowercase(), words.at(first))))
        .collect();
    let (mut condition, mut more) = (String::new(), Vec::new());
    let mut done = words.tokens.get(at + 1)?.span.start;
    let mut index = at + 1;
    while index < end {
        let aggregates = ["count", "countdistinct", "sum", "avg", "min", "max"].contains(&words.lower(index).as_str());
        if aggregates && words.at(index + 1) == "(" {
            let last = words.end_of_brackets(index + 2);
            let call = words.written(index, last)?;
            let name =
                known.iter().find(|(known, _)| *known == call.to_lowercase()).map(|(_, name)| (*name).to_owned());
            let name = name.unwrap_or_else(|| {
                let name = name_of(words, index, last + 1);
                more.push(format!("{name} = {call}"));
                name
            });
            condition = condition + Span { start: done, end: words.tokens[index].span.start }.of(words.text) + &name;
            done = words.tokens[last].span.end;
            index = last;
        }
        index += 1;
    }
    condition += Span { start: done, end: words.tokens[end - 1].span.end }.of(words.text);
    let joined = more.join(", ");
    let more = match (into, more.is_empty()) {
        (_, true) => String::new(),
        (Some(_), false) => format!(", {joined}"),
        (None, false) => format!(" Into {joined}"),
    };
    let span = Span { start: words.tokens[at - 1].span.end, end: words.tokens[end - 1].span.end };
    let message = "`Having` is written `Where` here, with the names that Into gives.";
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message);
    Some(diagnostic.with_fix(span, format!("{more} Where {condition}")))
}

/// The list that a word is in or behind.
fn list_around(words: &Words<'_>, at: usize) -> Option<List> {
    let begins = |index: usize| words.begins_clause(index) || words.is(index, "into");
    let (mut clause, bracket) = words.previous(at, begins);
    let in_braces = bracket.filter(|bracket| words.at(*bracket) == "{");
    if let Some(brace) = in_braces {
        clause = words.previous(brace, begins).0.filter(|clause| words.is(*clause, "select"));
    }
    let clause = clause?;
    let mut first = in_braces.unwrap_or(clause) + 1;
    let selects = words.is(clause, "select");
    if selects && in_braces.is_none() {
        first += usize::from(words.is(first, "distinct"));
        first += 2 * usize::from(words.is(first, "top"));
    }
    if words.is(clause, "group") {
        first += 1;
    }
    let named = ["into", "let", "aggregate"].contains(&words.lower(clause).as_str());
    let end = words.end_of_list(first);
    let is_record = selects && in_braces.is_none() && (words.at(first) == "{" || words.is(first, "new"));
    let fits = !is_record && (named || selects || words.is(clause, "group")) && first < end;
    fits.then_some(List { first, end, named, bare: selects && in_braces.is_none() })
}

type Told = (Span, String);

/// A field as it is written here, with what is wrong about it. None: it is no value at all.
fn field(words: &Words<'_>, first: usize, end: usize, named: bool) -> Option<(String, Option<Told>)> {
    let value = |first: usize, last: usize| words.written(first, last);
    let start = first + usize::from(words.at(first) == ".");
    if words.at(start + 1) == "=" {
        return Some((value(first, end - 1)?.to_owned(), None));
    }
    if words.at(start + 1) == ":" && end > start + 2 {
        let ours = format!("{} = {}", words.at(start), value(start + 2, end - 1)?);
        return Some((
            ours,
            Some((words.tokens[start + 1].span, "A name and its value are joined with `=`.".to_owned())),
        ));
    }
    if end >= first + 3 && words.is(end - 2, "as") {
        let ours = format!("{} = {}", words.at(end - 1), value(first, end - 3)?);
        return Some((
            ours,
            Some((words.tokens[end - 2].span, "A name stands before its value, with `=`.".to_owned())),
        ));
    }
    let written = value(first, end - 1)?;
    if !named {
        return Some((written.to_owned(), None));
    }
    if words.is_name(first) && !matches!(words.at(first + 1), "(" | "." | "" | ",") && first + 1 < end {
        return None;
    }
    let ours = format!("{} = {written}", name_of(words, first, end));
    Some((ours, Some((words.span(first, end - 1)?, "This value needs a name here.".to_owned()))))
}

/// `Sum(T.Hours)` as SumHours, `T.Project.Name` as Name.
fn name_of(words: &Words<'_>, first: usize, end: usize) -> String {
    let plain = |index: usize| words.at(index).trim_matches('`').to_owned();
    let last_name = |from: usize, end: usize| (from..end).rev().find(|index| words.is_name(*index));
    let is_call = words.is_name(first) && words.at(first + 1) == "(";
    let inner = words.next(first + 2, |index| words.at(index) == ",").unwrap_or(end).min(end);
    match (is_call, last_name(first + usize::from(is_call), if is_call { inner } else { end })) {
        (true, Some(of)) => plain(first) + &plain(of),
        (true, None) => plain(first),
        (false, Some(of)) => plain(of),
        (false, None) => "Value".to_owned(),
    }
}

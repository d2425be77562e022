//! Sources, joins and parameters that are declared as elsewhere.

use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};

/// `From Timesheet T`, `Join Project P On ...`, `From Timesheet Where ...`.
pub(super) fn variable_first(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let begins = |index: usize| words.is(index, "from") || words.is(index, "join");
    let clause = words.previous(at, begins).0?;
    let is_path = |index: usize| words.is_name(index) || words.at(index) == ".";
    let entity_end = (clause + 1..words.len()).find(|index| {
        !is_path(*index) || *index > clause + 1 && words.is_name(*index) && words.before(*index, 1) != "."
    });
    let last = entity_end.unwrap_or(words.len()).checked_sub(1).filter(|last| *last > clause)?;
    let alias = last + 1 + usize::from(words.is(last + 1, "as"));
    let aliased = words.is_name(alias) && super::spelling::clause_of(words.at(alias)).is_none();
    let end = if aliased { alias } else { last };
    if words.is(end + 1, "in") || !(clause + 1..=end + 1).contains(&at) {
        return None;
    }
    let name = match aliased {
        true => words.at(alias).to_owned(),
        false => words.at(clause + 1).trim_matches('`').chars().next()?.to_uppercase().to_string(),
    };
    let ours = format!("{name} In {}", words.written(clause + 1, last)?);
    let span = words.span(clause + 1, end)?;
    let message = format!("After {} stands a name for each row, then In.", words.at(clause));
    Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ours))
}

/// `Right Join`, `Full Join`, `Cross Join`, and a Join without its condition.
pub(super) fn joins(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let joined = words.is(at + 1, "join") || words.is(at + 1, "outer") && words.is(at + 2, "join");
    let (message, help) = match words.lower(at).as_str() {
        "right" if joined => (
            "There is no Right Join.",
            "Begin with the other entity: `From P In Project Left Join T In Timesheet On ...`.",
        ),
        "full" if joined => (
            "There is no Full Join.",
            "Write two queries with Left Join, once from each side, and put Union between them.",
        ),
        "cross" if joined => ("There is no Cross Join; another From makes all pairs.", "Write `From P In Project`."),
        _ => return condition_missing(words, at),
    };
    let diagnostic = Diagnostic::error(Code::Syntax, words.span(at, at + 1)?, message).with_help(help);
    let from = words.is(at, "cross").then_some("From".to_owned());
    Some(diagnostic.with_fix_if(words.span(at, at + 1)?, from))
}

fn condition_missing(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let begins = |index: usize| words.begins_clause(index) || words.is(index, "on");
    let join = words.previous(at, begins).0.filter(|clause| words.is(*clause, "join"))?;
    let complete = words.is(join + 2, "in") && words.ends_value(at.checked_sub(1)?) && at > join + 3;
    (complete && (at == words.len() || words.begins_clause(at))).then(|| {
        let place = words.place_behind(at - 1);
        Diagnostic::error(Code::Syntax, place, "This Join has no condition.")
            .with_help("Write `On` and what joins the rows: `Join P In Project On P = T.Project`.")
    })
}

/// `Parameters @x From ...`, `Parameters @x Date`.
pub(super) fn parameter_type(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let parameter = at.checked_sub(1).filter(|before| words.at(*before).starts_with('@'))?;
    let declares = words.is(0, "parameters") && !(0..at).any(|index| words.is(index, "from"));
    if !declares || words.is(at, "as") {
        return None;
    }
    let name = words.at(parameter);
    let span = words.tokens[parameter].span;
    let diagnostic = Diagnostic::error(Code::Syntax, span, format!("The type of {name} is missing."))
        .with_help(format!("Write what it is: `{name} As Date`, `{name} As Text`, `{name} As Project`."));
    let typed = words.is_name(at).then(|| " As".to_owned());
    Some(diagnostic.with_fix_if(words.place_behind(parameter), typed))
}

/// `From T In @user.Timesheets`.
pub(super) fn parameter_path(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let parameter = at.checked_sub(1).filter(|before| words.at(*before).starts_with('@'))?;
    let is_source = words.at(at) == "." && words.before(parameter, 1).eq_ignore_ascii_case("in");
    let name = words.at(parameter);
    let list = words.at(at + 1);
    is_source.then(|| {
        let message = format!("`{name}` is one value; after In stands a list.");
        let help = format!(
            "Declare `Parameters {name} As User`, and write `From U In User Where U = {name} From T In U.{list}`."
        );
        Diagnostic::error(Code::Syntax, words.tokens[parameter].span, message).with_help(help)
    })
}

/// `Order T.Date`, `Group T.Project`.
pub(super) fn by_missing(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let clause = at.checked_sub(1).filter(|before| words.is(*before, "order") || words.is(*before, "group"))?;
    let name = words.at(clause);
    words.begins_value(at).then(|| {
        let message = format!("After {name} stands By.");
        Diagnostic::error(Code::Syntax, words.tokens[clause].span, message).with_fix(words.place_behind(clause), " By")
    })
}

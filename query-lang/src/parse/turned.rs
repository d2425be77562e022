//! `SELECT ... FROM ...` of SQL in the order of this language.

use super::spelling;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Span};

/// What is grouped by follows from what is selected. A second table, a Having, a condition beside several stars: these need a
/// person.
pub(super) fn sql_order(words: &Words<'_>) -> Option<Diagnostic> {
    if !words.is(0, "select") {
        return None;
    }
    let span = words.tokens[0].span;
    let diagnostic = Diagnostic::error(Code::Syntax, span, "A query begins with From and ends with Select.")
        .with_help("Write `From T In Timesheet Where ... Select { T.Date, T.Hours }`.");
    let ours = Turned::of(words).and_then(|turned| turned.written());
    Some(diagnostic.with_fix_if(Span::new(0, words.text.len()), ours))
}

/// The places of a SELECT over one table.
struct Turned<'w, 't> {
    words: &'w Words<'t>,
    from: usize,
    /// First and last word of the table's name.
    entity: (usize, usize),
    variable: String,
    /// Behind the table and its alias.
    rest: usize,
    /// LIMIT and what follows it, or the end.
    paging: usize,
}

impl<'w, 't> Turned<'w, 't> {
    fn of(words: &'w Words<'t>) -> Option<Self> {
        let from = words.next(1, |index| words.is(index, "from"))?;
        let entity = from + 1;
        let mut last = entity;
        while words.at(last + 1) == "." {
            last += 2;
        }
        let alias = last + 1 + usize::from(words.is(last + 1, "as"));
        let aliased = words.is_name(alias) && spelling::clause_of(words.at(alias)).is_none();
        let variable = match aliased {
            true => words.at(alias).to_owned(),
            false => words.at(entity).chars().next()?.to_uppercase().to_string(),
        };
        let rest = if aliased { alias + 1 } else { last + 1 };
        let is_paging = |index: usize| words.is(index, "limit") || words.is(index, "offset");
        let paging = words.next(rest, is_paging).unwrap_or(words.len());
        Some(Turned { words, from, entity: (entity, last), variable, rest, paging })
    }

    fn written(&self) -> Option<String> {
        let words = self.words;
        let unclear = |word: &str| (self.rest..self.paging).any(|index| words.is(index, word));
        if ["join", "having", ",", "union"].into_iter().any(unclear) {
            return None;
        }
        let mut lines = vec![format!("From {} In {}", self.variable, words.written(self.entity.0, self.entity.1)?)];
        let group = words.next(self.rest, |index| words.is(index, "group")).unwrap_or(self.paging).min(self.paging);
        let after = words.next(group + 1, |index| words.is_clause(index) && !words.is(index, "by"));
        let after = after.unwrap_or(self.paging).min(self.paging);
        for (first, end) in [(self.rest, group), (after, self.paging)] {
            if first < end {
                lines.push(self.qualified(first, end));
            }
        }
        let distinct = words.is(1, "distinct");
        let mut first = 1 + usize::from(distinct);
        let top = words.is(first, "top").then(|| words.at(first + 1));
        first += 2 * usize::from(top.is_some());
        lines.extend(self.pages(top)?);
        let fields: Vec<String> =
            words.list(first, self.from).into_iter().map(|(first, end)| self.field(first, end)).collect();
        if fields.len() > 1 && fields.iter().any(|field| field == "*") {
            return None;
        }
        if fields != ["*"] {
            let distinct = if distinct { "Distinct " } else { "" };
            lines.push(format!("Select {distinct}{{ {} }}", fields.join(", ")));
        }
        Some(lines.join("\n"))
    }

    /// `LIMIT 10 OFFSET 20` and `TOP 10`: Skip comes before Take.
    fn pages(&self, top: Option<&'t str>) -> Option<Vec<String>> {
        let words = self.words;
        let (mut skip, mut take) = (None, top);
        let mut index = self.paging;
        while index < words.len() && words.at(index) != ";" {
            match words.lower(index).as_str() {
                "limit" => take = Some(words.at(index + 1)),
                "offset" => skip = Some(words.at(index + 1)),
                _ => return None,
            }
            index += 2;
        }
        let skip = skip.map(|rows| format!("Skip {rows}"));
        Some(skip.into_iter().chain(take.map(|rows| format!("Take {rows}"))).collect())
    }

    fn field(&self, first: usize, end: usize) -> String {
        let named = end >= first + 3 && self.words.is(end - 2, "as");
        let value = self.qualified(first, if named { end - 2 } else { end });
        if named { format!("{} = {value}", self.words.at(end - 1)) } else { value }
    }

    /// `Is` and the `Not` behind it.
    fn null_test(&self, index: usize) -> Option<&'static str> {
        let after_is = self.words.before(index, 1).eq_ignore_ascii_case("is");
        match (self.words.lower(index).as_str(), self.words.lower(index + 1).as_str()) {
            ("is", "not") => Some("<>"),
            ("is", _) => Some("="),
            ("not", _) if after_is => Some(""),
            _ => None,
        }
    }

    /// A bare name is a property of the variable; `count(*)` counts rows.
    fn qualified(&self, first: usize, end: usize) -> String {
        let words = self.words;
        let mut text = String::new();
        for index in first..end {
            let spaced = index > first && !words.touches(index) && self.null_test(index) != Some("");
            text.push_str(if spaced { " " } else { "" });
            let written = words.at(index);
            let is_root = words.at(index + 1) == ".";
            let part = words.before(index, 1) == "." || words.at(index + 1) == "(" || is_root;
            let counted = written == "*" && words.before(index, 1) == "(" && words.at(index + 1) == ")";
            if let Some(ours) = self.null_test(index) {
                text.push_str(ours);
            } else if is_root && words.is(self.entity.1, written) {
                text.push_str(&self.variable);
            } else if counted || written == ";" {
            } else if words.is_name(index) && !part && !written.eq_ignore_ascii_case(&self.variable) {
                text = format!("{text}{}.{written}", self.variable);
            } else {
                text.push_str(written);
            }
        }
        text
    }
}

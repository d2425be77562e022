use crate::Catalogue;
use crate::diagnostic::Span;
use crate::parse::{self, TokenKind, tokens};
use crate::resolve::Resolver;
use serde::{Deserialize, Serialize};

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hover {
    /// The word, in bytes.
    pub span: Span,
    /// One line or several: a type, a signature, a calculated property's expression, what a clause does.
    pub text: String,
}

const CLAUSES: [(&str, &str); 28] = [
    ("From", "From V In Source: goes through rows; several make pairs."),
    ("In", "From V In Source, or x In (a, b) and x In (From ...)."),
    ("Where", "Keeps the rows for which the condition is True."),
    ("Let", "Let n = value: a name for a value of each row."),
    ("Join", "Join V In Source On condition: the pairs that fit."),
    ("Left", "Left Join: keeps rows without a partner; the partner is null."),
    ("On", "The condition of a Join."),
    ("Group", "Group By keys Into n = Sum(x): one row for each key; afterwards only keys and aggregates exist."),
    ("By", "Group By, Order By, Partition By."),
    ("Into", "What is computed for each group."),
    ("Aggregate", "Aggregate n = Sum(x): exactly one row for all."),
    ("Order", "Order By a, b Desc: nulls are smallest."),
    ("Asc", "From small to large."),
    ("Desc", "From large to small."),
    ("Skip", "Leaves out the first rows."),
    ("Take", "Keeps the first rows."),
    ("Select", "Select { a, n = b }: the columns of the result."),
    ("Distinct", "Each row once."),
    ("Union", "Rows of both queries, each once; Union All keeps all."),
    ("Intersect", "Rows that are in both queries."),
    ("Except", "Rows of the first query that are not in the second."),
    ("And", "True when both are True; null counts as False."),
    ("Or", "True when one is True; null counts as False."),
    ("Not", "True when it is not True."),
    ("Like", "x Like \"%text%\": % is any text, _ any character; without case and accents."),
    ("Null", "No value. Null equals Null and differs from every value."),
    ("True", "A value of type Bool."),
    ("False", "A value of type Bool."),
];

/// The meaning of the word at a byte of a query. None: there is no word, or it has no meaning yet.
pub fn hover(text: &str, position: usize, catalogue: &Catalogue) -> Option<Hover> {
    let place = u32::try_from(position).ok()?;
    let at = |span: Span| span.start <= place && place < span.end;
    let token = tokens(text).into_iter().find(|token| at(token.span))?;
    let word = token.span.of(text);
    if token.kind == TokenKind::Keyword {
        let (_, meaning) = CLAUSES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        return Some(Hover { span: token.span, text: (*meaning).to_owned() });
    }
    if token.kind != TokenKind::Name {
        return None;
    }
    let tree = parse::query(text).ok()?;
    let mut resolver = Resolver::watching(catalogue);
    let _ = resolver.query(tree);
    let notes = resolver.watch.map(|watch| watch.notes).unwrap_or_default();
    let nearest = notes.into_iter().filter(|(span, _)| at(*span)).min_by_key(|(span, _)| span.end - span.start)?;
    Some(Hover { span: nearest.0, text: nearest.1 })
}

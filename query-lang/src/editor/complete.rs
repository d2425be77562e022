use crate::catalogue::NamedQuery;
use crate::diagnostic::Span;
use crate::functions::{self, Body, GENERATORS};
use crate::parse::{self, Token, TokenKind, tokens};
use crate::resolve::{HERE, Here, METHODS, Resolver, built_in_names};
use crate::value::Type;
use crate::{Catalogue, EntityId};
use serde::{Deserialize, Serialize};

/// Something that could be written at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// What stands there afterwards.
    pub label: String,
    pub kind: CompletionKind,
    /// Type, signature or what it is.
    pub detail: String,
    /// The begun word that it replaces, in bytes; empty where none is begun.
    pub replace: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionKind {
    Property,
    List,
    Variable,
    Parameter,
    Entity,
    Function,
    Type,
    Keyword,
}

const CLAUSES: [&str; 15] = [
    "Where",
    "Select",
    "Order By",
    "Group By",
    "Let",
    "Join",
    "Left Join",
    "From",
    "Aggregate",
    "Skip",
    "Take",
    "Union",
    "Union All",
    "Intersect",
    "Except",
];
const OPERATORS: [&str; 5] = ["And", "Or", "In", "Not In", "Like"];
const VALUES: [&str; 6] = ["Not", "Null", "True", "False", "CurrentUser", "From"];
const TYPES: [&str; 9] = ["Date", "Text", "Int", "Decimal", "Bool", "DateTime", "Duration", "Time", "Guid"];
const SPECIAL: [&str; 5] = ["If", "Exists", "First", "DisplayValue", "Any"];
const WINDOWS: [&str; 5] = ["RowNumber", "Rank", "DenseRank", "Lag", "Lead"];

/// What could stand at a byte of a query; best first. The text may be unfinished or broken after that place.
pub fn complete(text: &str, position: usize, catalogue: &Catalogue) -> Vec<Completion> {
    let position = (0..=position.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let all = tokens(text);
    let inside = |token: &&Token| (token.span.start as usize) < position && position < token.span.end as usize;
    let closed = [TokenKind::Comment, TokenKind::Text, TokenKind::Unclosed];
    if all.iter().find(inside).is_some_and(|token| closed.contains(&token.kind)) {
        return Vec::new();
    }
    let head = &text[..position];
    let begun = head.len()
        - head.chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
    let mut offers = Offers {
        catalogue,
        replace: Span::new(begun, position),
        word: head[begun..].to_lowercase(),
        found: Vec::new(),
        wanted: None,
    };
    offers.at(&head[..begun], text);
    offers.ranked()
}

struct Offers<'c> {
    catalogue: &'c Catalogue,
    replace: Span,
    /// In lower case.
    word: String,
    found: Vec<Completion>,
    /// The type that is needed at the place.
    wanted: Option<Type>,
}

impl<'c> Offers<'c> {
    fn at(&mut self, head: &str, text: &str) {
        let before = tokens(head);
        let last = before.last().map(|token| token.span.of(head));
        if last == Some("@") {
            return self.parameters(text);
        }
        if last.is_some_and(|word| word.eq_ignore_ascii_case("As")) {
            TYPES.iter().for_each(|name| self.add(name, CompletionKind::Type, ""));
            return self.entities(CompletionKind::Type);
        }
        if let [.., prefix, dot] = before.as_slice()
            && dot.span.of(head) == "."
            && let Some(queries) = self.named_queries(prefix.span.of(head))
        {
            return queries.iter().for_each(|query| self.add(&quoted(&query.name), CompletionKind::Entity, ""));
        }
        if self.in_window(&before, head) {
            return;
        }
        if before.is_empty() {
            return ["From", "Parameters"].iter().for_each(|word| self.add(word, CompletionKind::Keyword, ""));
        }
        let closing = closing(&before, head);
        let here =
            ["", " On True", " = 1"].iter().find_map(|rest| self.probe(&format!("{head} {HERE}{rest}{closing}")));
        match here {
            Some(Here::Row(entity)) => self.members(entity),
            Some(Here::Columns(columns)) => {
                columns
                    .iter()
                    .for_each(|(name, kind)| self.add(name, CompletionKind::Property, &self.type_name(*kind)));
            }
            Some(Here::List(entity)) => {
                entity.into_iter().for_each(|entity| self.members(entity));
                METHODS.iter().for_each(|name| self.add(name, CompletionKind::Function, "of the list"));
            }
            Some(Here::Source(names)) => self.sources(&names),
            Some(Here::Expression(names)) => self.expression(&names),
            None => {}
        }
        if parse::query(&format!("{head}{closing}")).is_ok() {
            if may_have_window(&before, head) {
                self.add("Over", CompletionKind::Keyword, "(Partition By ... Order By ...)");
            }
            CLAUSES.iter().chain(&OPERATORS).for_each(|word| self.add(word, CompletionKind::Keyword, ""));
            let ordering = before.iter().rev().find(|token| token.kind == TokenKind::Keyword);
            if ordering.is_some_and(|token| token.span.of(head).eq_ignore_ascii_case("By")) {
                ["Asc", "Desc", "Into"].iter().for_each(|word| self.add(word, CompletionKind::Keyword, ""));
            }
        }
    }

    /// Best first: what begins as the word does, then what is of the type that is needed, or leads to it.
    fn ranked(self) -> Vec<Completion> {
        let wanted: Vec<String> = match self.wanted {
            Some(Type::Decimal) => vec!["Decimal".to_owned(), "Int".to_owned()],
            wanted => wanted.map(|kind| self.type_name(kind)).into_iter().collect(),
        };
        let leads = |offer: &Completion| {
            let has_members = self.catalogue.find(&offer.detail).is_some() || offer.detail.starts_with('{');
            offer.kind == CompletionKind::Variable && has_members
        };
        let fits = |offer: &Completion| {
            let is = |kind: &String| offer.detail == *kind || offer.detail.ends_with(&format!(": {kind}"));
            wanted.is_empty() || wanted.iter().any(is) || leads(offer)
        };
        let begins = |offer: &Completion| offer.label.to_lowercase().trim_start_matches('`').starts_with(&self.word);
        let mut ranked: Vec<(bool, bool, Completion)> =
            self.found.iter().map(|offer| (!begins(offer), !fits(offer), offer.clone())).collect();
        ranked.sort_by_key(|(begins, fits, _)| (*begins, *fits));
        ranked.into_iter().map(|(_, _, offer)| offer).collect()
    }

    /// Between the brackets of Over; keywords that have no other place.
    fn in_window(&mut self, before: &[Token], head: &str) -> bool {
        let Some(open) = open_brackets(before, head).pop() else { return false };
        if !open.checked_sub(1).is_some_and(|over| before[over].span.of(head).eq_ignore_ascii_case("Over")) {
            return false;
        }
        let words: Vec<String> = before[open + 1..].iter().map(|token| token.span.of(head).to_lowercase()).collect();
        let has = |word: &str| words.iter().any(|known| known == word);
        if words.last().is_some_and(|word| word == "rows") {
            ["All", "Before"].iter().for_each(|word| self.add(word, CompletionKind::Keyword, "frame"));
            return true;
        }
        if words.is_empty() {
            self.add("Partition By", CompletionKind::Keyword, "");
        }
        if words.is_empty() || has("partition") && !has("order") && !words.ends_with(&["by".to_owned()]) {
            self.add("Order By", CompletionKind::Keyword, "");
        }
        let complete = parse::query(&format!("{head}{}", closing(before, head))).is_ok();
        if complete && has("order") && !has("rows") {
            let words = ["Asc", "Desc", "Rows All", "Rows Before"];
            words.iter().for_each(|word| self.add(word, CompletionKind::Keyword, ""));
        }
        complete
    }

    fn probe(&mut self, text: &str) -> Option<Here> {
        let tree = parse::query(text).ok()?;
        let mut resolver = Resolver::watching(self.catalogue);
        let _ = resolver.query(tree);
        let watch = resolver.watch?;
        self.wanted = self.wanted.or(watch.wanted);
        watch.here
    }

    fn add(&mut self, label: &str, kind: CompletionKind, detail: &str) {
        let known = self.found.iter().any(|offer| offer.label == label && offer.kind == kind);
        if !known && label.to_lowercase().contains(&self.word) {
            let (label, detail) = (label.to_owned(), detail.to_owned());
            self.found.push(Completion { label, kind, detail, replace: self.replace });
        }
    }

    fn type_name(&self, kind: Type) -> String {
        Resolver::new(self.catalogue).type_name(kind)
    }

    fn members(&mut self, entity: EntityId) {
        let found = self.catalogue.entity(entity);
        for property in &found.properties {
            self.add(&property.name, CompletionKind::Property, &self.type_name(property.type_of()));
        }
        for list in &found.back_references {
            let detail = format!("list of {}", self.catalogue.entity(list.entity).name);
            self.add(&list.name, CompletionKind::List, &detail);
        }
    }

    fn entities(&mut self, kind: CompletionKind) {
        for (_, entity) in self.catalogue.entities() {
            self.add(&entity.name, kind, "");
        }
    }

    fn sources(&mut self, names: &[(String, String)]) {
        names.iter().for_each(|(name, detail)| self.add(name, CompletionKind::Variable, detail));
        self.entities(CompletionKind::Entity);
        for generator in GENERATORS {
            self.add(generator.name, CompletionKind::Function, "(from, to): rows");
        }
        for prefix in ["View", "Set"] {
            let queries = self.named_queries(prefix).unwrap_or_default();
            queries
                .iter()
                .for_each(|query| self.add(&format!("{prefix}.{}", quoted(&query.name)), CompletionKind::Entity, ""));
        }
        self.add("CurrentUser", CompletionKind::Variable, "User");
    }

    /// What may stand behind `View.` or `Set.`.
    fn named_queries(&self, prefix: &str) -> Option<&'c [NamedQuery]> {
        match prefix.to_ascii_lowercase().as_str() {
            "view" => Some(&self.catalogue.views),
            "set" => Some(&self.catalogue.sets),
            _ => None,
        }
    }

    fn expression(&mut self, names: &[(String, String)]) {
        names.iter().for_each(|(name, detail)| self.add(name, CompletionKind::Variable, detail));
        VALUES.iter().for_each(|word| {
            let truth = ["True", "False", "Not"].contains(word);
            self.add(word, CompletionKind::Keyword, if truth { "Bool" } else { "" });
        });
        let resolver = Resolver::new(self.catalogue);
        let own = self.catalogue.functions.iter().map(|function| function.name.as_str());
        let table = functions::TABLE.iter().filter(|function| !matches!(function.body, Body::Window));
        let table = table.map(|function| function.name).filter(|name| name.starts_with(|c: char| c.is_alphabetic()));
        for name in table
            .filter(|name| *name != "neg")
            .chain(SPECIAL)
            .chain(own)
            .chain(built_in_names().map(|name| name as &str))
        {
            self.add(name, CompletionKind::Function, &resolver.described_function(name));
        }
        for word in WINDOWS {
            self.add(word, CompletionKind::Function, "(...) Over (Partition By ... Order By ...)");
        }
    }

    /// Those that the text declares or uses.
    fn parameters(&mut self, text: &str) {
        let here = self.replace.end;
        for token in tokens(text).iter().filter(|token| token.kind == TokenKind::Parameter && token.span.end != here) {
            let name = token.span.of(text).trim_start_matches('@');
            if !name.is_empty() {
                self.add(name, CompletionKind::Parameter, "");
            }
        }
    }
}

/// With backticks where the name is no word.
fn quoted(name: &str) -> String {
    if parse::is_word(name) { name.to_owned() } else { format!("`{name}`") }
}

/// Behind the brackets of an aggregate or a window's function, in Select or Let.
fn may_have_window(before: &[Token], head: &str) -> bool {
    let word = |token: &Token| token.span.of(head);
    let clauses = ["select", "let", "where", "on", "by", "into", "aggregate", "skip", "take"];
    let keywords = before.iter().rev().filter(|token| token.kind == TokenKind::Keyword);
    let clause = keywords.map(|token| word(token).to_lowercase()).find(|word| clauses.contains(&word.as_str()));
    if !clause.is_some_and(|clause| clause == "select" || clause == "let") {
        return false;
    }
    let Some((_, rest)) = before.split_last().filter(|(last, _)| word(last) == ")") else { return false };
    let called = open_brackets(rest, head).pop().and_then(|open| before.get(open.checked_sub(1)?));
    let windowed = |function: &functions::Function| function.is_aggregate() || matches!(function.body, Body::Window);
    called.is_some_and(|name| functions::overloads(word(name)).any(windowed))
}

/// The brackets that are not closed, outermost first.
fn open_brackets(before: &[Token], head: &str) -> Vec<usize> {
    let mut open = Vec::new();
    for (index, token) in before.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Bracket) {
        match token.span.of(head) {
            "(" | "{" | "[" => open.push(index),
            _ => {
                open.pop();
            }
        }
    }
    open
}

/// What closes the brackets that are open.
fn closing(before: &[Token], head: &str) -> String {
    let close = |index: usize| match before[index].span.of(head) {
        "(" => ')',
        "{" => '}',
        _ => ']',
    };
    open_brackets(before, head).into_iter().rev().flat_map(|index| [' ', close(index)]).collect()
}

use super::Context;
use crate::diagnostic::Span;
use crate::tree::{self, Tree};
use crate::typed::{ExpressionId, VariableId};
use std::rc::Rc;
use std::sync::Arc;

/// What names mean at a place.
#[derive(Clone)]
pub(crate) struct Scope {
    pub(crate) tree: Arc<Tree>,
    pub(crate) context: Context,
    names: Vec<(Rc<str>, Meaning)>,
    /// Names that no longer exist because a Group took them, for the message.
    pub(crate) grouped_away: Rc<[Rc<str>]>,
    /// Names of the query around that a query after In cannot use, for the message.
    pub(crate) beside: Rc<[Rc<str>]>,
    /// In `Into`, `Aggregate` and an implicit group: the scope of an aggregate's arguments.
    pub(crate) group: Option<Rc<Scope>>,
    /// Select and Let may have windows; these are the row variables that break their ties.
    pub(crate) window_ties: Option<Rc<[VariableId]>>,
    /// Set inside an inlined text: the place in the person's text that uses it.
    pub(crate) at: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    Variable(VariableId),
    Value(ExpressionId),
    /// Its definition is wrong, which has been said.
    Failed,
}

impl Scope {
    pub(crate) fn new(tree: Arc<Tree>, context: Context) -> Self {
        let (grouped_away, beside) = (Rc::from([]), Rc::from([]));
        Scope { tree, context, names: Vec::new(), grouped_away, beside, group: None, window_ties: None, at: None }
    }

    pub(crate) fn bind(&mut self, name: &str, meaning: Meaning) {
        self.names.push((Rc::from(name), meaning));
    }

    /// The innermost one wins; without case.
    pub(crate) fn find(&self, name: &str) -> Option<Meaning> {
        self.names.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, meaning)| *meaning)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| &**name)
    }

    /// How many names there are now; `hide_from` takes back what came later.
    pub(crate) fn mark(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn hide_from(&mut self, mark: usize) {
        let hidden: Vec<Rc<str>> = self.names.split_off(mark).into_iter().map(|(name, _)| name).collect();
        self.grouped_away = hidden.into();
    }

    /// For a query inside of what is said of a group: the group's names where the rows have none of that name.
    pub(crate) fn with_names_below(&self, group: &Scope) -> Scope {
        Scope { names: [&group.names[..], &self.names].concat(), ..self.clone() }
    }

    /// For a query after In: what `whole` has more names than this is out of reach.
    pub(crate) fn source_in(&self, whole: &Scope) -> Scope {
        let beside = whole.names.iter().skip(self.names.len()).map(|(name, _)| name.clone()).collect();
        Scope { beside, ..self.inner() }
    }

    /// For the arguments of aggregates, method lambdas and sub-queries: neither groups nor windows of the outer query.
    pub(crate) fn inner(&self) -> Scope {
        Scope { group: None, window_ties: None, ..self.clone() }
    }

    pub(crate) fn span(&self, id: tree::ExpressionId) -> Span {
        self.at.unwrap_or_else(|| self.tree.span(id))
    }

    pub(crate) fn place(&self, span: Span) -> Span {
        self.at.unwrap_or(span)
    }
}

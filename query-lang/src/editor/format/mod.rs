//! A query in today's spelling and layout: the same tree, printed. Old names become those of the model, comments stay with
//! their clauses.

mod clause;
mod comments;
mod expression;
mod today;

use crate::Catalogue;
use crate::diagnostic::{Diagnostic, Span};
use crate::resolve::{Resolver, Today, Watch};
use crate::tree::{Query, Root, Tree};
use crate::{parse, stack};
use comments::Comments;
use std::collections::HashMap;

/// A line is broken where it would be longer, if there is a good place.
const LINE_MAX: usize = 100;

/// The same query as it would be written today: formatting it again changes nothing, and it gives the same answer. A name that
/// the model does not know stays as it is.
///
/// # Errors
/// The text cannot be read.
pub fn format(text: &str, catalogue: &Catalogue) -> Result<String, Vec<Diagnostic>> {
    stack::roomy(|| formatted(&today::written_out(text, catalogue), catalogue))
}

fn formatted(text: &str, catalogue: &Catalogue) -> Result<String, Vec<Diagnostic>> {
    let tree = parse::query(text)?;
    let Some(Root::Query(root)) = tree.root else { return Ok(String::new()) };
    let mut resolver = Resolver::watching(catalogue);
    let query = resolver.query(tree.clone());
    let names = query.ok().map(|query| columns(&resolver, query));
    let Watch { spellings, forms, .. } = resolver.watch.unwrap_or_default();
    let (spellings, forms) = (spellings.into_iter().collect(), forms.into_iter().collect());
    let mut printer = Printer { text, tree: &tree, spellings, forms, names: None };
    let comments = Comments::of(text, printer.clauses_of(root));
    let first = printer.program(root, &comments);
    let renamed = names.as_ref().is_some_and(|names| column_names(&first, catalogue).as_ref() != Some(names));
    if !renamed {
        return Ok(first);
    }
    printer.names = names;
    Ok(printer.program(root, &comments))
}

/// A tree as text, its names as they are.
pub(super) fn printed(text: &str, tree: &Tree, root: crate::tree::QueryId) -> String {
    let printer = Printer { text, tree, spellings: HashMap::new(), forms: HashMap::new(), names: None };
    printer.program(root, &Comments::of(text, printer.clauses_of(root)))
}

/// An expression on one line.
pub(super) fn expression(text: &str, tree: &Tree, id: crate::tree::ExpressionId) -> String {
    Printer { text, tree, spellings: HashMap::new(), forms: HashMap::new(), names: None }.expression(id)
}

fn columns(resolver: &Resolver<'_>, query: crate::typed::QueryId) -> Vec<String> {
    resolver.typed.columns(query).into_iter().map(|column| column.name).collect()
}

fn column_names(text: &str, catalogue: &Catalogue) -> Option<Vec<String>> {
    let mut resolver = Resolver::new(catalogue);
    let query = resolver.query(parse::query(text).ok()?).ok()?;
    Some(columns(&resolver, query))
}

struct Printer<'t> {
    text: &'t str,
    tree: &'t Tree,
    spellings: HashMap<Span, String>,
    /// Expressions that have another form today.
    forms: HashMap<Span, Today>,
    /// Names of the result's columns, where respelling would change them.
    names: Option<Vec<String>>,
}

impl Printer<'_> {
    fn program(&self, root: crate::tree::QueryId, comments: &Comments<'_>) -> String {
        let mut lines: Vec<String> = Vec::new();
        if !self.tree.parameters.is_empty() {
            let declared: Vec<String> =
                self.tree.parameters.iter().map(|parameter| self.parameter(parameter)).collect();
            lines.push(format!("Parameters {}", declared.join(", ")));
        }
        let clauses = match &self.tree.query(root).query {
            Query::Pipeline { clauses, select } => self.clauses(clauses, select.as_ref(), 0, true),
            Query::Set { .. } => vec![self.set(root, 0)],
        };
        for (index, clause) in clauses.into_iter().enumerate() {
            lines.extend(comments.before(index).map(str::to_owned));
            let trailing: String = comments.after(index).map(|comment| format!(" {comment}")).collect();
            lines.push(clause + &trailing);
        }
        lines.extend(comments.at_end().map(str::to_owned));
        lines.join("\n") + "\n"
    }

    fn parameter(&self, parameter: &crate::tree::ParameterDeclaration) -> String {
        let kind = &parameter.kind;
        let (optional, list) = (if kind.nullable { "?" } else { "" }, if kind.list { "[]" } else { "" });
        let default = parameter.default.map(|value| format!(" = {}", self.expression(value))).unwrap_or_default();
        format!("@{} As {}{optional}{list}{default}", parameter.name.text, kind.name.text)
    }

    /// How many parts of the result's text can have comments.
    fn clauses_of(&self, root: crate::tree::QueryId) -> usize {
        match &self.tree.query(root).query {
            Query::Pipeline { clauses, select } => {
                let top = usize::from(select.as_ref().is_some_and(|select| select.top.is_some()));
                clauses.len() + usize::from(select.is_some()) + top
            }
            // Its sides stand in brackets afterwards: all comments come before it.
            Query::Set { .. } => usize::MAX,
        }
    }
}

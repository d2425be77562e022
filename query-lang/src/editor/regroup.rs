//! A query that aggregates where no group is, with the group written out: the fix of that mistake.

use super::format;
use crate::diagnostic::{Diagnostic, Span};
use crate::functions::{self, Function};
use crate::tree::{
    Argument, Binding, Clause, Expression, ExpressionId, Field, Name, Node, Query, QueryId, Root, Select, Shape, Tree,
};
use crate::{Catalogue, Target, compile, parse};

/// The whole text, rewritten. None: rules alone cannot tell what is grouped by what.
pub(crate) fn regrouped(text: &str, catalogue: &Catalogue, mistake: &Diagnostic) -> Option<String> {
    let mut tree = parse::query(text).ok()?;
    let id = pipeline_around(&tree, mistake.span)?;
    let Query::Pipeline { clauses, select: Some(select) } = tree.query(id).query.clone() else { return None };
    if clauses.iter().any(|clause| matches!(clause, Clause::Group { .. } | Clause::Aggregate { .. })) {
        return None;
    }
    let mut group =
        Group { text, tree: &mut tree, keys: Vec::new(), into: Vec::new(), later: Vec::new(), span: mistake.span };
    let query = group.rewritten(clauses, select)?;
    tree.queries[id.0 as usize].query = query;
    let Some(Root::Query(root)) = tree.root else { return None };
    let rewritten = format::printed(text, &tree, root);
    compile(&rewritten, catalogue, &Target::Sqlite).ok()?;
    Some(rewritten)
}

/// The innermost query with clauses that a place is in.
fn pipeline_around(tree: &Tree, place: Span) -> Option<QueryId> {
    let around = tree.queries.iter().enumerate().filter(|(_, node)| {
        matches!(node.query, Query::Pipeline { .. }) && node.span.start <= place.start && place.end <= node.span.end
    });
    let (index, _) = around.min_by_key(|(_, node)| node.span.end - node.span.start)?;
    Some(QueryId(index as u32))
}

/// The Group By under construction: what it takes from the clauses is replaced there by its name.
struct Group<'t> {
    text: &'t str,
    tree: &'t mut Tree,
    /// As it is written, what it is called, and the key.
    keys: Vec<(String, Name, Field)>,
    into: Vec<(String, Binding)>,
    /// Names that a Let after the group gives.
    later: Vec<String>,
    span: Span,
}

impl Group<'_> {
    fn rewritten(&mut self, clauses: Vec<Clause>, mut select: Select) -> Option<Query> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for clause in clauses {
            match clause {
                Clause::Where(condition) => self.divide(condition, &mut before, &mut after),
                clause if self.aggregates(&clause) => {
                    if let Clause::Let(bindings) = &clause {
                        self.later.extend(bindings.iter().map(|binding| binding.name.text.to_lowercase()));
                    }
                    after.push(clause);
                }
                Clause::Order(_) | Clause::Skip(_) | Clause::Take(_) => after.push(clause),
                clause => before.push(clause),
            }
        }
        match &mut select.shape {
            Shape::Record(fields) => {
                for field in fields {
                    self.take_field(field);
                    field.name = field.name.take().filter(|name| {
                        !matches!(self.tree.expression(field.value), Expression::Name(value) if value.text == name.text)
                    });
                }
            }
            Shape::Value(value) => {
                let field = Field { name: None, value: *value };
                self.take_field(&field);
            }
        }
        for clause in &after {
            for value in values_of(clause) {
                self.take(value, None);
            }
        }
        let keys: Vec<Field> = self.keys.drain(..).map(|(_, _, field)| field).collect();
        let into: Vec<Binding> = self.into.drain(..).map(|(_, binding)| binding).collect();
        before.push(match keys.is_empty() {
            true => Clause::Aggregate { bindings: into, span: self.span },
            false => Clause::Group { keys, into, span: self.span },
        });
        before.extend(after);
        Some(Query::Pipeline { clauses: before, select: Some(select) })
    }

    /// Conditions of single rows stay before the group, those of aggregates come after it.
    fn divide(&mut self, condition: ExpressionId, before: &mut Vec<Clause>, after: &mut Vec<Clause>) {
        let parts = match self.tree.expression(condition) {
            Expression::And(parts) => parts.clone(),
            _ => vec![condition],
        };
        let (over_groups, over_rows): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| self.has_aggregate(*part));
        for (parts, clauses) in [(over_rows, before), (over_groups, after)] {
            match parts[..] {
                [] => {}
                [only] => clauses.push(Clause::Where(only)),
                _ => clauses.push(Clause::Where(self.add(Expression::And(parts)))),
            }
        }
    }

    fn take_field(&mut self, field: &Field) {
        let name = field.name.as_ref().map(|name| name.text.as_str());
        if self.has_aggregate(field.value) {
            self.take(field.value, name);
        } else if !matches!(self.tree.expression(field.value), Expression::Literal(_) | Expression::Parameter(_))
            && !self.is_later(field.value)
        {
            self.key(field.value, name);
        }
    }

    /// Aggregates and paths in an expression.
    fn take(&mut self, id: ExpressionId, name: Option<&str>) {
        if self.is_aggregate(id) {
            self.aggregate(id, name);
        } else if is_path(self.tree, id) && !self.is_later(id)
            || self.keys.iter().any(|(known, ..)| *known == self.written(id))
        {
            self.key(id, None);
        } else {
            for part in parts_of(self.tree, id) {
                self.take(part, None);
            }
        }
    }

    fn is_later(&self, id: ExpressionId) -> bool {
        matches!(self.tree.expression(id), Expression::Name(name) if self.later.contains(&name.text.to_lowercase()))
    }

    fn aggregate(&mut self, id: ExpressionId, name: Option<&str>) {
        let written = self.written(id);
        let known = self.into.iter().find(|(known, _)| *known == written).map(|(_, binding)| binding.name.clone());
        let name = known.unwrap_or_else(|| {
            let name = self.free_name(name.map_or_else(|| aggregate_name(self.tree, id), str::to_owned));
            let value = self.copy(id);
            self.into.push((written, Binding { name: name.clone(), value }));
            name
        });
        self.tree.expressions[id.0 as usize].expression = Expression::Name(name);
    }

    fn key(&mut self, id: ExpressionId, name: Option<&str>) {
        let written = self.written(id);
        let known = self.keys.iter().find(|(known, ..)| *known == written);
        let name = match known {
            Some((_, name, _)) => name.clone(),
            None => {
                let bare = if is_path(self.tree, id) { path_end(self.tree, id) } else { None };
                let wanted = name.map(str::to_owned).or(bare.clone()).unwrap_or_else(|| "Key".to_owned());
                let name = self.free_name(wanted);
                let shown = Some(name.clone()).filter(|name| Some(&name.text) != bare.as_ref());
                let value = self.copy(id);
                self.keys.push((written, name.clone(), Field { name: shown, value }));
                name
            }
        };
        self.tree.expressions[id.0 as usize].expression = Expression::Name(name);
    }

    fn free_name(&self, wanted: String) -> Name {
        let taken = |name: &str| {
            let keys = self.keys.iter().map(|(_, name, _)| name);
            keys.chain(self.into.iter().map(|(_, binding)| &binding.name))
                .any(|known| known.text.eq_ignore_ascii_case(name))
        };
        let mut text = wanted.clone();
        let mut number = 2;
        while taken(&text) {
            text = format!("{wanted}{number}");
            number += 1;
        }
        Name { text, span: Span::default() }
    }

    /// In one spelling, so that what is written in two places alike is found.
    fn written(&self, id: ExpressionId) -> String {
        format::expression(self.text, self.tree, id)
    }

    fn copy(&mut self, id: ExpressionId) -> ExpressionId {
        let node = self.tree.expressions[id.0 as usize].clone();
        self.tree.expressions.push(node);
        ExpressionId(self.tree.expressions.len() as u32 - 1)
    }

    fn add(&mut self, expression: Expression) -> ExpressionId {
        self.tree.expressions.push(Node { expression, span: self.span, depth: 1 });
        ExpressionId(self.tree.expressions.len() as u32 - 1)
    }

    fn aggregates(&self, clause: &Clause) -> bool {
        values_of(clause).into_iter().any(|value| self.has_aggregate(value))
    }

    fn has_aggregate(&self, id: ExpressionId) -> bool {
        self.is_aggregate(id) || parts_of(self.tree, id).into_iter().any(|part| self.has_aggregate(part))
    }

    /// A call such as `Sum(T.Hours)`; over a query or with a rule for a list it is no aggregate of a group.
    fn is_aggregate(&self, id: ExpressionId) -> bool {
        let Expression::Call { name, arguments } = self.tree.expression(id) else { return false };
        let over_rows = |argument: &Argument| match argument {
            Argument::Value(value) => !matches!(self.tree.expression(*value), Expression::Query(_)),
            Argument::Lambda { .. } => false,
        };
        functions::overloads(&name.text).any(Function::is_aggregate) && arguments.iter().all(over_rows)
    }
}

fn values_of(clause: &Clause) -> Vec<ExpressionId> {
    match clause {
        Clause::Let(bindings) => bindings.iter().map(|binding| binding.value).collect(),
        Clause::Where(value) | Clause::Skip(value) | Clause::Take(value) => vec![*value],
        Clause::Order(keys) => keys.iter().map(|key| key.value).collect(),
        _ => Vec::new(),
    }
}

/// The expressions that one is directly made of; not those of a sub-query or a rule for a list.
fn parts_of(tree: &Tree, id: ExpressionId) -> Vec<ExpressionId> {
    let values = |arguments: &[Argument]| {
        let value = |argument: &Argument| if let Argument::Value(id) = argument { Some(*id) } else { None };
        arguments.iter().filter_map(value).collect::<Vec<_>>()
    };
    match tree.expression(id) {
        Expression::Literal(_) | Expression::Parameter(_) | Expression::Name(_) | Expression::Query(_) => Vec::new(),
        Expression::Member { of, arguments, .. } => {
            std::iter::once(*of).chain(values(arguments.as_deref().unwrap_or_default())).collect()
        }
        Expression::Call { arguments, .. } => values(arguments),
        Expression::Negate(of) | Expression::Not(of) | Expression::Over { of, .. } => vec![*of],
        Expression::And(parts) | Expression::Or(parts) | Expression::Coalesce(parts) | Expression::List(parts) => {
            parts.clone()
        }
        Expression::Compare { left, right, .. }
        | Expression::Arithmetic { left, right, .. }
        | Expression::In { value: left, set: right, .. }
        | Expression::Like { value: left, pattern: right, .. } => vec![*left, *right],
    }
}

/// `T.Project.Name`
fn is_path(tree: &Tree, id: ExpressionId) -> bool {
    match tree.expression(id) {
        Expression::Name(_) => true,
        Expression::Member { of, arguments: None, .. } => is_path(tree, *of),
        _ => false,
    }
}

fn path_end(tree: &Tree, id: ExpressionId) -> Option<String> {
    match tree.expression(id) {
        Expression::Name(name) | Expression::Member { name, arguments: None, .. } => Some(name.text.clone()),
        Expression::Call { name, .. } => Some(name.text.clone()),
        _ => None,
    }
}

/// `Sum(T.Hours)` as SumHours.
fn aggregate_name(tree: &Tree, id: ExpressionId) -> String {
    let Expression::Call { name, arguments } = tree.expression(id) else { return "Value".to_owned() };
    let of = match arguments.first() {
        Some(Argument::Value(value)) => path_end(tree, *value),
        _ => None,
    };
    name.text.clone() + &of.unwrap_or_default()
}

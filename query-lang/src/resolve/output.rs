//! Select: the columns of the result, and grouping that nobody wrote.

use super::pipeline::{End, Pipeline};
use super::rows::Item;
use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::catalogue::{EntityId, PropertyKind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::{self, Expression as Written, Field, Shape};
use crate::typed::{Column, Expression, ExpressionId, OrderKey, Output, Step, VariableId, VariableKind};
use crate::value::Type;
use std::rc::Rc;

type Columns = Vec<(Column, ExpressionId)>;

/// A field of Select.
struct Selected {
    name: String,
    value: ExpressionId,
    /// It is an aggregate.
    used: bool,
}

impl Pipeline {
    /// The scope of Select, where windows may stand.
    fn selecting(&self) -> Scope {
        let mut scope = self.scope.clone();
        scope.window_ties = Some(Rc::from(&self.ties[..]));
        scope
    }

    /// The same, where aggregates look at all rows unless they are grouped already.
    fn selecting_groups(&self) -> Scope {
        let mut scope = self.selecting();
        if !self.grouped {
            scope.group = Some(Rc::new(self.scope.inner()));
        }
        scope
    }
}

/// Where a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Its rows are shown: an entity's row becomes all its stored properties.
    Result,
    Inside,
}

impl Resolver<'_> {
    pub(super) fn output(&mut self, pipeline: &mut Pipeline, end: &End<'_>) -> Resolved<Output> {
        let Some(select) = end.select else {
            self.last_clauses(pipeline, end.last)?;
            return self.default_output(pipeline, end.place, end.span);
        };
        let (columns, record) = match &select.shape {
            Shape::Record(fields) => (self.record(pipeline, fields, end)?, true),
            Shape::Value(value) => self.value(pipeline, *value, end)?,
        };
        if let Some(top) = select.top {
            let rows = self.row_count_of(&pipeline.scope, top)?;
            pipeline.steps.push(Step::Take(rows));
        }
        if columns.len() > limits::COLUMNS_MAX {
            let message = format!("A query has at most {} columns.", limits::COLUMNS_MAX);
            return Err(self.error(Code::Limit, end.span, message));
        }
        Ok(Output { distinct: select.distinct, record, columns, ties: pipeline.ties.clone() })
    }

    fn row_count_of(&mut self, scope: &Scope, id: tree::ExpressionId) -> Resolved<ExpressionId> {
        self.typed_scalar(scope, id, Type::Int)
    }

    fn default_output(&mut self, pipeline: &Pipeline, place: Place, span: Span) -> Resolved<Output> {
        let ties = pipeline.ties.clone();
        let (columns, record) = match &pipeline.shape[..] {
            [only] if !pipeline.grouped => self.whole_row(*only, place, span)?,
            several => {
                let mut columns = Vec::new();
                for variable in several {
                    columns.extend(self.columns_of_variable(*variable, span)?.0);
                }
                (columns, true)
            }
        };
        Ok(Output { distinct: false, record, columns, ties })
    }

    fn whole_row(&mut self, variable: VariableId, place: Place, span: Span) -> Resolved<(Columns, bool)> {
        match (place, self.typed.variable(variable).kind.clone()) {
            (Place::Result, VariableKind::Row(entity)) => {
                let row = self.variable_value(variable, span)?;
                Ok((self.stored_properties(row, entity, span)?, true))
            }
            _ => self.columns_of_variable(variable, span),
        }
    }

    fn stored_properties(&mut self, of: ExpressionId, entity: EntityId, span: Span) -> Resolved<Columns> {
        let mut columns = Vec::new();
        for (index, property) in self.catalogue.entity(entity).properties.iter().enumerate() {
            if matches!(property.kind, PropertyKind::Stored { .. }) {
                let value = self.stored(of, entity, index, span)?;
                columns.push(self.column_of(&property.name, value));
            }
        }
        Ok(columns)
    }

    /// `Select x`: a row, or one plain value, which an aggregate makes one for all rows.
    fn value(&mut self, pipeline: &mut Pipeline, id: tree::ExpressionId, end: &End<'_>) -> Resolved<(Columns, bool)> {
        let inside = pipeline.selecting_groups();
        self.group_used = false;
        let item = self.item(&inside, id, None);
        let used = self.group_used;
        if let (Ok(Item::Scalar(value)), true) = (&item, used && !pipeline.grouped) {
            let name = self.field_name(&inside, &Field { name: None, value: id });
            let selected = vec![Selected { name, value: *value, used }];
            return Ok((self.implicit_group(pipeline, &inside, selected, end)?, false));
        }
        self.last_clauses(pipeline, end.last)?;
        self.place_own_lets(pipeline);
        match item? {
            Item::Record(variable) => self.columns_of_variable(variable, end.span),
            Item::Scalar(value) => {
                if let Expression::Variable(variable) = self.typed.node(value).expression
                    && matches!(self.typed.variable(variable).kind, VariableKind::Row(_))
                {
                    return self.whole_row(variable, end.place, end.span);
                }
                let name = self.field_name(&inside, &Field { name: None, value: id });
                Ok((vec![self.column_of(&name, value)], false))
            }
            item => self.one_value(item, inside.span(id), &inside).map(|_| (Vec::new(), false)),
        }
    }

    fn record(&mut self, pipeline: &mut Pipeline, fields: &[Field], end: &End<'_>) -> Resolved<Columns> {
        let implicit = !pipeline.grouped;
        let scope = pipeline.selecting();
        let inside = pipeline.selecting_groups();
        let mut failed = false;
        let mut resolved = Vec::new();
        for field in fields {
            self.group_used = false;
            match self.scalar(&inside, field.value, None) {
                Ok(value) => resolved.push((value, self.group_used)),
                Err(Failed) => failed = true,
            }
        }
        let names = self.column_names(&scope, fields);
        if !failed && implicit && resolved.iter().any(|(_, used)| *used) {
            let values = names.into_iter().zip(resolved).map(|(name, (value, used))| Selected { name, value, used });
            return self.implicit_group(pipeline, &inside, values.collect(), end);
        }
        self.last_clauses(pipeline, end.last)?;
        self.place_own_lets(pipeline);
        if failed {
            return Err(Failed);
        }
        Ok(names.iter().zip(resolved).map(|(name, (value, _))| self.column_of(name, value)).collect())
    }

    /// A Select that mixes aggregates with members is grouped by the members, before Order By, Skip and Take.
    fn implicit_group(
        &mut self,
        pipeline: &mut Pipeline,
        inside: &Scope,
        selected: Vec<Selected>,
        end: &End<'_>,
    ) -> Resolved<Columns> {
        self.place_own_lets(pipeline);
        let (mut keys, mut aggregates, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        let mut members = Vec::new();
        for Selected { name, value, used } in selected {
            let value = if used { self.by_members(value, &mut members)? } else { value };
            let variable = self.new_value(&name, value);
            if used { &mut aggregates } else { &mut keys }.push((variable, value));
            shown.push((name, variable));
        }
        keys.extend(members);
        let mut ordered = Vec::new();
        for clause in end.last {
            ordered.push(match clause {
                tree::Clause::Order(written) => Some(self.group_order(inside, written, &keys, &mut aggregates)?),
                _ => None,
            });
        }
        let mut scope = pipeline.scope.clone();
        scope.hide_from(pipeline.mark);
        for (name, variable) in &shown {
            scope.bind(name, Meaning::Variable(*variable));
        }
        let single = keys.is_empty();
        self.grouped(pipeline, scope, keys, aggregates, single);
        for (clause, order) in end.last.iter().zip(ordered) {
            match order {
                Some(keys) => pipeline.steps.push(Step::Order(keys)),
                None => self.last_clauses(pipeline, std::slice::from_ref(clause))?,
            }
        }
        let mut columns = Vec::new();
        for (name, variable) in shown {
            let value = self.variable_value(variable, end.span)?;
            columns.push(self.column_of(&name, value));
        }
        Ok(columns)
    }

    /// Order By before a Select that groups: its keys are aggregates or what is grouped by.
    fn group_order(
        &mut self,
        inside: &Scope,
        written: &[tree::OrderKey],
        keys: &[(VariableId, ExpressionId)],
        aggregates: &mut Vec<(VariableId, ExpressionId)>,
    ) -> Resolved<Vec<OrderKey>> {
        let mut order = Vec::new();
        for key in written {
            self.group_used = false;
            let value = self.scalar(inside, key.value, None)?;
            let known = keys.iter().chain(aggregates.iter()).find(|(_, known)| self.typed.alike(*known, value));
            let variable = match known {
                Some((variable, _)) => *variable,
                None if self.group_used && !self.mixes_rows(value, false) => {
                    let variable = self.new_value("Order", value);
                    aggregates.push((variable, value));
                    variable
                }
                // All rows become one: nothing to order.
                None if keys.is_empty() || self.typed.node(value).constant => continue,
                None => {
                    let message =
                        "The rows are grouped by what Select names; this is neither an aggregate nor named there.";
                    let diagnostic = Diagnostic::error(Code::MisplacedAggregate, inside.span(key.value), message)
                        .with_help("Select it too, or order by an aggregate of it.");
                    return Err(self.fail(diagnostic));
                }
            };
            let value = self.variable_value(variable, inside.span(key.value))?;
            order.push(OrderKey { value, descending: key.descending, folded: false });
        }
        Ok(order)
    }

    /// An aggregate beside values of single rows: the rows are grouped by these too, and they become the group's.
    fn by_members(
        &mut self,
        id: ExpressionId,
        members: &mut Vec<(VariableId, ExpressionId)>,
    ) -> Resolved<ExpressionId> {
        let node = self.typed.node(id).clone();
        let mut each = |resolver: &mut Self, parts: &[ExpressionId]| -> Resolved<Vec<ExpressionId>> {
            parts.iter().map(|part| resolver.by_members(*part, members)).collect()
        };
        let expression = match node.expression {
            Expression::Variable(_) | Expression::Column { .. } | Expression::Property { .. } => {
                let known = members.iter().find(|(_, member)| self.typed.alike(*member, id)).map(|(key, _)| *key);
                let key = known.unwrap_or_else(|| {
                    let key = self.new_value("Member", id);
                    members.push((key, id));
                    key
                });
                return self.variable_value(key, node.span);
            }
            Expression::Query { .. } | Expression::InQuery { .. } | Expression::Window(_) => {
                let message = "This mixes an aggregate with a query for each row.";
                let diagnostic = Diagnostic::error(Code::MisplacedAggregate, node.span, message)
                    .with_help("Write `Group By ... Into ...` and compute with the names after it.");
                return Err(self.fail(diagnostic));
            }
            Expression::And(parts) => Expression::And(each(self, &parts)?),
            Expression::Or(parts) => Expression::Or(each(self, &parts)?),
            Expression::Concatenate(parts) => Expression::Concatenate(each(self, &parts)?),
            Expression::Coalesce(parts) => Expression::Coalesce(each(self, &parts)?),
            Expression::Call { function, arguments } => {
                Expression::Call { function, arguments: each(self, &arguments)? }
            }
            Expression::Not(of) => Expression::Not(self.by_members(of, members)?),
            Expression::Widen(of) => Expression::Widen(self.by_members(of, members)?),
            Expression::Compare { operator, left, right } => {
                let (left, right) = (self.by_members(left, members)?, self.by_members(right, members)?);
                Expression::Compare { operator, left, right }
            }
            Expression::InList { value, list } => {
                let value = self.by_members(value, members)?;
                Expression::InList {
                    value,
                    list: list.iter().map(|of| self.by_members(*of, members)).collect::<Resolved<_>>()?,
                }
            }
            Expression::If { branches, otherwise } => {
                let mut kept = Vec::new();
                for (condition, value) in branches {
                    kept.push((self.by_members(condition, members)?, self.by_members(value, members)?));
                }
                let otherwise = otherwise.map(|value| self.by_members(value, members)).transpose()?;
                Expression::If { branches: kept, otherwise }
            }
            _ => return Ok(id),
        };
        self.add(expression, node.kind, node.nullable, node.span)
    }

    /// Outside of aggregates, does the value depend on a row?
    fn mixes_rows(&self, id: ExpressionId, inside: bool) -> bool {
        let node = self.typed.node(id);
        match &node.expression {
            Expression::Aggregate { .. } => false,
            Expression::Variable(_)
            | Expression::Column { .. }
            | Expression::Property { .. }
            | Expression::Query { .. }
            | Expression::InQuery { .. }
            | Expression::Window(_) => !inside,
            expression => expression.parts().into_iter().any(|part| self.mixes_rows(part, inside)),
        }
    }

    /// Two columns with one name: the later one is called after its whole path.
    fn column_names(&mut self, scope: &Scope, fields: &[Field]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for field in fields {
            let mut name = self.field_name(scope, field);
            let taken = |name: &str, names: &[String]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
            if taken(&name, &names) && field.name.is_none() {
                name = path_name(&scope.tree, field.value).unwrap_or(name);
            }
            let stem = name.clone();
            let mut number = 2;
            while taken(&name, &names) {
                name = format!("{stem}{number}");
                number += 1;
            }
            names.push(name);
        }
        names
    }
}

/// `T.Task.Name` as TaskName.
fn path_name(tree: &tree::Tree, id: tree::ExpressionId) -> Option<String> {
    match tree.expression(id) {
        Written::Member { of, name, arguments: None } => match tree.expression(*of) {
            Written::Name(_) => Some(name.text.clone()),
            _ => Some(path_name(tree, *of)? + &name.text),
        },
        _ => None,
    }
}

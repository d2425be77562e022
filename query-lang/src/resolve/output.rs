//! Select: the columns of the result, and grouping that nobody wrote.

use super::pipeline::{End, Pipeline};
use super::rows::Item;
use super::{Failed, Resolved, Resolver, Scope};
use crate::catalogue::{EntityId, PropertyKind};
use crate::diagnostic::{Code, Span};
use crate::limits;
use crate::tree::{self, Expression as Written, Field, Shape};
use crate::typed::{Column, Expression, ExpressionId, Output, Step, VariableId, VariableKind};
use crate::value::Type;
use std::rc::Rc;

pub(super) type Columns = Vec<(Column, ExpressionId)>;

/// A field of Select.
pub(super) struct Selected {
    pub(super) name: String,
    pub(super) value: ExpressionId,
    /// It is an aggregate.
    pub(super) used: bool,
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

//! Select: the columns of the result, and grouping that nobody wrote.

use super::pipeline::Pipeline;
use super::rows::Item;
use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::catalogue::{EntityId, PropertyKind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::{self, Expression as Written, Field, Select, Shape};
use crate::typed::{Column, Expression, ExpressionId, Output, Step, VariableId, VariableKind};
use crate::value::Type;
use std::rc::Rc;

type Columns = Vec<(Column, ExpressionId)>;

/// Where a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Its rows are shown: an entity's row becomes all its stored properties.
    Result,
    Inside,
}

impl Resolver<'_> {
    pub(super) fn output(
        &mut self,
        pipeline: &mut Pipeline,
        select: Option<&Select>,
        place: Place,
        span: Span,
    ) -> Resolved<Output> {
        let Some(select) = select else { return self.default_output(pipeline, place, span) };
        if let Some(top) = select.top {
            let rows = self.row_count_of(&pipeline.scope, top)?;
            pipeline.steps.push(Step::Take(rows));
        }
        let mut scope = pipeline.scope.clone();
        scope.window_ties = Some(Rc::from(&pipeline.ties[..]));
        let (columns, record) = match &select.shape {
            Shape::Record(fields) => (self.record(pipeline, scope, fields, span)?, true),
            Shape::Value(value) => self.value(scope, *value, place, span)?,
        };
        if columns.len() > limits::COLUMNS_MAX {
            return Err(self.error(Code::Limit, span, format!("A query has at most {} columns.", limits::COLUMNS_MAX)));
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

    fn value(&mut self, scope: Scope, id: tree::ExpressionId, place: Place, span: Span) -> Resolved<(Columns, bool)> {
        match self.item(&scope, id, None)? {
            Item::Record(variable) => self.columns_of_variable(variable, span),
            Item::Scalar(value) => {
                if let Expression::Variable(variable) = self.typed.node(value).expression
                    && matches!(self.typed.variable(variable).kind, VariableKind::Row(_))
                {
                    return self.whole_row(variable, place, span);
                }
                let name = self.field_name(&scope, &Field { name: None, value: id });
                Ok((vec![self.column_of(&name, value)], false))
            }
            item => self.one_value(item, scope.span(id), &scope).map(|_| (Vec::new(), false)),
        }
    }

    fn record(&mut self, pipeline: &mut Pipeline, scope: Scope, fields: &[Field], span: Span) -> Resolved<Columns> {
        let implicit = !pipeline.grouped;
        let mut inside = scope.clone();
        if implicit {
            inside.group = Some(Rc::new(pipeline.scope.inner()));
        }
        let mut failed = false;
        let mut resolved = Vec::new();
        for field in fields {
            self.group_used = false;
            match self.scalar(&inside, field.value, None) {
                Ok(value) => resolved.push((value, self.group_used)),
                Err(Failed) => failed = true,
            }
        }
        if failed {
            return Err(Failed);
        }
        let names = self.column_names(&scope, fields);
        if implicit && resolved.iter().any(|(_, used)| *used) {
            return self.implicit_group(pipeline, &names, resolved, span);
        }
        Ok(names.iter().zip(resolved).map(|(name, (value, _))| self.column_of(name, value)).collect())
    }

    /// A Select that mixes aggregates with members is grouped by the members.
    fn implicit_group(
        &mut self,
        pipeline: &mut Pipeline,
        names: &[String],
        resolved: Vec<(ExpressionId, bool)>,
        span: Span,
    ) -> Resolved<Columns> {
        if pipeline.steps.iter().any(|step| matches!(step, Step::Order(_) | Step::Skip(_) | Step::Take(_))) {
            let diagnostic =
                Diagnostic::error(Code::NotSupported, span, "Order By, Skip and Take come after grouping.")
                    .with_help("Write `Group By ... Into ...` before Order By.");
            return Err(self.fail(diagnostic));
        }
        let (mut keys, mut aggregates, mut order) = (Vec::new(), Vec::new(), Vec::new());
        for (name, (value, used)) in names.iter().zip(resolved) {
            if used && self.mixes_rows(value, false) {
                let at = self.typed.node(value).span;
                let message = "This mixes an aggregate with values of single rows.";
                let diagnostic = Diagnostic::error(Code::MisplacedAggregate, at, message)
                    .with_help("Write `Group By ... Into ...` and compute with the names after it.");
                return Err(self.fail(diagnostic));
            }
            let kind = VariableKind::Value(self.kind(value));
            let variable = self.variable(name, kind, self.nullable(value));
            if used { &mut aggregates } else { &mut keys }.push((variable, value));
            order.push((name.clone(), variable));
        }
        let mut scope = pipeline.scope.clone();
        scope.hide_from(pipeline.mark);
        for (name, variable) in &order {
            scope.bind(name, Meaning::Variable(*variable));
        }
        let single = keys.is_empty();
        self.grouped(pipeline, scope, keys, aggregates, single);
        let mut columns = Vec::new();
        for (name, variable) in order {
            let value = self.variable_value(variable, span)?;
            columns.push(self.column_of(&name, value));
        }
        Ok(columns)
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

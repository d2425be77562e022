//! Lists: collections of a row, queries, and the methods on them.

use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope, unknown};
use crate::catalogue::EntityId;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::{self, Argument, Name};
use crate::typed::{Column, Expression, ExpressionId, Output, Query, QueryId, Source, Step, VariableId, VariableKind};
use crate::value::Type;

/// What an expression stands for.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Scalar(ExpressionId),
    /// A row with several columns.
    Record(VariableId),
    Rows(Rows),
    Query(QueryId),
}

/// A list under construction: `C.Projects.Timesheets.Where(t => ...)`.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub(super) steps: Vec<Step>,
    pub(super) variable: VariableId,
    /// What `.Select` made of the row.
    pub(super) value: Option<ExpressionId>,
    pub(super) ties: Vec<VariableId>,
}

/// What can be asked of a list; each aggregate too.
pub(crate) const METHODS: [&str; 11] =
    ["Where", "Select", "Any", "All", "Count", "Sum", "Min", "Max", "Avg", "First", "CountDistinct"];

impl Resolver<'_> {
    /// The rows of `entity` whose relation `property` is `of`.
    pub(super) fn collection(&mut self, of: ExpressionId, entity: EntityId, property: usize) -> Rows {
        let name = self.catalogue.entity(entity).name.clone();
        let variable = self.variable(&name, VariableKind::Row(entity), false);
        let source = Source::Collection { of, entity, property };
        Rows { steps: vec![Step::From { variable, source }], variable, value: None, ties: vec![variable] }
    }

    /// `C.Projects.Timesheets`: the collections of a list's rows, one after the other. `P.Timesheets.Hours`: one value of each.
    pub(super) fn flatten(&mut self, scope: &Scope, mut rows: Rows, name: &Name, span: Span) -> Resolved<Rows> {
        if let Some(value) = rows.value {
            let member = self.member_of(scope, Item::Scalar(value), name, None, span)?;
            rows.value = Some(self.one_value(member, span, scope)?);
            return Ok(rows);
        }
        let VariableKind::Row(entity) = self.typed.variable(rows.variable).kind else {
            return Err(self.error(Code::ManyValues, span, "This is a list of values; they have no members."));
        };
        let Some((target, property)) = self.back_reference(entity, &name.text) else {
            let method = METHODS.iter().find(|known| known.eq_ignore_ascii_case(&name.text));
            if let Some(method) = method.filter(|_| self.property_index(entity, &name.text).is_none()) {
                return Err(self.brackets_missing(scope, method, span));
            }
            if let Some(index) = self.property_index(entity, &name.text) {
                let row = self.add(Expression::Variable(rows.variable), Type::Ref(entity), false, span)?;
                rows.value = Some(self.property(scope, row, entity, index, span)?);
                return Ok(rows);
            }
            let of = self.catalogue.entity(entity).name.clone();
            let message = format!("This is a list of {of}; its members are reached one by one.");
            let help = format!("Write `.Select(x => x.{})`, or go through it with From.", name.text);
            return Err(self.fail(Diagnostic::error(Code::ManyValues, span, message).with_help(help)));
        };
        let parent = self.add(Expression::Variable(rows.variable), Type::Ref(entity), false, span)?;
        let inner = self.collection(parent, target, property);
        rows.steps.extend(inner.steps);
        rows.variable = inner.variable;
        rows.ties.push(inner.variable);
        Ok(rows)
    }

    /// A query as a list, so that methods apply to it.
    pub(super) fn rows_of_query(&mut self, query: QueryId) -> Rows {
        let kind = self.kind_of_rows(query);
        let variable = self.variable("row", kind, false);
        self.origins.is_rows_of(variable, query);
        let step = Step::From { variable, source: Source::Query(query) };
        Rows { steps: vec![step], variable, value: None, ties: vec![variable] }
    }

    /// A record's columns, or the one plain value.
    pub(super) fn kind_of_rows(&self, query: QueryId) -> VariableKind {
        let columns = self.typed.columns(query);
        match &columns[..] {
            [only] if !self.is_record(query) => VariableKind::Value(only.kind),
            _ => VariableKind::Record(columns),
        }
    }

    fn is_record(&self, query: QueryId) -> bool {
        match self.typed.query(query) {
            Query::Pipeline { output, .. } => output.record,
            Query::Set { left, .. } => self.is_record(*left),
        }
    }

    /// A list as a query of its rows' values.
    pub(super) fn rows_query(&mut self, rows: Rows, span: Span) -> Resolved<QueryId> {
        let (columns, record) = match rows.value {
            Some(value) => (vec![self.column_of("Value", value)], false),
            None => self.columns_of_variable(rows.variable, span)?,
        };
        let output = Output { distinct: false, record, columns, ties: rows.ties };
        Ok(self.add_query(Query::Pipeline { steps: rows.steps, output }))
    }

    pub(super) fn column_of(&self, name: &str, value: ExpressionId) -> (Column, ExpressionId) {
        let column = Column { name: name.to_owned(), kind: self.kind(value), nullable: self.nullable(value) };
        (column, value)
    }

    /// A variable as output: an entity's row is its id. The flag: several columns.
    pub(super) fn columns_of_variable(
        &mut self,
        variable: VariableId,
        span: Span,
    ) -> Resolved<(Vec<(Column, ExpressionId)>, bool)> {
        let known = self.typed.variable(variable).clone();
        let VariableKind::Record(columns) = &known.kind else {
            let value = self.variable_value(variable, span)?;
            return Ok((vec![self.column_of(&known.name, value)], false));
        };
        let mut all = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let nullable = column.nullable || known.nullable;
            let value = self.add(Expression::Column { variable, index }, column.kind, nullable, span)?;
            all.push(self.column_of(&column.name, value));
        }
        Ok((all, true))
    }

    pub(super) fn variable_value(&mut self, variable: VariableId, span: Span) -> Resolved<ExpressionId> {
        let known = self.typed.variable(variable);
        let nullable = known.nullable;
        let kind = match &known.kind {
            VariableKind::Row(entity) => Type::Ref(*entity),
            VariableKind::Value(kind) => *kind,
            VariableKind::Record(_) => {
                return Err(self.error(Code::ManyValues, span, "This row has several columns; name one of them."));
            }
        };
        self.add(Expression::Variable(variable), kind, nullable, span)
    }

    /// `.Where(v => e)` and its kind.
    pub(super) fn method(
        &mut self,
        scope: &Scope,
        mut rows: Rows,
        name: &Name,
        arguments: &[Argument],
        span: Span,
    ) -> Resolved<Item> {
        let lambda = match arguments {
            [] => None,
            [Argument::Lambda { variable, body }] => Some((variable, *body)),
            _ => {
                let help = format!("Write `.{}(x => ...)`.", name.text);
                let message = "A method on a list takes one rule for its rows.";
                return Err(self.fail(Diagnostic::error(Code::Syntax, span, message).with_help(help)));
            }
        };
        let method = name.text.to_ascii_lowercase();
        if !METHODS.iter().any(|known| known.eq_ignore_ascii_case(&name.text)) && !super::fold::is_aggregate(&method) {
            return Err(self.no_method(scope, name));
        }
        let is_condition = matches!(method.as_str(), "where" | "any" | "all" | "count");
        let mut condition = None;
        if let Some((variable, body)) = lambda {
            let mut inner = scope.inner();
            inner.bind(&variable.text, rows.value.map_or(Meaning::Variable(rows.variable), Meaning::Value));
            let value = if is_condition {
                self.typed_scalar(&inner, body, Type::Bool)?
            } else {
                self.scalar(&inner, body, None)?
            };
            match is_condition {
                true => condition = Some(value),
                false => rows.value = Some(value),
            }
        }
        if method == "all" {
            let Some(condition) = condition else {
                return Err(self.error(Code::Syntax, span, "All needs a rule: `.All(x => ...)`."));
            };
            return Ok(Item::Scalar(self.all_of(rows, condition, span)?));
        }
        rows.steps.extend(condition.map(Step::Where));
        match method.as_str() {
            "where" | "select" => Ok(Item::Rows(rows)),
            _ => {
                let query = self.rows_query(rows, span)?;
                Ok(Item::Scalar(self.fold_query(&name.text, query, &[], span)?))
            }
        }
    }

    fn no_method(&mut self, scope: &Scope, name: &Name) -> Failed {
        let place = scope.place(name.span);
        let found = unknown::name(&name.text, place, "method on lists", &METHODS);
        let help = format!(
            "A list has {}; its order is said in a query: `From X In list Order By X.Name`.",
            METHODS.join(", ")
        );
        self.fail(found.with_help(help))
    }

    /// `P.Timesheets.Any`.
    fn brackets_missing(&mut self, scope: &Scope, method: &str, span: Span) -> Failed {
        let needs = !matches!(method, "Any" | "Count" | "First");
        let ours = self.written(scope, span).filter(|_| !needs).map(|written| format!("{written}()"));
        let form = if needs { format!("{method}(x => ...)") } else { format!("{method}()") };
        let diagnostic = Diagnostic::error(Code::Syntax, span, format!("`{method}` of a list is written `{form}`."));
        self.fail(diagnostic.with_fix_if(span, ours))
    }

    /// Not a single row for which the condition is not True.
    fn all_of(&mut self, mut rows: Rows, condition: ExpressionId, span: Span) -> Resolved<ExpressionId> {
        let not = self.add(Expression::Not(condition), Type::Bool, false, span)?;
        rows.steps.push(Step::Where(not));
        let query = self.rows_query(rows, span)?;
        let exists = self.fold_query("Exists", query, &[], span)?;
        self.add(Expression::Not(exists), Type::Bool, false, span)
    }

    pub(super) fn argument_value(&mut self, argument: &Argument, span: Span) -> Resolved<tree::ExpressionId> {
        match argument {
            Argument::Value(id) => Ok(*id),
            Argument::Lambda { .. } => {
                Err(self.error(Code::Syntax, span, "A rule with => belongs to a list: `list.Sum(x => ...)`."))
            }
        }
    }
}

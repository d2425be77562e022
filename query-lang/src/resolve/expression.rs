use super::rows::Item;
use super::{Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::{self, Expression as Written, Literal};
use crate::typed::{Expression, ExpressionId, Query, QueryId, Step, VariableId, VariableKind};
use crate::value::{Type, Value};

impl Resolver<'_> {
    /// `wanted` only helps where the text alone has no type: Null and undeclared parameters.
    pub(super) fn item(&mut self, scope: &Scope, id: tree::ExpressionId, wanted: Option<Type>) -> Resolved<Item> {
        let tree = scope.tree.clone();
        let span = scope.span(id);
        self.wanted_here(tree.expression(id), wanted);
        let value = match tree.expression(id) {
            Written::Name(name) => return self.name(scope, name, span),
            Written::Member { of, name, arguments } => {
                return self.member(scope, *of, name, arguments.as_deref(), span);
            }
            Written::Call { name, arguments } => return self.call(scope, name, arguments, wanted, span),
            Written::Query(query) => {
                let query = self.query_of(&scope.inner(), *query, super::output::Place::Inside)?;
                return Ok(Item::Query(query));
            }
            Written::Literal(literal) => self.literal(literal, wanted, span)?,
            Written::Parameter(name) => {
                if let (Some(list), None) = (self.list_parameter(&name.text), self.argument(scope, &name.text)) {
                    return self.list_query(list, span).map(Item::Query);
                }
                self.parameter(scope, name, wanted)?
            }
            Written::Negate(of) => self.operator(scope, "neg", &[*of], wanted, span)?,
            Written::Arithmetic { operator, left, right } => {
                self.arithmetic(scope, *operator, (*left, *right), wanted, span)?
            }
            Written::Not(of) => {
                let of = self.typed_scalar(scope, *of, Type::Bool)?;
                self.add(Expression::Not(of), Type::Bool, false, span)?
            }
            Written::And(parts) => {
                let parts = self.conditions(scope, parts)?;
                self.add(Expression::And(parts), Type::Bool, false, span)?
            }
            Written::Or(parts) => {
                let parts = self.conditions(scope, parts)?;
                self.add(Expression::Or(parts), Type::Bool, false, span)?
            }
            Written::Coalesce(parts) => self.coalesce(scope, parts, wanted, span)?,
            Written::Compare { operator, left, right } => self.compare(scope, *operator, *left, *right, span)?,
            Written::In { value, set, negated } => self.is_in(scope, *value, *set, *negated, span)?,
            Written::Like { value, pattern, negated } => self.like(scope, *value, *pattern, *negated, span)?,
            Written::List(_) => {
                let diagnostic = Diagnostic::error(Code::ManyValues, span, "A list of values can only stand after In.");
                return Err(self.fail(diagnostic));
            }
            Written::Over { of, window } => self.window(scope, *of, window, span)?,
        };
        Ok(Item::Scalar(value))
    }

    /// One value.
    pub(super) fn scalar(
        &mut self,
        scope: &Scope,
        id: tree::ExpressionId,
        wanted: Option<Type>,
    ) -> Resolved<ExpressionId> {
        if let Written::Parameter(name) = scope.tree.clone().expression(id) {
            return self.parameter(scope, name, wanted);
        }
        let item = self.item(scope, id, wanted)?;
        match item {
            Item::Rows(_) if wanted == Some(Type::Bool) => Err(self.list_as_condition(scope, scope.span(id), false)),
            Item::Query(query) if wanted == Some(Type::Bool) && !self.is_one_value(query) => {
                Err(self.list_as_condition(scope, scope.span(id), true))
            }
            item => self.one_value(item, scope.span(id), scope),
        }
    }

    pub(super) fn one_value(&mut self, item: Item, span: Span, scope: &Scope) -> Resolved<ExpressionId> {
        let written = span.of_tree(scope);
        match item {
            Item::Scalar(value) => Ok(value),
            Item::Record(variable) if self.has_one_column(variable) => {
                let (columns, _) = self.columns_of_variable(variable, span)?;
                Ok(columns[0].1)
            }
            Item::Record(variable) => {
                let columns = match &self.typed.variable(variable).kind {
                    VariableKind::Record(columns) => columns.iter().map(|column| column.name.clone()).collect(),
                    _ => Vec::new(),
                };
                let message = format!("{written} is a row with several columns; one value is needed here.");
                let diagnostic = Diagnostic::error(Code::ManyValues, span, message)
                    .with_help(format!("Name one of its columns: {}.", columns.join(", ")));
                Err(self.fail(diagnostic))
            }
            Item::Query(query) if self.is_one_value(query) => self.fold_query("First", query, &[], span),
            Item::Rows(_) | Item::Query(_) => {
                let message = format!("{written} is a list; one value is needed here.");
                let diagnostic = Diagnostic::error(Code::ManyValues, span, message)
                    .with_help("Use Count(...), Sum(...), First(...), Exists(...), or go through it with From.");
                let counted = self.written(scope, span).map(|list| format!("Count({list})"));
                Err(self.fail(diagnostic.with_fix_if(span, counted)))
            }
        }
    }

    fn has_one_column(&self, variable: VariableId) -> bool {
        matches!(&self.typed.variable(variable).kind, VariableKind::Record(columns) if columns.len() == 1)
    }

    /// `(From T In P.Timesheets Select Sum(T.Hours))`, `(From T In P.Timesheets Take 1 Select T.Begin)`: at most one row with
    /// one column.
    fn is_one_value(&self, query: QueryId) -> bool {
        let Query::Pipeline { steps, output } = self.typed.query(query) else { return false };
        let multiplies = |step: &Step| matches!(step, Step::From { .. } | Step::Join { .. });
        let one =
            |id: &ExpressionId| matches!(self.typed.node(*id).expression, Expression::Constant(Value::Int(0..=1)));
        let single = steps.iter().rposition(|step| match step {
            Step::Group { single, .. } => *single,
            Step::Take(rows) => one(rows),
            _ => false,
        });
        output.columns.len() == 1 && single.is_some_and(|at| !steps[at..].iter().any(multiplies))
    }

    /// One value of this type; an Int becomes a Decimal.
    pub(super) fn typed_scalar(&mut self, scope: &Scope, id: tree::ExpressionId, kind: Type) -> Resolved<ExpressionId> {
        let value = self.scalar(scope, id, Some(kind))?;
        let span = scope.span(id);
        let cure = match (self.kind(value), kind) {
            (Type::Decimal | Type::Text, Type::Int) => Some("Int"),
            (Type::Text, Type::Decimal) => Some("Decimal"),
            (Type::Duration, Type::Decimal) => Some("Hours"),
            (Type::DateTime, Type::Date) => Some("Date"),
            (Type::Ref(_) | Type::Guid | Type::Text, Type::Text) => None,
            (_, Type::Text) => Some("Text"),
            _ => None,
        };
        let (Some(function), Some(written)) = (cure, self.written(scope, span)) else {
            return self.convert(value, kind, span);
        };
        let diagnostic = self.mismatch(value, kind, span).with_fix(span, format!("{function}({written})"));
        Err(self.fail(diagnostic))
    }

    fn mismatch(&self, value: ExpressionId, wanted: Type, span: Span) -> Diagnostic {
        let (given, wanted) = (self.type_name(self.kind(value)), self.type_name(wanted));
        Diagnostic::error(Code::WrongType, span, format!("This is of type {given}; {wanted} is needed here."))
    }

    pub(super) fn convert(&mut self, value: ExpressionId, kind: Type, span: Span) -> Resolved<ExpressionId> {
        let nullable = self.nullable(value);
        match (self.kind(value), kind) {
            (given, wanted) if given == wanted => Ok(value),
            (Type::Ref(_), Type::Guid) => Ok(value),
            (Type::Guid, wanted @ Type::Ref(_)) => self.row_of_key(value, wanted),
            (Type::Int, Type::Decimal) => self.add(Expression::Widen(value), Type::Decimal, nullable, span),
            (_, wanted) => {
                let diagnostic = self.mismatch(value, wanted, span);
                Err(self.fail(diagnostic))
            }
        }
    }

    /// The row that a key names: the key's own row, or the same value with the row's type.
    fn row_of_key(&mut self, key: ExpressionId, wanted: Type) -> Resolved<ExpressionId> {
        let node = self.typed.node(key).clone();
        if let Expression::Property { of, entity, property } = node.expression
            && self.kind(of) == wanted
            && self.property_index(entity, "Id") == Some(property)
        {
            return Ok(of);
        }
        self.add(node.expression, wanted, node.nullable, node.span)
    }

    fn conditions(&mut self, scope: &Scope, parts: &[tree::ExpressionId]) -> Resolved<Vec<ExpressionId>> {
        let resolved: Vec<_> = parts.iter().map(|part| self.typed_scalar(scope, *part, Type::Bool)).collect();
        resolved.into_iter().collect()
    }

    fn literal(&mut self, literal: &Literal, wanted: Option<Type>, span: Span) -> Resolved<ExpressionId> {
        let value = match literal {
            Literal::LocalDateTime(wall) => {
                return self.add(Expression::LocalDateTime(*wall), Type::DateTime, false, span);
            }
            Literal::Value(value) => value.clone(),
        };
        let kind = match value {
            Value::Null => match wanted {
                Some(kind) => kind,
                None => return Err(self.error(Code::WrongType, span, "Null has no type here.")),
            },
            Value::Bool(_) => Type::Bool,
            Value::Int(_) => Type::Int,
            Value::Decimal(_) => Type::Decimal,
            Value::Text(_) => Type::Text,
            Value::Date(_) => Type::Date,
            Value::Time(_) => Type::Time,
            Value::DateTime(_) => Type::DateTime,
            Value::Duration(_) => Type::Duration,
            Value::Guid(_) => Type::Guid,
        };
        self.constant(value, kind, span)
    }

    /// Null or a parameter that nobody declared: its type comes from the other side.
    pub(super) fn is_untyped(&self, scope: &Scope, id: tree::ExpressionId) -> bool {
        match scope.tree.expression(id) {
            Written::Literal(Literal::Value(Value::Null)) => true,
            Written::Parameter(name) => self.is_undetermined(&name.text) && self.argument(scope, &name.text).is_none(),
            Written::Negate(of) => self.is_untyped(scope, *of),
            Written::Arithmetic { left, right, .. } => self.is_untyped(scope, *left) && self.is_untyped(scope, *right),
            _ => false,
        }
    }

    /// Resolves values that must have one type in the end; those without a type of their own come last.
    pub(super) fn together(
        &mut self,
        scope: &Scope,
        ids: &[tree::ExpressionId],
        wanted: Option<Type>,
    ) -> Resolved<Vec<ExpressionId>> {
        let mut resolved: Vec<Option<ExpressionId>> = vec![None; ids.len()];
        let mut known = None;
        for (slot, id) in
            resolved.iter_mut().zip(ids).filter(|(_, id)| !self.is_untyped(scope, **id)).collect::<Vec<_>>()
        {
            let value = self.scalar(scope, *id, known.or(wanted))?;
            known = known.or(Some(self.kind(value)));
            *slot = Some(value);
        }
        for (slot, id) in resolved.iter_mut().zip(ids) {
            if slot.is_none() {
                *slot = Some(self.scalar(scope, *id, known.or(wanted))?);
            }
        }
        Ok(resolved.into_iter().flatten().collect())
    }

    /// The one type of several values: Int beside Decimal is Decimal.
    pub(super) fn unify(&mut self, values: &mut [ExpressionId], span: Span) -> Resolved<Type> {
        self.meet(values)?;
        let mut kind = self.kind(values[0]);
        for value in values.iter() {
            kind = match (kind, self.kind(*value)) {
                (known, given) if known == given => known,
                (Type::Int, Type::Decimal) | (Type::Decimal, Type::Int) => Type::Decimal,
                (Type::Ref(entity), Type::Guid) | (Type::Guid, Type::Ref(entity)) => Type::Ref(entity),
                (known, given) => {
                    let (known, given) = (self.type_name(known), self.type_name(given));
                    let message = format!("These values have different types: {known} and {given}.");
                    let (first, other) = (self.typed.node(values[0]).span, self.typed.node(*value).span);
                    let diagnostic = Diagnostic::error(Code::WrongType, span, message)
                        .with_label(first, format!("of type {known}"))
                        .with_label(other, format!("of type {given}"));
                    return Err(self.fail(diagnostic));
                }
            };
        }
        for value in values.iter_mut() {
            *value = self.convert(*value, kind, span)?;
        }
        Ok(kind)
    }

    fn coalesce(
        &mut self,
        scope: &Scope,
        parts: &[tree::ExpressionId],
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let mut values = self.together(scope, parts, wanted)?;
        let kind = self.unify(&mut values, span)?;
        let nullable = values.iter().all(|value| self.nullable(*value));
        self.add(Expression::Coalesce(values), kind, nullable, span)
    }
}

impl Span {
    /// What is written here, shortened, for a sentence.
    fn of_tree(self, scope: &Scope) -> &'static str {
        match scope.at {
            Some(_) => "A part of this calculated property",
            None => "This",
        }
    }
}

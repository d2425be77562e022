use super::rows::Item;
use super::watch::Today;
use super::{Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::TEXT_BYTES_MAX;
use crate::tree::{self, Arithmetic, Comparison, Expression as Written};
use crate::typed::{Expression, ExpressionId, QueryId};
use crate::value::{DAY_US, Type, Value};

impl Resolver<'_> {
    pub(super) fn arithmetic(
        &mut self,
        scope: &Scope,
        operator: Arithmetic,
        operands: (tree::ExpressionId, tree::ExpressionId),
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let value = self.arithmetic_of(scope, operator, operands, wanted, span)?;
        if operator == Arithmetic::Subtract && scope.at.is_none() {
            self.note_difference(value);
        }
        Ok(value)
    }

    fn arithmetic_of(
        &mut self,
        scope: &Scope,
        operator: Arithmetic,
        (left, right): (tree::ExpressionId, tree::ExpressionId),
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let name = match operator {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
            Arithmetic::Remainder => "%",
        };
        if operator == Arithmetic::Subtract
            && !self.is_untyped(scope, left)
            && !self.is_untyped(scope, right)
            && let Some(days) = self.days_between(scope, left, right, span)?
        {
            return Ok(days);
        }
        if operator == Arithmetic::Add && !(self.is_untyped(scope, left) && self.is_untyped(scope, right)) {
            let values = self.together(scope, &[left, right], None)?;
            if values.iter().any(|value| self.kind(*value) == Type::Text) {
                return self.concatenate(&values, span);
            }
            return self.function_of(name, &values, span);
        }
        self.operator(scope, name, &[left, right], wanted, span)
    }

    /// Date - Date, which is days in old queries alone.
    fn days_between(
        &mut self,
        scope: &Scope,
        left: tree::ExpressionId,
        right: tree::ExpressionId,
        span: Span,
    ) -> Resolved<Option<ExpressionId>> {
        let operands = (scope.tree.expression(left), scope.tree.expression(right));
        if matches!(operands.0, Written::Arithmetic { .. } | Written::Query(_))
            || matches!(operands.1, Written::Arithmetic { .. } | Written::Query(_))
        {
            return Ok(None);
        }
        let spans = (scope.span(left), scope.span(right));
        let (left, right) = (self.scalar(scope, left, None)?, self.scalar(scope, right, None)?);
        if (self.kind(left), self.kind(right)) != (Type::Date, Type::Date) {
            let difference = self.function_of("-", &[left, right], span)?;
            return Ok(Some(difference));
        }
        if scope.at.is_none() {
            let warning = Diagnostic::warning(Code::WrongType, span, "Date - Date is read as days.")
                .with_help("Write `DaysBetween(from, to)`.");
            let ours = match (self.written(scope, spans.0), self.written(scope, spans.1)) {
                (Some(to), Some(from)) => Some(format!("DaysBetween({from}, {to})")),
                _ => None,
            };
            self.fail(warning.with_fix_if(span, ours));
        }
        self.function_of("DaysBetween", &[right, left], span).map(Some)
    }

    /// Text + text; other simple types beside a text are written as text.
    fn concatenate(&mut self, values: &[ExpressionId], span: Span) -> Resolved<ExpressionId> {
        let mut texts = Vec::new();
        for value in values {
            match (&self.typed.node(*value).expression, self.kind(*value)) {
                (Expression::Concatenate(parts), _) => texts.extend(parts.clone()),
                (_, Type::Text) => texts.push(*value),
                _ => texts.push(self.function_of("Text", &[*value], span)?),
            }
        }
        let too_long = texts.iter().map(|text| self.bytes_max(*text)).sum::<usize>() > TEXT_BYTES_MAX;
        self.add(Expression::Concatenate(texts), Type::Text, too_long, span)
    }

    fn parameter_beside_null(
        &self,
        scope: &Scope,
        left: tree::ExpressionId,
        right: tree::ExpressionId,
    ) -> Option<tree::Name> {
        let tree = &scope.tree;
        let null = |id| matches!(tree.expression(id), Written::Literal(tree::Literal::Value(Value::Null)));
        let name = match (tree.expression(left), tree.expression(right)) {
            (Written::Parameter(name), _) if null(right) => name,
            (_, Written::Parameter(name)) if null(left) => name,
            _ => return None,
        };
        self.is_untyped(scope, if null(right) { left } else { right }).then(|| name.clone())
    }

    pub(super) fn compare(
        &mut self,
        scope: &Scope,
        operator: Comparison,
        left: tree::ExpressionId,
        right: tree::ExpressionId,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let values = match self.parameter_beside_null(scope, left, right) {
            Some(name) if scope.context.allows_parameters() => {
                self.undetermined(&name, scope.place(name.span))?.to_vec()
            }
            _ => self.together(scope, &[left, right], None)?,
        };
        let [left, right] = values[..] else { return Err(super::Failed) };
        let mut both = [self.beside(left, right)?, self.beside(right, left)?];
        self.meet(&mut both)?;
        let [left, right] = both;
        let (left, right) = self.comparable(left, right, span)?;
        if let Some((value, is)) = self.compared_with_truth(operator, left, right) {
            let form = if is { Today::Is } else { Today::IsNot };
            self.reform(scope, span, form);
            return if is { Ok(value) } else { self.add(Expression::Not(value), Type::Bool, false, span) };
        }
        let ordering = !matches!(operator, Comparison::Equal | Comparison::Different);
        if ordering && matches!(self.kind(left), Type::Bool | Type::Guid | Type::Ref(_)) {
            let kind = self.type_name(self.kind(left));
            let message = format!("Values of type {kind} have no order; only = and <> compare them.");
            return Err(self.error(Code::WrongType, span, message));
        }
        self.add(Expression::Compare { operator, left, right }, Type::Bool, false, span)
    }

    /// `x = True` of a value that is never null is x, `x = False` its opposite.
    fn compared_with_truth(
        &self,
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
    ) -> Option<(ExpressionId, bool)> {
        let truth = |id: ExpressionId| match self.typed.node(id).expression {
            Expression::Constant(Value::Bool(truth)) => Some(truth),
            _ => None,
        };
        let (value, truth) = match (truth(left), truth(right)) {
            (None, Some(truth)) => (left, truth),
            (Some(truth), None) => (right, truth),
            _ => return None,
        };
        let equal = match operator {
            Comparison::Equal => true,
            Comparison::Different => false,
            _ => return None,
        };
        (!self.nullable(value)).then_some((value, truth == equal))
    }

    /// Reads a value as its neighbour needs it: a Date literal beside a DateTime is its midnight, a row beside a text
    /// is what it is displayed as.
    fn beside(&mut self, value: ExpressionId, other: ExpressionId) -> Resolved<ExpressionId> {
        let node = self.typed.node(value).clone();
        match (node.expression, node.kind, self.kind(other)) {
            (Expression::Constant(Value::Date(days)), _, Type::DateTime) => {
                let wall = i64::from(days) * DAY_US;
                self.add(Expression::LocalDateTime(wall), Type::DateTime, false, node.span)
            }
            (_, Type::Date, Type::DateTime) if node.constant => {
                let midnight = self.constant(Value::Time(0), Type::Time, node.span)?;
                self.function_of("At", &[value, midnight], node.span)
            }
            (Expression::LocalDateTime(wall), _, Type::Date) if wall % DAY_US == 0 => {
                let days = i32::try_from(wall / DAY_US).unwrap_or(i32::MAX);
                self.constant(Value::Date(days), Type::Date, node.span)
            }
            (Expression::Constant(Value::Text(text)), _, Type::Guid | Type::Ref(_)) if guid(&text).is_some() => {
                let id = guid(&text).map_or(Value::Null, Value::Guid);
                self.constant(id, Type::Guid, node.span)
            }
            (_, Type::Ref(entity), Type::Text) if !self.is_guid_text(other) => self.display(value, entity, node.span),
            _ => Ok(value),
        }
    }

    fn is_guid_text(&self, id: ExpressionId) -> bool {
        matches!(&self.typed.node(id).expression, Expression::Constant(Value::Text(text)) if guid(text).is_some())
    }

    fn comparable(
        &mut self,
        left: ExpressionId,
        right: ExpressionId,
        span: Span,
    ) -> Resolved<(ExpressionId, ExpressionId)> {
        match (self.kind(left), self.kind(right)) {
            (a, b) if a == b => Ok((left, right)),
            (Type::Int, Type::Decimal) => Ok((self.convert(left, Type::Decimal, span)?, right)),
            (Type::Decimal, Type::Int) => Ok((left, self.convert(right, Type::Decimal, span)?)),
            (Type::Ref(_), Type::Guid) | (Type::Guid, Type::Ref(_)) => Ok((left, right)),
            (a, b) => {
                let (a, b) = (self.type_name(a), self.type_name(b));
                let message = format!("{a} and {b} cannot be compared.");
                let (at_left, at_right) = (self.typed.node(left).span, self.typed.node(right).span);
                let diagnostic = Diagnostic::error(Code::WrongType, span, message)
                    .with_label(at_left, format!("of type {a}"))
                    .with_label(at_right, format!("of type {b}"));
                Err(self.fail(self.with_literal(diagnostic, left, right)))
            }
        }
    }

    pub(super) fn is_in(
        &mut self,
        scope: &Scope,
        value: tree::ExpressionId,
        set: tree::ExpressionId,
        negated: bool,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let tree = scope.tree.clone();
        let elements = match tree.expression(set) {
            Written::List(elements) => Some(elements.clone()),
            Written::Literal(_) => Some(vec![set]),
            _ => None,
        };
        let contained = match elements {
            Some(elements) => self.in_list(scope, value, &elements, span)?,
            None => self.in_rows(scope, value, set, span)?,
        };
        if negated { self.add(Expression::Not(contained), Type::Bool, false, span) } else { Ok(contained) }
    }

    fn in_list(
        &mut self,
        scope: &Scope,
        value: tree::ExpressionId,
        elements: &[tree::ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        let mut all = vec![value];
        all.extend_from_slice(elements);
        let mut resolved = self.together(scope, &all, None)?;
        let first = resolved[0];
        for element in &mut resolved[1..] {
            *element = self.beside(*element, first)?;
        }
        if resolved.len() > 1 {
            resolved[0] = self.beside(first, resolved[1])?;
        }
        self.unify(&mut resolved, span)?;
        let (value, list) = (resolved[0], resolved[1..].to_vec());
        self.add(Expression::InList { value, list }, Type::Bool, false, span)
    }

    fn in_rows(
        &mut self,
        scope: &Scope,
        value: tree::ExpressionId,
        set: tree::ExpressionId,
        span: Span,
    ) -> Resolved<ExpressionId> {
        if self.is_untyped(scope, value) {
            return self.untyped_in_rows(scope, value, set, span);
        }
        let value = self.scalar(scope, value, None)?;
        let kind = self.kind(value);
        let query = match self.item(scope, set, Some(kind))? {
            Item::Query(query) => query,
            Item::Rows(rows) => self.rows_query(rows, span)?,
            Item::Scalar(element) => {
                let mut both = [value, element];
                self.unify(&mut both, span)?;
                let [value, element] = both;
                return self.add(Expression::InList { value, list: vec![element] }, Type::Bool, false, span);
            }
            Item::Record(_) => return Err(self.error(Code::ManyValues, span, "After In stands a list or a query.")),
        };
        self.in_query(value, query, span)
    }

    /// Null or a parameter that nobody declared: its type is that of the rows.
    fn untyped_in_rows(
        &mut self,
        scope: &Scope,
        value: tree::ExpressionId,
        set: tree::ExpressionId,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let query = match self.item(scope, set, None)? {
            Item::Query(query) => query,
            Item::Rows(rows) => self.rows_query(rows, span)?,
            _ => return Err(self.error(Code::ManyValues, span, "After In stands a list or a query.")),
        };
        let kind = self.typed.columns(query).first().map(|column| column.kind);
        let value = self.scalar(scope, value, kind)?;
        self.in_query(value, query, span)
    }

    fn in_query(&mut self, value: ExpressionId, query: QueryId, span: Span) -> Resolved<ExpressionId> {
        let columns = self.typed.columns(query);
        let [column] = &columns[..] else {
            return Err(self.error(Code::ManyValues, span, "The query after In must select exactly one value."));
        };
        let value = match (self.kind(value), column.kind) {
            (Type::Ref(entity), Type::Text) => self.display(value, entity, self.typed.node(value).span)?,
            _ => value,
        };
        let kind = self.kind(value);
        let fits = column.kind == kind
            || matches!((column.kind, kind), (Type::Ref(_), Type::Guid) | (Type::Guid, Type::Ref(_)));
        if !fits {
            let (a, b) = (self.type_name(kind), self.type_name(column.kind));
            let message = format!("A value of type {a} is never in a query of type {b}.");
            return Err(self.error(Code::WrongType, span, message));
        }
        self.add(Expression::InQuery { value, query }, Type::Bool, false, span)
    }

    pub(super) fn like(
        &mut self,
        scope: &Scope,
        value: tree::ExpressionId,
        pattern: tree::ExpressionId,
        negated: bool,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let row = self.scalar(scope, value, Some(Type::Text))?;
        let value = match self.kind(row) {
            Type::Ref(entity) => self.display(row, entity, self.typed.node(row).span)?,
            _ => self.typed_scalar(scope, value, Type::Text)?,
        };
        let pattern = self.typed_scalar(scope, pattern, Type::Text)?;
        let mut like = self.function_of("Like", &[value, pattern], span)?;
        if self.nullable(like) {
            let no = self.constant(Value::Bool(false), Type::Bool, span)?;
            like = self.add(Expression::Coalesce(vec![like, no]), Type::Bool, false, span)?;
        }
        if negated { self.add(Expression::Not(like), Type::Bool, false, span) } else { Ok(like) }
    }
}

/// A key that is written as a text: with hyphens, with or without braces.
fn guid(text: &str) -> Option<uuid::Uuid> {
    let bare = text.trim_start_matches('{').trim_end_matches('}');
    (bare.len() == 36).then(|| uuid::Uuid::parse_str(bare).ok()).flatten()
}

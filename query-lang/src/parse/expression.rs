//! Precedence: Or, And, Not, comparison (does not chain), ?? (to the right), + -, * / %, minus, members.

use super::clause::set_operator;
use super::{Builder, Built, Rule, children, literal, misread, name_of, parameter_name, span};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::{Argument, Arithmetic, Comparison, Expression, ExpressionId, Frame, Window};
use pest::iterators::Pair;
use std::iter::Peekable;

type Parts<'i, 'p> = &'p mut Peekable<std::vec::IntoIter<Pair<'i, Rule>>>;

impl Builder {
    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Built<ExpressionId> {
        let whole = span(&pair);
        let mut parts = children(pair).collect::<Vec<_>>().into_iter().peekable();
        let id = self.or(&mut parts, whole)?;
        match parts.next() {
            None => Ok(id),
            Some(rest) => Err(chained(span(&rest))),
        }
    }

    fn or(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut operands = vec![self.and(parts, whole)?];
        while parts.next_if(|part| part.as_rule() == Rule::or).is_some() {
            operands.push(self.and(parts, whole)?);
        }
        self.chain(operands, Expression::Or)
    }

    fn and(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut operands = vec![self.not(parts, whole)?];
        while parts.next_if(|part| part.as_rule() == Rule::and).is_some() {
            operands.push(self.not(parts, whole)?);
        }
        self.chain(operands, Expression::And)
    }

    fn chain(&mut self, operands: Vec<ExpressionId>, make: fn(Vec<ExpressionId>) -> Expression) -> Built<ExpressionId> {
        match operands[..] {
            [only] => Ok(only),
            [first, .., last] => {
                let whole = self.span_of(first).to(self.span_of(last));
                self.add(make(operands), whole)
            }
            [] => Err(misread(Span::default())),
        }
    }

    fn not(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut nots = Vec::new();
        while let Some(not) = parts.next_if(|part| part.as_rule() == Rule::not) {
            nots.push(span(&not));
        }
        let mut id = self.comparison(parts, whole)?;
        for not in nots.into_iter().rev() {
            let whole = not.to(self.span_of(id));
            id = self.add(Expression::Not(id), whole)?;
        }
        Ok(id)
    }

    fn comparison(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let left = self.coalesce(parts, whole)?;
        let Some(operator) = parts.next_if(|part| is_comparison(part.as_rule())) else { return Ok(left) };
        let right = self.coalesce(parts, whole)?;
        let whole = self.span_of(left).to(self.span_of(right));
        let expression = match operator.as_rule() {
            Rule::in_op | Rule::not_in => {
                Expression::In { value: left, set: right, negated: operator.as_rule() == Rule::not_in }
            }
            Rule::like | Rule::not_like => {
                Expression::Like { value: left, pattern: right, negated: operator.as_rule() == Rule::not_like }
            }
            rule => Expression::Compare { operator: comparison_of(rule), left, right },
        };
        match parts.peek() {
            Some(next) if is_comparison(next.as_rule()) => Err(chained_after(next, self.span_of(right))),
            _ => self.add(expression, whole),
        }
    }

    fn coalesce(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut operands = vec![self.additive(parts, whole)?];
        while parts.next_if(|part| part.as_rule() == Rule::coalesce).is_some() {
            operands.push(self.additive(parts, whole)?);
        }
        self.chain(operands, Expression::Coalesce)
    }

    fn additive(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut left = self.multiplicative(parts, whole)?;
        while let Some(operator) = parts.next_if(|part| matches!(part.as_rule(), Rule::add | Rule::sub)) {
            let right = self.multiplicative(parts, whole)?;
            left = self.arithmetic(operator.as_rule(), left, right)?;
        }
        Ok(left)
    }

    fn multiplicative(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut left = self.unary(parts, whole)?;
        while let Some(operator) = parts.next_if(|part| matches!(part.as_rule(), Rule::mul | Rule::div | Rule::rem)) {
            let right = self.unary(parts, whole)?;
            left = self.arithmetic(operator.as_rule(), left, right)?;
        }
        Ok(left)
    }

    fn arithmetic(&mut self, rule: Rule, left: ExpressionId, right: ExpressionId) -> Built<ExpressionId> {
        let operator = match rule {
            Rule::add => Arithmetic::Add,
            Rule::sub => Arithmetic::Subtract,
            Rule::mul => Arithmetic::Multiply,
            Rule::div => Arithmetic::Divide,
            _ => Arithmetic::Remainder,
        };
        let whole = self.span_of(left).to(self.span_of(right));
        self.add(Expression::Arithmetic { operator, left, right }, whole)
    }

    fn unary(&mut self, parts: Parts<'_, '_>, whole: Span) -> Built<ExpressionId> {
        let mut minuses = Vec::new();
        while let Some(minus) = parts.next_if(|part| part.as_rule() == Rule::neg) {
            minuses.push(span(&minus));
        }
        let primary = parts.next().ok_or_else(|| misread(whole))?;
        if primary.as_rule() == Rule::not {
            return Err(Diagnostic::error(Code::Syntax, span(&primary), "Not stands in the middle of an expression.")
                .with_help("Put it and what it belongs to in brackets."));
        }
        let mut id = self.primary(primary)?;
        while let Some(postfix) = parts.next_if(|part| matches!(part.as_rule(), Rule::member | Rule::over)) {
            id = self.postfix(id, postfix)?;
        }
        for minus in minuses.into_iter().rev() {
            let whole = minus.to(self.span_of(id));
            id = self.add(Expression::Negate(id), whole)?;
        }
        Ok(id)
    }

    fn primary(&mut self, pair: Pair<'_, Rule>) -> Built<ExpressionId> {
        let whole = span(&pair);
        let expression = match pair.as_rule() {
            Rule::ident => Expression::Name(name_of(&pair)),
            Rule::param => Expression::Parameter(parameter_name(&pair)),
            Rule::paren => return self.paren(pair),
            Rule::call => {
                let mut parts = children(pair);
                let (Some(name), Some(arguments)) = (parts.next(), parts.next()) else { return Err(misread(whole)) };
                Expression::Call { name: name_of(&name), arguments: self.arguments(arguments)? }
            }
            rule => Expression::Literal(literal::read(rule, pair.as_str(), whole)?),
        };
        self.add(expression, whole)
    }

    fn paren(&mut self, pair: Pair<'_, Rule>) -> Built<ExpressionId> {
        let whole = span(&pair);
        let mut values = Vec::new();
        let mut parts = children(pair).peekable();
        while let Some(part) = parts.next() {
            if part.as_rule() == Rule::query_expr {
                let query = self.query_expression(part)?;
                return self.add(Expression::Query(query), whole);
            }
            let value = self.expression(part)?;
            values.push(self.with_sets(value, &mut parts)?);
        }
        match values[..] {
            [only] => {
                self.tree.expressions[only.0 as usize].span = whole;
                Ok(only)
            }
            _ => self.add(Expression::List(values), whole),
        }
    }

    /// A query in brackets, and the queries that Union and its kind combine it with.
    fn with_sets<'i>(
        &mut self,
        first: ExpressionId,
        parts: &mut Peekable<impl Iterator<Item = Pair<'i, Rule>>>,
    ) -> Built<ExpressionId> {
        let mut combined = first;
        while let Some(part) = parts.next_if(|part| set_operator(part.as_rule()).is_some()) {
            let (Some(operator), Some(side)) = (set_operator(part.as_rule()), parts.next()) else {
                return Err(misread(span(&part)));
            };
            let Expression::Query(left) = self.tree.expression(combined) else {
                let message = format!("{} stands between two queries.", part.as_str().trim());
                return Err(Diagnostic::error(Code::Syntax, span(&part), message)
                    .with_help("Write a whole query on each side, in brackets where it is not the last one."));
            };
            let (left, whole) = (*left, self.span_of(combined).to(span(&side)));
            let right = self.set_side(side)?;
            let query = self.combined(operator, left, right, whole)?;
            combined = self.add(Expression::Query(query), whole)?;
        }
        Ok(combined)
    }

    fn postfix(&mut self, of: ExpressionId, pair: Pair<'_, Rule>) -> Built<ExpressionId> {
        let whole = self.span_of(of).to(span(&pair));
        if pair.as_rule() == Rule::over {
            let window = self.window(pair)?;
            return self.add(Expression::Over { of, window }, whole);
        }
        let mut parts = children(pair);
        let name = name_of(&parts.next().ok_or_else(|| misread(whole))?);
        let arguments = parts.next().map(|arguments| self.arguments(arguments)).transpose()?;
        self.add(Expression::Member { of, name, arguments }, whole)
    }

    fn window(&mut self, pair: Pair<'_, Rule>) -> Built<Window> {
        let mut window = Window { partition: Vec::new(), order: Vec::new(), frame: Frame::Default };
        for part in children(pair) {
            match part.as_rule() {
                Rule::partition => {
                    for value in children(part) {
                        window.partition.push(self.expression(value)?);
                    }
                }
                Rule::order_c => window.order = self.order(children(part))?,
                Rule::frame_all => window.frame = Frame::All,
                Rule::frame_before => window.frame = Frame::Before,
                _ => {}
            }
        }
        Ok(window)
    }

    pub(super) fn arguments(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<Argument>> {
        let mut arguments = Vec::new();
        let mut parts = children(pair).peekable();
        while let Some(part) = parts.next() {
            let whole = span(&part);
            arguments.push(match part.as_rule() {
                Rule::lambda => {
                    let mut parts = children(part);
                    let (Some(variable), Some(body)) = (parts.next(), parts.next()) else {
                        return Err(misread(whole));
                    };
                    Argument::Lambda { variable: name_of(&variable), body: self.expression(body)? }
                }
                Rule::query_expr => {
                    let query = self.query_expression(part)?;
                    Argument::Value(self.add(Expression::Query(query), whole)?)
                }
                _ => {
                    let value = self.expression(part)?;
                    Argument::Value(self.with_sets(value, &mut parts)?)
                }
            });
        }
        Ok(arguments)
    }

    pub(super) fn depth_below(&self, expression: &Expression) -> u32 {
        let depth = |id: &ExpressionId| self.tree.expressions[id.0 as usize].depth;
        let deepest = |ids: &[ExpressionId]| ids.iter().map(depth).max().unwrap_or(0);
        let argument = |argument: &Argument| match argument {
            Argument::Value(id) | Argument::Lambda { body: id, .. } => depth(id),
        };
        let of_arguments = |given: &[Argument]| given.iter().map(argument).max().unwrap_or(0);
        match expression {
            Expression::Literal(_) | Expression::Parameter(_) | Expression::Name(_) => 0,
            Expression::Member { of, arguments, .. } => depth(of).max(arguments.as_deref().map_or(0, of_arguments)),
            Expression::Call { arguments, .. } => of_arguments(arguments),
            Expression::Negate(id) | Expression::Not(id) => depth(id),
            Expression::And(ids) | Expression::Or(ids) | Expression::Coalesce(ids) | Expression::List(ids) => {
                deepest(ids)
            }
            Expression::Compare { left, right, .. } | Expression::Arithmetic { left, right, .. } => {
                depth(left).max(depth(right))
            }
            Expression::In { value, set: other, .. } | Expression::Like { value, pattern: other, .. } => {
                depth(value).max(depth(other))
            }
            Expression::Query(query) => self.tree.query(*query).depth,
            Expression::Over { of, window } => {
                let keys = window.order.iter().map(|key| depth(&key.value)).max().unwrap_or(0);
                depth(of).max(deepest(&window.partition)).max(keys)
            }
        }
    }
}

fn is_comparison(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::eq
            | Rule::ne
            | Rule::lt
            | Rule::le
            | Rule::gt
            | Rule::ge
            | Rule::in_op
            | Rule::not_in
            | Rule::like
            | Rule::not_like
    )
}

fn comparison_of(rule: Rule) -> Comparison {
    match rule {
        Rule::eq => Comparison::Equal,
        Rule::ne => Comparison::Different,
        Rule::lt => Comparison::Less,
        Rule::le => Comparison::LessOrEqual,
        Rule::gt => Comparison::Greater,
        _ => Comparison::GreaterOrEqual,
    }
}

/// `a < b < c`: the middle is compared twice.
fn chained_after(next: &Pair<'_, Rule>, middle: Span) -> Diagnostic {
    let at = span(next);
    let middle = middle.of(next.as_span().get_input());
    chained(at).with_fix(Span { end: at.start, ..at }, format!("And {middle} "))
}

fn chained(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, span, "Comparisons cannot be chained.")
        .with_help("Compare each pair and join the parts with And: `a < b And b < c`.")
}

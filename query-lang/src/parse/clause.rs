use super::{Builder, Built, Rule, children, misread, name_of, parameter_name, span};
use crate::diagnostic::Span;
use crate::tree::{
    Binding, Clause, Expression, Field, Literal, OrderKey, Query, QueryId, Select, SetOperator, Shape, Source,
    SourceKind,
};
use crate::value::Value;
use pest::iterators::Pair;

impl Builder {
    pub(super) fn query_expression(&mut self, pair: Pair<'_, Rule>) -> Built<QueryId> {
        let whole = span(&pair);
        let mut result: Option<QueryId> = None;
        let mut operator = None;
        for part in children(pair) {
            if let Some(found) = set_operator(part.as_rule()) {
                operator = Some(found);
                continue;
            }
            let term = self.set_side(part)?;
            result = Some(match (result, operator.take()) {
                (Some(left), Some(operator)) => self.combined(operator, left, term, whole)?,
                _ => term,
            });
        }
        result.ok_or_else(|| misread(whole))
    }

    pub(super) fn set_side(&mut self, pair: Pair<'_, Rule>) -> Built<QueryId> {
        if pair.as_rule() == Rule::query { self.pipeline(pair) } else { self.query_expression(pair) }
    }

    pub(super) fn combined(
        &mut self,
        operator: SetOperator,
        left: QueryId,
        right: QueryId,
        whole: Span,
    ) -> Built<QueryId> {
        let depth = 1 + self.tree.query(left).depth.max(self.tree.query(right).depth);
        self.add_query(Query::Set { operator, left, right }, whole, depth)
    }

    fn pipeline(&mut self, pair: Pair<'_, Rule>) -> Built<QueryId> {
        let whole = span(&pair);
        let (mut clauses, mut select) = (Vec::new(), None);
        let first_expression = self.tree.expressions.len();
        let first_query = self.tree.queries.len();
        for part in children(pair) {
            if part.as_rule() == Rule::select_c {
                select = Some(self.select(part)?);
            } else {
                let clause = self.clause(part)?;
                clauses.push(clause);
            }
        }
        let below = self.tree.expressions[first_expression..].iter().map(|node| node.depth);
        let queries = self.tree.queries[first_query..].iter().map(|node| node.depth);
        let depth = 1 + below.chain(queries).max().unwrap_or(0);
        self.add_query(Query::Pipeline { clauses, select }, whole, depth)
    }

    fn clause(&mut self, pair: Pair<'_, Rule>) -> Built<Clause> {
        let whole = span(&pair);
        let rule = pair.as_rule();
        let mut parts = children(pair).peekable();
        let left = parts.next_if(|part| part.as_rule() == Rule::left).is_some();
        Ok(match rule {
            Rule::from_c => {
                let variable = parts.next().ok_or_else(|| misread(whole))?;
                let source = self.source(parts.next().ok_or_else(|| misread(whole))?)?;
                Clause::From { variable: name_of(&variable), source }
            }
            Rule::join_c => {
                let variable = parts.next().ok_or_else(|| misread(whole))?;
                let source = self.source(parts.next().ok_or_else(|| misread(whole))?)?;
                let on = self.expression(parts.next().ok_or_else(|| misread(whole))?)?;
                Clause::Join { variable: name_of(&variable), source, on, left }
            }
            Rule::group_c => self.group(parts, whole)?,
            Rule::let_c => Clause::Let(self.bindings(parts)?),
            Rule::aggregate_c => Clause::Aggregate { bindings: self.bindings(parts)?, span: whole },
            Rule::order_c => Clause::Order(self.order(parts)?),
            Rule::where_c => Clause::Where(self.expression(parts.next().ok_or_else(|| misread(whole))?)?),
            Rule::skip_c => Clause::Skip(self.expression(parts.next().ok_or_else(|| misread(whole))?)?),
            Rule::take_c => Clause::Take(self.expression(parts.next().ok_or_else(|| misread(whole))?)?),
            _ => return Err(misread(whole)),
        })
    }

    fn group<'i>(&mut self, parts: impl Iterator<Item = Pair<'i, Rule>>, span: Span) -> Built<Clause> {
        let (mut keys, mut into) = (Vec::new(), Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::into => into = self.bindings(children(part))?,
                _ => keys.push(self.field(part)?),
            }
        }
        Ok(Clause::Group { keys, into, span })
    }

    fn bindings<'i>(&mut self, parts: impl Iterator<Item = Pair<'i, Rule>>) -> Built<Vec<Binding>> {
        parts.map(|part| self.binding(part)).collect()
    }

    fn binding(&mut self, pair: Pair<'_, Rule>) -> Built<Binding> {
        let whole = span(&pair);
        let mut parts = children(pair);
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { return Err(misread(whole)) };
        Ok(Binding { name: name_of(&name), value: self.expression(value)? })
    }

    pub(super) fn order<'i>(&mut self, parts: impl Iterator<Item = Pair<'i, Rule>>) -> Built<Vec<OrderKey>> {
        let mut keys = Vec::new();
        for part in parts {
            let whole = span(&part);
            let mut inner = children(part);
            let value = self.expression(inner.next().ok_or_else(|| misread(whole))?)?;
            keys.push(OrderKey { value, descending: inner.next().is_some() });
        }
        Ok(keys)
    }

    fn field(&mut self, pair: Pair<'_, Rule>) -> Built<Field> {
        let whole = span(&pair);
        let part = children(pair).next().ok_or_else(|| misread(whole))?;
        if part.as_rule() == Rule::binding {
            let binding = self.binding(part)?;
            return Ok(Field { name: Some(binding.name), value: binding.value });
        }
        Ok(Field { name: None, value: self.expression(part)? })
    }

    fn select(&mut self, pair: Pair<'_, Rule>) -> Built<Select> {
        let whole = span(&pair);
        let (mut distinct, mut top, mut shape) = (false, None, None);
        for part in children(pair) {
            match part.as_rule() {
                Rule::distinct => distinct = true,
                Rule::top => top = Some(self.top(part)?),
                Rule::record => shape = Some(Shape::Record(self.fields(part)?)),
                _ => shape = Some(Shape::Value(self.expression(part)?)),
            }
        }
        Ok(Select { distinct, top, shape: shape.ok_or_else(|| misread(whole))?, span: whole })
    }

    fn top(&mut self, pair: Pair<'_, Rule>) -> Built<crate::tree::ExpressionId> {
        let whole = span(&pair);
        let number = children(pair).next().ok_or_else(|| misread(whole))?;
        let rows = number.as_str().parse().map_err(|_| misread(whole))?;
        self.add(Expression::Literal(Literal::Value(Value::Int(rows))), span(&number))
    }

    fn fields(&mut self, record: Pair<'_, Rule>) -> Built<Vec<Field>> {
        children(record).filter(|part| part.as_rule() == Rule::field).map(|part| self.field(part)).collect()
    }

    fn source(&mut self, pair: Pair<'_, Rule>) -> Built<Source> {
        let whole = span(&pair);
        let mut kind = None;
        for part in children(pair) {
            match part.as_rule() {
                Rule::query_expr => kind = Some(SourceKind::Query(self.query_expression(part)?)),
                Rule::param => kind = Some(SourceKind::Parameter(parameter_name(&part))),
                Rule::path => {
                    let path = children(part).map(|name| name_of(&name)).collect();
                    kind = Some(SourceKind::Path { path, arguments: None });
                }
                Rule::args => {
                    let given = self.arguments(part)?;
                    if let Some(SourceKind::Path { arguments, .. }) = &mut kind {
                        *arguments = Some(given);
                    }
                }
                _ => {}
            }
        }
        Ok(Source { kind: kind.ok_or_else(|| misread(whole))?, span: whole })
    }
}

pub(super) fn set_operator(rule: Rule) -> Option<SetOperator> {
    Some(match rule {
        Rule::union => SetOperator::Union,
        Rule::union_all => SetOperator::UnionAll,
        Rule::intersect => SetOperator::Intersect,
        Rule::except => SetOperator::Except,
        _ => return None,
    })
}

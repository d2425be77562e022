use super::{Binding, Lowered, Lowering};
use crate::diagnostic::Code;
use crate::functions;
use crate::plan::{BlockId, Expression, ExpressionId, FunctionRef, OrderKey, Window};
use crate::resolve::Failed;
use crate::typed::{self, Expression as Typed};
use crate::value::{Type, Value};

impl Lowering<'_> {
    /// An expression in a block; navigation adds joins to the block that its row is in.
    pub(crate) fn lower(&mut self, block: BlockId, id: typed::ExpressionId) -> Lowered<ExpressionId> {
        let node = self.resolver.typed.node(id).clone();
        if node.constant {
            return Ok(self.constant(id, &node));
        }
        let expression = match node.expression {
            Typed::Variable(variable) => return self.variable(variable, node.span),
            Typed::Column { variable, index } => return self.record_column(variable, index, node.span),
            Typed::Property { of, entity, property } => {
                if self.resolver.typed.node(of).constant {
                    return self.constant_row(of, entity, property, node.span);
                }
                return self.property(block, of, entity, property, node.span);
            }
            Typed::Query { fold, query } => return self.fold(fold, query, node.kind, node.span),
            Typed::Trusted(of) => {
                let outer = std::mem::replace(&mut self.trusted, true);
                let lowered = self.lower(block, of);
                self.trusted = outer;
                return lowered;
            }
            Typed::Not(of) => Expression::Not(self.lower(block, of)?),
            Typed::And(parts) => Expression::And(self.lower_all(block, &parts)?),
            Typed::Or(parts) => return self.any(block, &parts),
            Typed::Compare { operator, left, right } => {
                Expression::Compare { operator, left: self.lower(block, left)?, right: self.lower(block, right)? }
            }
            Typed::InList { value, list } => {
                Expression::InList { value: self.lower(block, value)?, list: self.lower_all(block, &list)? }
            }
            Typed::InQuery { value, query } => {
                let value = self.lower(block, value)?;
                Expression::InBlock { value, block: self.set_block(query, node.span)? }
            }
            Typed::Concatenate(parts) => self.concatenation(block, &parts, node.nullable, node.span)?,
            Typed::Coalesce(parts) => Expression::Coalesce(self.lower_all(block, &parts)?),
            Typed::Widen(of) => {
                let function = self.named("Decimal", Type::Int, node.span)?;
                Expression::Call { function, arguments: vec![self.lower(block, of)?] }
            }
            Typed::If { branches, otherwise } => {
                let mut lowered = Vec::new();
                for (condition, value) in branches {
                    lowered.push((self.lower(block, condition)?, self.lower(block, value)?));
                }
                let otherwise = otherwise.map(|value| self.lower(block, value)).transpose()?;
                Expression::Case { branches: lowered, otherwise }
            }
            Typed::Call { function, arguments } => self.call(block, function, &arguments)?,
            Typed::Aggregate { function, arguments } => {
                let arguments = self.lower_all(block, &arguments)?;
                Expression::Call { function: FunctionRef(function), arguments: self.pinned(block, arguments)? }
            }
            Typed::Window(window) => Expression::Window(self.window(block, &window)?),
            Typed::Constant(_)
            | Typed::LocalDateTime(_)
            | Typed::ZoneOffset(_)
            | Typed::Parameter(_)
            | Typed::CurrentUser
            | Typed::Now
            | Typed::Today => {
                return Err(self.resolver.error(Code::NotSupported, node.span, "This constant depends on a row."));
            }
        };
        Ok(self.plan.add(expression, node.kind, node.nullable))
    }

    /// Measured where it may become longer than a text may be.
    fn concatenation(
        &mut self,
        block: BlockId,
        parts: &[typed::ExpressionId],
        measured: bool,
        span: crate::Span,
    ) -> Lowered<Expression> {
        let whole = Expression::Concatenate(self.lower_all(block, parts)?);
        if !measured {
            return Ok(whole);
        }
        let whole = self.plan.add(whole, Type::Text, false);
        Ok(Expression::Call { function: self.named("#Short", Type::Text, span)?, arguments: vec![whole] })
    }

    pub(super) fn lower_all(&mut self, block: BlockId, ids: &[typed::ExpressionId]) -> Lowered<Vec<ExpressionId>> {
        ids.iter().map(|id| self.lower(block, *id)).collect()
    }

    fn constant(&mut self, id: typed::ExpressionId, node: &typed::Node) -> ExpressionId {
        match &node.expression {
            Typed::Constant(Value::Bool(true)) => self.plan.add(Expression::True, Type::Bool, false),
            Typed::Constant(Value::Bool(false)) => self.plan.add(Expression::False, Type::Bool, false),
            Typed::Constant(Value::Null) => self.plan.add(Expression::Null(node.kind), node.kind, true),
            _ => {
                let id = self.same_constant(id);
                self.plan.add(Expression::Bind(id), node.kind, node.nullable)
            }
        }
    }

    /// Equal constants are one bind, or Postgres would not see that a group key and a selected value are the same.
    fn same_constant(&mut self, id: typed::ExpressionId) -> typed::ExpressionId {
        let known = self.constants.iter().copied().find(|known| self.resolver.typed.same(*known, id));
        known.unwrap_or_else(|| {
            self.constants.push(id);
            id
        })
    }

    /// A function of one argument, as `Decimal(x)`.
    fn named(&mut self, name: &str, of: Type, span: crate::Span) -> Lowered<FunctionRef> {
        match functions::resolve(name, &[Some(of)]) {
            Some(found) => Ok(FunctionRef(found.function)),
            None => Err(self.resolver.error(Code::NotSupported, span, format!("{name} is missing."))),
        }
    }

    /// Searching a stored text uses its fold key.
    fn call(
        &mut self,
        block: BlockId,
        function: &'static functions::Function,
        arguments: &[typed::ExpressionId],
    ) -> Lowered<Expression> {
        if matches!(function.name, "Contains" | "StartsWith" | "EndsWith" | "Like")
            && let [text, pattern] = arguments
            && let Some(expression) = self.folded_search(block, function.name, *text, *pattern)?
        {
            return Ok(expression);
        }
        Ok(Expression::Call { function: FunctionRef(function), arguments: self.lower_all(block, arguments)? })
    }

    fn folded_search(
        &mut self,
        block: BlockId,
        name: &str,
        text: typed::ExpressionId,
        pattern: typed::ExpressionId,
    ) -> Lowered<Option<Expression>> {
        let types = [Some(Type::Text), Some(Type::Text)];
        let plain = functions::resolve(&format!("#{name}"), &types);
        let fold = functions::resolve("Fold", &types[..1]);
        let (Some(plain), Some(fold)) = (plain, fold) else { return Ok(None) };
        if !self.resolver.typed.node(pattern).constant {
            return Ok(None);
        }
        let Some(key) = self.fold_key(block, text)? else { return Ok(None) };
        let span = self.resolver.typed.node(pattern).span;
        let nullable = self.resolver.nullable(pattern);
        let call = Typed::Call { function: fold.function, arguments: vec![pattern] };
        let folded = self.resolver.add(call, Type::Text, nullable, span)?;
        let pattern = self.lower(block, folded)?;
        Ok(Some(Expression::Call { function: FunctionRef(plain.function), arguments: vec![key, pattern] }))
    }

    fn window(&mut self, block: BlockId, window: &typed::Window) -> Lowered<Window> {
        let arguments = self.lower_all(block, &window.arguments)?;
        let partition = self.lower_all(block, &window.partition)?;
        let ranks = matches!(window.function.name, "Rank" | "DenseRank");
        let mut order = self.order(block, &window.order)?;
        if !ranks
            && (!order.is_empty()
                || window.frame == typed::Frame::Before
                || matches!(window.function.name, "RowNumber" | "Lag" | "Lead" | "First" | "Last"))
        {
            order.extend(self.ties(&window.ties)?);
        }
        Ok(Window { function: FunctionRef(window.function), arguments, partition, order, frame: window.frame })
    }

    pub(super) fn order(&mut self, block: BlockId, keys: &[typed::OrderKey]) -> Lowered<Vec<OrderKey>> {
        let mut order: Vec<OrderKey> = Vec::new();
        for key in keys {
            let stored = if key.folded { self.fold_key(block, key.value)? } else { None };
            let value = self.lower(block, key.value)?;
            if key.folded {
                let value = stored.map_or_else(|| self.folded_text(value), Ok)?;
                order.push(OrderKey { value, descending: key.descending });
            }
            if !order.iter().any(|known| known.value == value) {
                order.push(OrderKey { value, descending: key.descending });
            }
        }
        Ok(order)
    }

    /// What makes an order total: ids of row variables, columns of records, values of keys.
    pub(super) fn ties(&mut self, variables: &[typed::VariableId]) -> Lowered<Vec<OrderKey>> {
        let mut order = Vec::new();
        for variable in variables {
            let known = self.resolver.typed.variable(*variable).clone();
            let span = crate::Span::default();
            let columns = match (known.kind, self.bindings.get(variable)) {
                (_, Some(Binding::Columns(columns, _))) => columns.len(),
                (typed::VariableKind::Record(columns), _) => columns.len(),
                _ => 0,
            };
            let values = match columns {
                0 => vec![self.variable(*variable, span)?],
                columns => {
                    (0..columns).map(|index| self.record_column(*variable, index, span)).collect::<Lowered<Vec<_>>>()?
                }
            };
            order.extend(values.into_iter().map(|value| OrderKey { value, descending: false }));
        }
        Ok(order)
    }

    pub(super) fn refused<T>(&mut self, span: crate::Span, message: &str) -> Lowered<T> {
        let failed: Failed = self.resolver.error(Code::NotSupported, span, message);
        Err(failed)
    }
}

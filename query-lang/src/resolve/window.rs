use super::{Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Span};
use crate::functions::{Body, Function};
use crate::tree;
use crate::typed::{Expression, ExpressionId, Frame, Window};

impl Resolver<'_> {
    /// Among rows that may be equal in all columns each window is a Let of its own, whose value breaks the ties of the next one:
    /// two windows number such rows alike, on every engine.
    pub(super) fn window(
        &mut self,
        scope: &Scope,
        of: tree::ExpressionId,
        window: &tree::Window,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let Some(ties) = scope.window_ties.clone() else { return Err(self.window_refused(span)) };
        let inner = scope.inner();
        let tree = scope.tree.clone();
        let tree::Expression::Call { name, arguments: written } = tree.expression(of) else {
            return Err(self.error(Code::MisplacedAggregate, span, "Over stands after a function such as Sum(x)."));
        };
        let ids: Vec<tree::ExpressionId> =
            written.iter().map_while(|argument| self.argument_value(argument, span).ok()).collect();
        if let Some(failed) = self.no_window(&inner, name, &ids, span) {
            return Err(failed);
        }
        let (called, written) = super::fold::listed(&tree, &name.text, written);
        let mut values = Vec::new();
        for argument in written {
            let id = self.argument_value(argument, span)?;
            values.push(self.scalar(&inner, id, None)?);
        }
        let fits = |function: &Function| function.is_aggregate() || matches!(function.body, Body::Window);
        let (function, arguments, kind) = self.chosen(called, &values, fits, span)?;
        let mut partition = Vec::new();
        for key in &window.partition {
            partition.push(self.scalar(&inner, *key, None)?);
        }
        let order = self.order_keys(&inner, &window.order)?;
        let nulls: Vec<bool> = arguments.iter().map(|argument| self.nullable(*argument)).collect();
        let nullable = function.nullable(&nulls) || window.frame == Frame::Before && !self.counts(function);
        let ties: Vec<_> = ties.iter().copied().chain(self.own_lets.iter().map(|(variable, _)| *variable)).collect();
        let twins = self.typed.may_have_twins(&ties);
        let window = Window { function, arguments, partition, order, frame: window.frame, ties };
        let value = self.add(Expression::Window(window), kind, nullable, span)?;
        if !twins {
            return Ok(value);
        }
        let variable = self.new_value("", value);
        self.origins.is_let(variable, value);
        self.own_lets.push((variable, value));
        self.variable_value(variable, span)
    }

    /// Never null, also over no rows.
    fn counts(&self, function: &Function) -> bool {
        matches!(function.name, "Count" | "CountDistinct" | "RowNumber" | "Rank" | "DenseRank" | "Any" | "All")
    }
}

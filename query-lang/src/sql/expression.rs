use super::Writer;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{Body, Form, Function, Piece};
use crate::limits;
use crate::plan::{BlockId, Expression, ExpressionId, RelationKind, Window};
use crate::tree::{Comparison, Frame};

/// Flat chains of AND become as deep as they are long in SQLite, whose limit is 1,000; its functions take 127 arguments.
pub(super) const FLAT_CHAIN_MAX: usize = 100;

impl Writer<'_> {
    /// Always closed in itself: brackets stand around all that has an operator.
    pub(super) fn expression(&mut self, id: ExpressionId) {
        if self.text.is_too_long() {
            return;
        }
        let plan = self.plan;
        match plan.expression(id) {
            Expression::Bind(value) => self.text.push_bind(*value, plan.kind(id)),
            Expression::True => self.text.push(if self.text.is_postgres() { "true" } else { "1" }),
            Expression::False => self.text.push(if self.text.is_postgres() { "false" } else { "0" }),
            Expression::Null(kind) => {
                self.text.push("NULL");
                self.text.push_cast(*kind);
            }
            Expression::Stored { relation, column } => {
                if let RelationKind::Scan(scan) = &plan.relation(*relation).kind {
                    self.text.push_column(*relation, scan, column);
                }
            }
            Expression::Column { relation, index } => {
                self.text.push_alias(*relation);
                self.text.push(".");
                self.text.push_output(*index);
            }
            Expression::Not(of) => {
                self.text.push("(NOT ");
                self.expression(*of);
                self.text.push(")");
            }
            Expression::And(parts) => self.chain(parts, " AND "),
            Expression::Or(parts) => self.chain(parts, " OR "),
            Expression::Compare { operator, left, right } | Expression::Plain { operator, left, right } => {
                self.comparison(*operator, *left, *right);
            }
            Expression::Same { left, right, negated } => self.same(*left, *right, *negated),
            Expression::IsNull(of) => {
                self.text.push("(");
                self.expression(*of);
                self.text.push(" IS NULL)");
            }
            Expression::InList { value, list } => {
                self.membership(*value, |writer| writer.list(list));
            }
            Expression::InBlock { value, block } => {
                self.membership(*value, |writer| writer.subquery(*block));
            }
            Expression::Concatenate(parts) => self.concatenate(parts),
            Expression::Coalesce(parts) => self.coalesce(parts),
            Expression::Case { branches, otherwise } => self.case(branches, *otherwise),
            Expression::Call { function, arguments } => self.call(function.0, arguments, None),
            Expression::Window(window) => self.call(window.function.0, &window.arguments, Some(window)),
            Expression::Scalar(block) => {
                self.text.push("(");
                self.subquery(*block);
                self.text.push(")");
            }
            Expression::Exists(block) => {
                self.text.push("EXISTS (");
                self.subquery(*block);
                self.text.push(")");
            }
        }
    }

    fn subquery(&mut self, block: BlockId) {
        self.deep += 1;
        if self.deep > limits::SUBQUERIES_DEEP_MAX {
            let message =
                format!("Queries stand inside each other deeper than {} levels.", limits::SUBQUERIES_DEEP_MAX);
            let help = "Give the inner ones names with Let, or join their rows.";
            self.failure.get_or_insert(Diagnostic::error(Code::Limit, Span::default(), message).with_help(help));
        } else {
            self.block(block, false);
        }
        self.deep -= 1;
    }

    fn coalesce(&mut self, parts: &[ExpressionId]) {
        if let [only] = parts {
            return self.expression(*only);
        }
        self.text.note_function("coalesce");
        self.text.push("coalesce(");
        if parts.len() > FLAT_CHAIN_MAX {
            let (first, rest) = parts.split_at(FLAT_CHAIN_MAX);
            self.list(first);
            self.text.push(", ");
            self.coalesce(rest);
        } else {
            self.list(parts);
        }
        self.text.push(")");
    }

    fn membership(&mut self, value: ExpressionId, set: impl FnOnce(&mut Self)) {
        self.text.push("(");
        self.expression(value);
        self.text.push(" IN (");
        set(self);
        self.text.push("))");
    }

    fn list(&mut self, parts: &[ExpressionId]) {
        for (index, part) in parts.iter().enumerate() {
            self.comma(index);
            self.expression(*part);
        }
    }

    pub(super) fn chain(&mut self, parts: &[ExpressionId], operator: &'static str) {
        self.text.push("(");
        if parts.len() > FLAT_CHAIN_MAX {
            let (left, right) = parts.split_at(parts.len() / 2);
            self.chain(left, operator);
            self.text.push(operator);
            self.chain(right, operator);
        } else {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    self.text.push(operator);
                }
                self.expression(*part);
            }
        }
        self.text.push(")");
    }

    fn comparison(&mut self, operator: Comparison, left: ExpressionId, right: ExpressionId) {
        self.text.push("(");
        self.expression(left);
        self.text.push(match operator {
            Comparison::Equal => " = ",
            Comparison::Different => " <> ",
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " <= ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " >= ",
        });
        self.expression(right);
        let ordering = !matches!(operator, Comparison::Equal | Comparison::Different);
        if ordering && self.text.is_postgres() && self.plan.kind(left) == crate::Type::Text {
            self.text.push(" COLLATE \"C\"");
        }
        self.text.push(")");
    }

    /// Null equals null.
    fn same(&mut self, left: ExpressionId, right: ExpressionId, negated: bool) {
        self.text.push("(");
        self.expression(left);
        self.text.push(if negated { " IS DISTINCT FROM " } else { " IS NOT DISTINCT FROM " });
        self.expression(right);
        self.text.push(")");
    }

    fn concatenate(&mut self, parts: &[ExpressionId]) {
        self.text.push("(");
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.text.push(" || ");
            }
            if self.plan.nullable(*part) {
                self.text.note_function("coalesce");
                self.text.push("coalesce(");
                self.expression(*part);
                self.text.push(", '')");
            } else {
                self.expression(*part);
            }
        }
        self.text.push(")");
    }

    fn case(&mut self, branches: &[(ExpressionId, ExpressionId)], otherwise: Option<ExpressionId>) {
        self.text.push("(CASE");
        for (condition, value) in branches {
            self.text.push(" WHEN ");
            self.expression(*condition);
            self.text.push(" THEN ");
            self.expression(*value);
        }
        if let Some(value) = otherwise {
            self.text.push(" ELSE ");
            self.expression(value);
        }
        self.text.push(" END)");
    }

    fn call(&mut self, function: &'static Function, arguments: &[ExpressionId], window: Option<&Window>) {
        let (sqlite, postgres) = match (window, function.window) {
            (Some(_), Some(over)) => (over.sqlite, over.postgres),
            _ => (function.sqlite, function.postgres),
        };
        let form = if self.text.is_postgres() { postgres } else { sqlite };
        match form {
            Form::Call | Form::Bound => {
                self.text.push_own_function(function.symbol);
                self.text.push("(");
                self.list(arguments);
                self.text.push(")");
                self.over(window);
            }
            Form::Inline { pieces, calls } => {
                for name in calls {
                    if !pieces.iter().any(|piece| matches!(piece, Piece::Own(own) if own == name)) {
                        self.text.note_function(name);
                    }
                }
                self.pieces(pieces, arguments, window);
            }
        }
        debug_assert!(window.is_none() || function.is_aggregate() || matches!(function.body, Body::Window));
    }

    fn pieces(&mut self, pieces: &'static [Piece], arguments: &[ExpressionId], window: Option<&Window>) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.text.push(text),
                Piece::Argument(index) => {
                    if let Some(argument) = arguments.get(*index) {
                        self.expression(*argument);
                    }
                }
                Piece::Own(symbol) => self.text.push_own_function(symbol),
                Piece::Over => self.over(window),
            }
        }
    }

    fn over(&mut self, window: Option<&Window>) {
        let Some(window) = window else { return };
        self.text.push(" OVER (");
        if !window.partition.is_empty() {
            self.text.push("PARTITION BY ");
            self.list(&window.partition);
        }
        if !window.order.is_empty() {
            self.text.push(if window.partition.is_empty() { "ORDER BY " } else { " ORDER BY " });
            self.order_keys(&window.order);
        }
        self.frame(window);
        self.text.push(")");
    }

    /// Rows, never SQL's default RANGE, which takes ties together.
    fn frame(&mut self, window: &Window) {
        let framed = window.function.0.is_aggregate() || matches!(window.function.0.name, "First" | "Last");
        if !framed {
            return;
        }
        self.text.push(match (window.frame, window.order.is_empty()) {
            (Frame::All, _) | (Frame::Default, true) => " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
            (Frame::Default, false) => " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
            (Frame::Before, _) => " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
        });
    }
}

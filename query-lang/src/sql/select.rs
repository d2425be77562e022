use super::Writer;
use super::expression::FLAT_CHAIN_MAX;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::plan::{Block, BlockId, Expression, ExpressionId, Join, OrderKey, RelationId, RelationKind};
use crate::tree::SetOperator;
use crate::value::Type;

impl Writer<'_> {
    /// A SELECT without brackets. `outermost`: its columns are what the caller decodes.
    pub(super) fn block(&mut self, id: BlockId, outermost: bool) {
        if self.failure.is_some() || self.text.is_too_long() {
            return;
        }
        let plan = self.plan;
        let block = plan.block(id);
        if block.from.len() > limits::SCANS_MAX {
            let message = format!("One query joins more than {} tables, relations included.", limits::SCANS_MAX);
            self.failure = Some(Diagnostic::error(Code::Limit, Span::default(), message));
            return;
        }
        match block.set {
            Some((operator, left, right)) => {
                self.block(left, false);
                self.text.push(match operator {
                    SetOperator::Union => " UNION ",
                    SetOperator::UnionAll => " UNION ALL ",
                    SetOperator::Intersect => " INTERSECT ",
                    SetOperator::Except => " EXCEPT ",
                });
                self.block(right, false);
            }
            None => self.select(block, outermost),
        }
        if !block.order.is_empty() {
            self.text.push(" ORDER BY ");
            self.order_keys(&block.order);
        }
        self.limit(block);
    }

    fn select(&mut self, block: &Block, outermost: bool) {
        self.text.push(if block.distinct { "SELECT DISTINCT " } else { "SELECT " });
        if block.outputs.is_empty() {
            self.text.push("1");
        }
        for (index, output) in block.outputs.iter().enumerate() {
            self.comma(index);
            self.output(*output, outermost);
            self.text.push(" AS ");
            self.text.push_output(index);
        }
        if let Some((first, rest)) = block.from.split_first() {
            self.text.push(" FROM ");
            self.relation(first.relation);
            for join in rest {
                self.join(join);
            }
        }
        if !block.filters.is_empty() {
            self.text.push(" WHERE ");
            self.conjunction(&block.filters);
        }
        if let Some(keys) = block.group_keys.filter(|keys| *keys > 0) {
            self.text.push(" GROUP BY ");
            for index in 0..keys {
                self.comma(index);
                self.text.push_number(index + 1);
            }
        }
    }

    /// Postgres computes dates as bigint; the reader of the result expects what a date column holds.
    fn output(&mut self, output: ExpressionId, outermost: bool) {
        let computed = !matches!(self.plan.expression(output), Expression::Stored { .. } | Expression::Bind(_));
        if outermost && computed && self.text.is_postgres() && self.plan.kind(output) == Type::Date {
            self.text.push("(");
            self.expression(output);
            self.text.push(")");
            self.text.push_cast(Type::Date);
        } else {
            self.expression(output);
        }
    }

    /// SQLite keeps the written order of a CROSS JOIN; an inner join it may turn around.
    fn join(&mut self, join: &Join) {
        match join.left_on {
            None => {
                self.text.push(" JOIN ");
                self.relation(join.relation);
                self.text.push(" ON true");
            }
            Some(on) => {
                self.text.push(" LEFT JOIN ");
                self.relation(join.relation);
                self.text.push(" ON ");
                self.expression(on);
            }
        }
    }

    fn relation(&mut self, id: RelationId) {
        let plan = self.plan;
        match &plan.relation(id).kind {
            RelationKind::Scan(scan) => self.text.push_table(scan),
            RelationKind::Derived(block) => {
                self.text.push("(");
                self.block(*block, false);
                self.text.push(")");
            }
            RelationKind::Generated(index) => self.generated(*index),
        }
        self.text.push(" AS ");
        self.text.push_alias(id);
    }

    /// `[[20400, 20406], [20407, 20413]]` as rows, read out of the text once: engines would do it again wherever a value is used, and
    /// for each row that it is joined with. Postgres' workers can share arrays, and no sub-query with a limit.
    fn generated(&mut self, index: usize) {
        let columns = self.plan.columns_of_generated(index);
        if self.text.is_postgres() {
            self.text.note_function("unnest");
            self.text.note_function("jsonb_array_elements");
            self.text.push("(SELECT * FROM unnest(");
            for (column, kind) in columns.iter().enumerate() {
                self.comma(column);
                self.text.push("ARRAY(SELECT (g.e->>");
                self.text.push_number(column);
                self.text.push(")");
                self.text.push_cast(*kind);
                self.text.push(" FROM (SELECT jsonb_array_elements(");
                self.text.push_rows(index);
                self.text.push("::text::jsonb) AS e) AS g)");
            }
            self.text.push(") AS h(");
            self.output_names(columns.len());
            return self.text.push("))");
        }
        self.text.note_function("json_extract");
        self.text.note_json_each();
        self.text.push("(WITH \"$made\" AS MATERIALIZED (SELECT ");
        for (column, kind) in columns.iter().enumerate() {
            self.comma(column);
            let bytes = matches!(kind, Type::Guid | Type::Ref(_));
            if bytes {
                self.text.note_function("unhex");
                self.text.push("unhex(");
            }
            self.text.push("json_extract(value, '$[");
            self.text.push_number(column);
            self.text.push(if bytes { "]'))" } else { "]')" });
            self.text.push(" AS ");
            self.text.push_output(column);
        }
        self.text.push(" FROM \"main\".\"json_each\"(");
        self.text.push_rows(index);
        self.text.push(")) SELECT ");
        self.output_names(columns.len());
        self.text.push(" FROM \"$made\")");
    }

    fn output_names(&mut self, columns: usize) {
        for column in 0..columns {
            self.comma(column);
            self.text.push_output(column);
        }
    }

    pub(super) fn conjunction(&mut self, parts: &[ExpressionId]) {
        if parts.len() > FLAT_CHAIN_MAX {
            return self.chain(parts, " AND ");
        }
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.text.push(" AND ");
            }
            self.expression(*part);
        }
    }

    /// Nulls are smallest. Postgres is told so only where a null can be: it would not walk an index for it.
    pub(super) fn order_keys(&mut self, keys: &[OrderKey]) {
        for (index, key) in keys.iter().enumerate() {
            self.comma(index);
            self.order_value(key.value);
            if key.descending {
                self.text.push(" DESC");
            }
            if self.text.is_postgres() && self.plan.nullable(key.value) {
                self.text.push(if key.descending { " NULLS LAST" } else { " NULLS FIRST" });
            }
        }
    }

    /// A bare bind would be taken for a column's position, or refused.
    fn order_value(&mut self, value: ExpressionId) {
        let is_text = self.plan.kind(value) == Type::Text;
        self.expression(value);
        if is_text && self.text.is_postgres() {
            self.text.push(" COLLATE \"C\"");
        }
    }

    fn limit(&mut self, block: &Block) {
        match (block.take, block.skip) {
            (None, None) => return,
            (Some(take), _) => {
                self.text.push(" LIMIT ");
                self.expression(take);
            }
            (None, Some(_)) if !self.text.is_postgres() => self.text.push(" LIMIT -1"),
            (None, Some(_)) => {}
        }
        if let Some(skip) = block.skip {
            self.text.push(" OFFSET ");
            self.expression(skip);
        }
    }

    pub(super) fn comma(&mut self, index: usize) {
        if index > 0 {
            self.text.push(", ");
        }
    }
}

//! Alternatives that look for rows of the same table look once: `HasRole("A") Or HasRole("B")` reads the roles one time, and
//! so does a project whose manager or second manager asks. Their conditions must be about the looked-for row alone: engines ask
//! those once for all rows around them, and answer others by hashes of what they have in common with the row around.

use super::{Binding, Lowered, Lowering};
use crate::catalogue::{EntityId, Source as Home};
use crate::plan::{BlockId, Expression, ExpressionId};
use crate::typed::{self, Expression as Typed, Query, QueryFold, Source, Step, VariableId};
use crate::value::Type;

/// Equal for alternatives that one look can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    /// `Exists(From V In Entity Where ..)`
    Any(EntityId),
    /// `value In (From V In Entity Where .. Select V)`
    Row(EntityId, ExpressionId),
}

/// One alternative as it is written.
struct Written {
    row: VariableId,
    entity: EntityId,
    conditions: Vec<typed::ExpressionId>,
    value: Option<typed::ExpressionId>,
}

struct Look {
    sought: Sought,
    binding: Binding,
    block: BlockId,
    /// Of each alternative, what must all hold.
    cases: Vec<Vec<ExpressionId>>,
}

impl Lowering<'_> {
    /// True where one of the parts is.
    pub(crate) fn any(&mut self, block: BlockId, parts: &[typed::ExpressionId]) -> Lowered<ExpressionId> {
        let (mut lowered, mut looks) = (Vec::new(), Vec::new());
        for part in parts {
            match self.written(*part) {
                Some(written) => self.look(block, written, &mut lowered, &mut looks)?,
                None => lowered.push(self.lower(block, *part)?),
            }
        }
        for look in looks {
            let filters = self.united(look.cases);
            self.plan.block_mut(look.block).filters.extend(filters);
        }
        Ok(match lowered[..] {
            [] => self.plan.add(Expression::False, Type::Bool, false),
            [only] => only,
            _ => self.plan.add(Expression::Or(lowered), Type::Bool, false),
        })
    }

    /// None: no search for rows of one table by conditions alone.
    fn written(&self, id: typed::ExpressionId) -> Option<Written> {
        let node = self.resolver.typed.node(id);
        let (query, value) = match node.expression {
            _ if node.constant => return None,
            Typed::Query { fold: QueryFold::Exists, query } => (query, None),
            Typed::InQuery { value, query } => (query, Some(value)),
            _ => return None,
        };
        let Query::Pipeline { steps, output } = self.resolver.typed.query(query) else { return None };
        let (Step::From { variable: row, source: Source::Entity(entity) }, rest) = steps.split_first()? else {
            return None;
        };
        let selects_row = || match output.columns[..] {
            [(_, only)] => matches!(self.resolver.typed.node(only).expression, Typed::Variable(known) if known == *row),
            _ => false,
        };
        let signal = self.resolver.catalogue.entity(*entity).source == Home::Signal;
        if signal || output.distinct || value.is_some() && !selects_row() {
            return None;
        }
        let mut conditions = Vec::new();
        for step in rest {
            let Step::Where(condition) = step else { return None };
            if !self.is_about(*condition, *row) {
                return None;
            }
            match &self.resolver.typed.node(*condition).expression {
                Typed::And(parts) => conditions.extend(parts),
                _ => conditions.push(*condition),
            }
        }
        Some(Written { row: *row, entity: *entity, conditions, value })
    }

    /// Does a condition depend on this row alone?
    fn is_about(&self, id: typed::ExpressionId, row: VariableId) -> bool {
        let node = self.resolver.typed.node(id);
        match &node.expression {
            _ if node.constant => true,
            Typed::Variable(variable) => *variable == row,
            Typed::Column { .. } | Typed::Query { .. } | Typed::InQuery { .. } | Typed::Window(_) => false,
            expression => expression.parts().into_iter().all(|part| self.is_about(part, row)),
        }
    }

    fn look(
        &mut self,
        outer: BlockId,
        written: Written,
        lowered: &mut Vec<ExpressionId>,
        looks: &mut Vec<Look>,
    ) -> Lowered<()> {
        let sought = match written.value {
            Some(value) => Sought::Row(written.entity, self.lower(outer, value)?),
            None => Sought::Any(written.entity),
        };
        let at = match looks.iter().position(|look| look.sought == sought) {
            Some(known) => known,
            None => {
                let source = Source::Entity(written.entity);
                let open = self.steps(&[Step::From { variable: written.row, source }])?;
                let binding = self.bindings.get(&written.row).cloned().ok_or(crate::resolve::Failed)?;
                let block = open.block;
                let expression = match sought {
                    Sought::Any(_) => Expression::Exists(block),
                    Sought::Row(_, value) => {
                        let row = self.variable(written.row, crate::Span::default())?;
                        self.plan.block_mut(block).outputs = vec![row];
                        Expression::InBlock { value, block }
                    }
                };
                lowered.push(self.plan.add(expression, Type::Bool, false));
                looks.push(Look { sought, binding, block, cases: Vec::new() });
                looks.len() - 1
            }
        };
        let block = looks[at].block;
        self.bindings.insert(written.row, looks[at].binding.clone());
        let case = self.lower_all(block, &written.conditions)?;
        looks[at].cases.push(case);
        Ok(())
    }

    /// What all cases have in common, and one Or of the rest.
    fn united(&mut self, cases: Vec<Vec<ExpressionId>>) -> Vec<ExpressionId> {
        let Some((first, others)) = cases.split_first() else { return Vec::new() };
        let mut filters: Vec<_> =
            first.iter().copied().filter(|part| others.iter().all(|case| case.contains(part))).collect();
        let rest: Vec<Vec<_>> =
            cases.iter().map(|case| case.iter().copied().filter(|part| !filters.contains(part)).collect()).collect();
        if rest.iter().any(Vec::is_empty) {
            return filters;
        }
        let mut alternatives = Vec::new();
        for case in rest {
            let all = match case[..] {
                [only] => only,
                _ => self.plan.add(Expression::And(case), Type::Bool, false),
            };
            if !alternatives.contains(&all) {
                alternatives.push(all);
            }
        }
        filters.push(match alternatives[..] {
            [only] => only,
            _ => self.plan.add(Expression::Or(alternatives), Type::Bool, false),
        });
        filters
    }
}

//! Typed tree -> relational plan: navigation becomes shared left joins, lists become correlated sub-queries, clauses
//! become SELECTs that are cut exactly where SQL needs it.

mod expression;
mod fold;
mod navigate;
mod pipeline;
mod previous;
mod signals;
mod steps;
mod uncorrelate;
mod united;

use crate::Target;
use crate::catalogue::Catalogue;
use crate::plan::{BlockId, ExpressionId, Guarded, Plan, RelationId};
use crate::resolve::{Failed, Resolver};
use crate::typed::{self, VariableId};
use std::collections::HashMap;

pub(crate) type Lowered<T> = Result<T, Failed>;

pub(crate) struct Lowering<'c> {
    pub(crate) resolver: Resolver<'c>,
    pub(crate) plan: Plan,
    pub(crate) target: Target,
    pub(crate) bindings: HashMap<VariableId, Binding>,
    /// Inside of a permission or rule: scans are not guarded again.
    pub(crate) trusted: bool,
    /// The text that is compiled is a condition itself, so its diagnostics keep their places.
    pub(crate) whole: bool,
    pub(crate) scans: usize,
    constants: Vec<typed::ExpressionId>,
    /// Columns of set operations, whose sides may differ in what can be null.
    set_types: HashMap<BlockId, Vec<(crate::Type, bool)>>,
    /// Columns that have a read permission of their own, by the column of the table.
    pub(crate) masks: HashMap<ExpressionId, ExpressionId>,
    /// Joined rows by where they are joined, on which key, and whether they are guarded.
    navigations: HashMap<(BlockId, ExpressionId, bool), Guarded>,
    /// The right side of a left join whose On is being lowered and follows relations of it: they are joined inside.
    pending: Option<Pending>,
    /// Whose rows a rule is asked of, and where; with the rows before the write once a rule looks at them.
    pub(crate) subject_of_rules: Option<(Guarded, BlockId)>,
    previous: Option<RelationId>,
    /// Bounds of signal sources: their binds, and where each source stands.
    pub(crate) signals: SignalBounds,
    /// Ends of the Dates that a variable ranges over.
    days: HashMap<VariableId, (typed::ExpressionId, typed::ExpressionId)>,
}

/// Constants that bound the days of signals; the widest range holds for all sources.
#[derive(Debug, Default)]
pub(crate) struct SignalBounds {
    pub(crate) sources: Vec<SignalSource>,
}

#[derive(Debug)]
pub(crate) struct SignalSource {
    pub(crate) variable: VariableId,
    pub(crate) from: Vec<typed::ExpressionId>,
    pub(crate) to: Vec<typed::ExpressionId>,
    pub(crate) span: crate::Span,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Pending {
    variable: VariableId,
    /// The SELECT that becomes the right side.
    inner: BlockId,
    relation: RelationId,
}

/// Where a variable's value is.
#[derive(Debug, Clone)]
pub(crate) enum Binding {
    Row(Guarded),
    /// In the block that computes it.
    Value(ExpressionId, BlockId),
    Columns(Vec<ExpressionId>, BlockId),
    /// The row before a write.
    Previous,
}

impl<'c> Lowering<'c> {
    pub(crate) fn new(catalogue: &'c Catalogue, target: &Target) -> Self {
        Lowering {
            resolver: Resolver::new(catalogue),
            plan: Plan::default(),
            target: target.clone(),
            bindings: HashMap::new(),
            trusted: false,
            whole: false,
            scans: 0,
            constants: Vec::new(),
            set_types: HashMap::new(),
            masks: HashMap::new(),
            navigations: HashMap::new(),
            pending: None,
            subject_of_rules: None,
            previous: None,
            signals: SignalBounds::default(),
            days: HashMap::new(),
        }
    }

    /// A value of a block that may have been closed since: as the block that is open now sees it.
    pub(crate) fn lift(&mut self, mut value: ExpressionId, mut block: BlockId) -> ExpressionId {
        while let Some((outer, relation)) = self.plan.block(block).cut {
            value = self.plan.output(relation, block, value);
            block = outer;
        }
        value
    }
}

//! The relational plan: what SQL will say, without names. Relations, columns and expressions are numbers; equal
//! expressions are one number. The only way to a table is a [`Scan`], which the guard alone can make.

mod guard;
mod nulls;
mod references;

use crate::functions::{Function, Generator};
use crate::tree::{Comparison, Frame, SetOperator};
use crate::typed;
use crate::value::Type;
pub(crate) use guard::{Guarded, Scan, ScannedTable, TableColumn};
pub(crate) use nulls::settle;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ExpressionId(pub(crate) u32);

/// One range in one FROM; `t0`, `t1` ... in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RelationId(pub(crate) u32);

/// One SELECT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlockId(pub(crate) u32);

#[derive(Debug, Default)]
pub(crate) struct Plan {
    expressions: Vec<(Expression, Type, bool)>,
    known: HashMap<Expression, ExpressionId>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) generated: Vec<Generated>,
    /// Columns of [`Generated::Previous`]: properties of the entity with their types, the first one its id.
    pub(crate) previous: Vec<(usize, Type)>,
}

/// Rows that are made when they are bound.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Generated {
    /// From two constants.
    Between { generator: &'static Generator, from: typed::ExpressionId, to: typed::ExpressionId },
    /// The values of a list parameter.
    List(typed::ParameterId, Type),
    /// The rows before a write, for rules.
    Previous,
}

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) kind: RelationKind,
    /// The block whose FROM it stands in.
    pub(crate) home: BlockId,
    /// On the right side of a left join.
    pub(crate) optional: bool,
}

#[derive(Debug)]
pub(crate) enum RelationKind {
    Scan(Scan),
    Derived(BlockId),
    /// Bound rows: an index into [`Plan::generated`].
    Generated(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Expression {
    /// A constant of the typed tree, bound.
    Bind(typed::ExpressionId),
    True,
    False,
    /// Nulls of different types are different expressions: Postgres is told what each one is.
    Null(Type),
    /// Column of a table.
    Stored {
        relation: RelationId,
        column: TableColumn,
    },
    /// Output of a derived relation, column of a generated one.
    Column {
        relation: RelationId,
        index: usize,
    },
    Not(ExpressionId),
    And(Vec<ExpressionId>),
    Or(Vec<ExpressionId>),
    /// Two-valued; gone after the null pass.
    Compare {
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
    },
    InList {
        value: ExpressionId,
        list: Vec<ExpressionId>,
    },
    InBlock {
        value: ExpressionId,
        block: BlockId,
    },
    /// SQL's own operators, with SQL's own nulls.
    Plain {
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
    },
    /// Null equals null.
    Same {
        left: ExpressionId,
        right: ExpressionId,
        negated: bool,
    },
    IsNull(ExpressionId),
    Concatenate(Vec<ExpressionId>),
    Coalesce(Vec<ExpressionId>),
    Case {
        branches: Vec<(ExpressionId, ExpressionId)>,
        otherwise: Option<ExpressionId>,
    },
    /// A scalar function or an aggregate of the table.
    Call {
        function: FunctionRef,
        arguments: Vec<ExpressionId>,
    },
    Window(Window),
    /// The one column of the one row, or null.
    Scalar(BlockId),
    Exists(BlockId),
}

/// A function is itself and no other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FunctionRef(pub(crate) &'static Function);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Window {
    pub(crate) function: FunctionRef,
    pub(crate) arguments: Vec<ExpressionId>,
    pub(crate) partition: Vec<ExpressionId>,
    pub(crate) order: Vec<OrderKey>,
    pub(crate) frame: Frame,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OrderKey {
    pub(crate) value: ExpressionId,
    pub(crate) descending: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) from: Vec<Join>,
    pub(crate) filters: Vec<ExpressionId>,
    pub(crate) outputs: Vec<ExpressionId>,
    pub(crate) distinct: bool,
    /// The first outputs are the keys.
    pub(crate) group_keys: Option<usize>,
    pub(crate) order: Vec<OrderKey>,
    pub(crate) skip: Option<ExpressionId>,
    pub(crate) take: Option<ExpressionId>,
    /// Instead of all of the above but order, skip and take.
    pub(crate) set: Option<(SetOperator, BlockId, BlockId)>,
    /// The block that reads this one, once it is closed.
    pub(crate) cut: Option<(BlockId, RelationId)>,
}

#[derive(Debug)]
pub(crate) struct Join {
    pub(crate) relation: RelationId,
    /// None: an inner join; what it joins on is among the filters.
    pub(crate) left_on: Option<ExpressionId>,
}

impl Plan {
    pub(crate) fn add(&mut self, expression: Expression, kind: Type, nullable: bool) -> ExpressionId {
        if let Some(id) = self.known.get(&expression) {
            return *id;
        }
        let id = ExpressionId(self.expressions.len() as u32);
        self.known.insert(expression.clone(), id);
        self.expressions.push((expression, kind, nullable));
        id
    }

    /// Types of the columns that made rows have.
    pub(crate) fn columns_of_generated(&self, index: usize) -> Vec<Type> {
        match self.generated[index] {
            Generated::Between { generator, .. } => generator.columns.iter().map(|(_, kind)| *kind).collect(),
            Generated::List(_, kind) => vec![kind],
            Generated::Previous => self.previous.iter().map(|(_, kind)| *kind).collect(),
        }
    }

    pub(crate) fn expression(&self, id: ExpressionId) -> &Expression {
        &self.expressions[id.0 as usize].0
    }

    pub(crate) fn kind(&self, id: ExpressionId) -> Type {
        self.expressions[id.0 as usize].1
    }

    pub(crate) fn nullable(&self, id: ExpressionId) -> bool {
        self.expressions[id.0 as usize].2
    }

    pub(crate) fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    pub(crate) fn block_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }

    pub(crate) fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    pub(crate) fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        BlockId(self.blocks.len() as u32 - 1)
    }

    pub(crate) fn new_relation(&mut self, kind: RelationKind, home: BlockId, optional: bool) -> RelationId {
        self.relations.push(Relation { kind, home, optional });
        RelationId(self.relations.len() as u32 - 1)
    }

    /// An expression of a derived block as seen from outside; becomes an output if it is none yet.
    pub(crate) fn output(&mut self, relation: RelationId, block: BlockId, value: ExpressionId) -> ExpressionId {
        let found = self.block(block).outputs.iter().position(|output| *output == value);
        let index = found.unwrap_or_else(|| {
            self.block_mut(block).outputs.push(value);
            self.block(block).outputs.len() - 1
        });
        let nullable = self.nullable(value) || self.relation(relation).optional;
        self.add(Expression::Column { relation, index }, self.kind(value), nullable)
    }

    /// True for the rows where both are the same and not null.
    pub(crate) fn matches(&mut self, left: ExpressionId, right: ExpressionId) -> ExpressionId {
        self.add(Expression::Plain { operator: Comparison::Equal, left, right }, Type::Bool, true)
    }
}

impl PartialEq for FunctionRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for FunctionRef {}

impl Hash for FunctionRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

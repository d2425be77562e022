//! Spanned tree -> typed tree: gives every name its meaning and every expression its type. Binding only; rewriting for
//! SQL is lowering's.

mod built_in;
mod call;
mod compare;
mod context;
mod cure;
mod expression;
mod fold;
mod function;
mod group;
mod implicit;
mod legacy;
mod length;
mod local;
mod member;
mod output;
mod parameter;
mod pipeline;
mod rows;
mod scope;
mod source;
mod unknown;
mod watch;
mod window;

use crate::catalogue::{Catalogue, EntityId, PropertyKind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::{self, Tree};
use crate::typed::{Expression, ExpressionId, Node, Query, QueryId, Typed, Variable, VariableId, VariableKind};
use crate::value::{Type, Value};
pub(crate) use built_in::todays_names as built_in_names;
pub(crate) use context::Context;
pub(crate) use member::without_prefix;
pub(crate) use rows::METHODS;
use scope::{Meaning, Scope};
use std::collections::HashMap;
use std::sync::Arc;
pub(crate) use watch::{HERE, Here, Today, Watch};

/// The diagnostic is already noted; what depends on it is silent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed;

pub(crate) type Resolved<T> = Result<T, Failed>;

pub(crate) struct Resolver<'c> {
    pub(crate) catalogue: &'c Catalogue,
    pub(crate) typed: Typed,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What the person wrote, for fixes that say it in another way; empty where nobody asks for fixes.
    pub(crate) text: String,
    /// Views and sets, by their text.
    parsed_queries: HashMap<String, Arc<Tree>>,
    inline_depth: usize,
    /// Longest way down from each expression.
    depths: Vec<u32>,
    /// Where each range variable's source stands in the text.
    pub(crate) source_spans: HashMap<VariableId, Span>,
    user: Option<EntityId>,
    /// An aggregate over the group was met since this was last cleared.
    group_used: bool,
    /// Windows of the expression at hand that became Lets of their own, see [`Resolver::window`].
    own_lets: Vec<(VariableId, ExpressionId)>,
    pub(crate) watch: Option<Watch>,
    origins: local::Origins,
    readings: legacy::Readings,
    undetermined: Vec<parameter::Undetermined>,
}

impl<'c> Resolver<'c> {
    pub(crate) fn new(catalogue: &'c Catalogue) -> Self {
        Resolver {
            catalogue,
            typed: Typed::default(),
            diagnostics: Vec::new(),
            text: String::new(),
            parsed_queries: HashMap::new(),
            inline_depth: 0,
            depths: Vec::new(),
            source_spans: HashMap::new(),
            user: catalogue.find("User"),
            group_used: false,
            own_lets: Vec::new(),
            watch: None,
            origins: local::Origins::default(),
            readings: legacy::Readings::default(),
            undetermined: Vec::new(),
        }
    }

    /// Notes what an editor asks for while it resolves.
    pub(crate) fn watching(catalogue: &'c Catalogue) -> Self {
        Resolver { watch: Some(Watch::default()), ..Resolver::new(catalogue) }
    }

    /// A person's query.
    pub(crate) fn query(&mut self, tree: Tree) -> Resolved<QueryId> {
        let tree = Arc::new(tree);
        let scope = Scope::new(tree.clone(), Context::Query);
        self.declare_parameters(&scope)?;
        let Some(tree::Root::Query(root)) = tree.root else {
            return Err(self.error(Code::Syntax, Span::default(), "The query is empty."));
        };
        let query = self.query_of(&scope, root, output::Place::Result)?;
        self.settle_groups();
        self.tell_readings();
        self.check_parameters();
        if self.failed() { Err(Failed) } else { Ok(query) }
    }

    /// An expression of the model over `Current`, of the wanted type. Gives `Current` too.
    pub(crate) fn condition(
        &mut self,
        text: &str,
        entity: EntityId,
        context: Context,
        wanted: Type,
    ) -> Resolved<(VariableId, ExpressionId)> {
        let current = self.variable("Current", VariableKind::Row(entity), false);
        let value = self.over(&[("Current", current)], text, entity, context, wanted)?;
        Ok((current, value))
    }

    /// A validation rule over `Current` and `Previous`, which is the row before the write and null for a new one.
    pub(crate) fn rule(
        &mut self,
        text: &str,
        entity: EntityId,
        wanted: Type,
    ) -> Resolved<(VariableId, VariableId, ExpressionId)> {
        let current = self.variable("Current", VariableKind::Row(entity), false);
        let previous = self.variable("Previous", VariableKind::Row(entity), true);
        let names = [("Current", current), ("Previous", previous)];
        let value = self.over(&names, text, entity, Context::Rule, wanted)?;
        Ok((current, previous, value))
    }

    fn over(
        &mut self,
        names: &[(&str, VariableId)],
        text: &str,
        entity: EntityId,
        context: Context,
        wanted: Type,
    ) -> Resolved<ExpressionId> {
        let name = self.catalogue.entity(entity).name.clone();
        let tree = self.parsed(text, Span::default(), &format!("A condition of {name}"))?;
        let mut scope = Scope::new(tree.clone(), context);
        for (name, variable) in names {
            scope.bind(name, Meaning::Variable(*variable));
        }
        let Some(tree::Root::Expression(root)) = tree.root else { return Err(Failed) };
        let value = self.scalar(&scope, root, Some(wanted))?;
        let value = self.convert(value, wanted, scope.span(root))?;
        self.settle_groups();
        if self.failed() { Err(Failed) } else { Ok(value) }
    }

    fn failed(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == crate::Severity::Error)
    }

    pub(crate) fn fail(&mut self, diagnostic: Diagnostic) -> Failed {
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
        Failed
    }

    /// What stands at a place of the person's text. None: the place is inside a text of the model, or nobody needs it.
    fn written(&self, scope: &Scope, span: Span) -> Option<&str> {
        Some(span.of(&self.text)).filter(|text| scope.at.is_none() && !text.is_empty())
    }

    pub(crate) fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> Failed {
        self.fail(Diagnostic::error(code, span, message))
    }

    fn parsed(&mut self, text: &str, span: Span, what: &str) -> Resolved<Arc<Tree>> {
        self.catalogue.tree(text).map_err(|diagnostics| {
            let reason = diagnostics.first().map(ToString::to_string).unwrap_or_default();
            self.error(Code::Model, span, format!("{what} of the model cannot be read: {reason}"))
        })
    }

    pub(crate) fn variable(&mut self, name: &str, kind: VariableKind, nullable: bool) -> VariableId {
        self.typed.variables.push(Variable { name: name.to_owned(), kind, nullable, twins: false });
        VariableId(self.typed.variables.len() as u32 - 1)
    }

    pub(crate) fn add_query(&mut self, query: Query) -> QueryId {
        self.typed.queries.push(query);
        QueryId(self.typed.queries.len() as u32 - 1)
    }

    pub(crate) fn add(
        &mut self,
        expression: Expression,
        kind: Type,
        nullable: bool,
        span: Span,
    ) -> Resolved<ExpressionId> {
        if self.typed.expressions.len() >= limits::NODES_MAX {
            return Err(self.error(
                Code::Limit,
                span,
                "The query becomes too large with all that it uses of the model.",
            ));
        }
        let below = expression.parts().into_iter().map(|part| self.depths[part.0 as usize]).max().unwrap_or(0);
        if below >= limits::TYPED_DEPTH_MAX {
            return Err(self.error(
                Code::Limit,
                span,
                "The query is nested too deep with all that it uses of the model.",
            ));
        }
        self.depths.push(below + 1);
        let constant = self.is_constant(&expression);
        self.typed.expressions.push(Node { expression, kind, nullable, constant, span });
        Ok(ExpressionId(self.typed.expressions.len() as u32 - 1))
    }

    fn is_constant(&self, expression: &Expression) -> bool {
        let is = |id: &ExpressionId| self.typed.node(*id).constant;
        match expression {
            Expression::Constant(_)
            | Expression::LocalDateTime(_)
            | Expression::Parameter(_)
            | Expression::CurrentUser
            | Expression::Now
            | Expression::Today => true,
            Expression::ZoneOffset(id) | Expression::Not(id) | Expression::Widen(id) | Expression::Trusted(id) => {
                is(id)
            }
            Expression::And(ids)
            | Expression::Or(ids)
            | Expression::Concatenate(ids)
            | Expression::Coalesce(ids)
            | Expression::Call { arguments: ids, .. } => ids.iter().all(is),
            Expression::Compare { left, right, .. } => is(left) && is(right),
            Expression::InList { value, list } => is(value) && list.iter().all(is),
            Expression::If { branches, otherwise } => {
                branches.iter().all(|(condition, value)| is(condition) && is(value))
                    && otherwise.as_ref().is_none_or(is)
            }
            Expression::Variable(_)
            | Expression::Column { .. }
            | Expression::Property { .. }
            | Expression::InQuery { .. }
            | Expression::Aggregate { .. }
            | Expression::Query { .. }
            | Expression::Window(_) => false,
        }
    }

    pub(crate) fn constant(&mut self, value: Value, kind: Type, span: Span) -> Resolved<ExpressionId> {
        let nullable = value.is_null();
        self.add(Expression::Constant(value), kind, nullable, span)
    }

    pub(crate) fn kind(&self, id: ExpressionId) -> Type {
        self.typed.node(id).kind
    }

    pub(crate) fn nullable(&self, id: ExpressionId) -> bool {
        self.typed.node(id).nullable
    }

    /// What a person calls a type.
    pub(crate) fn type_name(&self, kind: Type) -> String {
        match kind {
            Type::Ref(entity) => self.catalogue.entity(entity).name.clone(),
            kind => format!("{kind:?}"),
        }
    }

    /// A stored property of the row that `of` points to.
    pub(crate) fn stored(
        &mut self,
        of: ExpressionId,
        entity: EntityId,
        property: usize,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let found = &self.catalogue.entity(entity).properties[property];
        let hidden = found.read.is_some();
        let PropertyKind::Stored { kind, nullable, .. } = found.kind else { return Err(Failed) };
        let own_row = matches!(self.typed.node(of).expression, Expression::Variable(variable)
            if matches!(self.typed.variable(variable).kind, VariableKind::Row(_)));
        let nullable = nullable || hidden || !own_row || self.nullable(of);
        self.add(Expression::Property { of, entity, property }, kind, nullable, span)
    }
}

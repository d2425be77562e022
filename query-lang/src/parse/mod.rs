//! Text -> spanned tree. The grammar is `grammar.pest`; precedence, chains and literals are settled here.

mod brackets;
mod clause;
mod edits;
mod expression;
mod figures;
mod foreign;
mod literal;
mod naming;
mod order;
mod recover;
mod second_look;
mod sources;
mod spelling;
mod surplus;
mod tokens;
mod turned;
mod words;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::{
    Expression, ExpressionId, Name, Node, ParameterDeclaration, Query, QueryId, QueryNode, Root, Tree, TypeName,
};
pub(crate) use figures::moment;
use pest::Parser;
use pest::iterators::Pair;
pub(crate) use recover::Recovered;
use std::sync::Once;
pub use tokens::{Token, TokenKind, names_saved, saved_names, tokens};
pub(crate) use tokens::{is_reserved, is_word};

#[derive(pest_derive::Parser)]
#[grammar = "parse/grammar.pest"]
struct Grammar;

/// Parses a query, with its parameter declarations.
///
/// # Errors
/// Where the text leaves the grammar, what is most likely meant.
pub(crate) fn query(text: &str) -> Result<Tree, Vec<Diagnostic>> {
    parse_once(text, Rule::program).map_err(|wrong| recover::recover(text, wrong).diagnostics)
}

/// Parses a query. Where it is broken: all mistakes that can be told apart, and what is left of it.
pub(crate) fn query_or_rest(text: &str) -> Result<Tree, Box<Recovered>> {
    parse_once(text, Rule::program).map_err(|wrong| Box::new(recover::recover(text, wrong)))
}

/// Parses an expression: a calculated property, a rule, a permission.
///
/// # Errors
/// As for a query.
pub(crate) fn expression(text: &str) -> Result<Tree, Vec<Diagnostic>> {
    parse_once(text, Rule::expression)
}

fn parse_once(text: &str, rule: Rule) -> Result<Tree, Vec<Diagnostic>> {
    static CALL_LIMIT: Once = Once::new();
    CALL_LIMIT.call_once(|| pest::set_call_limit(std::num::NonZeroUsize::new(limits::PARSER_CALLS_MAX)));
    limits::check(text).map_err(|diagnostic| vec![diagnostic])?;
    let pairs = Grammar::parse(rule, text).map_err(|error| second_look::explain(text, &error))?;
    let mut builder = Builder { tree: Tree::default() };
    let built = pairs.into_iter().next().map(|program| builder.program(program)).transpose();
    built.map_err(|diagnostic| vec![diagnostic])?;
    Ok(builder.tree)
}

type Built<T> = Result<T, Diagnostic>;

struct Builder {
    tree: Tree,
}

impl Builder {
    fn program(&mut self, program: Pair<'_, Rule>) -> Built<()> {
        for pair in children(program) {
            match pair.as_rule() {
                Rule::params => {
                    for declaration in children(pair) {
                        let declaration = self.parameter(declaration)?;
                        self.tree.parameters.push(declaration);
                    }
                }
                Rule::query_expr => self.tree.root = Some(Root::Query(self.query_expression(pair)?)),
                Rule::expr => self.tree.root = Some(Root::Expression(self.expression(pair)?)),
                _ => {}
            }
        }
        Ok(())
    }

    fn parameter(&mut self, pair: Pair<'_, Rule>) -> Built<ParameterDeclaration> {
        let whole = span(&pair);
        let mut parts = children(pair);
        let (Some(parameter), Some(kind)) = (parts.next(), parts.next()) else { return Err(misread(whole)) };
        let name = parameter_name(&parameter);
        let mut kind_name = None;
        let (mut nullable, mut list) = (false, false);
        for part in children(kind) {
            match part.as_rule() {
                Rule::nullable => nullable = true,
                Rule::list => list = true,
                _ => kind_name = Some(name_of(&part)),
            }
        }
        let kind = TypeName { name: kind_name.ok_or_else(|| misread(whole))?, nullable, list };
        let default = parts.next().map(|value| self.expression(value)).transpose()?;
        Ok(ParameterDeclaration { name, kind, default })
    }

    fn add(&mut self, expression: Expression, span: Span) -> Built<ExpressionId> {
        let depth = 1 + self.depth_below(&expression);
        if depth > limits::DEPTH_MAX {
            let message = format!("This expression is nested deeper than {} levels.", limits::DEPTH_MAX);
            return Err(Diagnostic::error(Code::Limit, span, message).with_help("Give its parts names with Let."));
        }
        self.tree.expressions.push(Node { expression, span, depth });
        Ok(ExpressionId(self.tree.expressions.len() as u32 - 1))
    }

    fn add_query(&mut self, query: Query, span: Span, depth: u32) -> Built<QueryId> {
        if depth > limits::DEPTH_MAX {
            return Err(Diagnostic::error(Code::Limit, span, "The queries are nested too deep."));
        }
        self.tree.queries.push(QueryNode { query, span, depth });
        Ok(QueryId(self.tree.queries.len() as u32 - 1))
    }

    fn span_of(&self, id: ExpressionId) -> Span {
        self.tree.span(id)
    }
}

/// The parts of a pair without keywords.
fn children(pair: Pair<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    pair.into_inner().filter(|part| !is_keyword(part.as_rule()) && part.as_rule() != Rule::EOI)
}

fn span(pair: &Pair<'_, Rule>) -> Span {
    let whole = pair.as_span();
    let written = whole.as_str().trim_end();
    Span::new(whole.start(), whole.start() + written.len())
}

fn name_of(pair: &Pair<'_, Rule>) -> Name {
    Name { text: pair.as_str().trim_matches('`').to_owned(), span: span(pair) }
}

fn parameter_name(pair: &Pair<'_, Rule>) -> Name {
    Name { text: pair.as_str().trim_start_matches('@').to_owned(), span: span(pair) }
}

/// A tree that the grammar cannot give.
fn misread(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Syntax, span, "This part of the query cannot be read.")
}

fn is_keyword(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::kw_parameters
            | Rule::kw_partition
            | Rule::kw_aggregate
            | Rule::kw_intersect
            | Rule::kw_distinct
            | Rule::kw_before
            | Rule::kw_except
            | Rule::kw_select
            | Rule::kw_false
            | Rule::kw_group
            | Rule::kw_order
            | Rule::kw_union
            | Rule::kw_where
            | Rule::kw_from
            | Rule::kw_into
            | Rule::kw_join
            | Rule::kw_left
            | Rule::kw_like
            | Rule::kw_null
            | Rule::kw_over
            | Rule::kw_rows
            | Rule::kw_skip
            | Rule::kw_take
            | Rule::kw_true
            | Rule::kw_with
            | Rule::kw_desc
            | Rule::kw_top
            | Rule::kw_all
            | Rule::kw_and
            | Rule::kw_asc
            | Rule::kw_let
            | Rule::kw_new
            | Rule::kw_not
            | Rule::kw_as
            | Rule::kw_by
            | Rule::kw_in
            | Rule::kw_on
            | Rule::kw_or
    )
}

use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::{self, Expression as Written, Name};
use crate::typed::{
    Expression, ExpressionId, Output, Parameter, ParameterId, Query, QueryId, Source, Step, VariableKind,
};
use crate::value::{Type, Value};

/// A parameter of which only is known that it is compared with Null.
#[derive(Debug)]
pub(super) struct Undetermined {
    parameter: ParameterId,
    /// The nodes that take its type once it is known.
    nodes: Vec<ExpressionId>,
    span: Span,
}

impl Resolver<'_> {
    /// `@x = Null`, `x ?? @x` of a parameter that nobody declared: it may be null.
    fn is_compared_with_null(&self, scope: &Scope, name: &str) -> bool {
        let is = |id: tree::ExpressionId| matches!(scope.tree.expression(id), Written::Parameter(known) if known.text.eq_ignore_ascii_case(name));
        let null = |id: tree::ExpressionId| {
            matches!(scope.tree.expression(id), Written::Literal(tree::Literal::Value(Value::Null)))
        };
        scope.tree.expressions.iter().any(|node| match &node.expression {
            Written::Compare { left, right, .. } => is(*left) && null(*right) || null(*left) && is(*right),
            Written::Coalesce(parts) => parts.split_last().is_some_and(|(_, first)| first.iter().any(|part| is(*part))),
            Written::Call { name, arguments } => {
                let first =
                    arguments.first().is_some_and(|argument| matches!(argument, tree::Argument::Value(id) if is(*id)));
                first && matches!(name.text.to_ascii_lowercase().as_str(), "isempty" | "isnullorempty")
            }
            _ => false,
        })
    }

    /// Both sides of `@x = Null`, whose type comes from another use.
    pub(super) fn undetermined(&mut self, name: &Name, span: Span) -> Resolved<[ExpressionId; 2]> {
        let parameter = match self.find_parameter(&name.text) {
            Some(known) => known,
            None => self.new_parameter(&Name { span, ..name.clone() }, Type::Text, true, None)?,
        };
        let value = self.add(Expression::Parameter(parameter), Type::Text, true, span)?;
        let null = self.constant(Value::Null, Type::Text, span)?;
        match self.undetermined.iter_mut().find(|known| known.parameter == parameter) {
            Some(known) => known.nodes.extend([value, null]),
            None => self.undetermined.push(Undetermined { parameter, nodes: vec![value, null], span }),
        }
        Ok([value, null])
    }

    pub(super) fn is_undetermined(&self, name: &str) -> bool {
        self.find_parameter(name).is_none_or(|id| self.undetermined.iter().any(|known| known.parameter == id))
    }

    fn determine(&mut self, id: ParameterId, kind: Type) {
        let Some(index) = self.undetermined.iter().position(|known| known.parameter == id) else { return };
        for node in self.undetermined.swap_remove(index).nodes {
            self.typed.expressions[node.0 as usize].kind = kind;
        }
        self.typed.parameters[id.0 as usize].kind = kind;
    }

    /// Nothing but Null is ever compared with these.
    pub(super) fn check_parameters(&mut self) {
        for Undetermined { parameter, span, .. } in std::mem::take(&mut self.undetermined) {
            let name = self.typed.parameter(parameter).name.clone();
            self.type_unknown(&name, "Date", span);
        }
    }

    fn type_unknown(&mut self, name: &str, likely: &str, span: Span) -> Failed {
        let message = format!("The type of @{name} cannot be seen from its use.");
        let help = format!("Declare it first: `Parameters @{name} As {likely}`.");
        self.fail(Diagnostic::error(Code::Parameter, span, message).with_help(help))
    }

    pub(super) fn declare_parameters(&mut self, scope: &Scope) -> Resolved<()> {
        for declaration in &scope.tree.clone().parameters {
            if self.find_parameter(&declaration.name.text).is_some() {
                let message = format!("The parameter @{} is declared twice.", declaration.name.text);
                self.error(Code::Parameter, declaration.name.span, message);
                continue;
            }
            let kind = self.type_called(&declaration.kind.name.text, declaration.kind.name.span)?;
            if declaration.kind.list && declaration.default.is_some() {
                self.error(
                    Code::Parameter,
                    declaration.name.span,
                    "A list has no default; give it when the query is asked.",
                );
            }
            let default = declaration.default.map(|value| self.typed_scalar(scope, value, kind)).transpose()?;
            let is_null =
                |value: &ExpressionId| matches!(self.typed.node(*value).expression, Expression::Constant(Value::Null));
            if default.as_ref().is_some_and(is_null) && !declaration.kind.nullable {
                let (name, kind) = (&declaration.name.text, &declaration.kind.name);
                let diagnostic = Diagnostic::error(Code::Parameter, kind.span, format!("@{name} may not be null."))
                    .with_help("A type with ? may.")
                    .with_fix(kind.span, format!("{}?", kind.text));
                self.fail(diagnostic);
            }
            if let Some(value) = default.filter(|value| !self.typed.node(*value).constant) {
                let span = self.typed.node(value).span;
                self.error(Code::Parameter, span, "A default is a constant: no rows and no queries.");
            }
            let nullable = declaration.kind.nullable;
            let id = self.new_parameter(&declaration.name, kind, nullable, default)?;
            self.typed.parameters[id.0 as usize].list = declaration.kind.list;
        }
        Ok(())
    }

    fn new_parameter(
        &mut self,
        name: &Name,
        kind: Type,
        nullable: bool,
        default: Option<ExpressionId>,
    ) -> Resolved<ParameterId> {
        if self.typed.parameters.len() >= limits::PARAMETERS_MAX {
            return Err(self.error(Code::Limit, name.span, "The query has too many parameters."));
        }
        let span = name.span;
        self.typed.parameters.push(Parameter { name: name.text.clone(), kind, nullable, list: false, default, span });
        Ok(ParameterId(self.typed.parameters.len() as u32 - 1))
    }

    pub(super) fn find_parameter(&self, name: &str) -> Option<ParameterId> {
        let position = self.typed.parameters.iter().position(|known| known.name.eq_ignore_ascii_case(name))?;
        Some(ParameterId(position as u32))
    }

    /// A parameter that was declared as a list.
    pub(super) fn list_parameter(&self, name: &str) -> Option<ParameterId> {
        self.find_parameter(name).filter(|id| self.typed.parameter(*id).list)
    }

    /// The values of a list parameter as a query.
    pub(super) fn list_query(&mut self, id: ParameterId, span: Span) -> Resolved<QueryId> {
        let Parameter { kind, nullable, .. } = *self.typed.parameter(id);
        let variable = self.variable("value", VariableKind::Value(kind), nullable);
        let steps = vec![Step::From { variable, source: Source::List(id) }];
        let (columns, record) = self.columns_of_variable(variable, span)?;
        Ok(self.add_query(Query::Pipeline {
            steps,
            output: Output { distinct: false, record, columns, ties: vec![variable] },
        }))
    }

    /// What a view was given for its parameter.
    pub(super) fn argument(&self, scope: &Scope, name: &str) -> Option<ExpressionId> {
        match scope.find(&format!("@{name}")) {
            Some(Meaning::Value(argument)) => Some(argument),
            _ => None,
        }
    }

    /// A parameter that nobody declared takes the type that its place needs.
    pub(super) fn parameter(&mut self, scope: &Scope, name: &Name, wanted: Option<Type>) -> Resolved<ExpressionId> {
        let span = scope.place(name.span);
        if let Some(argument) = self.argument(scope, &name.text) {
            return Ok(argument);
        }
        if !scope.context.allows_parameters() {
            return Err(self.error(Code::NotAllowedHere, span, "A text of the model has no parameters."));
        }
        let id = match (self.find_parameter(&name.text), wanted) {
            (Some(id), Some(kind)) if self.is_undetermined(&name.text) => {
                self.determine(id, kind);
                id
            }
            (Some(id), _) => id,
            (None, Some(kind)) => {
                let nullable = self.is_compared_with_null(scope, &name.text);
                self.new_parameter(&Name { span, ..name.clone() }, kind, nullable, None)?
            }
            (None, None) => {
                let likely = self.likely_type(scope, &name.text);
                return Err(self.type_unknown(&name.text, &likely, span));
            }
        };
        let Parameter { kind, nullable, list, .. } = *self.typed.parameter(id);
        if list {
            let diagnostic = Diagnostic::error(Code::ManyValues, span, format!("@{} is a list.", name.text))
                .with_help(format!("Write `x In @{0}` or `From X In @{0}`.", name.text));
            return Err(self.fail(diagnostic));
        }
        self.add(Expression::Parameter(id), kind, nullable, span)
    }

    pub(super) fn type_called(&mut self, name: &str, span: Span) -> Resolved<Type> {
        let simple = match name.to_ascii_lowercase().as_str() {
            "bool" | "boolean" => Some(Type::Bool),
            "int" | "integer" => Some(Type::Int),
            "decimal" | "number" => Some(Type::Decimal),
            "text" | "string" => Some(Type::Text),
            "date" => Some(Type::Date),
            "time" => Some(Type::Time),
            "datetime" => Some(Type::DateTime),
            "duration" => Some(Type::Duration),
            "guid" => Some(Type::Guid),
            _ => {
                self.catalogue.find(name).or_else(|| self.catalogue.find(super::member::stripped(name)?)).map(Type::Ref)
            }
        };
        let known = ["Bool", "Int", "Decimal", "Text", "Date", "Time", "DateTime", "Duration", "Guid"];
        simple.ok_or_else(|| -> Failed {
            let entities = self.catalogue.entities().map(|(_, entity)| entity.name.as_str());
            let names: Vec<&str> = known.into_iter().chain(entities).collect();
            let diagnostic = super::unknown::name(name, span, "type", &names);
            self.fail(diagnostic)
        })
    }
}

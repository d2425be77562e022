use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::tree::Name;
use crate::typed::{
    Expression, ExpressionId, Output, Parameter, ParameterId, Query, QueryId, Source, Step, VariableKind,
};
use crate::value::Type;

impl Resolver<'_> {
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
        self.typed.parameters.push(Parameter { name: name.text.clone(), kind, nullable, list: false, default });
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

    /// A parameter that nobody declared takes the type that its place needs.
    pub(super) fn parameter(&mut self, scope: &Scope, name: &Name, wanted: Option<Type>) -> Resolved<ExpressionId> {
        let span = scope.place(name.span);
        if let Some(Meaning::Value(argument)) = scope.find(&format!("@{}", name.text)) {
            return Ok(argument);
        }
        if !scope.context.allows_parameters() {
            return Err(self.error(Code::NotAllowedHere, span, "A text of the model has no parameters."));
        }
        let id = match (self.find_parameter(&name.text), wanted) {
            (Some(id), _) => id,
            (None, Some(kind)) => self.new_parameter(name, kind, false, None)?,
            (None, None) => {
                let message = format!("The type of @{} cannot be seen from its use.", name.text);
                let help = format!("Declare it first: `Parameters @{} As Date`.", name.text);
                return Err(self.fail(Diagnostic::error(Code::Parameter, span, message).with_help(help)));
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
            _ => self.catalogue.find(name).map(Type::Ref),
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

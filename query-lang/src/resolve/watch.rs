//! What an editor wants to know of a text besides its meaning. Nothing is noted unless somebody watches.

use super::rows::Item;
use super::scope::Meaning;
use super::{Resolver, Scope};
use crate::catalogue::EntityId;
use crate::diagnostic::Span;
use crate::tree;
use crate::typed::VariableKind;
use crate::value::Type;

/// Stands in a text where somebody is typing; no name of a model is called so.
pub(crate) const HERE: &str = "daybook_types_here";

#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// What a name is, for people.
    pub(crate) notes: Vec<(Span, String)>,
    /// Today's spelling of what was written in an older one.
    pub(crate) spellings: Vec<(Span, String)>,
    /// Today's form of whole expressions, by their places.
    pub(crate) forms: Vec<(Span, Today)>,
    /// Queries that are grouped without a Group By.
    pub(crate) groups: Vec<Span>,
    /// What can be named where [`HERE`] stands.
    pub(crate) here: Option<Here>,
    /// The type that is needed there.
    pub(crate) wanted: Option<Type>,
}

/// What is written today in the place of an older form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Today {
    /// `x = True`: x itself.
    Is,
    /// `x = False`: Not x.
    IsNot,
    /// `ObjectUuid(x)`: x.Id.
    Id,
    /// `Set("Name")`: Set.Name.
    SetCalled(String),
    /// Another function with the first so many of the arguments, and one more.
    Call { name: &'static str, arguments: usize, more: Option<String> },
}

#[derive(Debug, Clone)]
pub(crate) enum Here {
    /// An expression: names with what they are.
    Expression(Vec<(String, String)>),
    /// After In: names with what they are.
    Source(Vec<(String, String)>),
    Row(EntityId),
    Columns(Vec<(String, Type)>),
    /// A list; of an entity's rows, if they are any.
    List(Option<EntityId>),
}

impl Resolver<'_> {
    pub(super) fn note(&mut self, scope: &Scope, span: Span, text: impl FnOnce(&Self) -> String) {
        if self.watch.is_none() || scope.at.is_some() {
            return;
        }
        let text = text(self);
        if let Some(watch) = &mut self.watch {
            watch.notes.push((span, text));
        }
    }

    /// `today`: how it is written now.
    pub(super) fn respell(&mut self, scope: &Scope, span: Span, today: &str) {
        if let Some(watch) = self.watch.as_mut().filter(|_| scope.at.is_none()) {
            watch.spellings.push((span, today.to_owned()));
        }
    }

    pub(super) fn reform(&mut self, scope: &Scope, span: Span, form: Today) {
        if let Some(watch) = self.watch.as_mut().filter(|_| scope.at.is_none()) {
            watch.forms.push((span, form));
        }
    }

    pub(super) fn note_group(&mut self, scope: &Scope, span: Span) {
        if let Some(watch) = self.watch.as_mut().filter(|_| scope.at.is_none()) {
            watch.groups.push(span);
        }
    }

    fn here(&mut self, here: Here) {
        if let Some(watch) = &mut self.watch {
            watch.here.get_or_insert(here);
        }
    }

    pub(super) fn wanted_here(&mut self, expression: &tree::Expression, wanted: Option<Type>) {
        if let (Some(watch), tree::Expression::Name(name) | tree::Expression::Member { name, .. }) =
            (&mut self.watch, expression)
            && name.text == HERE
        {
            watch.wanted = watch.wanted.or(wanted);
        }
    }

    pub(super) fn here_in_expression(&mut self, scope: &Scope) {
        if self.watch.is_some() {
            let names = self.described_names(scope);
            self.here(Here::Expression(names));
        }
    }

    pub(super) fn here_in_source(&mut self, scope: &Scope) {
        if self.watch.is_some() {
            let names = self.described_names(scope);
            self.here(Here::Source(names));
        }
    }

    pub(super) fn here_after_dot(&mut self, item: &Item) {
        if self.watch.is_none() {
            return;
        }
        let here = match item {
            Item::Scalar(value) => match self.kind(*value) {
                Type::Ref(entity) => Here::Row(entity),
                _ => Here::Columns(Vec::new()),
            },
            Item::Record(variable) => match &self.typed.variable(*variable).kind {
                VariableKind::Record(columns) => {
                    Here::Columns(columns.iter().map(|column| (column.name.clone(), column.kind)).collect())
                }
                _ => Here::Columns(Vec::new()),
            },
            Item::Rows(rows) => Here::List(match self.typed.variable(rows.variable).kind {
                VariableKind::Row(entity) => Some(entity),
                _ => None,
            }),
            Item::Query(_) => Here::List(None),
        };
        self.here(here);
    }

    /// Innermost first; a name that hides another is there once.
    fn described_names(&self, scope: &Scope) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = Vec::new();
        for name in scope.names().collect::<Vec<_>>().into_iter().rev() {
            if named.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) || name == HERE {
                continue;
            }
            if let Some(meaning) = scope.find(name) {
                named.push((name.to_owned(), self.described(meaning)));
            }
        }
        named
    }

    pub(super) fn described(&self, meaning: Meaning) -> String {
        match meaning {
            Meaning::Variable(variable) => match &self.typed.variable(variable).kind {
                VariableKind::Row(entity) => self.catalogue.entity(*entity).name.clone(),
                VariableKind::Value(kind) => self.type_name(*kind),
                VariableKind::Record(columns) => {
                    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                    format!("{{ {} }}", names.join(", "))
                }
            },
            Meaning::Value(value) => self.type_name(self.kind(value)),
            Meaning::Failed => String::new(),
        }
    }

    /// `Timesheet.Hours: Decimal = Hours(Current.Duration)`.
    pub(crate) fn described_property(&self, entity: EntityId, index: usize) -> String {
        let found = self.catalogue.entity(entity);
        let property = &found.properties[index];
        let (optional, meaning) = match &property.kind {
            crate::catalogue::PropertyKind::Stored { nullable, .. } => (*nullable, String::new()),
            crate::catalogue::PropertyKind::Calculated { expression, nullable, .. } => {
                (*nullable, format!(" = {expression}"))
            }
        };
        let optional = if optional { "?" } else { "" };
        format!("{}.{}: {}{optional}{meaning}", found.name, property.name, self.type_name(property.type_of()))
    }
}

//! Where rows and values come from besides entities: generators, list parameters, sets, lists with methods, permissions, and
//! functions that the model has in the language itself.

use super::Writing;
use super::scope::Scope;
use crate::queries::engines::rows::id_of;
use query_lang::{Type, Value};

/// Types whose lists can be given as JSON.
const LISTED: [Type; 5] = [Type::Bool, Type::Int, Type::Decimal, Type::Text, Type::Date];

impl Writing<'_> {
    /// A generator or a list parameter as source; its columns are in scope afterwards.
    pub(super) fn made_rows(&mut self, scope: &mut Scope, name: &str) -> String {
        if self.dice.once_in(3) {
            let kind = *self.dice.pick(&LISTED);
            if let Some(list) = self.list_parameter(kind) {
                scope.values.push((name.to_owned(), kind));
                return list;
            }
        }
        let (source, columns): (&str, &[(&str, Type)]) = match self.dice.below(6) {
            0 => ("Dates(#2026-03-27#, AddDays(#2026-03-27#, 5))", &[("Date", Type::Date)]),
            1 => ("Weeks(#2026-02-27#, Today())", &[("Start", Type::Date), ("End", Type::Date)]),
            2 => ("Months(#2025-12-31#, #2026-03-01#)", &[("Start", Type::Date), ("End", Type::Date)]),
            3 => ("Quarters(AddMonths(Today(), -7), Today())", &[("Start", Type::Date), ("End", Type::Date)]),
            4 => ("Range(3, 1)", &[("Value", Type::Int)]),
            _ => ("Range(-1, 3)", &[("Value", Type::Int)]),
        };
        scope.values.extend(columns.iter().map(|(column, kind)| (format!("{name}.{column}"), *kind)));
        source.to_owned()
    }

    /// A declared list with up to four values, some of them null or twice there. None: only literals are wanted.
    fn list_parameter(&mut self, kind: Type) -> Option<String> {
        if self.without_parameters {
            return None;
        }
        let written = match kind {
            Type::Ref(entity) => self.catalogue.entity(entity).name.clone(),
            kind => format!("{kind:?}"),
        };
        let nullable = self.dice.once_in(3);
        let mut values = Vec::new();
        for _ in 0..self.dice.below(5) {
            values.push(match kind {
                _ if nullable && self.dice.once_in(4) => "null".to_owned(),
                Type::Bool => (*self.dice.pick(&["true", "false"])).to_owned(),
                Type::Int => self.dice.between(-3, 9).to_string(),
                Type::Decimal => (*self.dice.pick(&["0", "2.5", "80", "-0.000001", "95.5"])).to_owned(),
                Type::Date => format!("\"2026-03-{}\"", self.dice.between(10, 31)),
                Type::Ref(entity) => format!("\"{}\"", id_of(entity, 1 + self.dice.below(5))),
                _ => (*self.dice.pick(&["\"\"", "\"a\"", "\"Ä\"", "\"it's \\\"so\\\"\"", "\"\u{65e5}\""])).to_owned(),
            });
        }
        let name = self.name("p");
        let optional = if nullable { "?" } else { "" };
        self.program.declarations.push(format!("@{name} As {written}{optional}[]"));
        self.program.parameters.insert(name.clone(), Value::Text(format!("[{}]", values.join(", "))));
        Some(format!("@{name}"))
    }

    pub(super) fn in_list_parameter(&mut self, scope: &Scope, depth: usize) -> Option<String> {
        let not = *self.dice.pick(&["", "Not "]);
        if self.dice.once_in(4) {
            let value = self.expression(scope, Type::Text, depth);
            let column = *self.dice.pick(&["", ", 'Name'"]);
            return Some(format!("({value} {not}In Set('CurrentUserRoles'{column}))"));
        }
        let kind = match self.dice.below(3) {
            0 => Type::Ref(self.entity().1),
            _ => *self.dice.pick(&LISTED),
        };
        let value = self.expression(scope, kind, depth);
        Some(format!("({value} {not}In {})", self.list_parameter(kind)?))
    }

    /// A method of a list, as it is written behind a path: `P.Timesheets.Where(x => ..).Sum(x => ..)`.
    pub(super) fn of_list(&mut self, scope: &Scope, kind: Type) -> Option<String> {
        let (list, entity) = scope.collection(self.catalogue, &mut self.dice)?;
        let name = self.name("x");
        let mut inner = scope.clone();
        inner.rows.push((name.clone(), entity));
        let filter = match self.dice.below(3) {
            0 => format!(".Where({name} => {})", self.condition(&inner, 1)),
            _ => String::new(),
        };
        if kind == Type::Int && self.dice.once_in(2) {
            return Some(format!("{list}{filter}.Count()"));
        }
        let value = self.leaf(&inner, kind);
        let method = match kind {
            Type::Decimal | Type::Duration => *self.dice.pick(&["Sum", "Avg", "Min", "Max"]),
            Type::Bool | Type::Guid | Type::Ref(_) => return None,
            _ => *self.dice.pick(&["Min", "Max"]),
        };
        Some(format!("{list}{filter}.{method}({name} => {value})"))
    }

    pub(super) fn permission(&mut self, scope: &Scope) -> Option<String> {
        if scope.rows.is_empty() || self.dice.once_in(3) {
            let role = *self.dice.pick(&["Admin", "User", "ProjectController", "Nobody"]);
            return Some(format!("HasRole('{role}')"));
        }
        let (row, _) = self.dice.pick(&scope.rows).clone();
        Some(format!("HasPermission({row}, '{}')", self.dice.pick(&["Read", "Insert", "Update", "Delete"])))
    }

    /// A function that the model has in the language itself.
    pub(super) fn working_time(&mut self, scope: &Scope) -> Option<String> {
        let people = self.catalogue.find("User")?;
        let person = scope.rows.iter().find(|(_, entity)| *entity == people).map(|(name, _)| name.clone());
        let person = person.unwrap_or_else(|| "CurrentUser".to_owned());
        let day = self.leaf(scope, Type::Date);
        Some(match self.dice.below(4) {
            0 => format!("PlannedHours({person}, #2026-03-01#, {day})"),
            1 => format!("ActualHoursOfWork({person}, {day}, #2026-03-31#)"),
            2 => format!("Overtime({person}, {day})"),
            _ => format!("RemainingVacationWeeks({person}, {day})"),
        })
    }
}

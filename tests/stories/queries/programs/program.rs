//! Random whole programs: clauses in any order that has a meaning.

use super::Writing;
use super::expression::SIMPLE;
use super::scope::Scope;
use query_lang::catalogue::{EntityId, Source};
use query_lang::{Parameters, Type};

/// The parts of a program, so that a failing one can be made smaller.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(super) declarations: Vec<String>,
    pub(crate) parameters: Parameters,
    pub(super) clauses: Vec<String>,
    pub(super) distinct: bool,
    pub(super) fields: Vec<String>,
    /// ` Union (From ...)`, each with as many columns as there are fields.
    pub(super) others: Vec<(String, String, Vec<String>)>,
}

impl Program {
    pub(crate) fn text(&self) -> String {
        let parameters = match &self.declarations[..] {
            [] => String::new(),
            some => format!("Parameters {}\n", some.join(", ")),
        };
        let distinct = if self.distinct { "Distinct " } else { "" };
        let select = |fields: &[String]| match fields {
            [] => String::new(),
            some => format!("\nSelect {distinct}{{ {} }}", some.join(", ")),
        };
        let query = format!("{}{}", self.clauses.join("\n"), select(&self.fields));
        if self.others.is_empty() {
            return format!("{parameters}{query}");
        }
        let others =
            self.others.iter().map(|(operator, from, fields)| format!("\n{operator}\n({from}{})", select(fields)));
        format!("{parameters}({query}){}", others.collect::<String>())
    }

    /// All programs with one part less.
    pub(super) fn smaller(&self) -> Vec<Program> {
        let mut smaller = Vec::new();
        for index in 0..self.others.len() {
            let mut less = self.clone();
            less.others.remove(index);
            smaller.push(less);
        }
        for index in (1..self.clauses.len()).rev() {
            let mut less = self.clone();
            less.clauses.remove(index);
            smaller.push(less);
        }
        for index in 0..self.fields.len() {
            let mut less = self.clone();
            less.fields.remove(index);
            for (_, _, fields) in &mut less.others {
                fields.remove(index);
            }
            smaller.push(less);
        }
        smaller
    }
}

impl Writing<'_> {
    pub(super) fn entities(&self) -> impl Iterator<Item = EntityId> + '_ {
        self.catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant).map(|(id, _)| id)
    }

    /// Mostly bookings and what they point to.
    pub(super) fn entity(&mut self) -> (String, EntityId) {
        let favourites = ["Timesheet", "Timesheet", "Project", "Customer", "User", "Task", "Absence"];
        let favourite = self.catalogue.find(favourites[self.dice.below(favourites.len())]);
        let all: Vec<_> = self.entities().collect();
        let id = if self.dice.once_in(4) { *self.dice.pick(&all) } else { favourite.unwrap_or(all[0]) };
        (self.catalogue.entity(id).name.clone(), id)
    }

    pub(super) fn name(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    pub(super) fn write(&mut self) {
        let mut scope = Scope::default();
        self.first(&mut scope);
        for _ in 0..self.dice.below(5) {
            self.clause(&mut scope);
        }
        if scope.is_empty() {
            return;
        }
        if self.dice.once_in(9) && self.program.clauses.iter().all(|clause| !clause.starts_with("Order")) {
            return self.set_operation(&scope);
        }
        self.program.distinct =
            self.dice.once_in(6) && self.program.clauses.iter().all(|clause| !clause.starts_with("Order By"));
        for _ in 0..=self.dice.below(4) {
            let kind = self.any_type();
            let value = if !self.program.distinct && self.dice.once_in(7) {
                self.window(&scope)
            } else {
                self.expression(&scope, kind, 3)
            };
            let name = self.name("C");
            self.program.fields.push(format!("{name} = {value}"));
        }
    }

    fn first(&mut self, scope: &mut Scope) {
        let name = self.name("A");
        if self.dice.once_in(10) {
            let source = self.made_rows(scope, &name);
            self.program.clauses.push(format!("From {name} In {source}"));
            return;
        }
        if self.dice.once_in(6) {
            return self.first_from_query(scope, &name);
        }
        let (source, entity) = self.entity();
        self.program.clauses.push(format!("From {name} In {source}"));
        scope.rows.push((name, entity));
    }

    /// A sub-query with columns as source.
    fn first_from_query(&mut self, scope: &mut Scope, name: &str) {
        let (inner, columns) = self.sub_query();
        self.program.clauses.push(format!("From {name} In ({inner})"));
        scope.values.extend(columns.into_iter().map(|(column, kind)| (format!("{name}.{column}"), kind)));
    }

    fn sub_query(&mut self) -> (String, Vec<(String, Type)>) {
        let (source, entity) = self.entity();
        let row = self.name("I");
        let inner = Scope { rows: vec![(row.clone(), entity)], values: Vec::new() };
        let mut text = format!("From {row} In {source}");
        if self.dice.once_in(2) {
            text += &format!(" Where {}", self.condition(&inner, 1));
        }
        if self.dice.once_in(3) {
            text += &format!(" Order By {} Take {}", self.leaf(&inner, Type::Text), self.dice.below(6));
        }
        let mut columns = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let kind = self.any_type();
            let column = self.name("F");
            let value =
                if self.dice.once_in(6) { self.window_of(&inner) } else { (self.expression(&inner, kind, 2), kind) };
            columns.push((column, value.1, value.0));
        }
        let fields: Vec<String> = columns.iter().map(|(column, _, value)| format!("{column} = {value}")).collect();
        text += &format!(" Select {{ {} }}", fields.join(", "));
        (text, columns.into_iter().map(|(column, kind, _)| (column, kind)).collect())
    }

    fn clause(&mut self, scope: &mut Scope) {
        let rows = self.program.clauses.iter().filter(|clause| clause.starts_with("From") || clause.contains("Join"));
        let may_join = rows.count() < 3 && !self.program.clauses.iter().any(|clause| clause.starts_with("Group"));
        match self.dice.below(12) {
            0 | 1 if may_join => self.join(scope),
            2 if may_join => {
                let Some((list, entity)) = scope.collection(self.catalogue, &mut self.dice) else { return };
                let name = self.name("B");
                self.program.clauses.push(format!("From {name} In {list}"));
                scope.rows.push((name, entity));
            }
            3 | 4 => {
                let kind = self.any_type();
                let (value, kind) =
                    if self.dice.once_in(5) { self.window_of(scope) } else { (self.expression(scope, kind, 2), kind) };
                let name = self.name("L");
                self.program.clauses.push(format!("Let {name} = {value}"));
                scope.values.push((name, kind));
            }
            5 => self.group(scope),
            6 => self.order(scope),
            7 => {
                let limit = *self.dice.pick(&["Take 3", "Take 10", "Skip 1 Take 4", "Skip 2", "Take 0"]);
                self.program.clauses.push(limit.to_owned());
            }
            _ => {
                let condition = self.condition(scope, 2);
                self.program.clauses.push(format!("Where {condition}"));
            }
        }
    }

    fn join(&mut self, scope: &mut Scope) {
        let left = *self.dice.pick(&["", "Left "]);
        let name = self.name("B");
        if self.dice.once_in(4) {
            let (inner, columns) = self.sub_query();
            let mut joined = scope.clone();
            joined.values.extend(columns.into_iter().map(|(column, kind)| (format!("{name}.{column}"), kind)));
            let on = self.condition(&joined, 1);
            self.program.clauses.push(format!("{left}Join {name} In ({inner}) On {on}"));
            *scope = joined;
            return;
        }
        let mut joined = scope.clone();
        let source = if self.dice.once_in(6) {
            self.made_rows(&mut joined, &name)
        } else {
            let (source, entity) = self.entity();
            joined.rows.push((name.clone(), entity));
            source
        };
        let on = self.condition(&joined, 1);
        self.program.clauses.push(format!("{left}Join {name} In {source} On {on}"));
        *scope = joined;
    }

    fn group(&mut self, scope: &mut Scope) {
        let mut after = Scope::default();
        let mut keys = Vec::new();
        for _ in 0..self.dice.below(3) {
            let kind = self.any_type();
            let name = self.name("K");
            keys.push(format!("{name} = {}", self.expression(scope, kind, 2)));
            after.values.push((name, kind));
        }
        let mut aggregates = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let name = self.name("G");
            let (value, kind) = self.aggregate(scope);
            aggregates.push(format!("{name} = {value}"));
            after.values.push((name, kind));
        }
        let aggregates = aggregates.join(", ");
        self.program.clauses.push(match &keys[..] {
            [] => format!("Aggregate {aggregates}"),
            some => format!("Group By {} Into {aggregates}", some.join(", ")),
        });
        *scope = after;
    }

    fn aggregate(&mut self, scope: &Scope) -> (String, Type) {
        let number = *self.dice.pick(&[Type::Int, Type::Decimal, Type::Duration]);
        let ordered = *self.dice.pick(&SIMPLE[1..]);
        let any = self.any_type();
        match self.dice.below(9) {
            0 => ("Count()".to_owned(), Type::Int),
            1 => (format!("Count({})", self.expression(scope, any, 1)), Type::Int),
            2 => (format!("CountDistinct({})", self.expression(scope, any, 1)), Type::Int),
            3 => (format!("Sum({})", self.expression(scope, number, 2)), number),
            4 if number != Type::Int => (format!("Avg({})", self.expression(scope, number, 1)), number),
            5 => (format!("Any({})", self.condition(scope, 1)), Type::Bool),
            6 => (format!("All({})", self.condition(scope, 1)), Type::Bool),
            7 => (format!("List({}, ', ')", self.expression(scope, Type::Text, 1)), Type::Text),
            _ => {
                let fold = *self.dice.pick(&["Min", "Max"]);
                (format!("{fold}({})", self.expression(scope, ordered, 1)), ordered)
            }
        }
    }

    fn order(&mut self, scope: &Scope) {
        let mut keys = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let kind = self.any_type();
            let descending = *self.dice.pick(&["", " Desc", " Asc"]);
            keys.push(format!("{}{descending}", self.expression(scope, kind, 1)));
        }
        self.program.clauses.push(format!("Order By {}", keys.join(", ")));
    }

    fn window(&mut self, scope: &Scope) -> String {
        self.window_of(scope).0
    }

    fn window_of(&mut self, scope: &Scope) -> (String, Type) {
        let number = *self.dice.pick(&[Type::Decimal, Type::Duration]);
        let ordered = *self.dice.pick(&SIMPLE[1..]);
        let (call, kind) = match self.dice.below(9) {
            0 => ("RowNumber()".to_owned(), Type::Int),
            1 => ("Rank()".to_owned(), Type::Int),
            2 => ("DenseRank()".to_owned(), Type::Int),
            3 => (format!("Lag({})", self.leaf(scope, ordered)), ordered),
            4 => (format!("Lead({}, {})", self.leaf(scope, ordered), self.dice.below(3)), ordered),
            5 => (format!("Sum({})", self.expression(scope, number, 1)), number),
            6 => (format!("{}({})", self.dice.pick(&["First", "Last"]), self.leaf(scope, ordered)), ordered),
            7 => ("Count()".to_owned(), Type::Int),
            _ => (format!("{}({})", self.dice.pick(&["Min", "Max"]), self.leaf(scope, ordered)), ordered),
        };
        let partition = if self.dice.once_in(2) {
            let kind = self.any_type();
            format!("Partition By {} ", self.leaf(scope, kind))
        } else {
            String::new()
        };
        let order = format!("Order By {}{}", self.leaf(scope, ordered), self.dice.pick(&["", " Desc"]));
        let frame = *self.dice.pick(&["", "", " Rows All", " Rows Before"]);
        (format!("{call} Over ({partition}{order}{frame})"), kind)
    }

    fn set_operation(&mut self, scope: &Scope) {
        let mut kinds = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let kind = self.any_type();
            let column = self.name("C");
            let value = self.expression(scope, kind, 1);
            self.program.fields.push(format!("{column} = {value}"));
            kinds.push((column, kind));
        }
        for _ in 0..=self.dice.below(2) {
            let operator = *self.dice.pick(&["Union", "Union All", "Intersect", "Except"]);
            let (source, entity) = self.entity();
            let name = self.name("O");
            let other = Scope { rows: vec![(name.clone(), entity)], values: Vec::new() };
            let fields = kinds.iter().map(|(column, kind)| format!("{column} = {}", self.expression(&other, *kind, 1)));
            let fields = fields.collect();
            self.program.others.push((operator.to_owned(), format!("From {name} In {source}"), fields));
        }
    }
}

//! The same rows on the device's SQLite, on the server's Postgres and in the evaluator, each asked as the product asks it.

mod device;
mod postgres;
pub(crate) mod rows;

use jiff::civil::Weekday;
use migrations::Model;
use query_lang::catalogue::{Catalogue, Entity, PropertyKind, Source};
use query_lang::functions::fold;
use query_lang::{Code, Compiled, Diagnostic, Environment, Parameters, Target, Value, compile, evaluate};
use rows::{Data, NOW, Row, Size};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) struct Engines {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) data: Data,
    /// What weeks begin with.
    pub(crate) first_weekday: Weekday,
    home: device::Home,
    company: postgres::Company,
}

type Rows = Vec<Vec<Value>>;

/// What three engines say to one text.
#[derive(Debug)]
pub(crate) enum Answer {
    Same(Rows),
    /// The text does not compile, or a parameter is missing.
    #[expect(dead_code, reason = "read by a person, when a test fails")]
    Refused(Vec<Diagnostic>),
    /// Which engine, and how it differs from the evaluator.
    Different(String),
}

impl Engines {
    pub(crate) fn new() -> Self {
        Engines::of(Model::standard())
    }

    /// A company whose model is more than the standard one.
    pub(crate) fn of(model: &Model) -> Self {
        let home = device::Home::new(model);
        let catalogue = home.catalogue();
        let company = postgres::Company::new(model);
        Engines { catalogue, data: Data::default(), first_weekday: Weekday::Monday, home, company }
    }

    /// Puts random rows in the place of all others.
    pub(crate) fn fill(&mut self, seed: u64, size: Size) {
        self.fill_with(rows::random(&self.catalogue, seed, size));
    }

    /// Puts these rows in the place of all others.
    pub(crate) fn fill_with(&mut self, data: Data) {
        self.data = data;
        self.home.fill(&self.catalogue, &self.data);
        self.company.fill(&self.catalogue, &self.data);
    }

    /// The person with this number; the first one is an administrator.
    pub(crate) fn person(&self, number: usize) -> Uuid {
        rows::id_of(self.catalogue.find("User").expect("an entity"), number)
    }

    pub(crate) fn environment(&self, person: usize) -> Environment {
        let zones = ["Europe/Vienna", "America/New_York", "Asia/Kolkata"];
        let zone = jiff::tz::TimeZone::get(zones[person % zones.len()]).expect("a zone");
        Environment { user: self.person(person), now: NOW, zone, first_weekday: self.first_weekday }
    }

    pub(crate) fn ask(&self, text: &str, person: usize, parameters: &Parameters) -> Answer {
        let environment = self.environment(person);
        let wanted = evaluate::evaluate_query(text, &self.catalogue, &environment, parameters, &self.data);
        let wanted = match wanted {
            Ok(answer) => answer.rows,
            Err(wrong) => return Answer::Refused(wrong),
        };
        for target in [Target::Sqlite, self.company.target()] {
            match self.engine(text, &target, &environment, parameters) {
                Ok(None) => {}
                Ok(Some(found)) if found == wanted => {}
                Ok(Some(found)) => return Answer::Different(difference(&target, &found, &wanted)),
                Err(wrong) => return Answer::Different(format!("{}: {wrong}", name(&target))),
            }
        }
        Answer::Same(wanted)
    }

    /// What the evaluator says.
    pub(crate) fn evaluated(&self, text: &str, person: usize, parameters: &Parameters) -> Rows {
        let environment = self.environment(person);
        let answer = evaluate::evaluate_query(text, &self.catalogue, &environment, parameters, &self.data);
        answer.expect("it compiles").rows
    }

    /// What the device's SQLite says to a compiled text.
    pub(crate) fn asked_as(&self, compiled: &Compiled, person: usize, parameters: &Parameters) -> Rows {
        let binds = compiled.bind(&self.environment(person), parameters).expect("values for all binds");
        self.home.ask(compiled, &binds).expect("SQLite answers")
    }

    /// What SQL that somebody wrote by hand finds in the company's tables, as Postgres writes it. Nothing guards it.
    /// `{tables}` is the company's schema, `{here}` a schema of its own.
    pub(crate) fn written_by_hand(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.company.written_by_hand(sql)
    }

    /// The company's schema, as SQL names it.
    pub(crate) fn schema(&self) -> String {
        match self.company.target() {
            Target::Postgres(schema) => format!("\"{}\"", schema.as_str()),
            Target::Sqlite => unreachable!("a company is on Postgres"),
        }
    }

    pub(crate) fn server(&self) -> Target {
        self.company.target()
    }

    /// Postgres' own account of a compiled text, as JSON.
    pub(crate) fn explained(&mut self, compiled: &Compiled, binds: &[Value]) -> String {
        let sql = postgres::with_values(compiled, binds);
        let found = self.company.written_by_hand(&format!("EXPLAIN (VERBOSE, FORMAT JSON) {sql}"));
        found.into_iter().flatten().flatten().collect()
    }

    /// The same text by the server's login, which has rights only in a company's role.
    pub(crate) fn asked_without_role(&self, compiled: &Compiled, binds: &[Value]) -> Result<u64, String> {
        self.company.without_role(&postgres::with_values(compiled, binds))
    }

    /// What the device's SQLite says, or why it says nothing.
    pub(crate) fn asked_on_device(&self, compiled: &Compiled, binds: &[Value]) -> Result<Rows, String> {
        self.home.ask(compiled, binds)
    }

    /// None: the server must not answer it, and does not.
    fn engine(
        &self,
        text: &str,
        target: &Target,
        environment: &Environment,
        parameters: &Parameters,
    ) -> Result<Option<Rows>, String> {
        let on_device = *target == Target::Sqlite;
        let compiled = match compile(text, &self.catalogue, target) {
            Ok(compiled) => compiled,
            Err(wrong) if !on_device && wrong.iter().all(|wrong| wrong.code == Code::Signals) => return Ok(None),
            Err(wrong) => return Err(format!("it does not compile: {wrong:?}")),
        };
        let binds = compiled.bind(environment, parameters).map_err(|wrong| format!("{wrong:?}"))?;
        let rows = if on_device { self.home.ask(&compiled, &binds) } else { self.company.ask(&compiled, &binds) };
        rows.map(Some).map_err(|wrong| format!("{wrong}\n{}\n{binds:?}", compiled.sql))
    }
}

fn name(target: &Target) -> &'static str {
    if *target == Target::Sqlite { "SQLite" } else { "Postgres" }
}

fn difference(target: &Target, found: &Rows, wanted: &Rows) -> String {
    let at = (0..found.len().max(wanted.len())).find(|index| found.get(*index) != wanted.get(*index)).unwrap_or(0);
    format!(
        "{} gives {} rows, the evaluator {}; at row {at}:\n  {:?}\n  {:?}",
        name(target),
        found.len(),
        wanted.len(),
        found.get(at),
        wanted.get(at)
    )
}

/// Names and values of a row's columns.
fn columns(entity: &Entity, row: &Row) -> (Vec<String>, Vec<Value>) {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    let mut add = |name: &str, value: Value| {
        columns.push(format!("\"{name}\""));
        values.push(value);
    };
    for (property, value) in entity.properties.iter().zip(row.values.iter()) {
        let PropertyKind::Stored { column, fold: key, .. } = &property.kind else { continue };
        add(column.as_str(), value.clone());
        if let Some(key) = key {
            add(key.as_str(), if let Value::Text(text) = value { Value::Text(fold(text)) } else { Value::Null });
        }
    }
    if entity.source == Source::Tenant {
        add("seq", Value::Int(1));
        add("deleted", Value::Bool(row.deleted));
    }
    (columns, values)
}

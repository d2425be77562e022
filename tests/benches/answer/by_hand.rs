//! SQL as somebody writes it who knows both engines: one text a question, and what the engines say in different words.

use crate::answer::rows::{ADMIN, EMPLOYEE, NOW, TODAY};
use query_lang::catalogue::{Catalogue, PropertyKind, Source};
use query_lang::{Compiled, Target};
use uuid::Uuid;

const PAGE: &str = include_str!("by_hand.sql");
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// What SQLite's authorizer is asked for besides the functions of the language.
const NATIVE: [&str; 12] =
    ["coalesce", "count", "min", "max", "sum", "row_number", "instr", "year", "month", "date", "json_each", "ifnull"];

/// Number of a question, and its SQL.
pub(super) fn questions(target: &Target) -> Vec<(&'static str, String)> {
    let words = Words { target, schema: schema(target) };
    let written = PAGE.split("\n---\n").filter_map(|part| part.trim().trim_start_matches("-- ").split_once('\n'));
    written.map(|(number, sql)| (number, words.fill(sql))).collect()
}

/// The hand-written text in the place of the compiled one: the same runner, walls and columns, but no binds.
pub(super) fn in_place_of(compiled: &Compiled, sql: &str, catalogue: &Catalogue) -> Compiled {
    let mut hand = compiled.clone();
    hand.sql = sql.to_owned();
    hand.binds.clear();
    for (_, entity) in catalogue.entities() {
        let mut columns = vec!["deleted".to_owned(), "seq".to_owned()];
        for property in &entity.properties {
            if let PropertyKind::Stored { column, fold, .. } = &property.kind {
                columns.push(column.as_str().to_owned());
                columns.extend(fold.as_ref().map(|fold| fold.as_str().to_owned()));
            }
        }
        let tables = if entity.source == Source::Signal { &mut hand.reads.signals } else { &mut hand.reads.tables };
        if entity.source == Source::Tenant || !compiled.reads.signals.is_empty() {
            tables.push((entity.table.as_str().to_owned(), columns));
        }
    }
    hand.reads.functions.extend(NATIVE.map(str::to_owned));
    let own = query_lang::functions::sqlite_functions().into_iter().map(|function| format!("tq_{}", function.symbol));
    hand.reads.functions.extend(own);
    hand
}

fn schema(target: &Target) -> String {
    match target {
        Target::Sqlite => "\"main\"".to_owned(),
        Target::Postgres(schema) => format!("\"{}\"", schema.as_str()),
    }
}

struct Words<'t> {
    target: &'t Target,
    schema: String,
}

impl Words<'_> {
    fn fill(&self, sql: &str) -> String {
        let mut sql = expand(sql, "planned[", |inner| self.planned(inner));
        sql = expand(&sql, "name[", name);
        for (word, meaning) in self.sources() {
            sql = sql.replace(word, &meaning);
        }
        sql = expand(&sql, "terms[", |inner| self.own_terms(inner));
        sql = expand(&sql, "private[", |inner| self.private(inner));
        for (word, meaning) in self.values() {
            sql = sql.replace(word, &meaning);
        }
        sql = expand(&sql, "total[", |inner| {
            if self.lite() {
                format!("tq_sum({inner})")
            } else {
                format!("\"tq_v1\".narrow(coalesce(sum({inner}), 0))")
            }
        });
        sql = expand(&sql, "average[", |inner| {
            if self.lite() {
                format!("tq_average({inner})")
            } else {
                format!("\"tq_v1\".average(sum({inner}), count({inner}))")
            }
        });
        let functions = if self.lite() { "tq_" } else { "\"tq_v1\"." };
        sql.replace("f:", functions).replace("{s}", &self.schema)
    }

    fn lite(&self) -> bool {
        *self.target == Target::Sqlite
    }

    fn id(&self, id: Uuid) -> String {
        if self.lite() { format!("x'{}'", id.simple()) } else { format!("'{id}'::uuid") }
    }

    /// Tables with the permission of who asks.
    fn sources(&self) -> Vec<(&'static str, String)> {
        let leads = "SELECT u.id FROM {s}.\"user\" u JOIN {s}.department d ON d.id = u.department_id AND NOT d.deleted \
                     WHERE NOT u.deleted AND d.lead_id = {me}";
        let manages =
            "SELECT p.id FROM {s}.project p WHERE NOT p.deleted AND (p.manager_id = {me} OR p.manager2_id = {me})";
        let role = |codes: &str| {
            format!(
                "EXISTS (SELECT 1 FROM {{s}}.role_assignment a JOIN {{s}}.role r ON r.id = a.role_id AND NOT r.deleted \
                 WHERE NOT a.deleted AND a.active AND a.user_id = {{me}} AND r.code IN ({codes}))"
            )
        };
        let all = role("'ProjectController', 'BillingAdmin', 'HumanResourcesAdmin', 'Admin'");
        vec![
            (
                "{timesheets}",
                format!(
                    "(SELECT t.* FROM {{s}}.timesheet t WHERE NOT t.deleted AND (t.user_id = {{me}} OR t.project_id IN ({manages}) \
                     OR t.user_id IN ({leads}) OR {all}))"
                ),
            ),
            (
                "{invoices}",
                format!(
                    "(SELECT i.* FROM {{s}}.invoice i WHERE NOT i.deleted AND (i.project_id IN ({manages}) OR {}))",
                    role("'BillingAdmin', 'ProjectController', 'Admin'")
                ),
            ),
            (
                "{weeks}",
                format!(
                    "(SELECT w.* FROM {{s}}.weekly_hours w WHERE NOT w.deleted AND (w.user_id = {{me}} OR w.user_id IN ({leads}) OR {}))",
                    role("'ProjectController', 'HumanResourcesAdmin', 'Admin'")
                ),
            ),
            ("{leads}", leads.to_owned()),
            ("{terms}", role("'HumanResourcesAdmin', 'Admin'")),
            ("{costs}", role("'HumanResourcesAdmin', 'ProjectController', 'Admin'")),
            (
                "{rates}",
                "LEFT JOIN {s}.task k ON k.id = t.task_id AND NOT k.deleted \
                 LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted \
                 LEFT JOIN {s}.customer c ON c.id = p.customer_id AND NOT c.deleted"
                    .to_owned(),
            ),
            (
                "{revenue}",
                "CASE WHEN t.billable THEN f:multiply(f:hours(t.\"end\" - t.\"begin\"), coalesce(t.hourly_rate_billed, \
                 t.hourly_rate, k.hourly_rate, p.hourly_rate, c.hourly_rate, 0)) ELSE 0 END"
                    .to_owned(),
            ),
        ]
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let days = |from: i32, to: i32| {
            let rows: Vec<String> = (from..=to).map(|day| format!("({day})")).collect();
            format!("(SELECT column1 AS day FROM (VALUES {}) v)", rows.join(", "))
        };
        let codes = "\"tq_v1\".short(string_agg(p.code, ', ' ORDER BY p.code COLLATE \"C\"))";
        let found =
            if self.lite() { "instr(t.description_fold, 'sign')" } else { "strpos(t.description_fold, 'sign')" };
        vec![
            (
                "{months}",
                "(SELECT column1 AS first, column2 AS last FROM (VALUES (20513, 20543), (20544, 20573)) v)".to_owned(),
            ),
            ("{days_of_month}", days(20_513, TODAY)),
            ("{days}", days(20_514, 20_548)),
            ("{me}", self.id(ADMIN)),
            ("{user}", self.id(EMPLOYEE)),
            ("{from}", "20514".to_owned()),
            ("{to}", "20548".to_owned()),
            ("{today}", TODAY.to_string()),
            ("{monday}", TODAY.to_string()),
            ("{at}", "20540".to_owned()),
            ("{date}", "20541".to_owned()),
            ("{year_ago}", "20177".to_owned()),
            ("{year}", "2026".to_owned()),
            ("{month}", "20513".to_owned()),
            ("{month_before}", "20485".to_owned()),
            ("{now}", NOW.to_string()),
            ("{spring}", "1241078400000000".to_owned()),
            ("{limit}", "36000000000".to_owned()),
            ("{a}", "'Department 1'".to_owned()),
            ("{b}", "'Department 2'".to_owned()),
            ("{contains}", format!("{found} > 0")),
            ("{codes}", if self.lite() { "tq_list(p.code, ', ')".to_owned() } else { codes.to_owned() }),
        ]
    }

    /// `u@hired_on`: for the person, their lead and human resources.
    fn own_terms(&self, inner: &str) -> String {
        let (person, column) = inner.split_once('@').expect("a person and a column");
        let allowed = match column {
            "hourly_cost" => format!("{person}.id = {{me}} OR {{costs}}"),
            _ => format!("{person}.id = {{me}} OR {person}.id IN ({{leads}}) OR {{terms}}"),
        };
        self.refill(&format!("CASE WHEN {allowed} THEN {person}.{column} END"))
    }

    fn private(&self, column: &str) -> String {
        self.refill(&format!(
            "CASE WHEN a.user_id = {{me}} OR a.user_id IN ({{leads}}) OR {{terms}} THEN a.{column} END"
        ))
    }

    fn refill(&self, sql: &str) -> String {
        self.sources().iter().fold(sql.to_owned(), |sql, (word, meaning)| sql.replace(word, meaning))
    }

    /// `person|country|first|last`: hours of the weeks that are valid then, less the holidays.
    fn planned(&self, inner: &str) -> String {
        let [person, country, first, last] = inner.split('|').collect::<Vec<_>>()[..] else { panic!("{inner}") };
        let of_day = |(index, day): (usize, &&str)| {
            format!("f:multiply(f:decimal_of_int(f:weekdays_between(w.first, w.last, {})), w.{day})", index + 1)
        };
        let mut days = WEEKDAYS.iter().enumerate().map(of_day);
        let hours =
            days.next().map(|one| days.fold(one, |sum, day| format!("f:add({sum}, {day})"))).unwrap_or_default();
        let free: String = WEEKDAYS
            .iter()
            .enumerate()
            .map(|(index, day)| format!("WHEN f:weekday(h.date) = {} THEN w.{day} ", index + 1))
            .collect();
        format!(
            "(SELECT total[f:subtract({hours}, (SELECT total[CASE {free}END] FROM {{s}}.holiday h WHERE NOT h.deleted AND \
             h.country = {country} AND h.date >= w.first AND h.date <= w.last))] FROM (SELECT w.*, f:greatest({first}, w.valid_from) AS \
             first, CASE WHEN w.next IS NULL THEN {last} ELSE f:least({last}, f:add_days(w.next, -1)) END AS last FROM (SELECT w.*, \
             (SELECT min(n.valid_from) FROM {{weeks}} n WHERE n.user_id = {person} AND n.valid_from > w.valid_from) AS next \
             FROM {{weeks}} w WHERE w.user_id = {person} AND w.valid_from <= {last}) w) w WHERE w.first <= w.last)"
        )
    }
}

/// A person's name, as the model calculates it.
fn name(person: &str) -> String {
    format!(
        "CASE WHEN coalesce({person}.firstname, '') = '' AND coalesce({person}.lastname, '') = '' THEN {person}.username \
         ELSE f:trim(coalesce({person}.firstname, '') || ' ' || coalesce({person}.lastname, '')) END"
    )
}

/// Replaces `word[inner]`, also where brackets stand inside.
fn expand(sql: &str, word: &str, meaning: impl Fn(&str) -> String) -> String {
    let mut done = String::new();
    let mut rest = sql;
    while let Some(at) = rest.find(word) {
        let inner = &rest[at + word.len()..];
        let mut depth = 1;
        let end = inner.find(|character| {
            match character {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = end.expect("a closing bracket");
        done += &rest[..at];
        done += &meaning(&expand(&inner[..end], word, &meaning as &dyn Fn(&str) -> String));
        rest = &inner[end + 1..];
    }
    done + rest
}

//! The demo as rows of the model's entities, parents before children.

use super::company::{CUSTOMERS, DEPARTMENTS, LEAD, PEOPLE};
use super::ids::id;
use super::timesheets::{Booking, Today, bookers, task_id};
use crate::storage::insert::NewRows;
use query_lang::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

const DECIMAL_ONE: i64 = 1_000_000;

/// Everything, in the order in which it is inserted. `roles`: ids of the company's roles by code.
pub(super) fn all(
    today: &Today,
    total: Option<usize>,
    roles: &BTreeMap<String, Uuid>,
    bookings: &[Booking],
) -> Vec<NewRows<'static>> {
    let zone = today.zone.iana_name().unwrap_or("UTC");
    vec![
        departments(),
        users(&bookers(total), zone),
        assignments(roles),
        customers(),
        projects(),
        tasks(),
        timesheets(bookings, zone),
    ]
}

fn departments() -> NewRows<'static> {
    let rows = DEPARTMENTS.iter().map(|(code, name)| {
        let lead = if *code == "OFF" { Value::Null } else { Value::Guid(id("user", LEAD)) };
        (id("department", code), vec![text(code), text(name), lead])
    });
    NewRows { entity: "Department", properties: &["Code", "Name", "Lead"], rows: rows.collect() }
}

fn users(names: &[String], zone: &str) -> NewRows<'static> {
    let rows = names.iter().map(|name| {
        let person = PEOPLE.iter().find(|person| person.name == name);
        let department = id("department", person.map_or("CON", |person| person.department));
        let values = vec![text(name), Value::Bool(true), text(zone), Value::Time(0), Value::Guid(department)];
        (id("user", name), values)
    });
    let properties = &["Username", "Active", "TimeZone", "DayStart", "Department"];
    NewRows { entity: "User", properties, rows: rows.collect() }
}

fn assignments(roles: &BTreeMap<String, Uuid>) -> NewRows<'static> {
    let given = PEOPLE.iter().flat_map(|person| person.roles.iter().map(move |role| (person.name, *role)));
    let rows = given.filter_map(|(person, code)| {
        let role = roles.get(code)?;
        let values = vec![Value::Guid(id("user", person)), Value::Guid(*role), Value::Bool(true)];
        Some((id("role assignment", &format!("{person} {code}")), values))
    });
    NewRows { entity: "RoleAssignment", properties: &["User", "Role", "Active"], rows: rows.collect() }
}

fn customers() -> NewRows<'static> {
    let rows = CUSTOMERS.iter().map(|customer| {
        let rate = if customer.rate > 0 { Value::Decimal(customer.rate * DECIMAL_ONE) } else { Value::Null };
        let values = vec![text(customer.code), text(customer.name), text(customer.country), rate, Value::Bool(false)];
        (id("customer", customer.code), values)
    });
    let properties = &["Code", "Name", "Country", "HourlyRate", "Closed"];
    NewRows { entity: "Customer", properties, rows: rows.collect() }
}

fn projects() -> NewRows<'static> {
    let rows = CUSTOMERS.iter().flat_map(|customer| {
        customer.projects.iter().map(move |project| {
            let hours = project.budget_hours;
            let budget = if hours > 0 { Value::Decimal(hours * DECIMAL_ONE) } else { Value::Null };
            let values = vec![
                text(project.code),
                text(project.name),
                Value::Guid(id("customer", customer.code)),
                Value::Guid(id("user", LEAD)),
                budget,
                Value::Bool(project.billable),
                Value::Bool(false),
                Value::Bool(false),
            ];
            (id("project", project.code), values)
        })
    });
    let properties = &["Code", "Name", "Customer", "Manager", "BudgetHours", "Billable", "FixedPrice", "Closed"];
    NewRows { entity: "Project", properties, rows: rows.collect() }
}

fn tasks() -> NewRows<'static> {
    let projects = CUSTOMERS.iter().flat_map(|customer| customer.projects);
    let rows = projects.flat_map(|project| {
        project.tasks.iter().map(move |task| {
            let values = vec![
                text(task.0),
                text(task.1),
                Value::Guid(id("project", project.code)),
                Value::Bool(project.billable),
                Value::Bool(false),
            ];
            (task_id(project, task), values)
        })
    });
    NewRows { entity: "Task", properties: &["Code", "Name", "Project", "Billable", "Closed"], rows: rows.collect() }
}

pub(super) fn timesheets(bookings: &[Booking], zone: &str) -> NewRows<'static> {
    let rows = bookings.iter().map(|booking| {
        let values = vec![
            Value::Guid(booking.user),
            Value::DateTime(booking.begin),
            Value::DateTime(booking.end),
            text(zone),
            Value::Int(booking.utc_offset_minutes),
            Value::Bool(false),
            Value::Date(booking.date),
            text(booking.description),
            Value::Guid(booking.project),
            Value::Guid(booking.task),
            Value::Bool(booking.home_office),
            Value::Bool(booking.billable),
        ];
        (booking.id, values)
    });
    NewRows {
        entity: "Timesheet",
        properties: &[
            "User",
            "Begin",
            "End",
            "TimeZone",
            "UtcOffset",
            "DurationOnly",
            "Date",
            "Description",
            "Project",
            "Task",
            "HomeOffice",
            "Billable",
        ],
        rows: rows.collect(),
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

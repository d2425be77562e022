use crate::suite::company;
use migrations::model::Entity;
use migrations::{Model, catalogue, check};

/// Changes one entity of the standard model and expects a problem that says `expected`.
fn refused(entity: &str, change: impl FnOnce(&mut Entity), expected: &str) {
    let mut model = Model::standard().clone();
    change(company::entity(&mut model, entity));
    expect(&model, expected);
}

fn expect(model: &Model, expected: &str) {
    let problems: Vec<String> = check(model).iter().map(ToString::to_string).collect();
    assert!(problems.iter().any(|problem| problem.contains(expected)), "expected \"{expected}\", got {problems:?}");
}

#[test]
fn two_entities_of_one_name_are_refused() {
    refused("Weight", |entity| entity.name = "taG".to_owned(), "is taken");
    refused("Weight", |entity| entity.table = "tag".to_owned(), "The table tag is taken");
}

#[test]
fn a_member_name_is_there_once_with_aliases_system_properties_and_back_references() {
    refused("Customer", |entity| company::property(entity, "Country").name = "Name".to_owned(), "are called Name");
    refused(
        "Customer",
        |entity| company::property(entity, "Country").name = "created".to_owned(),
        "are called created",
    );
    refused(
        "Customer",
        |entity| company::property(entity, "Country").name = "Projects".to_owned(),
        "are called Projects",
    );
    let alias = |entity: &mut Entity| company::property(entity, "Country").aliases.push("companyname".to_owned());
    refused("Customer", alias, "are called companyname");
}

#[test]
fn physical_names_stay_out_of_the_systems_way() {
    for table in ["sync_head", "home_outbox", "task_history", "Task", "t\"x", "sqlite_x", ""] {
        refused("Task", |entity| entity.table = table.to_owned(), "cannot be a table's name");
    }
    for column in ["id", "seq", "deleted", "created_by", "Name", "na me", "n\"; --"] {
        refused("Tag", |entity| company::rename_column(entity, "Name", column), "cannot be a column's name");
    }
    refused("Tag", |entity| company::rename_column(entity, "Name", &"x".repeat(49)), "cannot be a column's name");
}

#[test]
fn a_relation_points_to_an_entity_that_is_there() {
    refused("Weight", |entity| entity.hidden = true, "cannot point to Weight");
    refused("Task", |entity| company::point(entity, "Project", "Nowhere"), "cannot point to Nowhere");
    refused("Task", |entity| company::point(entity, "Project", "Signal.Activity"), "cannot point to Signal.Activity");
}

#[test]
fn a_default_is_of_its_propertys_type() {
    for (property, default) in [("Closed", "1"), ("Code", "true"), ("BudgetHours", "\"many\"")] {
        refused(
            "Task",
            |entity| company::set_default(entity, property, default),
            "default is not of the property's type",
        );
    }
    refused("User", |entity| company::set_default(entity, "DayStart", "86400000000"), "default is not of");
}

#[test]
fn a_field_group_names_stored_properties_once() {
    refused("Task", |entity| entity.field_groups = vec![vec!["Nothing".to_owned()]], "is no stored property");
    refused("Timesheet", |entity| entity.field_groups.push(vec!["End".to_owned()]), "is in two field groups");
    refused("Timesheet", |entity| entity.indexes.push(vec!["Revenue".to_owned()]), "is no stored property");
}

#[test]
fn a_model_without_users_is_refused() {
    let mut model = Model::standard().clone();
    model.entities.retain(|entity| entity.name == "Holiday");
    expect(&model, "no entity User");
    assert!(catalogue(&model).is_err());
}

#[test]
fn no_text_of_the_model_names_a_signal() {
    let texts = [
        "Exists(From S In Signal.ActiveWindow Select S)",
        "Exists(From S In `Signal`.Activity Select S)",
        "Exists(From S In APP_signal /* */ . Activity Select S)",
    ];
    for text in texts {
        refused("Timesheet", |entity| entity.rules[0].condition = text.to_owned(), "names signals");
        refused("Timesheet", |entity| entity.display = text.to_owned(), "names signals");
        refused("Timesheet", |entity| company::calculate(entity, "Hours", text), "names signals");
        refused("Timesheet", |entity| entity.permissions.insert.push(text.to_owned()), "names signals");
    }
    let mut model = Model::standard().clone();
    let text = "From S In Signal.Activity Select S".to_owned();
    model.views.push(migrations::model::NamedQuery { name: "Busy".to_owned(), text });
    expect(&model, "View.Busy: It names signals");
}

#[test]
fn a_company_gives_no_rights_and_no_rules_over_signals() {
    let rule = Model::standard().entity("Tag").map(|tag| tag.permissions.clone()).expect("there are tags");
    refused("Signal.Activity", |entity| entity.permissions = rule, "no rights over signals");
}

#[test]
fn a_text_that_only_says_signal_is_no_signal() {
    let mut model = Model::standard().clone();
    company::entity(&mut model, "Timesheet").rules[0].condition = "Current.Description <> \"Signal.\"".to_owned();
    assert_eq!(check(&model), []);
}

#[test]
fn a_read_permission_stays_where_everybody_may_look() {
    for (text, expected) in [
        ("Current.Invoice.Paid", "looks into Invoice"),
        ("Current.Invoice.Project.Manager = CurrentUser", "looks into Invoice"),
        ("Current.UserDetail.HourlyRate > 0", "asks HourlyCost"),
        ("CurrentUser.HiredOn = Null", "asks HiredOn"),
        ("Current.Date = Today()", "asks Today()"),
        ("Current.Begin > Now()", "asks Now()"),
        ("Exists(From T In Timesheet Select T)", "asks a query"),
        ("Current.User.Timesheets.Any()", "asks the list Timesheets"),
        ("CurrentUser.RoleAssignments.Any(R => R.Active)", "asks the list RoleAssignments"),
        ("HasRole(R => True)", "names R"),
        ("(Current.Invoice).Paid", "dot stands behind"),
        ("CurrentUser.Id In Set.Friends", "names Set"),
        ("Timesheet.Billable", "names Timesheet"),
    ] {
        refused("Timesheet", |entity| entity.permissions.read.push(text.to_owned()), expected);
        refused("Timesheet", |entity| company::property(entity, "Location").read = Some(text.to_owned()), expected);
    }
}

#[test]
fn a_read_permission_is_followed_through_calculated_properties() {
    let through = |entity: &mut Entity| {
        company::calculate(entity, "Billed", "Current.Invoice.Paid");
        entity.permissions.read.push("Current.Billed".to_owned());
    };
    refused("Timesheet", through, "looks into Invoice");
    let circle = |entity: &mut Entity| {
        company::calculate(entity, "Billed", "Current.Billed");
        entity.permissions.read.push("Current.Billed".to_owned());
    };
    refused("Timesheet", circle, "too deeply");
}

#[test]
fn a_write_permission_may_ask_more_because_the_server_decides() {
    let mut model = Model::standard().clone();
    let text = "Current.Invoice.Paid And Current.Date = Today()".to_owned();
    company::entity(&mut model, "Timesheet").permissions.update.push(text);
    assert_eq!(check(&model), []);
}

#[test]
fn two_functions_of_one_name_are_refused() {
    let mut model = Model::standard().clone();
    let mut twin = model.functions[0].clone();
    twin.name = twin.name.to_lowercase();
    model.functions.push(twin);
    expect(&model, "or two have it");
}

#[test]
fn a_text_that_does_not_compile_is_refused_at_its_place() {
    let unknown = |entity: &mut Entity| entity.rules[0].condition = "Current.Nowhere = 1".to_owned();
    refused("Timesheet", unknown, "Timesheet, rule end_after_begin");
    let number = |entity: &mut Entity| entity.permissions.update.push("Current.Billable + 1".to_owned());
    refused("Timesheet", number, "Timesheet, update permission");
    refused("Timesheet", |entity| company::calculate(entity, "Hours", "Current.Description"), "Timesheet.Hours");
    refused("Timesheet", |entity| entity.display = "Current.Begin +".to_owned(), "Timesheet, display text");
    let mut model = Model::standard().clone();
    model.functions[0].body.push(')');
    expect(&model, "PlannedHours");
}

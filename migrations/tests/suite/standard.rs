use migrations::model::{STANDARD_TEXT, ValueType};
use migrations::{Model, catalogue, check};
use query_lang::catalogue::PropertyKind;
use query_lang::{Catalogue, Type};
use std::collections::HashSet;

fn standard() -> Catalogue {
    catalogue(Model::standard()).expect("the standard model has a catalogue")
}

fn finds(path: &str) {
    let catalogue = standard();
    let mut names = path.split('.');
    let name = names.next().expect("a path begins with an entity");
    let mut entity = catalogue.entity(catalogue.find(name).unwrap_or_else(|| panic!("{path}: no entity {name}")));
    for name in names {
        let (_, property) = entity.property(name).unwrap_or_else(|| panic!("{path}: no {name} in {}", entity.name));
        if let Type::Ref(target) = property.type_of() {
            entity = catalogue.entity(target);
        }
    }
}

#[test]
fn the_standard_model_has_no_problem() {
    assert_eq!(check(Model::standard()), []);
}

#[test]
fn the_standard_file_survives_a_round_trip_member_by_member() {
    let file: serde_json::Value = serde_json::from_str(STANDARD_TEXT).expect("the file is JSON");
    let written = serde_json::to_value(Model::standard()).expect("a model is JSON");
    assert!(written == file, "a member of the file is not known, or not written");
    assert_eq!(
        &Model::read(&Model::standard().text().expect("a model is JSON")).expect("and is read"),
        Model::standard()
    );
}

#[test]
fn every_alias_of_the_model_is_found_in_the_catalogue() {
    let catalogue = standard();
    for entity in &Model::standard().entities {
        let id = catalogue.find(&entity.name);
        for alias in &entity.aliases {
            assert_eq!(catalogue.find(&alias.name), id, "{}", alias.name);
        }
        for property in &entity.properties {
            for alias in &property.aliases {
                finds(&format!("{}.{alias}", entity.name));
            }
        }
    }
}

#[test]
fn names_of_time_cockpit_lead_through_relations() {
    for path in [
        "Timesheet.UserDetail.UserDetailUuid",
        "Timesheet.TimesheetUuid",
        "Timesheet.BeginTime",
        "Timesheet.DateActual",
        "Timesheet.DurationInHours",
        "Project.Customer.CompanyName",
        "Project.Manager1.HourlyRate",
        "UserDetailRole.UserRole.Code",
        "Timesheet.WorkingTimeWeight.Factor",
        "Vacation.IsApproved",
        "LegalHoliday.LegalHolidayDate",
        "timesheet.createdby.department.lead.name",
    ] {
        finds(path);
    }
}

#[test]
fn an_alias_is_not_given_to_one_of_several_relations_by_chance() {
    let catalogue = standard();
    let project = catalogue.entity(catalogue.find("Project").expect("there are projects"));
    assert!(project.property("UserDetail").is_none());
}

#[test]
fn back_references_lead_to_the_relation_that_made_them() {
    let catalogue = standard();
    for (id, entity) in catalogue.entities() {
        for reference in &entity.back_references {
            let property = &catalogue.entity(reference.entity).properties[reference.property];
            assert_eq!(property.type_of(), Type::Ref(id), "{}.{}", entity.name, reference.name);
        }
    }
    let user = catalogue.entity(catalogue.find("User").expect("there are users"));
    assert!(user.back_reference("Timesheets").is_some() && user.back_reference("LedDepartments").is_some());
}

#[test]
fn a_value_that_a_permission_can_hide_may_be_null() {
    let catalogue = standard();
    let absence = catalogue.entity(catalogue.find("Absence").expect("there are absences"));
    let (_, kind) = absence.property("Kind").expect("an absence has a kind");
    assert!(matches!(kind.kind, PropertyKind::Stored { nullable: true, .. }));
}

#[test]
fn a_field_group_holds_what_is_merged_together() {
    let timesheet = Model::standard().entity("Timesheet").expect("there are timesheets");
    let times = ["Begin", "End", "DurationOnly", "TimeZone", "UtcOffset", "Date"];
    assert_eq!(timesheet.field_group("End"), times);
    assert_eq!(timesheet.field_group("Task"), ["Project", "Task"]);
    assert_eq!(timesheet.field_group("Description"), ["Description"]);
}

#[test]
fn each_rule_has_a_code_of_its_own_and_says_the_way_on() {
    for entity in &Model::standard().entities {
        let codes: HashSet<&str> = entity.rules.iter().map(|rule| rule.code.as_str()).collect();
        assert_eq!(codes.len(), entity.rules.len(), "{}", entity.name);
        for rule in &entity.rules {
            assert!(rule.message.contains(": ") && rule.message.ends_with('.'), "{}", rule.message);
            assert!(rule.properties.iter().all(|name| entity.property(name).is_some()), "{}", rule.code);
        }
    }
}

#[test]
fn a_newer_servers_model_is_read_and_a_foreign_form_is_not() {
    let mut file: serde_json::Value = serde_json::from_str(STANDARD_TEXT).expect("the file is JSON");
    file["entities"][0]["colour"] = "green".into();
    assert_eq!(&Model::read(&file.to_string()).expect("an unknown member is passed over"), Model::standard());
    file["format"] = 2.into();
    let error = Model::read(&file.to_string()).expect_err("the form is not known");
    assert!(error.to_string().contains("install a newer version"));
}

#[test]
fn signals_have_no_columns_of_the_server() {
    let catalogue = standard();
    let window = catalogue.entity(catalogue.find("Signal.ActiveWindow").expect("windows are signals"));
    let names: Vec<&str> = window.properties.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(names, ["Id", "Begin", "End", "Duration", "Date", "Program", "Title", "Document"]);
    assert_eq!(window.properties[1].type_of(), ValueType::DateTime.language_type());
}

use crate::suite::company;
use migrations::model::{Entity, ValueType};
use migrations::{Model, PlanError, Step, plan};
use proptest::prelude::*;

fn changed(entity: &str, change: impl FnOnce(&mut Entity)) -> Result<Vec<Step>, PlanError> {
    let mut model = Model::standard().clone();
    change(company::entity(&mut model, entity));
    plan(Some(Model::standard()), &model)
}

#[test]
fn a_model_that_did_not_change_has_no_steps() {
    assert_eq!(plan(Some(Model::standard()), Model::standard()), Ok(Vec::new()));
}

#[test]
fn a_rename_is_no_step() {
    let steps = changed("Tag", |tag| {
        tag.name = "Label".to_owned();
        tag.aliases.push(migrations::model::EntityAlias { name: "Tag".to_owned(), condition: None });
        company::property(tag, "Name").name = "Title".to_owned();
    });
    assert!(matches!(steps, Err(PlanError::Invalid(_))), "a relation still points to the old name");
    let mut model = Model::standard().clone();
    company::entity(&mut model, "Tag").name = "Label".to_owned();
    company::point(company::entity(&mut model, "TimesheetTag"), "Tag", "Label");
    company::property(company::entity(&mut model, "Label"), "Name").name = "Title".to_owned();
    assert_eq!(plan(Some(Model::standard()), &model), Ok(Vec::new()));
}

#[test]
fn a_new_property_comes_before_the_history_that_keeps_it() {
    let steps = changed("Tag", |tag| company::add(tag, "Colour", ValueType::Text)).expect("a property can be added");
    assert!(matches!(&steps[..], [Step::AddColumn { .. }, Step::KeepHistory { .. }]), "{steps:?}");
}

#[test]
fn a_required_property_needs_a_default_for_the_rows_that_are_there() {
    let required = |tag: &mut Entity| {
        company::add(tag, "Rank", ValueType::Int);
        company::stored(tag, "Rank").required = true;
    };
    assert_eq!(changed("Tag", required), Err(PlanError::NoDefault("Tag.Rank".to_owned())));
    let given = |tag: &mut Entity| {
        required(tag);
        company::set_default(tag, "Rank", "0");
    };
    assert!(changed("Tag", given).is_ok());
}

#[test]
fn what_could_lose_values_is_refused() {
    let type_changed = changed("Timesheet", |one| company::stored(one, "JourneyKm").value_type = ValueType::Int);
    assert_eq!(type_changed, Err(PlanError::TypeChanged("Timesheet.JourneyKm".to_owned())));
    let retargeted = changed("Template", |one| company::point(one, "Weight", "Tag"));
    assert_eq!(retargeted, Err(PlanError::TypeChanged("Template.Weight".to_owned())));
    let dropped = changed("Timesheet", |one| one.properties.retain(|property| property.name != "Location"));
    assert_eq!(dropped, Err(PlanError::Removed("Timesheet.Location".to_owned())));
    let required = changed("Timesheet", |one| company::stored(one, "Location").required = true);
    assert_eq!(required, Err(PlanError::BecameRequired("Timesheet.Location".to_owned())));
    let folded = changed("Timesheet", |one| company::stored(one, "Location").fold = true);
    assert_eq!(folded, Err(PlanError::FoldAdded("Timesheet.Location".to_owned())));
}

#[test]
fn a_hidden_property_is_not_required_any_more_and_keeps_its_column() {
    let steps = changed("Timesheet", |one| company::property(one, "HomeOffice").hidden = true).expect("it is hidden");
    assert!(matches!(&steps[..], [Step::AllowNull { .. }]), "{steps:?}");
}

#[test]
fn a_new_entity_is_made_before_what_points_to_it() {
    let mut from = Model::standard().clone();
    from.entities.retain(|entity| !["Weight", "Timesheet", "TimesheetTag", "Template"].contains(&entity.name.as_str()));
    let steps = plan(Some(&from), Model::standard()).expect("entities can be added");
    let created = |step: &Step| matches!(step, Step::CreateTable(_));
    let last_table = steps.iter().rposition(created).expect("tables are made");
    let first_reference = steps.iter().position(|step| matches!(step, Step::AddReference { .. }));
    assert!(first_reference.expect("relations are made") > last_table);
    assert_eq!(steps.iter().filter(|step| created(step)).count(), 4);
}

proptest! {
    /// Adding properties one model at a time or all at once ends with the same columns.
    #[test]
    fn two_small_changes_are_one_large_change(
        first in prop::collection::btree_set("[A-Z][a-z]{3,8}x", 0..5),
        second in prop::collection::btree_set("[A-Z][a-z]{3,8}y", 0..5),
    ) {
        let mut middle = Model::standard().clone();
        first.iter().for_each(|name| company::add(company::entity(&mut middle, "Task"), name, ValueType::Int));
        let mut end = middle.clone();
        second.iter().for_each(|name| company::add(company::entity(&mut end, "Task"), name, ValueType::Date));
        let columns = |steps: Vec<Step>| -> Vec<String> {
            let added = steps.into_iter().filter_map(|step| match step {
                Step::AddColumn { column, .. } => Some(column.name.to_string()),
                _ => None,
            });
            added.collect()
        };
        let small = [plan(Some(Model::standard()), &middle), plan(Some(&middle), &end)];
        let small: Vec<String> = small.into_iter().flat_map(|steps| columns(steps.expect("it is allowed"))).collect();
        prop_assert_eq!(small, columns(plan(Some(Model::standard()), &end).expect("it is allowed")));
    }
}

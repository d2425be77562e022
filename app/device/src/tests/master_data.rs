use super::home::Home;
use crate::{ErrorCode, Question};
use std::collections::BTreeMap;

fn set(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn put_makes_a_row_and_changes_the_one_with_the_same_key() {
    let home = Home::new(true);
    let first = home.device.put("Project", &set(&[("Code", "NEW"), ("Name", "New"), ("Customer", "ACME")])).unwrap();
    let second = home.device.put("project", &set(&[("code", "new"), ("Name", "Newer")])).unwrap();
    assert!(first.created && !second.created);
    assert_eq!(first.id, second.id);
    let task = |project: &str| {
        let given = set(&[("Code", "DEV"), ("Project", project), ("Name", "Development")]);
        home.device.put("Task", &given).unwrap().created
    };
    assert!(!task("WEB"));
    assert!(task("NEW"));
}

#[test]
fn who_may_not_write_master_data_is_told_so() {
    let home = Home::new(false);
    let error = home.device.put("Customer", &set(&[("Code", "X"), ("Name", "X")])).unwrap_err();
    assert_eq!(error.code, ErrorCode::Refused);
    assert_eq!(error.message, "you may not add this Customer: ask somebody who has the right");
}

#[test]
fn an_entity_or_a_value_that_cannot_be_is_named() {
    let home = Home::new(true);
    let message = |entity: &str, given: &[(&str, &str)]| home.device.put(entity, &set(given)).unwrap_err().message;
    assert_eq!(message("Custmer", &[]), "there is no entity `Custmer`; did you mean `Customer`?");
    assert!(message("Customer", &[("Code", "A"), ("HourlyRate", "much")]).contains("write a number like 12.5"));
    assert!(message("Project", &[("Code", "A"), ("FullName", "B")]).contains("is calculated"));
}

#[test]
fn a_list_is_made_from_the_model_and_searched_without_accents_and_case() {
    let home = Home::new(true);
    home.device.put("Customer", &set(&[("Code", "OBST"), ("Name", "Äpfel & Söhne")])).unwrap();
    let list = home.device.rows("Customer", Some("APFEL"), 10).unwrap();
    assert_eq!(list.rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Äpfel & Söhne"]);
    assert!(list.rows[0].waiting);
    assert_eq!(list.entity.properties.len(), list.rows[0].values.len());
    assert_eq!(home.device.rows("Project", None, 1).unwrap().rows[0].title, "Learning");
}

#[test]
fn a_project_that_is_booked_on_cannot_be_removed() {
    let home = Home::new(true);
    let error = home.device.remove("Customer", "ACME").unwrap_err();
    assert_eq!(error.message, "this Customer is still used by a Project: change or delete that one first");
}

#[test]
fn a_question_has_typed_columns_parameters_and_errors_at_their_place() {
    let home = Home::new(false);
    let text = "Parameters @code As Text From P In Project Where P.Code = @code Select New { P.Name, P.Billable }";
    let question = |value: &str| Question { text: text.into(), parameters: set(&[("code", value)]) };
    let result = home.device.query(&question("WEB")).unwrap();
    let columns: Vec<_> = result.columns.iter().map(|column| (column.name.as_str(), column.kind.as_str())).collect();
    assert_eq!(columns, [("Name", "Text"), ("Billable", "Bool")]);
    assert_eq!(result.rows, [[serde_json::json!("Web site"), serde_json::json!(true)]]);
    let wrong = Question { text: "From P In Project Select P.Nme".into(), ..Question::default() };
    let error = home.device.query(&wrong).unwrap_err();
    assert_eq!((error.code, error.problems[0].begin), (ErrorCode::QueryRefused, 27));
    let unknown = Question { parameters: set(&[("cod", "x")]), ..question("x") };
    assert!(home.device.query(&unknown).unwrap_err().message.contains("no parameter @cod"));
}

#[test]
fn a_saved_view_and_a_saved_set_are_named_in_questions_until_they_are_changed() {
    let home = Home::new(true);
    let saved = |name: &str, kind: &str, text: &str| {
        let given = set(&[("Name", name), ("Kind", kind), ("Text", text), ("Owner", "employee")]);
        home.device.put("SavedQuery", &given).unwrap().id
    };
    saved("Codes", "set", "From P In Project Where P.Code <> \"WEB\" Select P.Code");
    let view =
        "Parameters @code As Text From P In Project Where P.Code = @code Or P.Code In Set.Codes Select { P.Code }";
    let id = saved("Some", "view", view);
    let asked = |text: &str| home.device.query(&Question { text: text.into(), ..Question::default() });
    let all = asked("From P In Project Select P.Code").unwrap().rows.len();
    assert_eq!(asked("From X In View.Some(\"WEB\") Select X.Code").unwrap().rows.len(), all);
    assert_eq!(asked("From X In View.Some(\"none\") Select X.Code").unwrap().rows.len(), all - 1);
    assert!(
        home.device.check_query("From X In View.Som(\"a\") Select X.Code", false).unwrap().problems[0]
            .message
            .contains("`Some`")
    );
    home.device.put("SavedQuery", &set(&[("Id", &id), ("Text", "From X In View.Some Select X")])).unwrap();
    let refused = asked("From X In View.Some Select X").unwrap_err();
    assert!(refused.problems[0].message.contains("defined by itself"), "{}", refused.problems[0].message);
}

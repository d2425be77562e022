use super::home::Home;
use crate::view::PlanWork;
use crate::{ErrorCode, KeptQuery, Question};
use serde_json::json;

fn kept(name: &str, kind: &str, text: &str) -> KeptQuery {
    KeptQuery { id: None, name: name.into(), kind: kind.into(), text: text.into(), shared: false }
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), ..Question::default() }
}

#[test]
fn a_query_is_kept_renamed_found_by_its_name_and_deleted() {
    let home = Home::new(false);
    let saved = home.device.save_query(&kept("My week", "query", "From U In User")).unwrap();
    assert!(saved.mine && saved.waiting && !saved.shared);
    let changed =
        KeptQuery { id: Some(saved.id.clone()), shared: true, ..kept("Our week", "query", "From P In Project") };
    let changed = home.device.save_query(&changed).unwrap();
    assert_eq!((changed.id.as_str(), changed.shared), (saved.id.as_str(), true));
    assert_eq!(home.device.saved_query("our WEEK").unwrap().text, "From P In Project");
    let error = home.device.saved_query("Our weak").unwrap_err();
    assert_eq!(error.message, "there is no saved query `Our weak`; did you mean `Our week`?");
    home.device.remove("SavedQuery", &changed.id).unwrap();
    assert!(home.device.saved_queries().unwrap().is_empty());
    home.device.undo().unwrap();
    assert_eq!(home.device.saved_queries().unwrap(), [changed]);
}

#[test]
fn two_queries_of_a_person_have_two_names_and_a_query_has_a_known_kind() {
    let home = Home::new(false);
    home.device.save_query(&kept("My week", "query", "From U In User")).unwrap();
    let error = home.device.save_query(&kept("my week", "query", "From U In User")).unwrap_err();
    assert_eq!((error.code, error.message.contains("another name")), (ErrorCode::BadInput, true));
    assert!(home.device.save_query(&kept("Other", "thing", "From U In User")).unwrap_err().message.contains("kind"));
    assert_eq!(home.device.save_query(&kept("Empty", "query", "")).unwrap_err().code, ErrorCode::BadInput);
}

#[test]
fn a_kept_view_and_a_kept_set_are_named_by_other_queries() {
    let home = Home::new(false);
    let view =
        "Parameters @customer As Text From P In Project Where P.Customer.Code = @customer Select { P.Code, P.Name }";
    home.device.save_query(&kept("ProjectsOf", "view", view)).unwrap();
    home.device.save_query(&kept("Learning", "set", "From P In Project Where P.Code = 'LEARN' Select P.Code")).unwrap();
    let asks = |text: &str| home.device.query(&question(text)).map(|answer| answer.rows);
    let of_acme = "From V In View.ProjectsOf('ACME') Order By V.Code Select { V.Code }";
    assert_eq!(asks(of_acme).unwrap(), [[json!("LEARN")], [json!("WEB")]]);
    let in_set = "From P In Project Where Not P.Code In Set.Learning Select { P.Code }";
    assert_eq!(asks(in_set).unwrap(), [[json!("WEB")]]);
    assert!(home.device.check_query(of_acme, false).unwrap().problems.is_empty());
    for begun in ["From V In View.", "From V In "] {
        let suggested = home.device.complete_query(begun, begun.len()).unwrap();
        assert!(suggested.iter().any(|one| one.label.ends_with("ProjectsOf")), "{suggested:?}");
    }
    assert!(asks("From V In View.ProjectOf('ACME') Select { V.Code }").unwrap_err().message.contains("ProjectsOf"));
    home.device.save_query(&kept("Endless", "view", "From V In View.Endless Select { V.Code }")).unwrap();
    assert_eq!(asks("From V In View.Endless Select { V.Code }").unwrap_err().code, ErrorCode::QueryRefused);
}

#[test]
fn a_plan_tells_what_is_found_by_an_index_and_needs_no_parameter() {
    let home = Home::new(false);
    let text = "Parameters @day As Date From T In Timesheet Where T.User = CurrentUser And T.Date >= @day \
        Order By T.Description Select { T.Begin }";
    let plan = home.device.query_plan(&question(text)).unwrap();
    let booking = plan.steps.iter().find(|step| step.of.as_deref() == Some("Timesheet")).expect("bookings are read");
    assert_eq!(booking.work, PlanWork::Search, "{plan:?}");
    assert!(booking.by.as_deref().is_some_and(|by| by.contains("user_id")), "{plan:?}");
    assert!(plan.steps.iter().any(|step| step.work == PlanWork::Sort), "{plan:?}");
    assert!(plan.steps.iter().any(|step| step.depth > 0), "{plan:?}");
    assert!(plan.steps.iter().all(|step| step.work != PlanWork::Other), "every step has words: {plan:?}");
    let all = home.device.query_plan(&question("From T In Tag Where T.Name Like '%a%' Select { T.Name }")).unwrap();
    assert!(all.steps.iter().any(|step| step.work == PlanWork::Read && step.of.as_deref() == Some("Tag")), "{all:?}");
}

#[test]
fn a_plan_of_a_question_about_signals_opens_none() {
    let home = Home::new(false);
    let text = "From A In Signal.Activity Where A.Date = Today() Select { A.Begin }";
    assert!(!home.device.query_plan(&question(text)).unwrap().steps.is_empty());
    assert_eq!(home.device.query(&question(text)).unwrap_err().code, ErrorCode::Locked);
}

#[test]
fn what_a_person_asks_of_their_signals_is_not_saved_because_saved_queries_travel() {
    let home = Home::new(false);
    for text in
        ["From A In Signal.Activity Where A.Date = Today() Select { A.Begin }", "From A In Signal.Activity Wher"]
    {
        let kept = KeptQuery { id: None, name: "Mine".into(), kind: "query".into(), text: text.into(), shared: false };
        let refused = home.device.save_query(&kept).unwrap_err();
        assert!(refused.to_string().contains("stays on your computers"), "{refused}");
    }
    assert!(home.device.saved_queries().unwrap().is_empty());
}

#[test]
fn a_check_names_code_place_and_repair_and_knows_where_the_query_would_run() {
    let home = Home::new(false);
    let text = "From T In Timesheet Select { T.Descripton }";
    let check = home.device.check_query(text, false).unwrap();
    let problem = &check.problems[0];
    assert_eq!(&text[problem.begin..problem.end], "Descripton");
    assert_eq!(json!(problem.code), "unknown_name");
    let fix = &problem.fixes[0];
    let repaired = format!("{}{}{}", &text[..fix.begin], fix.replacement, &text[fix.end..]);
    assert!(home.device.check_query(&repaired, false).unwrap().problems.is_empty(), "{repaired}");
    let signals = "From A In Signal.Activity Where A.Date = Today() Select { A.Begin }";
    assert!(home.device.check_query(signals, false).unwrap().problems.is_empty());
    assert!(!home.device.check_query(signals, true).unwrap().problems.is_empty());
}

#[test]
fn parameters_are_asked_for_by_their_type_their_entity_and_as_lists() {
    let home = Home::new(false);
    let text = "Parameters @project As Project, @days As Date[], @note As Text? From T In Timesheet \
        Where T.Project = @project And T.Date In @days And T.Description = @note Select { T.Id }";
    let check = home.device.check_query(text, false).unwrap();
    assert!(check.problems.is_empty(), "{check:?}");
    let asked: Vec<_> = check.parameters.unwrap().into_iter().collect();
    let told: Vec<_> = asked
        .iter()
        .map(|one| (one.name.as_str(), one.kind.as_str(), one.entity.as_deref(), one.list, one.required))
        .collect();
    assert_eq!(
        told,
        [
            ("project", "Guid", Some("Project"), false, true),
            ("days", "Date", None, true, true),
            ("note", "Text", None, false, false)
        ]
    );
}

#[test]
fn a_word_is_explained_and_every_word_has_its_colour() {
    let home = Home::new(false);
    let text = "From T In Timesheet Select { T.Description }";
    let meaning = home.device.explain_word(text, text.find("Description").unwrap()).unwrap().expect("a meaning");
    assert_eq!(&text[meaning.begin..meaning.end], "Description");
    assert!(meaning.text.contains("Text"), "{meaning:?}");
    let words = home.device.query_words(text);
    assert_eq!(json!(words[0].kind), "keyword");
    assert_eq!(&text[words[1].begin..words[1].end], "T");
}

#[test]
fn the_window_opens_with_status_and_week_in_one_answer() {
    let home = Home::new(false);
    let opening = home.device.opening().unwrap();
    assert!(opening.status.has_data);
    assert_eq!(opening.week.unwrap().begin, "2026-11-16");
    let file = home.folder.path().join("other");
    let empty = crate::Device::open(&file, home.device.outside.clone()).unwrap();
    let opening = empty.opening().unwrap();
    assert!(!opening.status.has_data && opening.week.is_none());
}

#[test]
fn an_answer_is_written_as_json_that_reads_back_with_all_its_rows() {
    let home = Home::new(false);
    let answer = home.device.query(&question("From P In Project Order By P.Code Select { P.Code, P.Closed }")).unwrap();
    let read: serde_json::Value = serde_json::from_str(&answer.to_json()).unwrap();
    assert_eq!(read["columns"][1], json!({"name": "Closed", "type": "Bool"}));
    assert_eq!(read["rows"], json!([["LEARN", false], ["WEB", false]]));
}

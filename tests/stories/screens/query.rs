use super::{books, with_window};

pub(super) const ENDLESS: &str = "From A In Dates(Today(), AddDays(Today(), 3000)) \
    From B In Dates(Today(), AddDays(Today(), 3000)) From C In Dates(Today(), AddDays(Today(), 3000)) \
    Where A.Date > B.Date And B.Date > C.Date Select { N = Count() }";

#[test]
fn an_error_in_a_query_stands_under_its_word() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        window.clicks_text("Run");
        window.waits_until("!document.querySelector('[role=alert]')");
        writes(window, "From T In Timesheet Select { T.Descripton }");
        window.clicks_text("Run");
        window.says("Description");
        window.sees(".cm-lintRange-error");
    });
}

#[test]
fn the_answer_of_a_query_is_written_to_a_file_that_the_person_names() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:30", "for the file");
        window.clicks("nav button[title^='Query']");
        writes(window, "From T In Timesheet Select { T.Description, T.Project.Code }");
        window.clicks_text("Run");
        window.says("for the file");
        window.clicks_text("Export CSV");
        let file = laptop.home().join("asked.csv");
        let display = window.display();
        display.waits_for_window("[Ss]ave");
        display.types_over(&file.display().to_string());
        window.says("Written to");
        let written = std::fs::read_to_string(&file).expect("the file is there");
        assert_eq!(written.lines().collect::<Vec<_>>(), ["Description,Code", "for the file,PORTAL"]);
    });
}

#[test]
fn a_query_that_runs_long_is_stopped_by_a_click() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        writes(window, ENDLESS);
        window.clicks_text("Run");
        window.clicks("main button.danger");
        window.says("cancelled");
    });
}

#[test]
fn stop_ends_a_long_query_although_the_header_was_searched_meanwhile() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        writes(window, ENDLESS);
        window.clicks_text("Run");
        window.sees("main button.danger");
        window.picks("input[name=timer-project]", "port", "ACME · Portal");
        window.clicks("main button.danger");
        window.says("cancelled");
    });
}

pub(super) fn writes(window: &tests::Window, query: &str) {
    window.sees(".cm-content");
    window.computes(&format!(
        "const view = document.querySelector('.cm-content');
         view.focus();
         document.execCommand('selectAll');
         document.execCommand('insertText', false, {});",
        serde_json::json!(query)
    ));
}

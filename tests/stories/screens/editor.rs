//! What the editor knows while somebody types.

use super::answers::keeps_picture;
use super::query::writes;
use super::{books, with_window};

#[test]
fn a_begun_name_is_completed_by_the_list_that_comes_while_one_types() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        writes(window, "From T In Timesheet Select { T.Descr");
        window.sees(".cm-tooltip-autocomplete li");
        let first = "return document.querySelector('.cm-tooltip-autocomplete li .cm-completionLabel').textContent";
        assert_eq!(window.computes(first), "Description");
        keeps_picture(window, "query-completion");
        window.clicks(".cm-tooltip-autocomplete li");
        window.waits_until("document.querySelector('.cm-content').textContent.includes('T.Description')");
    });
}

#[test]
fn an_error_stands_under_its_word_while_one_types_and_its_repair_is_one_click() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:00", "repaired");
        window.clicks("nav button[title^='Query']");
        writes(window, "From T In Timesheet Select { T.Descripton }");
        window.sees(".cm-lintRange-error");
        window.computes(
            "const mark = document.querySelector('.cm-lintRange-error');
             const box = mark.getBoundingClientRect();
             mark.dispatchEvent(new MouseEvent('mousemove', { bubbles: true,
               clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));",
        );
        window.sees(".cm-tooltip-hover .cm-diagnosticAction");
        keeps_picture(window, "query-repair");
        window.clicks(".cm-tooltip-hover .cm-diagnosticAction");
        window.loses(".cm-lintRange-error");
        window.clicks_text("Run");
        window.says("repaired");
    });
}

#[test]
fn a_word_is_coloured_and_says_what_it_means_when_the_mouse_rests_on_it() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        writes(window, "From T In Timesheet Select { T.Description }");
        window.waits_until("document.querySelector('.word-keyword')?.textContent === 'From'");
        window.computes(
            "const word = [...document.querySelectorAll('.word-name')].find((one) => one.textContent === 'Description');
             const box = word.getBoundingClientRect();
             word.dispatchEvent(new MouseEvent('mousemove', { bubbles: true,
               clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));",
        );
        window.sees(".meaning");
        window.waits_until("document.querySelector('.meaning').textContent.includes('Text')");
    });
}

#[test]
fn parameters_are_fields_by_their_type() {
    with_window(|laptop, window| {
        let day = books(laptop, "09:00", "10:00", "found by its fields");
        window.clicks("nav button[title^='Query']");
        writes(
            window,
            "Parameters @days As Date[], @since As Date, @project As Project From T In Timesheet \
             Where T.Date >= @since And T.Date In @days And T.Project = @project Select { T.Description }",
        );
        window.sees("input[name=parameter-since][type=date]");
        window.fills("input[name=parameter-since]", &day);
        window.types("input[name=parameter-days]", &format!("2020-01-01, {day}"));
        window.picks("input[name=parameter-project]", "port", "Portal");
        window.clicks_text("Run");
        window.says("found by its fields");
        keeps_picture(window, "query-parameters");
    });
}

#[test]
fn a_question_of_signals_is_an_error_as_soon_as_the_server_is_chosen() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        writes(window, "From A In Signal.Activity Where A.Date = Today() Select { A.Begin }");
        window.clicks_text("Run");
        window.waits_until("document.querySelector('main .tabs [role=status]')");
        window.loses(".cm-lintRange-error");
        window.chooses("select.place", "On the server");
        window.sees(".cm-lintRange-error");
    });
}

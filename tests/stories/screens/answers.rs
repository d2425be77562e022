//! What becomes of an answer: its order, its sums, its chart, its file, and why it took so long.

use super::query::{ENDLESS, writes};
use super::{books, eventually, with_window};
use tests::Window;

const HOURS: &str = "From T In Timesheet Order By T.Description Select { T.Description, T.Date, T.Hours }";

fn asks(window: &Window, text: &str) {
    window.clicks("nav button[title^='Query']");
    writes(window, text);
    window.clicks_text("Run");
}

/// The cells of one column of the answer's table.
fn column(number: usize) -> String {
    format!(
        "[...document.querySelectorAll('main tbody td:nth-child({number})')].map((cell) => cell.textContent).join('|')"
    )
}

#[test]
fn an_answer_is_ordered_by_its_heads_each_type_in_its_own_way_and_added_up() {
    with_window(|laptop, window| {
        books(laptop, "07:00", "17:15", "a long one");
        books(laptop, "17:15", "19:15", "b short");
        laptop.does(&["start", "--project", "PORTAL", "c runs"]);
        asks(window, HOURS);
        window.waits_until(&format!("{} === 'a long one|b short|c runs'", column(1)));
        let head = "main th:nth-child(3) button";
        window.clicks(head);
        window.waits_until(&format!("{} === '|2|10.25'", column(3)));
        assert_eq!(window.computes("return document.querySelector('main th:nth-child(3)').ariaSort"), "ascending");
        window.clicks(head);
        window.waits_until(&format!("{} === '10.25|2|'", column(3)));
        window.clicks(head);
        window.waits_until(&format!("{} === 'a long one|b short|c runs'", column(1)));
        let sums = "return [...document.querySelectorAll('main tfoot td')].map((cell) => cell.textContent).join('|')";
        assert_eq!(window.computes(sums), "Total||12.25");
        window.says("3 rows");
    });
}

#[test]
fn an_answer_is_drawn_by_its_days() {
    with_window(|laptop, window| {
        let day = books(laptop, "09:00", "11:30", "drawn");
        asks(window, HOURS);
        window.says("drawn");
        window.clicks_text("Chart");
        window.sees("main canvas");
        let said = window.computes("return document.querySelector('.chart').ariaLabel");
        assert_eq!(said, format!("drawn: {day} 2.5"));
        window.waits_until(
            "(() => { const canvas = document.querySelector('main canvas');
               const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
               return pixels.some((value) => value !== 0); })()",
        );
        keeps_picture(window, "query-chart");
    });
}

#[test]
fn an_answer_is_written_as_json() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:30", "for the file");
        asks(window, "From T In Timesheet Select { T.Description, T.Hours }");
        window.says("for the file");
        window.clicks_text("Export JSON");
        let file = laptop.home().join("asked.json");
        let display = window.display();
        display.waits_for_window("[Ss]ave");
        display.types_over(&file.display().to_string());
        window.says("Written to");
        let written = std::fs::read_to_string(&file).expect("the file is there");
        let read: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read["rows"], serde_json::json!([["for the file", "1.5"]]));
        assert_eq!(read["columns"][1], serde_json::json!({ "name": "Hours", "type": "Decimal" }));
    });
}

#[test]
fn the_plan_tells_what_is_found_by_an_index_and_what_is_read_whole_here_and_on_the_server() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:30", "one");
        asks(window, "From T In Timesheet Where T.User = CurrentUser Order By T.Description Select { T.Description }");
        window.says("1 row");
        window.clicks_text("Why is it slow?");
        window.says("Finds Timesheet by user_id");
        window.says("Sorts");
        keeps_picture(window, "query-plan");
        writes(window, "From G In Tag Where Contains(G.Name, 'a') Select { G.Name }");
        window.clicks_text("Run");
        window.says("All rows are read of: Tag");
        window.chooses("select.place", "On the server");
        window.clicks_text("Run");
        window.waits_until(
            "[...document.querySelectorAll('.plan code')].some((one) => /Scan .*on /.test(one.textContent))",
        );
        window.waits_until(
            "[...document.querySelectorAll('.plan summary')].some((one) => /of Tag|s Tag/.test(one.textContent))",
        );
    });
}

#[test]
fn a_query_on_the_server_is_stopped_by_a_click_and_the_next_one_is_answered() {
    with_window(|laptop, window| {
        const NAMES: &str = "From C In Customer Select { C.Name }";
        eventually("the server has the customer", || !laptop.asks_the_server(NAMES).is_empty());
        window.clicks("nav button[title^='Query']");
        window.chooses("select.place", "On the server");
        writes(window, ENDLESS);
        window.clicks_text("Run");
        window.clicks("main button.danger");
        window.says("the query was cancelled");
        writes(window, NAMES);
        window.clicks_text("Run");
        window.says("Acme");
    });
}

/// A picture of the window, for people who want to look: in the folder that `DAYBOOK_PICTURES` names.
pub(super) fn keeps_picture(window: &Window, name: &str) {
    if let Some(folder) = std::env::var_os("DAYBOOK_PICTURES") {
        let file = std::path::Path::new(&folder).join(name).with_extension("png");
        std::fs::write(file, window.picture()).expect("a picture is written");
    }
}

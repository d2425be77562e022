//! Queries that are kept: rows that are synced, opened by their owner and by whom they are shared with.

use super::answers::keeps_picture;
use super::eventually;
use super::query::writes;
use serde_json::json;
use tests::{Window, World};

const KEPT: &str = "From Q In SavedQuery Order By Q.Name Select { Q.Name, Q.Kind, Q.Text, Q.Shared }";
const CODES: &str = "From P In Project Order By P.Code Select { P.Code }";
// Keys by their WebDriver characters.
const CONTROL_S: &str = "\u{e009}s";

fn keeps(window: &Window, name: &str, kind: &str) {
    window.types("input[name=query-name]", name);
    window.chooses("select[name=query-kind]", kind);
    window.clicks("main form button.primary");
    window.says(&format!("Saved: {name}."));
}

#[test]
fn a_query_is_saved_changed_renamed_shared_and_opened_by_a_colleague() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Query']");
    writes(&window, CODES);
    window.presses(CONTROL_S);
    keeps(&window, "Codes", "Query");
    assert_eq!(laptop.asks(KEPT), [[json!("Codes"), json!("query"), json!(CODES), json!(false)]]);

    writes(&window, "From P In Project Select { P.Name }");
    window.says("changed");
    window.presses(CONTROL_S);
    eventually("the change is kept", || laptop.asks(KEPT)[0][2] == "From P In Project Select { P.Name }");
    window.clicks_text("Rename");
    window.types("input[name=query-name]", "Names of projects");
    window.clicks("main form button.primary");
    window.says("Saved: Names of projects.");
    window.clicks("main button[aria-pressed=false][title^='Everybody']");
    eventually("it is shared", || laptop.asks(KEPT)[0][3] == true);
    keeps_picture(&window, "query-saved");
    assert!(laptop.does(&["query", "--saved", "names of projects"]).contains("Portal"));
    let shared = "From Q In SavedQuery Where Q.Shared Select { Q.Name }";
    eventually("the server has it", || laptop.asks_the_server(shared) == [["Names of projects"]]);

    let colleague = acme.person("colleague", &["User"]).device("desktop");
    let window = Window::open(&colleague);
    window.clicks("nav button[title^='Query']");
    window.says("Shared by others");
    window.clicks_text("Names of projects");
    window.says("by employee");
    window.clicks_text("Run");
    window.says("Portal");
    assert_eq!(window.computes("return [...document.querySelectorAll('main .bar button')].some((one) => one.textContent.includes('Rename'))"), false);
}

#[test]
fn a_saved_query_is_deleted_and_brought_back_and_a_saved_view_is_a_source_on_both_sides() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Query']");
    writes(&window, "Parameters @begin As Text From P In Project Where StartsWith(P.Code, @begin) Select { P.Code }");
    window.clicks_text("Save");
    keeps(&window, "Beginning", "View");
    let uses = "From V In View.Beginning('po') Select { V.Code }";
    assert_eq!(laptop.asks(uses), [["PORTAL"]]);
    eventually("the server has the view", || !laptop.asks_the_server(KEPT).is_empty());
    assert_eq!(laptop.asks_the_server(uses), [["PORTAL"]]);
    writes(&window, uses);
    window.clicks_text("Run");
    window.says("PORTAL");

    window.clicks_text("Delete");
    window.says("Deleted: Beginning.");
    assert!(laptop.asks(KEPT).is_empty());
    window.clicks_text("Undo");
    window.waits_until("document.querySelector('main aside').textContent.includes('Beginning')");
    assert_eq!(laptop.asks(KEPT).len(), 1);
}

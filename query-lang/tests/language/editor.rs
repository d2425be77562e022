//! What an editor asks: completion, hover, format. A bar in a text is where the cursor stands.

use crate::{documents, model};
use query_lang::editor::{self, Completion, CompletionKind, Utf16};
use query_lang::{Span, Target, compile};

fn complete(text: &str) -> Vec<Completion> {
    let position = text.find('|').expect("a cursor");
    editor::complete(&text.replacen('|', "", 1), position, &model::catalogue())
}

fn offers(text: &str, expected: &[&str]) {
    let found = complete(text);
    for label in expected {
        let labels: Vec<&str> = found.iter().map(|offer| offer.label.as_str()).collect();
        assert!(labels.contains(label), "{label} is not offered at {text}: {labels:?}");
    }
}

fn does_not_offer(text: &str, unexpected: &str) {
    assert!(complete(text).iter().all(|offer| offer.label != unexpected), "{unexpected} is offered at {text}");
}

#[test]
fn after_a_dot_come_the_members_of_what_stands_before_it() {
    offers("From T In Timesheet Where T.|", &["Begin", "Hours", "Project"]);
    offers("From T In Timesheet Where T.Project.Cu|", &["Customer"]);
    offers("From C In Customer Select { C.Name, N = C.Projects.| } Order By", &["Count", "Timesheets", "Where"]);
    offers("From X In (From T In Timesheet Select { T.Date, Sum = T.Hours }) Where X.|", &["Date", "Sum"]);
    does_not_offer("From T In Timesheet Where T.Project.Cu|", "Code");
}

#[test]
fn names_in_scope_and_functions_stand_where_a_value_is_needed() {
    offers("From T In Timesheet Let Length = T.Hours Where |", &["T", "Length", "CurrentUser", "Round", "If"]);
    offers("From T In Timesheet Group By T.Date Into H = Sum(T.Hours) Where |", &["Date", "H"]);
    does_not_offer("From T In Timesheet Group By T.Date Into H = Sum(T.Hours) Where |", "T");
    offers("From U In User Select { N = Sum(From T In U.Timesheets Where |) }", &["T", "U"]);
}

#[test]
fn after_in_come_entities_lists_and_generators() {
    offers("From T In |", &["Timesheet", "Signal.Activity", "Dates", "CurrentUser"]);
    offers("From C In Customer From P In C.|", &["Projects"]);
    offers("From C In Customer Join P In | ", &["Project"]);
}

#[test]
fn clauses_and_operators_follow_a_finished_part() {
    offers("|", &["From", "Parameters"]);
    offers("From T In Timesheet |", &["Where", "Select", "Group By", "Left Join"]);
    offers("From T In Timesheet Where T.Billable |", &["And", "Order By"]);
    offers("From T In Timesheet Wh|", &["Where"]);
    offers("From T In Timesheet Order By T.Date |", &["Desc"]);
}

#[test]
fn parameters_and_types_are_offered_at_their_places() {
    offers("Parameters @from As D| From T In Timesheet", &["Date", "Decimal"]);
    offers("Parameters @from As Date From T In Timesheet Where T.Date >= @| Select T", &["from"]);
    assert!(complete("From T In Timesheet Where T.Description = \"Ti|me\"").is_empty());
}

#[test]
fn windows_are_offered_where_they_can_stand() {
    offers("From T In Timesheet Select { X = Sum(T.Hours) |", &["Over"]);
    offers("From T In Timesheet Let X = RowNumber() | Select X", &["Over"]);
    does_not_offer("From T In Timesheet Where Sum(T.Hours) |", "Over");
    does_not_offer("From T In Timesheet Select { X = Round(T.Hours, 1) |", "Over");
    offers("From T In Timesheet Select { X = Sum(T.Hours) Over (| ) }", &["Partition By", "Order By"]);
    offers("From T In Timesheet Select { X = Sum(T.Hours) Over (Partition By T.User |) }", &["Order By"]);
    offers("From T In Timesheet Select { X = Sum(T.Hours) Over (Order By T.|) }", &["Date"]);
    offers(
        "From T In Timesheet Select { X = Sum(T.Hours) Over (Order By T.Date |",
        &["Desc", "Rows All", "Rows Before"],
    );
    offers("From T In Timesheet Select { X = Sum(T.Hours) Over (Order By T.Date Rows |", &["All", "Before"]);
    does_not_offer("From T In Timesheet Select { X = Sum(T.Hours) Over (Order By T.Date |", "Where");
}

#[test]
fn functions_of_the_language_itself_are_offered_with_what_they_take() {
    let built_in =
        ["WorkdaysBetween", "TenantName", "Overtime", "ActualHoursOfWork", "HasRole", "Setting", "BookedHours"];
    offers("From U In User Select { X = |", &built_in);
    let found = complete("From U In User Select { X = Overt| }");
    assert_eq!(found[0].detail, "Overtime(user: User, at: Date, weighted: Bool, lump: Bool)");
    offers("From P In View.|", &["`Open projects`", "Booked"]);
    assert_eq!(complete("From P In View.Op|")[0].label, "`Open projects`");
}

#[test]
fn what_is_of_the_needed_type_comes_first() {
    let first = |text: &str, expected: &[&str]| {
        let found = complete(text);
        let labels: Vec<&str> = found.iter().map(|offer| offer.label.as_str()).take(expected.len()).collect();
        assert_eq!(labels, expected, "at {text}");
    };
    first("From T In Timesheet Where T.|", &["DurationOnly", "HomeOffice", "Billable"]);
    first("From T In Timesheet Where T.Billable And T.|", &["DurationOnly"]);
    first("From T In Timesheet Where T.Date = T.|", &["Date"]);
    first("From T In Timesheet Where T.Begin < T.|", &["Created", "Begin", "End"]);
    first("From T In Timesheet Let Long = T.Hours > 8 Let Day = T.Date Where |", &["Long", "T"]);
    first("From T In Timesheet Let Long = T.Hours > 8 Let Day = T.Date Where T.Date = |", &["Day", "T"]);
}

#[test]
fn a_begun_word_is_replaced_and_comes_first() {
    let found = complete("From T In Timesheet Where T.Hou|");
    assert_eq!((found[0].label.as_str(), found[0].kind), ("Hours", CompletionKind::Property));
    assert_eq!(found[0].replace, Span::new(28, 31));
}

#[test]
fn a_word_tells_what_it_is() {
    let told = |text: &str| {
        let position = text.find('|').expect("a cursor");
        editor::hover(&text.replacen('|', "", 1), position, &model::catalogue()).map(|hover| hover.text)
    };
    assert_eq!(told("From |T In Timesheet Select T.Hours"), None);
    assert_eq!(told("From T In Time|sheet Select T.Hours").as_deref(), Some("all Timesheet"));
    assert_eq!(
        told("From T In Timesheet Select T.H|ours").as_deref(),
        Some("Timesheet.Hours: Decimal? = Hours(Current.Duration)")
    );
    assert_eq!(told("From T In Timesheet Where |T.Billable").as_deref(), Some("T: Timesheet"));
    assert!(told("From T In Timesheet Select Ro|und(T.Hours, 1)").expect("a function").starts_with("Round(x: Decimal"));
    assert!(told("From T In Timesheet Wh|ere T.Billable").expect("a clause").starts_with("Keeps the rows"));
}

#[test]
fn places_are_converted_for_editors_that_count_utf16() {
    let text = "a😀ä|";
    let places = Utf16::new(text);
    assert_eq!((places.of_byte(text.len() - 1), places.byte_of(4)), (4, text.len() - 1));
    assert_eq!(places.span(Span::new(5, 7)), Span::new(3, 4));
}

fn formatted(text: &str) -> String {
    editor::format(text, &model::catalogue()).unwrap_or_else(|wrong| panic!("{text}\n{wrong:?}"))
}

#[test]
fn a_formatted_query_stays_as_it_is_and_compiles_to_the_same_text() {
    let catalogue = model::catalogue();
    for query in documents::queries("tests/features") {
        let once = formatted(&query);
        assert_eq!(formatted(&once), once, "{query}");
        let before = compile(&query, &catalogue, &Target::Sqlite).expect("compiles");
        let after = compile(&once, &catalogue, &Target::Sqlite).unwrap_or_else(|wrong| panic!("{once}\n{wrong:?}"));
        assert_eq!(before.sql, after.sql, "{once}");
        assert_eq!(before.columns, after.columns, "{once}");
    }
}

#[test]
fn old_spellings_become_todays_and_columns_keep_their_names() {
    let old = "from T in APP_Timesheet.Include(*) where T.BeginTime >= #2026-01-01# and T.APP_UserDetail.UserDetailUuid = Environment.CurrentUser.UserDetailUuid select top 5 new with { .Year = :year(T.BeginTime), T.EndTime, Text = :Iif(T.Billable = true, 'it''s \"so\"', 'no') }";
    assert_eq!(
        formatted(old),
        "From T In Timesheet\n\
         Where T.Begin >= #2026-01-01# And T.User.Id = CurrentUser.Id\n\
         Take 5\n\
         Select { Year = Year(T.Begin), EndTime = T.End, Text = If(T.Billable, \"it's \"\"so\"\"\", \"no\") }\n"
    );
}

#[test]
fn comments_stay_with_their_clauses() {
    let text = "// all of them\nFrom T In Timesheet // bookings\nWhere /* only */ T.Billable\n// newest first\nOrder By T.Begin Desc\nSelect T.Begin\n// end";
    let once = formatted(text);
    assert_eq!(
        once,
        "// all of them\nFrom T In Timesheet // bookings\n/* only */\nWhere T.Billable\n// newest first\nOrder By T.Begin Desc\nSelect T.Begin // end\n"
            .replace("Select T.Begin // end", "Select T.Begin\n// end")
    );
    assert_eq!(formatted(&once), once);
}

#[test]
fn long_clauses_are_broken_at_good_places() {
    let long = "From X In (From T In Timesheet Where T.Billable And T.Invoice = Null Select { T.User, T.Date, T.Begin, T.Project }) Where X.Date >= #2026-01-01# And X.Begin > #2026-01-01 08:00# And X.Project.Customer.Name = \"a customer\" Select { X.Date, X.User, X.Project.Customer.Name, Something = If(X.Project.Billable, X.Project.Code, X.Project.Name) }";
    let once = formatted(long);
    assert!(once.lines().all(|line| line.len() <= 100), "{once}");
    assert_eq!(formatted(&once), once);
}

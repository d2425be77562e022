//! Views of the device as columns and rows, so that `list`, `status`, `inbox` and `signals list` answer in one form.

mod query;

pub(crate) use query::{plan, problems};

use device::view::{
    InboxEntry, Named, ProgramPreview, QueryColumn, QueryResult, SignalStretch, Status, TimesheetEntry,
};
use serde_json::{Value, json};

const SECOND_US: i64 = 1_000_000;

fn answer(columns: &[(&str, &str)], rows: Vec<Vec<Value>>) -> QueryResult {
    let column = |(name, kind): &(&str, &str)| QueryColumn { name: (*name).to_owned(), kind: (*kind).to_owned() };
    QueryResult { columns: columns.iter().map(column).collect(), rows }
}

/// The code as people type it, else the name.
pub(crate) fn label(named: Option<&Named>) -> Option<&str> {
    named.map(|named| if named.code.is_empty() { named.name.as_str() } else { named.code.as_str() })
}

pub(crate) fn entries(entries: &[TimesheetEntry]) -> QueryResult {
    let columns = [
        ("Id", "Guid"),
        ("Date", "Date"),
        ("Begin", "DateTime"),
        ("End", "DateTime"),
        ("Duration", "Duration"),
        ("Customer", "Text"),
        ("Project", "Text"),
        ("Task", "Text"),
        ("Description", "Text"),
        ("Billable", "Bool"),
        ("Waiting", "Bool"),
        ("Refused", "Bool"),
    ];
    let row = |entry: &TimesheetEntry| {
        vec![
            json!(entry.id),
            json!(entry.date),
            json!(entry.begin),
            json!(entry.end),
            json!(entry.duration),
            json!(label(entry.customer.as_ref())),
            json!(label(entry.project.as_ref())),
            json!(label(entry.task.as_ref())),
            json!(entry.description),
            json!(entry.billable),
            json!(entry.waiting),
            json!(entry.refused),
        ]
    };
    answer(&columns, entries.iter().map(row).collect())
}

/// For people: times of the day, hours as 1:30, and only the marks that are set.
pub(crate) fn entries_to_read(entries: &[TimesheetEntry]) -> QueryResult {
    let mut columns = vec![
        ("Date", "Date"),
        ("Begin", "Text"),
        ("End", "Text"),
        ("Length", "Duration"),
        ("Project", "Text"),
        ("Task", "Text"),
        ("Description", "Text"),
        ("Sync", "Text"),
        ("Id", "Guid"),
    ];
    let all_arrived = !entries.iter().any(|entry| entry.waiting || entry.refused);
    let row = |entry: &TimesheetEntry| {
        let mark = match (entry.refused, entry.waiting) {
            (true, _) => "see inbox",
            (false, true) => "waits",
            (false, false) => "",
        };
        vec![
            json!(entry.date),
            json!(time_of_day(&entry.begin)),
            json!(entry.end.as_deref().map_or("running", time_of_day)),
            json!(entry.seconds.map(length)),
            json!(label(entry.project.as_ref())),
            json!(label(entry.task.as_ref())),
            json!(entry.description),
            json!(mark),
            json!(entry.id),
        ]
    };
    let mut rows: Vec<Vec<Value>> = entries.iter().map(row).collect();
    if all_arrived {
        columns.remove(SYNC_PLACE);
        rows.iter_mut().for_each(|row| drop(row.remove(SYNC_PLACE)));
    }
    answer(&columns, rows)
}

/// Of the marks among the columns.
const SYNC_PLACE: usize = 7;

/// One row a change that the server did not take over.
pub(crate) fn inbox(entries: &[InboxEntry]) -> QueryResult {
    let columns = [
        ("Id", "Text"),
        ("At", "DateTime"),
        ("Entity", "Text"),
        ("Row", "Guid"),
        ("Title", "Text"),
        ("Operation", "Text"),
        ("Code", "Text"),
        ("Message", "Text"),
        ("Mine", "Text"),
        ("Theirs", "Text"),
    ];
    let rows = entries.iter().flat_map(|entry| entry.changes.iter().map(move |change| (entry, change)));
    let row = |(entry, change): (&InboxEntry, &device::view::InboxChange)| {
        let side = |value: fn(&device::view::InboxProperty) -> Option<&String>| {
            let words = change.properties.iter().filter_map(|property| Some((&property.name, value(property)?)));
            words.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
        };
        vec![
            json!(entry.id),
            json!(entry.at),
            json!(change.entity),
            json!(change.row),
            json!(change.title),
            json!(change.operation),
            json!(change.code),
            json!(change.message),
            json!(side(|property| property.mine.as_ref())),
            json!(side(|property| property.theirs.as_ref())),
        ]
    };
    answer(&columns, rows.map(row).collect())
}

pub(crate) fn signals(stretches: &[SignalStretch]) -> QueryResult {
    let columns = [
        ("Kind", "Text"),
        ("Begin", "DateTime"),
        ("End", "DateTime"),
        ("Duration", "Duration"),
        ("Program", "Text"),
        ("Title", "Text"),
        ("State", "Text"),
    ];
    let row = |stretch: &SignalStretch| {
        vec![
            json!(stretch.kind),
            json!(stretch.begin),
            json!(stretch.end),
            json!(duration(stretch.seconds)),
            json!(stretch.program),
            json!(stretch.title),
            json!(stretch.state),
        ]
    };
    answer(&columns, stretches.iter().map(row).collect())
}

/// What is never recorded.
pub(crate) fn exclusions(programs: &[String]) -> QueryResult {
    answer(&[("Program", "Text")], programs.iter().map(|program| vec![json!(program)]).collect())
}

pub(crate) fn preview(programs: &[ProgramPreview]) -> QueryResult {
    let columns =
        [("Program", "Text"), ("Duration", "Duration"), ("Kept", "Bool"), ("HiddenBy", "Text"), ("Titles", "Text")];
    let row = |seen: &ProgramPreview| {
        vec![
            json!(seen.program),
            json!(duration(seen.seconds)),
            json!(seen.hidden_by.is_none()),
            json!(seen.hidden_by),
            json!(seen.titles.join("; ")),
        ]
    };
    answer(&columns, programs.iter().map(row).collect())
}

/// One row; of several running timers the newest is told, and how many there are.
pub(crate) fn status(status: &Status) -> QueryResult {
    let account = status.account.as_ref();
    let running = status.running.first();
    let cells = [
        ("Server", "Text", json!(account.map(|account| &account.server))),
        ("Tenant", "Text", json!(account.map(|account| &account.tenant))),
        ("User", "Text", json!(account.map(|account| &account.user))),
        ("SignedIn", "Bool", json!(account.is_some_and(|account| account.signed_in))),
        ("Timers", "Int", json!(status.running.len())),
        ("TimerId", "Guid", json!(running.map(|entry| &entry.id))),
        ("TimerBegin", "DateTime", json!(running.map(|entry| &entry.begin))),
        ("TimerProject", "Text", json!(running.and_then(|entry| label(entry.project.as_ref())))),
        ("TimerTask", "Text", json!(running.and_then(|entry| label(entry.task.as_ref())))),
        ("TimerDescription", "Text", json!(running.and_then(|entry| entry.description.as_ref()))),
        ("Today", "Duration", json!(duration(status.today_seconds))),
        ("Waiting", "Int", json!(status.sync.waiting)),
        ("Inbox", "Int", json!(status.sync.inbox)),
        ("LastSuccess", "DateTime", json!(status.sync.last_success)),
        ("HeldUp", "Text", json!(status.sync.held_up)),
        ("Recording", "Bool", json!(status.signals.recording)),
        ("Paused", "Bool", json!(status.signals.paused)),
        ("WhyNot", "Text", json!(status.signals.why_not)),
        ("Unlocked", "Bool", json!(status.signals.unlocked)),
    ];
    let columns: Vec<(&str, &str)> = cells.iter().map(|(name, kind, _)| (*name, *kind)).collect();
    answer(&columns, vec![cells.iter().map(|(_, _, value)| value.clone()).collect()])
}

/// `08:30` of an RFC 3339 instant, in the offset that it carries.
pub(crate) fn time_of_day(instant: &str) -> &str {
    instant.get(11..16).unwrap_or(instant)
}

fn duration(seconds: i32) -> String {
    device::view::duration(i64::from(seconds) * SECOND_US)
}

/// `1:30` for an hour and a half.
pub(crate) fn length(seconds: i32) -> String {
    let minutes = seconds.max(0) / 60;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use device::view::{InboxChange, InboxProperty};

    #[test]
    fn an_instant_is_shown_as_the_time_of_its_own_day() {
        assert_eq!(time_of_day("2026-01-31T08:30:00+01:00"), "08:30");
        assert_eq!(time_of_day("later"), "later");
    }

    #[test]
    fn a_length_is_hours_and_minutes() {
        assert_eq!([0, 59, 5_400, 90_000].map(length), ["0:00", "0:00", "1:30", "25:00"]);
    }

    #[test]
    fn a_stretch_of_signals_tells_its_length_as_a_duration() {
        let stretch = SignalStretch {
            kind: "Activity".to_owned(),
            begin: "2026-01-31T08:30:00+01:00".to_owned(),
            end: "2026-01-31T10:00:05+01:00".to_owned(),
            seconds: 5_405,
            program: None,
            title: None,
            state: Some("active".to_owned()),
        };
        let answer = signals(&[stretch]);
        assert_eq!((answer.columns[3].name.as_str(), answer.columns[3].kind.as_str()), ("Duration", "Duration"));
        assert_eq!(answer.rows[0][3], json!("PT1H30M5S"));
    }

    #[test]
    fn the_inbox_keeps_both_sides_of_every_property() {
        let property = |name: &str, mine: &str, theirs: Option<&str>| InboxProperty {
            name: name.to_owned(),
            mine: Some(mine.to_owned()),
            theirs: theirs.map(str::to_owned),
            named: true,
        };
        let change = InboxChange {
            entity: "Timesheet".to_owned(),
            row: "r".to_owned(),
            title: "09:00 Planning".to_owned(),
            operation: "put".to_owned(),
            code: "clash".to_owned(),
            message: "somebody else changed it".to_owned(),
            properties: vec![property("Description", "mine", Some("theirs")), property("Location", "Linz", None)],
        };
        let entry = InboxEntry { id: "e".to_owned(), at: "2026-01-31T08:30:00Z".to_owned(), changes: vec![change] };
        let answer = inbox(&[entry]);
        assert_eq!(answer.rows[0][8], json!("Description=mine; Location=Linz"));
        assert_eq!(answer.rows[0][9], json!("Description=theirs"));
    }
}

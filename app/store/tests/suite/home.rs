//! A home with the standard model, one company and one person.

use query_lang::{Environment, Value};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Action, Change, Opened, Publication, Store, StoreError, Written};
use sync_protocol::{Cell, Cursor, Gone, ModelAnswer, Outcome, OutcomeKind, PullAnswer, Row, TablePage, VisibleIds};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const NOW: i64 = 1_768_500_000_000_000;
pub(crate) const HOUR: i64 = 3_600_000_000;

pub(crate) struct Home {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
    pub(crate) user: Uuid,
    pub(crate) project: Uuid,
    seq: u64,
}

pub(crate) type Cells = Vec<(&'static str, Cell)>;

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(crate) fn id_cell(id: Uuid) -> Cell {
    Cell::Text(id.hyphenated().to_string())
}

pub(crate) fn open(folder: &Path) -> Opened {
    Store::open(folder, NOW).expect("the home opens")
}

/// A page with rows of entities, as the server would send it.
pub(crate) fn page(rows: Vec<(&str, Uuid, u64, Cells)>) -> PullAnswer {
    let tables = rows
        .into_iter()
        .map(|(entity, id, seq, mut cells)| {
            cells.push(("Created", Cell::Int(NOW)));
            cells.push(("CreatedBy", Cell::Null));
            cells.push(("Updated", Cell::Int(NOW)));
            cells.push(("UpdatedBy", Cell::Null));
            let (columns, values): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
            TablePage {
                entity: entity.to_owned(),
                columns: columns.into_iter().map(str::to_owned).collect(),
                rows: vec![Row { id, seq, values }],
            }
        })
        .collect();
    PullAnswer {
        tables,
        gone: Vec::new(),
        visible: Vec::new(),
        segments: Vec::new(),
        next: None,
        cursor: cursor(1),
        model_version: 1,
    }
}

pub(crate) fn cursor(seq: u64) -> Cursor {
    Cursor { history_id: Uuid::from_u128(77), seq, mark: Uuid::from_u128(u128::from(seq)) }
}

pub(crate) fn project_cells(code: &str, customer: Option<Uuid>) -> Cells {
    vec![
        ("Code", text(code)),
        ("Name", text(&format!("Project {code}"))),
        ("Customer", customer.map_or(Cell::Null, id_cell)),
        ("FixedPrice", Cell::Bool(false)),
        ("Billable", Cell::Bool(true)),
        ("Closed", Cell::Bool(false)),
    ]
}

fn user_cells(name: &str) -> Cells {
    vec![
        ("Username", text(name)),
        ("Active", Cell::Bool(true)),
        ("TimeZone", text("Europe/Vienna")),
        ("DayStart", Cell::Int(0)),
    ]
}

impl Home {
    pub(crate) fn new() -> Home {
        let folder = TempDir::new().expect("a temporary folder");
        let mut store = open(folder.path()).store;
        let model = ModelAnswer { model_version: 1, model: migrations::model::STANDARD_TEXT.to_owned() };
        store.adopt_model(&model).expect("the standard model fits");
        store.take_client(Uuid::from_u128(1)).expect("a client");
        let (user, project) = (Uuid::from_u128(10), Uuid::from_u128(20));
        let mut home = Home { folder, store, user, project, seq: 1 };
        let rows = vec![("User", user, 1, user_cells("employee")), ("Project", project, 1, project_cells("P1", None))];
        home.pull(page(rows));
        home
    }

    pub(crate) fn environment(&self) -> Environment {
        Environment {
            user: self.user,
            now: NOW,
            zone: jiff::tz::TimeZone::UTC,
            first_weekday: jiff::civil::Weekday::Monday,
        }
    }

    /// As after a power cut: the file as it is on the disk, without a clean end of the old store.
    pub(crate) fn reopened(self) -> Home {
        let Home { folder, store, user, project, seq } = self;
        std::mem::forget(store);
        let store = open(folder.path()).store;
        Home { folder, store, user, project, seq }
    }

    pub(crate) fn pull(&mut self, page: PullAnswer) {
        self.pull_as(page, false, false);
    }

    pub(crate) fn pull_as(&mut self, page: PullAnswer, whole: bool, restored: bool) {
        self.seq += 1;
        self.store.begin_pull().expect("a staging");
        self.store.stage(&page).expect("a page");
        let publication = Publication { cursor: cursor(self.seq), whole, restored, now: NOW };
        self.store.publish(&publication).expect("published");
    }

    pub(crate) fn gone(&mut self, entity: &str, ids: Vec<Uuid>) {
        let mut answer = page(Vec::new());
        answer.gone = vec![Gone { entity: entity.to_owned(), ids }];
        self.pull(answer);
    }

    pub(crate) fn visible(&mut self, entity: &str, ids: Vec<Uuid>) {
        let mut answer = page(Vec::new());
        answer.visible = vec![VisibleIds { entity: entity.to_owned(), ids }];
        self.pull(answer);
    }

    pub(crate) fn write(&mut self, changes: &[Change]) -> Result<Written, StoreError> {
        let environment = self.environment();
        self.store.write(changes, "a change", &environment)
    }

    /// A timesheet of one hour, `hour` hours after [`NOW`].
    pub(crate) fn book(&mut self, id: u128, hour: i64, description: &str) -> Uuid {
        let change = self.booking(id, hour, description);
        self.write(&[change]).expect("a booking");
        Uuid::from_u128(id)
    }

    pub(crate) fn booking(&self, id: u128, hour: i64, description: &str) -> Change {
        let begin = NOW + hour * HOUR;
        let set = BTreeMap::from([
            ("User".to_owned(), Value::Guid(self.user)),
            ("Begin".to_owned(), Value::DateTime(begin)),
            ("End".to_owned(), Value::DateTime(begin + HOUR)),
            ("TimeZone".to_owned(), Value::Text("UTC".into())),
            ("UtcOffset".to_owned(), Value::Int(0)),
            ("Date".to_owned(), Value::Date((begin / 86_400_000_000) as i32)),
            ("Description".to_owned(), Value::Text(description.into())),
            ("Project".to_owned(), Value::Guid(self.project)),
        ]);
        Change { entity: "Timesheet".into(), id: Uuid::from_u128(id), action: Action::Insert(set) }
    }

    pub(crate) fn describe(&mut self, id: Uuid, description: &str) {
        self.update(id, "Description", Value::Text(description.into())).expect("an edit");
    }

    pub(crate) fn update(&mut self, id: Uuid, property: &str, value: Value) -> Result<Written, StoreError> {
        let action = Action::Update(BTreeMap::from([(property.to_owned(), value)]));
        self.write(&[Change { entity: "Timesheet".into(), id, action }])
    }

    pub(crate) fn delete(&mut self, id: Uuid) -> Result<Written, StoreError> {
        self.write(&[Change { entity: "Timesheet".into(), id, action: Action::Delete }])
    }

    /// None: the row is not shown.
    pub(crate) fn description(&self, id: Uuid) -> Option<Value> {
        let record = self.store.record("Timesheet", id).expect("a row");
        record.map(|record| record["Description"].clone())
    }

    /// Settles everything that waits with one kind of outcome.
    pub(crate) fn settle(&mut self, outcome: impl Fn(u64) -> OutcomeKind) {
        let groups = self.store.outbox(500, usize::MAX).expect("an outbox");
        let numbers = groups.iter().flat_map(|group| &group.mutations).map(|mutation| mutation.no);
        let outcomes: Vec<Outcome> = numbers.map(|no| Outcome { no, kind: outcome(no) }).collect();
        self.store.settle(&outcomes, NOW).expect("settled");
    }
}

/// What the server would send of a booking.
pub(crate) fn timesheet(home: &Home, id: Uuid, seq: u64, description: &str) -> (&'static str, Uuid, u64, Cells) {
    let cells = vec![
        ("User", id_cell(home.user)),
        ("Begin", Cell::Int(NOW)),
        ("End", Cell::Int(NOW + HOUR)),
        ("TimeZone", text("UTC")),
        ("UtcOffset", Cell::Int(0)),
        ("DurationOnly", Cell::Bool(false)),
        ("Date", Cell::Int(NOW / 86_400_000_000)),
        ("Description", text(description)),
        ("Project", id_cell(home.project)),
        ("Location", Cell::Null),
        ("HomeOffice", Cell::Bool(false)),
        ("Billable", Cell::Bool(true)),
    ];
    ("Timesheet", id, seq, cells)
}

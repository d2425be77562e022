use crate::account::KeptAccount;
use crate::{Clock, Device, Outside, Randomness};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use store::Publication;
use sync_protocol::{Cell, Cursor, ModelAnswer, PullAnswer, Row, SegmentIndexRow, TablePage};
use tempfile::TempDir;
use uuid::Uuid;

/// 2026-11-18 10:00 in Vienna, a Wednesday.
pub(super) const NOW: i64 = 1_794_992_400_000_000;
pub(super) const MINUTE: i64 = 60_000_000;

pub(super) struct Home {
    pub(super) device: Device,
    pub(super) clock: Arc<TestClock>,
    pub(super) folder: TempDir,
}

pub(super) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl TestClock {
    pub(super) fn wait(&self, microseconds: i64) {
        self.0.fetch_add(microseconds, Ordering::Relaxed);
    }
}

/// Different bytes each time, the same in each run.
struct Counting(AtomicU64);

impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&next.to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Home {
    /// Signed in as `employee`, with the role `BaseDataAdmin` if it is asked for.
    pub(super) fn new(is_admin: bool) -> Home {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
        let outside = Outside {
            clock: clock.clone(),
            randomness: Arc::new(Counting(AtomicU64::new(1))),
            zone: jiff::tz::TimeZone::get("Europe/Vienna").expect("a bundled zone"),
            device_name: "laptop".to_owned(),
            use_keystore: false,
        };
        let device = Device::open(folder.path(), outside).expect("the home opens");
        let account = KeptAccount {
            server: "http://127.0.0.1:1".to_owned(),
            tenant: "acme".to_owned(),
            user: "employee".to_owned(),
            user_id: Uuid::from_u128(10),
            tenant_id: Uuid::from_u128(2),
            device: Uuid::from_u128(3),
            token: None,
        };
        device.make_recorder_key().expect("a key");
        device.keep_account(&account).expect("an account");
        let model = ModelAnswer { model_version: 1, model: migrations::model::STANDARD_TEXT.to_owned() };
        device.store().adopt_model(&model).expect("the standard model");
        let home = Home { device, clock, folder };
        home.publish(company(is_admin));
        home
    }

    pub(super) fn index_segments(&self, segments: Vec<SegmentIndexRow>) {
        self.publish(PullAnswer { segments, tables: Vec::new(), ..company(false) });
    }

    fn publish(&self, page: PullAnswer) {
        let mut store = self.device.store();
        store.begin_pull().expect("a staging");
        store.stage(&page).expect("a page");
        let publication = Publication { cursor: page.cursor, whole: false, restored: false, now: NOW };
        store.publish(&publication).expect("published");
    }
}

fn company(is_admin: bool) -> PullAnswer {
    let text = |text: &str| Cell::Text(text.to_owned());
    let id = |id: u128| Cell::Text(Uuid::from_u128(id).hyphenated().to_string());
    let project = |number: u128, code: &str, name: &str, billable: bool| {
        let cells = vec![
            ("Customer", id(30)),
            ("Code", text(code)),
            ("Name", text(name)),
            ("FixedPrice", Cell::Bool(false)),
            ("Billable", Cell::Bool(billable)),
            ("Closed", Cell::Bool(false)),
        ];
        table("Project", number, cells)
    };
    let task = |number: u128, project: Option<u128>, code: &str| {
        let cells = vec![
            ("Project", project.map_or(Cell::Null, id)),
            ("Code", text(code)),
            ("Name", text(code)),
            ("Billable", Cell::Bool(true)),
            ("Closed", Cell::Bool(false)),
        ];
        table("Task", number, cells)
    };
    let user = vec![
        ("Username", text("employee")),
        ("Active", Cell::Bool(true)),
        ("TimeZone", text("Europe/Vienna")),
        ("DayStart", Cell::Int(0)),
    ];
    let customer = vec![("Code", text("ACME")), ("Name", text("Acme Inc.")), ("Closed", Cell::Bool(false))];
    let role = vec![("Code", text("BaseDataAdmin")), ("Name", text("Base data"))];
    let assignment = vec![("User", id(10)), ("Role", id(40)), ("Active", Cell::Bool(is_admin))];
    let tables = vec![
        table("User", 10, user),
        table("Customer", 30, customer),
        project(20, "WEB", "Web site", true),
        project(21, "LEARN", "Learning", false),
        task(50, Some(20), "DEV"),
        task(51, Some(21), "DEV"),
        task(52, None, "MEET"),
        table("Role", 40, role),
        table("RoleAssignment", 41, assignment),
    ];
    let cursor = Cursor { history_id: Uuid::from_u128(1), seq: 1, mark: Uuid::from_u128(1) };
    let (gone, visible, segments) = (Vec::new(), Vec::new(), Vec::new());
    PullAnswer { tables, gone, visible, segments, next: None, cursor, model_version: 1 }
}

fn table(entity: &str, id: u128, mut cells: Vec<(&str, Cell)>) -> TablePage {
    cells.push(("Created", Cell::Int(NOW)));
    cells.push(("Updated", Cell::Int(NOW)));
    let (columns, values): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
    let columns = columns.into_iter().map(str::to_owned).collect();
    TablePage { entity: entity.to_owned(), columns, rows: vec![Row { id: Uuid::from_u128(id), seq: 1, values }] }
}

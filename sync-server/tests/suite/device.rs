use crate::company::Company;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use sync_protocol::{
    Cell, Cursor, ErrorCode, Group, Mutation, Operation, OutcomeKind, PullAnswer, PullRequest, PushRequest, Row,
    TablePage, VisibleIds,
};
use uuid::Uuid;

/// An id that nothing else in this run has.
pub(crate) fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

const HOUR_US: i64 = 3_600_000_000;
/// 2024-10-04.
const DAY: i64 = 20_000;

/// A client of the server: numbers its mutations and remembers its cursor, nothing else.
pub(crate) struct Device<'c> {
    company: &'c Company,
    pub(crate) client: Uuid,
    pub(crate) user: Uuid,
    pub(crate) no: u64,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) model_version: u64,
}

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(crate) fn row(id: Uuid) -> Cell {
    Cell::Text(id.to_string())
}

impl<'c> Device<'c> {
    pub(crate) fn new(company: &'c Company, user: Uuid) -> Self {
        Device { company, client: fresh(), user, no: 0, cursor: None, model_version: 1 }
    }

    pub(crate) fn mutation(
        &mut self,
        op: Operation,
        entity: &str,
        (id, base): (Uuid, u64),
        set: &[(&str, Cell)],
        was: &[(&str, Cell)],
    ) -> Mutation {
        self.no += 1;
        let cells = |pairs: &[(&str, Cell)]| -> BTreeMap<String, Cell> {
            pairs.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect()
        };
        Mutation { no: self.no, entity: entity.to_owned(), id, op, base, set: cells(set), was: cells(was), at: 0 }
    }

    pub(crate) fn new_row(&mut self, entity: &str, set: &[(&str, Cell)]) -> Mutation {
        self.mutation(Operation::Put, entity, (fresh(), 0), set, &[])
    }

    /// One hour of the person's own, from this hour on, with the text `work`.
    pub(crate) fn booking(&mut self, project: Uuid, hour: i64) -> Mutation {
        let begin = DAY * 24 * HOUR_US + hour * HOUR_US;
        let set = [
            ("User", row(self.user)),
            ("Begin", Cell::Int(begin)),
            ("End", Cell::Int(begin + HOUR_US)),
            ("TimeZone", text("Europe/Vienna")),
            ("UtcOffset", Cell::Int(120)),
            ("Date", Cell::Int(DAY)),
            ("Description", text("work")),
            ("Project", row(project)),
        ];
        self.new_row("Timesheet", &set)
    }

    pub(crate) fn describe(&mut self, (id, base): (Uuid, u64), was: &str, new: &str) -> Mutation {
        self.mutation(
            Operation::Put,
            "Timesheet",
            (id, base),
            &[("Description", text(new))],
            &[("Description", text(was))],
        )
    }

    pub(crate) fn delete(&mut self, entity: &str, id: Uuid, base: u64) -> Mutation {
        self.mutation(Operation::Delete, entity, (id, base), &[], &[])
    }

    /// The seq of the device's cursor: a base that has seen everything.
    pub(crate) fn seen(&self) -> u64 {
        self.cursor.map_or(0, |cursor| cursor.seq)
    }

    /// Each mutation in a group of its own; outcomes in words.
    pub(crate) async fn push(&mut self, mutations: &[Mutation]) -> Vec<String> {
        self.push_groups(mutations.iter().map(|mutation| vec![mutation.clone()]).collect()).await
    }

    pub(crate) async fn push_groups(&mut self, groups: Vec<Vec<Mutation>>) -> Vec<String> {
        self.try_push(groups).await.expect("the push is taken").iter().map(in_words).collect()
    }

    pub(crate) async fn try_push(&mut self, groups: Vec<Vec<Mutation>>) -> Result<Vec<OutcomeKind>, ErrorCode> {
        let groups = groups.into_iter().map(|mutations| Group { mutations }).collect();
        let (client, cursor, model_version) = (self.client, self.cursor, self.model_version);
        let request = PushRequest { client, cursor, acknowledged: 0, model_version, groups };
        let (tenancy, placement) = (&self.company.installation.tenancy, &self.company.placement);
        let answer = sync_server::push::push(tenancy, placement, self.user, &request).await;
        Ok(answer.map_err(|failure| failure.code())?.outcomes.into_iter().map(|outcome| outcome.kind).collect())
    }

    pub(crate) async fn pull(&mut self) -> Told {
        self.try_pull(Vec::new()).await.expect("the pull is answered")
    }

    pub(crate) async fn try_pull(&mut self, want: Vec<VisibleIds>) -> Result<Told, ErrorCode> {
        let (tenancy, placement) = (&self.company.installation.tenancy, &self.company.placement);
        let mut pages = Vec::new();
        let mut after = None;
        loop {
            let request = PullRequest { cursor: self.cursor, after, model_version: 1, want: want.clone() };
            let page = sync_server::pull::pull(tenancy, placement, self.user, &request).await;
            let page = page.map_err(|failure| failure.code())?;
            after = page.next.clone();
            pages.push(page);
            if after.is_none() {
                self.cursor = pages.last().map(|page| page.cursor);
                return Ok(Told(pages));
            }
        }
    }
}

/// All pages of one pull.
pub(crate) struct Told(pub(crate) Vec<PullAnswer>);

impl Told {
    fn rows(&self, entity: &str) -> impl Iterator<Item = (&TablePage, &Row)> {
        let tables = self.0.iter().flat_map(|page| &page.tables).filter(move |table| table.entity == entity);
        tables.flat_map(|table| table.rows.iter().map(move |row| (table, row)))
    }

    pub(crate) fn ids(&self, entity: &str) -> Vec<Uuid> {
        self.rows(entity).map(|(_, row)| row.id).collect()
    }

    pub(crate) fn gone(&self, entity: &str) -> Vec<Uuid> {
        let gone = self.0.iter().flat_map(|page| &page.gone).filter(|gone| gone.entity == entity);
        gone.flat_map(|gone| gone.ids.clone()).collect()
    }

    /// None: the entity's visibility did not change from elsewhere.
    pub(crate) fn visible(&self, entity: &str) -> Option<Vec<Uuid>> {
        let visible = self.0.iter().flat_map(|page| &page.visible).find(|visible| visible.entity == entity);
        visible.map(|visible| visible.ids.clone())
    }

    pub(crate) fn value(&self, entity: &str, id: Uuid, property: &str) -> Option<Cell> {
        let (table, row) = self.rows(entity).find(|(_, row)| row.id == id)?;
        let column = table.columns.iter().position(|column| column == property)?;
        Some(row.values[column].clone())
    }

    pub(crate) fn find(&self, entity: &str, property: &str, value: &str) -> Option<Uuid> {
        let mut ids = self.ids(entity).into_iter();
        ids.find(|id| self.value(entity, *id, property) == Some(text(value)))
    }

    pub(crate) fn seq(&self, entity: &str, id: Uuid) -> u64 {
        self.rows(entity).find(|(_, row)| row.id == id).expect("the row was told").1.seq
    }
}

/// `applied`, `conflict clash: Description`, `rejected rule: Begin, End`, `skipped`.
fn in_words(outcome: &OutcomeKind) -> String {
    let code = |code: serde_json::Value| code.as_str().unwrap_or_default().to_owned();
    let named = |word: &str, code: String, properties: &[String]| {
        let colon = if properties.is_empty() { "" } else { ": " };
        format!("{word} {code}{colon}{}", properties.join(", "))
    };
    match outcome {
        OutcomeKind::Applied { .. } => "applied".to_owned(),
        OutcomeKind::Merged { .. } => "merged".to_owned(),
        OutcomeKind::Duplicate { .. } => "duplicate".to_owned(),
        OutcomeKind::ModelChanged => "model changed".to_owned(),
        OutcomeKind::Skipped { .. } => "skipped".to_owned(),
        OutcomeKind::Conflict { code: conflict, properties } => {
            named("conflict", code(serde_json::json!(conflict)), properties)
        }
        OutcomeKind::Rejected { code: rejection, properties, .. } => {
            named("rejected", code(serde_json::json!(rejection)), properties)
        }
    }
}

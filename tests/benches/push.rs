//! 500 new timesheets pushed, beside 500 prepared inserts into the same table with the same triggers in one transaction.
//! Both run in this process against a private Postgres; HTTP is left out of both.

#![expect(clippy::disallowed_types, reason = "the rival is SQL that was written by hand")]

use crate::company::Server;
use crate::measure::{Comparison, Times};
use sqlx::{AssertSqlSafe, query, query_scalar};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync_protocol::{Cell, Group, Mutation, Operation, OutcomeKind, PushRequest};
use sync_server::installation::Installation;
use sync_server::people::{Invitation, invite};
use sync_server::placement::Placement;
use sync_server::storage::write_transaction;
use tokio::runtime::Builder;
use uuid::Uuid;

const ROUNDS: usize = 30;
const TIMESHEETS: i64 = 500;
const COMPANY: &str = "acme";
/// 2024-10-04.
const FIRST_DAY: i64 = 20_000;
const DAY_US: i64 = 24 * 3_600 * 1_000_000;

pub(crate) fn measure() -> Vec<Comparison> {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let (pushed, inserted) = runtime.block_on(both(folder.path()));
    vec![Comparison {
        what: "push of 500 new timesheets",
        ours: pushed.to_string(),
        beside: "500 prepared inserts, same table, triggers and role, one transaction",
        plain: inserted.to_string(),
        target: "at most 3 times",
    }]
}

/// The two take turns, so that a busy moment of the machine or a grown table meets both.
async fn both(folder: &Path) -> (Times, Times) {
    let Server { cluster, installation, placement } = Server::start(folder, COMPANY).await;
    let company = Company::make(installation, placement).await;
    let (mut pushed, mut inserted) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS as i64 {
        pushed.push(company.push(2 * round).await);
        inserted.push(company.insert(2 * round + 1).await);
    }
    cluster.stop().await.expect("Postgres stops");
    (Times::of(pushed), Times::of(inserted))
}

struct Company {
    installation: Installation,
    placement: Arc<Placement>,
    user: Uuid,
    project: Uuid,
    insert: Arc<str>,
}

impl Company {
    async fn make(installation: Installation, placement: Arc<Placement>) -> Company {
        let roles = ["User".to_owned(), "BaseDataAdmin".to_owned()];
        let person = Invitation { tenant: COMPANY, user: "employee", roles: &roles, time_zone: "Europe/Vienna" };
        invite(&installation.control, &installation.tenancy, &person).await.expect("the person is invited");
        let schema = placement.schema.as_str();
        let mut write = write_transaction(&placement, None).await.expect("a transaction");
        let user = query_scalar(AssertSqlSafe(format!("SELECT id FROM \"{schema}\".\"user\"")))
            .fetch_one(write.connection())
            .await
            .expect("the person has a row");
        write.commit().await.expect("a commit");
        let insert = format!(
            "INSERT INTO \"{schema}\".timesheet (id, seq, created, created_by, updated, updated_by, user_id, \"begin\", \
             \"end\", time_zone, utc_offset, date, description, description_fold, project_id) \
             VALUES ($1, $2, $3, $4, $3, $4, $4, $5, $6, 'Europe/Vienna', 120, $7, $8, $8, $9)"
        );
        let mut company = Company { installation, placement, user, project: Uuid::now_v7(), insert: insert.into() };
        let project = [("Code", text("PORTAL")), ("Name", text("Portal"))];
        company.push_all(vec![company.mutation("Project", company.project, 1, &project)], Uuid::now_v7()).await;
        company.warm_up().await;
        company
    }

    /// Plans and caches of both ways.
    async fn warm_up(&mut self) {
        for round in -4..0 {
            self.push(2 * round).await;
            self.insert(2 * round + 1).await;
        }
    }

    async fn push(&self, round: i64) -> Duration {
        let bookings = (0..TIMESHEETS).map(|number| {
            let (begin, date) = time_of(round, number);
            let set = [
                ("User", id(self.user)),
                ("Begin", Cell::Int(begin)),
                ("End", Cell::Int(begin + DAY_US / 1_000)),
                ("TimeZone", text("Europe/Vienna")),
                ("UtcOffset", Cell::Int(120)),
                ("Date", Cell::Int(date)),
                ("Description", text("work")),
                ("Project", id(self.project)),
            ];
            self.mutation("Timesheet", Uuid::now_v7(), number as u64 + 1, &set)
        });
        let bookings = bookings.collect();
        let begun = Instant::now();
        self.push_all(bookings, Uuid::now_v7()).await;
        begun.elapsed()
    }

    /// Each mutation a group of its own, as they come from a person who booked one after another.
    async fn push_all(&self, mutations: Vec<Mutation>, client: Uuid) {
        let groups = mutations.into_iter().map(|mutation| Group { mutations: vec![mutation] }).collect();
        let request = PushRequest { client, cursor: None, acknowledged: 0, model_version: 1, groups };
        let answer = sync_server::push::push(&self.installation.tenancy, &self.placement, self.user, &request).await;
        let outcomes = answer.unwrap_or_else(|_| panic!("the push is taken")).outcomes;
        let refused = outcomes.iter().find(|outcome| !matches!(outcome.kind, OutcomeKind::Applied { .. }));
        assert!(refused.is_none(), "{refused:?}");
    }

    async fn insert(&self, round: i64) -> Duration {
        let begun = Instant::now();
        let mut write = write_transaction(&self.placement, Some(self.user)).await.expect("a transaction");
        let (seq, at) = (write.seq as i64, write.at);
        for number in 0..TIMESHEETS {
            let (begin, date) = time_of(round, number);
            query(AssertSqlSafe(self.insert.clone()))
                .bind(Uuid::now_v7())
                .bind(seq)
                .bind(at)
                .bind(self.user)
                .bind(begin)
                .bind(begin + DAY_US / 1_000)
                .bind(date as i32)
                .bind("work")
                .bind(self.project)
                .execute(write.connection())
                .await
                .expect("a row");
        }
        write.commit().await.expect("a commit");
        begun.elapsed()
    }

    fn mutation(&self, entity: &str, id: Uuid, no: u64, set: &[(&str, Cell)]) -> Mutation {
        let set = set.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect();
        Mutation { no, entity: entity.to_owned(), id, op: Operation::Put, base: 0, set, was: BTreeMap::new(), at: 0 }
    }
}

/// Begin (microseconds UTC, noon and later) and date of a booking that overlaps no other of the run.
fn time_of(round: i64, number: i64) -> (i64, i64) {
    let date = FIRST_DAY + round;
    (date * DAY_US + DAY_US / 4 + number * (DAY_US / 1_000), date)
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn id(id: Uuid) -> Cell {
    Cell::Text(id.to_string())
}

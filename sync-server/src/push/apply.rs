//! Carries groups out under the gate, each in its savepoint: read the rows, plan, write, ask the database, keep or undo.

use crate::failure::Failure;
use crate::placement::ModelSnapshot;
use crate::push::change::{Change, Key};
use crate::push::group::{CheckedGroup, ModelAge};
use crate::push::judge::{Answers, BrokenRule, RowVerdict, by_entity, judge, parents};
use crate::push::plan::{Entities, Plan, Refusal, Rows, Write, Writer, plan};
use crate::push::refuse;
use crate::push::runs::runs;
use crate::push::writable::Writable;
use crate::storage::rows::{self, Policies, RowTable};
use query_lang::catalogue::{Entity, Rule};
use query_lang::{EntityId, Environment, Value};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use sync_protocol::OutcomeKind;

/// One push under the gate.
pub(crate) struct Application<'a> {
    pub(crate) model: &'a ModelSnapshot,
    pub(crate) age: ModelAge,
    pub(crate) environment: &'a Environment,
    pub(crate) writer: Writer,
    policies: Policies,
    /// Rows that this push alone led from the given base to where they are.
    chains: BTreeMap<Key, u64>,
    /// Rows whose first change was refused, with that change's number.
    refused: HashMap<Key, u64>,
}

impl Entities for ModelSnapshot {
    fn entity(&self, key: Key) -> &Entity {
        self.catalogue.entity(key.0)
    }

    fn writable(&self, key: Key) -> &Writable {
        &self.rows.known(key.0).writable
    }
}

impl<'a> Application<'a> {
    pub(crate) fn new(
        model: &'a ModelSnapshot,
        age: ModelAge,
        environment: &'a Environment,
        writer: Writer,
        policies: Policies,
    ) -> Self {
        Application { model, age, environment, writer, policies, chains: BTreeMap::new(), refused: HashMap::new() }
    }

    /// The outcomes of all mutations, in order. What a group did to the rows is kept if all of its outcomes are good.
    ///
    /// # Errors
    /// The database is away or at fault; nothing of the push may be kept.
    pub(crate) async fn groups(
        &mut self,
        connection: &mut PgConnection,
        groups: &[CheckedGroup<'_>],
    ) -> Result<Vec<OutcomeKind>, Failure> {
        let mut outcomes = Vec::new();
        let mut pending = runs(groups, &self.model.rows, &self.policies);
        while let Some(run) = pending.pop_front() {
            let together = &groups[run.clone()];
            if let [group] = together {
                outcomes.extend(self.group(connection, group).await?);
            } else if let Some(good) = self.together(connection, together).await? {
                outcomes.extend(good);
            } else {
                let middle = run.start + together.len() / 2;
                pending.push_front(middle..run.end);
                pending.push_front(run.start..middle);
            }
        }
        Ok(outcomes)
    }

    /// None: something is not plain, and nothing was written.
    async fn together(
        &mut self,
        connection: &mut PgConnection,
        groups: &[CheckedGroup<'_>],
    ) -> Result<Option<Vec<OutcomeKind>>, Failure> {
        if groups.iter().flat_map(|group| &group.keys).any(|key| self.refused.contains_key(key)) {
            return Ok(None);
        }
        let changes: Vec<Change> = groups.iter().flat_map(CheckedGroup::changes).cloned().collect();
        Ok(self.attempt(connection, &changes, Size::Several).await?.ok())
    }

    async fn group(
        &mut self,
        connection: &mut PgConnection,
        group: &CheckedGroup<'_>,
    ) -> Result<Vec<OutcomeKind>, Failure> {
        let attempted = match &group.changes {
            Ok(changes) => self.attempt(connection, changes, Size::One).await?,
            Err(refusal) => Err(refusal.clone()),
        };
        match attempted {
            Ok(outcomes) => Ok(outcomes),
            Err(Refusal { position, outcome }) => {
                let no = group.mutations[position].no;
                for key in &group.keys {
                    self.refused.entry(*key).or_insert(no);
                }
                let outcome = self.age.explain(outcome);
                let of = |(index, _)| {
                    if index == position { outcome.clone() } else { OutcomeKind::Skipped { depends_on: no } }
                };
                Ok(group.mutations.iter().enumerate().map(of).collect())
            }
        }
    }

    /// All of the changes in one savepoint, or none and the reason. An error that the database would repeat for ever is a
    /// reason like others: nothing that a client sends may block its own queue.
    async fn attempt(
        &mut self,
        connection: &mut PgConnection,
        changes: &[Change],
        size: Size,
    ) -> Result<Result<Vec<OutcomeKind>, Refusal>, Failure> {
        rows::begin_group(connection).await?;
        let attempted = match self.planned(connection, changes, size).await {
            Ok(Ok(plan)) => self.carry_out(connection, plan).await,
            Ok(Err(refusal)) => Ok(Err(refusal)),
            Err(failure) => Err(failure),
        };
        match attempted {
            Ok(Ok(outcomes)) => Ok(Ok(outcomes)),
            Ok(Err(refusal)) => {
                rows::undo_group(connection).await?;
                Ok(Err(refusal))
            }
            Err(failure) if failure.passes() => Err(failure),
            Err(_) => {
                rows::undo_group(connection).await?;
                Ok(Err(refuse::by_a_lasting_error(changes, &self.model.catalogue)))
            }
        }
    }

    async fn planned(
        &mut self,
        connection: &mut PgConnection,
        changes: &[Change],
        size: Size,
    ) -> Result<Result<Plan, Refusal>, Failure> {
        let rows = self.load(connection, changes).await?;
        for (position, change) in changes.iter().enumerate() {
            let (there, refused) = (rows.contains_key(&change.key()), self.refused.get(&change.key()));
            // What is said of a run of several groups nobody hears: each is tried by itself then.
            let depends_on = match size {
                Size::One => refused.filter(|_| !there).copied(),
                Size::Several => there.then_some(change.no),
            };
            if let Some(depends_on) = depends_on {
                return Ok(Err(Refusal { position, outcome: OutcomeKind::Skipped { depends_on } }));
            }
        }
        Ok(plan(changes, rows, self.model, self.writer))
    }

    async fn load(&self, connection: &mut PgConnection, changes: &[Change]) -> Result<Rows, Failure> {
        let mut rows = Rows::new();
        for (entity, ids) in by_entity(changes.iter().map(Change::key)) {
            for (id, mut row) in rows::load(connection, self.table(entity), self.environment, &ids).await? {
                let key = (entity, id);
                row.own_base = self.chains.get(&key).copied().filter(|_| row.seq == self.writer.seq);
                rows.insert(key, row);
            }
        }
        Ok(rows)
    }

    /// Writes a plan and keeps it, or says why it is to be undone.
    async fn carry_out(
        &mut self,
        connection: &mut PgConnection,
        plan: Plan,
    ) -> Result<Result<Vec<OutcomeKind>, Refusal>, Failure> {
        if let Err(error) = self.write(connection, &plan.writes, false).await {
            return self.refused_by_database(connection, &plan.writes, error).await.map(Err);
        }
        let answers = self.ask(connection, &plan.writes).await?;
        if let Some(refusal) = judge(&plan.writes, &answers, |id| self.model.catalogue.entity(id)) {
            return Ok(Err(refusal));
        }
        if let Err(error) = rows::keep_group(connection).await {
            return self.refused_by_database(connection, &plan.writes, error).await.map(Err);
        }
        for write in &plan.writes {
            match write.row.own_base {
                Some(base) => self.chains.insert(write.key, base),
                None => self.chains.remove(&write.key),
            };
        }
        Ok(Ok(plan.outcomes))
    }

    async fn write(
        &self,
        connection: &mut PgConnection,
        writes: &[Write],
        as_tombstones: bool,
    ) -> Result<(), sqlx::Error> {
        for (entity, writes) in of_each_entity(writes) {
            rows::write(connection, self.table(entity), &writes, self.writer.seq, as_tombstones).await?;
        }
        Ok(())
    }

    /// A constraint said no, and the savepoint is still open. It may tell of rows that the person may not see, so permission is asked first: on the
    /// same rows written as tombstones, which no unique index looks at.
    async fn refused_by_database(
        &self,
        connection: &mut PgConnection,
        writes: &[Write],
        error: sqlx::Error,
    ) -> Result<Refusal, Failure> {
        let Some(violation) = rows::violation(&error, &self.model.rows) else { return Err(error.into()) };
        rows::undo_group(connection).await?;
        rows::begin_group(connection).await?;
        let refusal = match self.write(connection, writes, true).await {
            Ok(()) => {
                let answers = self.ask(connection, writes).await?;
                judge(writes, &answers, |id| self.model.catalogue.entity(id)).filter(refuse::is_about_permission)
            }
            Err(_) => None,
        };
        Ok(refusal.unwrap_or_else(|| refuse::by_violation(&violation, writes, &self.model.catalogue)))
    }

    async fn ask(&self, connection: &mut PgConnection, writes: &[Write]) -> Result<Answers, Failure> {
        let mut answers = Answers::default();
        for (entity, ids) in by_entity(writes.iter().map(|write| write.key)) {
            let table = self.table(entity);
            let checks = table.checks(&self.policies);
            let of_entity = writes.iter().filter(|write| write.key.0 == entity);
            let before: Vec<&[Value]> = of_entity.filter_map(|write| write.before.as_deref()).collect();
            for verdict in rows::verdicts(connection, table, checks, self.environment, (ids, &before)).await? {
                answers.verdicts.insert((entity, verdict.id), self.in_words(&checks.rules, verdict));
            }
        }
        let live = writes.iter().filter(|write| !write.row.deleted);
        let referred = live.flat_map(|write| parents(write, self.model.catalogue.entity(write.key.0)));
        for (entity, ids) in by_entity(referred.map(|(_, key)| key)) {
            let missing = rows::unreadable_parents(connection, self.table(entity), self.environment, ids).await?;
            answers.missing_parents.extend(missing.into_iter().map(|id| (entity, id)));
        }
        let deleted = writes.iter().filter(|write| write.row.deleted && !write.inserted);
        for (entity, ids) in by_entity(deleted.map(|write| write.key)) {
            let referred = rows::referred_to(connection, self.table(entity), ids).await?;
            answers.still_referenced.extend(referred.into_iter().map(|(id, by)| ((entity, id), by)));
        }
        Ok(answers)
    }

    fn in_words(&self, rules: &[Rule], verdict: rows::Verdict) -> RowVerdict {
        let broken = verdict.broken.into_iter().map(|index| &rules[index]).filter(|rule| self.policies.forbid(rule));
        let in_words = |Rule { code, properties, on_change, .. }: &Rule| BrokenRule {
            code: code.clone(),
            properties: properties.clone(),
            on_change: *on_change,
        };
        RowVerdict {
            may_insert: verdict.may_insert,
            may_update: verdict.may_update,
            hidden: verdict.hidden,
            broken: broken.map(in_words).collect(),
        }
    }

    fn table(&self, entity: EntityId) -> &RowTable {
        self.model.rows.known(entity)
    }
}

/// How many groups are tried at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    One,
    Several,
}

fn of_each_entity(writes: &[Write]) -> BTreeMap<EntityId, Vec<&Write>> {
    let mut by_entity = BTreeMap::<EntityId, Vec<&Write>>::new();
    for write in writes {
        by_entity.entry(write.key.0).or_default().push(write);
    }
    by_entity
}

//! Pages are staged and published with the last one. When what a person may see has changed elsewhere, the last page
//! names the ids that are visible now, and a second leg of the same pull asks for those that the device does not hold.

use super::{Ended, Engine};
use crate::CallError;
use crate::event::Effect;
use crate::replica::{Deletions, Publication};
use std::collections::VecDeque;
use sync_protocol::limits::{MASS_DELETE_PERCENT, MASS_DELETE_ROWS, WANT_IDS_MAX};
use sync_protocol::{Cursor, ErrorCode, PagePosition, PullAnswer, PullRequest, VisibleIds};
use uuid::Uuid;

/// Legs of one pull; each one but the first is there because the head moved meanwhile or rows were granted.
const LEGS_MAX: usize = 1_000;

#[derive(Debug)]
pub(super) struct Pull {
    /// The staging that the pages are in, and the cursor and model that the pull began with: if one of them is another
    /// one now, somebody else was here.
    stage: u64,
    began_at: Option<Cursor>,
    model_version: u64,
    whole: bool,
    restored: bool,
    /// The history that the staged pages are of.
    history_id: Option<Uuid>,
    /// The head that this leg's first page was read at.
    first: Option<Cursor>,
    /// What this leg's pages are after.
    from: Option<Cursor>,
    after: Option<PagePosition>,
    /// The head that the changes are staged up to.
    reached: Option<Cursor>,
    /// Ids to ask for; the first one is being asked for.
    want: VecDeque<Vec<VisibleIds>>,
    /// The head has moved on while rows were asked for by name.
    moved: bool,
    legs: usize,
    rows: usize,
    /// Where the page that is being staged ended.
    page: Option<(Option<PagePosition>, Cursor)>,
}

impl Engine {
    pub(super) fn begin_pull(&mut self, whole: bool, restored: bool) -> Effect {
        let Some(standing) = self.standing() else { return self.restart() };
        let whole = whole || standing.cursor.is_none();
        let goes_on = self.pull.as_ref().is_some_and(|pull| {
            (pull.stage, pull.began_at, pull.model_version, pull.whole, pull.restored)
                == (standing.stage, standing.cursor, standing.model_version, whole, restored)
        });
        if goes_on {
            return self.ask_page();
        }
        self.pull = Some(Pull {
            stage: 0,
            began_at: standing.cursor,
            model_version: standing.model_version,
            whole,
            restored,
            history_id: standing.cursor.filter(|_| !whole).map(|cursor| cursor.history_id),
            from: standing.cursor.filter(|_| !whole),
            first: None,
            after: None,
            reached: None,
            want: VecDeque::new(),
            moved: false,
            legs: 0,
            rows: 0,
            page: None,
        });
        Effect::BeginPull
    }

    pub(super) fn pull_begun(&mut self, stage: u64) -> Effect {
        let Some(pull) = &mut self.pull else { return self.restart() };
        pull.stage = stage;
        if let Some(standing) = &mut self.present().standing {
            standing.stage = stage;
        }
        self.ask_page()
    }

    fn ask_page(&mut self) -> Effect {
        let Some(pull) = &self.pull else { return self.restart() };
        Effect::Pull(PullRequest {
            cursor: pull.from,
            after: pull.after.clone(),
            model_version: pull.model_version,
            want: pull.want.front().cloned().unwrap_or_default(),
        })
    }

    pub(super) fn pulled(&mut self, page: PullAnswer) -> Effect {
        let Some(pull) = &mut self.pull else { return self.restart() };
        if page.model_version != pull.model_version {
            self.pull = None;
            return Effect::FetchModel;
        }
        if *pull.history_id.get_or_insert(page.cursor.history_id) != page.cursor.history_id {
            return self.pull_anew(true);
        }
        if page.next.is_some() && page.next <= pull.after {
            return self.confused("its pages go in a circle");
        }
        pull.rows += page.tables.iter().map(|table| table.rows.len()).sum::<usize>();
        pull.first.get_or_insert(page.cursor);
        pull.page = Some((page.next.clone(), page.cursor));
        Effect::Stage(page)
    }

    pub(super) fn pull_failed(&mut self, error: CallError) -> Effect {
        match error.code() {
            Some(ErrorCode::HistoryChanged) => self.pull_anew(true),
            Some(ErrorCode::ResyncRequired) => self.pull_anew(false),
            _ => self.fail(error),
        }
    }

    /// Everything, because the server does not know the cursor; a whole pull has none, so this happens once.
    fn pull_anew(&mut self, restored: bool) -> Effect {
        let restarts = &mut self.present().restarts;
        *restarts += 1;
        if *restarts > super::RESTARTS_MAX {
            return self.confused("it refuses every cursor");
        }
        let restored = restored || self.pull.as_ref().is_some_and(|pull| pull.restored);
        self.pull = None;
        self.begin_pull(true, restored)
    }

    pub(super) fn staged(&mut self) -> Effect {
        let Some(pull) = &mut self.pull else { return self.restart() };
        let Some((next, cursor)) = pull.page.take() else { return self.restart() };
        pull.after = next;
        if pull.after.is_some() {
            return self.ask_page();
        }
        pull.legs += 1;
        if pull.legs > LEGS_MAX {
            return self.confused("its pull has no end");
        }
        let first = pull.first.take().filter(|first| first.seq < cursor.seq);
        if pull.want.pop_front().is_none() {
            // Each page is read at the head of its moment. What was staged by an early one and has left since is told
            // only to somebody who stands where that page was read.
            if let Some(first) = first {
                pull.from = Some(first);
                return self.ask_page();
            }
            pull.reached = Some(cursor);
            pull.from = Some(cursor);
            pull.moved = false;
            return Effect::ReadMissing { whole: pull.whole };
        }
        pull.moved |= pull.reached.is_none_or(|reached| cursor.seq > reached.seq);
        self.next_leg()
    }

    pub(super) fn ask_for(&mut self, missing: Vec<VisibleIds>) -> Effect {
        let Some(pull) = &mut self.pull else { return self.restart() };
        pull.want = portions(missing);
        self.next_leg()
    }

    /// Rows asked for by name may be newer than the changes that are staged, and may refer to others that are: what
    /// happened meanwhile is fetched too before anything is published.
    fn next_leg(&mut self) -> Effect {
        match &self.pull {
            None => self.restart(),
            Some(pull) if !pull.want.is_empty() || pull.moved => self.ask_page(),
            Some(pull) => Effect::ReadDeletions { whole: pull.whole },
        }
    }

    pub(super) fn weigh(&mut self, deletions: Deletions) -> Effect {
        let Deletions { rows, held } = deletions;
        let many = rows > MASS_DELETE_ROWS && rows * 100 > held * MASS_DELETE_PERCENT;
        if many && !self.present().allow_deletions {
            self.pull = None;
            return self.finish(Ended::MassDeletion(deletions), None);
        }
        match &self.pull {
            Some(Pull { reached: Some(cursor), whole, restored, .. }) => {
                Effect::Publish(Publication { cursor: *cursor, whole: *whole, restored: *restored })
            }
            _ => self.restart(),
        }
    }

    pub(super) fn published(&mut self) -> Effect {
        let Some(pull) = self.pull.take() else { return self.restart() };
        let present = self.present();
        present.counts.rows += pull.rows;
        if let Some(standing) = &mut present.standing {
            standing.cursor = pull.reached;
        }
        match (pull.restored, present.drained || present.held_ms.is_some()) {
            (true, _) => {
                self.listed.clear();
                Effect::TakeClient
            }
            (false, false) => self.restart(),
            (false, true) => Effect::ReadUnsent,
        }
    }
}

/// Cuts the ids into requests of at most [`WANT_IDS_MAX`].
fn portions(missing: Vec<VisibleIds>) -> VecDeque<Vec<VisibleIds>> {
    let mut portions = VecDeque::new();
    let mut portion: Vec<VisibleIds> = Vec::new();
    let mut room = WANT_IDS_MAX;
    for VisibleIds { entity, mut ids } in missing {
        while !ids.is_empty() {
            let rest = ids.split_off(ids.len().min(room));
            room -= ids.len();
            portion.push(VisibleIds { entity: entity.clone(), ids });
            ids = rest;
            if room == 0 {
                portions.push_back(std::mem::take(&mut portion));
                room = WANT_IDS_MAX;
            }
        }
    }
    if !portion.is_empty() {
        portions.push_back(portion);
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(entity: &str, count: u128) -> VisibleIds {
        VisibleIds { entity: entity.to_owned(), ids: (0..count).map(Uuid::from_u128).collect() }
    }

    #[test]
    fn missing_ids_are_asked_for_in_portions_that_the_wire_allows() {
        let portions = portions(vec![ids("Project", 1_999), ids("Task", 2_002), ids("Tag", 0)]);
        let sizes: Vec<Vec<usize>> =
            portions.iter().map(|portion| portion.iter().map(|part| part.ids.len()).collect()).collect();
        assert_eq!(sizes, [vec![1_999, 1], vec![2_000], vec![1]]);
    }
}

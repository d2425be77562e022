use super::*;
use crate::replica::{Deletions, Publication};
use std::collections::BTreeMap;
use sync_protocol::{
    Cursor, Group, ModelAnswer, Mutation, Operation, Outcome, OutcomeKind, PagePosition, PullAnswer, PushAnswer,
    SegmentFetchAnswer, SegmentIndexRow, SegmentList,
};
use uuid::Uuid;

fn cursor(seq: u64) -> Cursor {
    Cursor { history_id: Uuid::from_u128(7), seq, mark: Uuid::from_u128(seq.into()) }
}

fn standing() -> Standing {
    Standing { client: Uuid::from_u128(1), cursor: Some(cursor(10)), acknowledged: 4, model_version: 1, stage: 0 }
}

fn page(seq: u64, next: Option<u64>) -> PullAnswer {
    PullAnswer {
        tables: Vec::new(),
        gone: Vec::new(),
        visible: Vec::new(),
        segments: Vec::new(),
        next: next.map(|seq| PagePosition { seq, entity: "Task".to_owned(), id: Uuid::nil() }),
        cursor: cursor(seq),
        model_version: 1,
    }
}

fn group(no: u64) -> Group {
    let mutation = Mutation {
        no,
        entity: "Task".to_owned(),
        id: Uuid::from_u128(no.into()),
        op: Operation::Put,
        base: 0,
        set: BTreeMap::new(),
        was: BTreeMap::new(),
        at: 0,
    };
    Group { mutations: vec![mutation] }
}

fn refused(code: ErrorCode) -> CallError {
    CallError::Refused { code, message: "no".to_owned(), params: BTreeMap::new(), retry_after_ms: Some(30_000) }
}

fn away() -> CallError {
    CallError::Unreachable { origin: "http://localhost:1".to_owned(), reason: "refused".to_owned() }
}

/// The only effect of an event.
fn step(engine: &mut Engine, event: Event) -> Effect {
    let effects = engine.step(event);
    assert_eq!(effects.len(), 1, "each event has one effect");
    effects.into_iter().next().unwrap_or(Effect::ReadStanding)
}

/// Plays the events; gives the last effect.
fn play(engine: &mut Engine, events: impl IntoIterator<Item = Event>) -> Effect {
    let mut last = Effect::ReadStanding;
    for event in events {
        last = step(engine, event);
    }
    last
}

/// A round that stands before its first pull, with an empty outbox.
fn before_pull(engine: &mut Engine) {
    let start = Event::Start { allow_deletions: false };
    let effect = play(engine, [start, Event::Standing(standing()), Event::Outbox(Vec::new())]);
    assert_eq!(effect, Effect::BeginPull);
}

fn ended(effect: Effect) -> Round {
    match effect {
        Effect::Finish(round) => round,
        other => panic!("the round goes on with {other:?}"),
    }
}

#[test]
fn a_round_pushes_pulls_and_ends() {
    let mut engine = Engine::new(0);
    let start = Event::Start { allow_deletions: false };
    let effect = play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(vec![group(5)])]);
    let Effect::Push(request) = effect else { panic!("{effect:?}") };
    assert_eq!((request.acknowledged, request.cursor), (4, Some(cursor(10))));
    let outcome = Outcome { no: 5, kind: OutcomeKind::Applied { seq: 11 } };
    let pushed = Event::Pushed(Ok(PushAnswer { outcomes: vec![outcome.clone()], seq: 11 }));
    assert_eq!(step(&mut engine, pushed), Effect::Settle(vec![outcome]));
    let pulling = [Event::Settled, Event::Outbox(Vec::new()), Event::PullBegun(1), Event::Pulled(Ok(page(11, None)))];
    assert_eq!(play(&mut engine, pulling), Effect::Stage(page(11, None)));
    let effect = play(&mut engine, [Event::Staged, Event::Missing(Vec::new()), Event::Deletions(Deletions::default())]);
    assert_eq!(effect, Effect::Publish(Publication { cursor: cursor(11), whole: false, restored: false }));
    let last = play(&mut engine, [Event::Published, Event::Unsent(Vec::new()), Event::Wanted(Vec::new())]);
    let round = ended(last);
    assert_eq!((round.ended, round.cursor, round.counts.applied), (Ended::Complete, Some(cursor(11)), 1));
}

#[test]
fn a_device_without_a_model_fetches_it_first_and_pulls_before_it_pushes() {
    let mut engine = Engine::new(0);
    let fresh = Standing { cursor: None, model_version: 0, ..standing() };
    let effect = play(&mut engine, [Event::Start { allow_deletions: false }, Event::Standing(fresh)]);
    assert_eq!(effect, Effect::FetchModel);
    let model = ModelAnswer { model_version: 1, model: "{}".to_owned() };
    assert_eq!(step(&mut engine, Event::Model(Ok(model.clone()))), Effect::AdoptModel(model));
    let known = Standing { cursor: None, ..standing() };
    assert_eq!(play(&mut engine, [Event::ModelAdopted, Event::Standing(known)]), Effect::BeginPull);
}

#[test]
fn a_pull_that_takes_much_away_waits_for_the_person() {
    for (rows, held, asks) in [(51, 200, true), (51, 255, false), (50, 60, false), (0, 0, false)] {
        for allowed in [false, true] {
            let mut engine = Engine::new(0);
            let start = Event::Start { allow_deletions: allowed };
            play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(Vec::new()), Event::PullBegun(1)]);
            let deletions = Deletions { rows, held };
            let staged = [Event::Pulled(Ok(page(11, None))), Event::Staged, Event::Missing(Vec::new())];
            play(&mut engine, staged);
            match step(&mut engine, Event::Deletions(deletions)) {
                Effect::Finish(round) => {
                    assert!(asks && !allowed, "{rows} of {held}");
                    assert_eq!((round.ended, round.retry_after_ms), (Ended::MassDeletion(deletions), None));
                }
                effect => assert!(matches!(effect, Effect::Publish(_)) && (allowed || !asks), "{rows} of {held}"),
            }
        }
    }
}

#[test]
fn while_writes_are_held_pulls_go_on_and_nobody_is_told() {
    let mut engine = Engine::new(0);
    let start = Event::Start { allow_deletions: false };
    let held = Event::Pushed(Err(refused(ErrorCode::Unavailable)));
    let effect = play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(vec![group(5)]), held]);
    assert_eq!(effect, Effect::BeginPull);
    play(&mut engine, [Event::PullBegun(1), Event::Pulled(Ok(page(11, None))), Event::Staged]);
    let published = [Event::Missing(Vec::new()), Event::Deletions(Deletions::default()), Event::Published];
    assert_eq!(play(&mut engine, published), Effect::ReadUnsent);
    let round = ended(play(&mut engine, [Event::Unsent(Vec::new()), Event::Wanted(Vec::new())]));
    assert_eq!((round.ended, round.retry_after_ms, round.quiet), (Ended::WritesHeld, Some(30_000), true));
}

#[test]
fn what_the_server_cannot_read_goes_to_the_inbox_and_another_client_goes_on() {
    let mut engine = Engine::new(0);
    let start = Event::Start { allow_deletions: false };
    play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(vec![group(5), group(6)])]);
    let bad = || Event::Pushed(Err(refused(ErrorCode::BadRequest)));
    let effect = step(&mut engine, bad());
    assert!(matches!(effect, Effect::ReadOutbox { groups_max: 1, .. }), "{effect:?}");
    let Effect::Push(probe) = play(&mut engine, [Event::Outbox(vec![group(5)]), bad()]) else { panic!("no probe") };
    assert!(probe.groups.is_empty());
    let effect = step(&mut engine, Event::Pushed(Ok(PushAnswer { outcomes: Vec::new(), seq: 10 })));
    let Effect::Settle(outcomes) = effect else { panic!("{effect:?}") };
    assert!(matches!(outcomes.as_slice(), [Outcome { no: 5, kind: OutcomeKind::Rejected { .. } }]));
    assert_eq!(step(&mut engine, Event::Settled), Effect::TakeClient);
}

#[test]
fn when_the_server_reads_nothing_at_all_everything_stays_in_the_outbox() {
    let mut engine = Engine::new(0);
    let bad = || Event::Pushed(Err(refused(ErrorCode::BadRequest)));
    let start = Event::Start { allow_deletions: false };
    let last = play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(vec![group(5)]), bad(), bad()]);
    assert!(matches!(ended(last).ended, Ended::Failed(CallError::Refused { code: ErrorCode::BadRequest, .. })));
}

#[test]
fn outcomes_of_other_mutations_settle_nothing() {
    for numbers in [vec![], vec![6], vec![5, 5]] {
        let mut engine = Engine::new(0);
        let start = Event::Start { allow_deletions: false };
        play(&mut engine, [start, Event::Standing(standing()), Event::Outbox(vec![group(5)])]);
        let outcome = |no: &u64| Outcome { no: *no, kind: OutcomeKind::ModelChanged };
        let answer = PushAnswer { outcomes: numbers.iter().map(outcome).collect(), seq: 11 };
        let round = ended(step(&mut engine, Event::Pushed(Ok(answer))));
        assert!(matches!(round.ended, Ended::Failed(CallError::Malformed { .. })), "{numbers:?}");
    }
}

#[test]
fn a_pull_that_was_cut_goes_on_where_it_stopped() {
    let mut engine = Engine::new(0);
    before_pull(&mut engine);
    let first = page(12, Some(11));
    play(&mut engine, [Event::PullBegun(3), Event::Pulled(Ok(first.clone())), Event::Staged]);
    ended(step(&mut engine, Event::Pulled(Err(away()))));
    let same = Standing { stage: 3, ..standing() };
    let again = [Event::Start { allow_deletions: false }, Event::Standing(same), Event::Outbox(Vec::new())];
    let Effect::Pull(request) = play(&mut engine, again) else { panic!("the pull goes on") };
    assert_eq!(request.after, first.next);
}

#[test]
fn a_staging_that_somebody_else_filled_is_not_gone_on_with() {
    let mut engine = Engine::new(0);
    before_pull(&mut engine);
    play(&mut engine, [Event::PullBegun(3), Event::Pulled(Ok(page(12, Some(11)))), Event::Staged]);
    ended(step(&mut engine, Event::Pulled(Err(away()))));
    let other = Standing { stage: 4, ..standing() };
    let again = [Event::Start { allow_deletions: false }, Event::Standing(other), Event::Outbox(Vec::new())];
    assert_eq!(play(&mut engine, again), Effect::BeginPull);
}

#[test]
fn pages_that_go_in_a_circle_end_the_round() {
    let mut engine = Engine::new(0);
    before_pull(&mut engine);
    play(&mut engine, [Event::PullBegun(1), Event::Pulled(Ok(page(12, Some(11)))), Event::Staged]);
    let round = ended(step(&mut engine, Event::Pulled(Ok(page(12, Some(11))))));
    assert!(matches!(round.ended, Ended::Failed(CallError::Malformed { .. })));
}

#[test]
fn a_session_that_is_over_is_not_tried_again() {
    let mut engine = Engine::new(0);
    before_pull(&mut engine);
    let round = ended(play(&mut engine, [Event::PullBegun(1), Event::Pulled(Err(refused(ErrorCode::SessionOver)))]));
    assert_eq!(round.retry_after_ms, None);
}

/// A round that has pulled and stands before the segments.
fn before_segments(engine: &mut Engine) {
    before_pull(engine);
    play(engine, [Event::PullBegun(1), Event::Pulled(Ok(page(11, None))), Event::Staged, Event::Missing(Vec::new())]);
    play(engine, [Event::Deletions(Deletions::default()), Event::Published]);
}

fn unsent(no: u64) -> crate::UnsentSegment {
    crate::UnsentSegment { device: Uuid::from_u128(2), no, sha256: format!("hash {no}") }
}

fn row(no: u64, size: u64) -> SegmentIndexRow {
    SegmentIndexRow { device: Uuid::from_u128(2), no, size, sha256: format!("hash {no}"), seq: 11 }
}

#[test]
fn an_upload_that_was_cut_sends_only_what_the_server_does_not_have() {
    let mut engine = Engine::new(0);
    before_segments(&mut engine);
    let device = Uuid::from_u128(2);
    assert_eq!(step(&mut engine, Event::Unsent(vec![unsent(1), unsent(2)])), Effect::ListSegments { device });
    let list = SegmentList { segments: vec![row(1, 10)] };
    assert_eq!(step(&mut engine, Event::SegmentList(Ok(list))), Effect::MarkSent { device, numbers: vec![1] });
    assert_eq!(step(&mut engine, Event::MarkedSent), Effect::PutSegment { device, no: 2 });
    assert_eq!(step(&mut engine, Event::SegmentPut(Ok(()))), Effect::MarkSent { device, numbers: vec![2] });
    assert_eq!(step(&mut engine, Event::MarkedSent), Effect::ReadWanted);
}

#[test]
fn from_other_bytes_under_a_number_on_nothing_of_that_device_is_sent_and_other_devices_go_on() {
    let mut engine = Engine::new(0);
    before_segments(&mut engine);
    let (device, next) = (Uuid::from_u128(2), Uuid::from_u128(3));
    let of_next = crate::UnsentSegment { device: next, ..unsent(1) };
    step(&mut engine, Event::Unsent(vec![unsent(1), unsent(2), unsent(3), of_next]));
    let other = SegmentIndexRow { sha256: "another hash".to_owned(), ..row(2, 10) };
    let list = SegmentList { segments: vec![row(1, 10), other] };
    assert_eq!(step(&mut engine, Event::SegmentList(Ok(list))), Effect::MarkSent { device, numbers: vec![1] });
    assert_eq!(step(&mut engine, Event::MarkedSent), Effect::ListSegments { device: next });
    let none = SegmentList { segments: Vec::new() };
    step(&mut engine, Event::SegmentList(Ok(none)));
    assert_eq!(step(&mut engine, Event::MarkedSent), Effect::PutSegment { device: next, no: 1 });
    let exists = Event::SegmentPut(Err(refused(ErrorCode::SegmentExists)));
    assert_eq!(step(&mut engine, exists), Effect::ReadWanted);
    let round = ended(step(&mut engine, Event::Wanted(Vec::new())));
    assert_eq!((round.ended, round.segments), (Ended::Complete, Some(SegmentTrouble::Clash { device, no: 2 })));
}

#[test]
fn segments_are_fetched_in_portions_that_fit_one_answer() {
    let mut engine = Engine::new(0);
    before_segments(&mut engine);
    step(&mut engine, Event::Unsent(Vec::new()));
    let wanted = vec![row(1, 3 << 20), row(2, 2 << 20), row(3, 1)];
    let Effect::FetchSegments(first) = step(&mut engine, Event::Wanted(wanted)) else { panic!("nothing is fetched") };
    assert_eq!(first.segments, [(Uuid::from_u128(2), 1)]);
    let answer = SegmentFetchAnswer { segments: vec![(Uuid::from_u128(2), 1, "AAEC".to_owned())] };
    let Effect::HoldSegments(held) = step(&mut engine, Event::SegmentsFetched(Ok(answer))) else { panic!("not held") };
    assert_eq!(held[0].bytes, [0, 1, 2]);
    let Effect::FetchSegments(second) = step(&mut engine, Event::Held(0)) else { panic!("the rest is fetched") };
    assert_eq!(second.segments.len(), 2);
    let nothing = SegmentFetchAnswer { segments: Vec::new() };
    let round = ended(play(&mut engine, [Event::SegmentsFetched(Ok(nothing)), Event::Held(0)]));
    assert_eq!(round.segments, Some(SegmentTrouble::Damaged { count: 1 }));
}

#[test]
fn a_segment_that_cannot_be_read_or_is_refused_holds_up_neither_the_others_nor_the_round() {
    let mut engine = Engine::new(0);
    before_segments(&mut engine);
    let device = Uuid::from_u128(2);
    play(
        &mut engine,
        [Event::Unsent(vec![unsent(1), unsent(2)]), Event::SegmentList(Ok(SegmentList { segments: Vec::new() }))],
    );
    step(&mut engine, Event::MarkedSent);
    let refusal = Event::SegmentPut(Err(refused(ErrorCode::TooLarge)));
    assert_eq!(step(&mut engine, refusal), Effect::PutSegment { device, no: 2 });
    play(&mut engine, [Event::SegmentPut(Ok(())), Event::MarkedSent, Event::Wanted(vec![row(1, 10), row(2, 10)])]);
    let answer = SegmentFetchAnswer {
        segments: vec![
            (device, 1, "no base64!".to_owned()),
            (device, 2, "AAEC".to_owned()),
            (device, 9, String::new()),
        ],
    };
    let Effect::HoldSegments(held) = step(&mut engine, Event::SegmentsFetched(Ok(answer))) else { panic!("not held") };
    assert_eq!(held.iter().map(|segment| segment.bytes.len()).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(ended(step(&mut engine, Event::Held(1))).ended, Ended::Complete);
}

#[test]
fn a_blob_store_that_is_away_holds_up_the_segments_alone_and_is_asked_again() {
    let unavailable = || refused(ErrorCode::Unavailable);
    let none = SegmentList { segments: Vec::new() };
    let tries = [
        vec![Event::Unsent(vec![unsent(1)]), Event::SegmentList(Err(unavailable()))],
        vec![
            Event::Unsent(vec![unsent(1), unsent(2)]),
            Event::SegmentList(Ok(none)),
            Event::MarkedSent,
            Event::SegmentPut(Err(unavailable())),
            Event::Wanted(Vec::new()),
        ],
        vec![Event::Unsent(Vec::new()), Event::Wanted(vec![row(1, 10)]), Event::SegmentsFetched(Err(unavailable()))],
    ];
    for events in tries {
        let mut engine = Engine::new(0);
        before_segments(&mut engine);
        let round = ended(play(&mut engine, events));
        assert_eq!((round.ended, round.retry_after_ms), (Ended::Complete, Some(30_000)));
        assert_eq!(round.segments, Some(SegmentTrouble::Refused(unavailable())));
    }
}

#[test]
fn segments_that_the_server_does_not_give_hold_up_nothing_else() {
    let mut engine = Engine::new(0);
    before_segments(&mut engine);
    play(&mut engine, [Event::Unsent(Vec::new()), Event::Wanted(vec![row(1, 10)])]);
    let round = ended(step(&mut engine, Event::SegmentsFetched(Err(refused(ErrorCode::Internal)))));
    assert_eq!(round.ended, Ended::Complete);
    assert!(matches!(round.segments, Some(SegmentTrouble::Refused(_))));
}

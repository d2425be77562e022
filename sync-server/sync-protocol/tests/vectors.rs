//! The bytes of every type on the wire, frozen: a client of an older release must go on reading what this one writes, and
//! the other way round. A vector is never changed; a new protocol adds its own.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Debug;
use sync_protocol::limits::Limits;
use sync_protocol::*;
use uuid::Uuid;

const A: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_000a);
const B: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_000b);

/// Written as the vector, and read from it.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, vector: &str) {
    assert_eq!(serde_json::to_string(&value).unwrap(), vector);
    assert_eq!(serde_json::from_str::<T>(vector).unwrap(), value);
}

fn cursor() -> Cursor {
    Cursor { history_id: A, seq: 7, mark: B }
}

fn cells(pairs: &[(&str, Cell)]) -> BTreeMap<String, Cell> {
    pairs.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect()
}

fn words(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, word)| ((*name).to_owned(), (*word).to_owned())).collect()
}

#[test]
fn a_cell_is_bare_json() {
    check(
        vec![Cell::Null, Cell::Bool(true), Cell::Int(-5), Cell::Int(i64::MAX), Cell::Text("Ä".to_owned())],
        r#"[null,true,-5,9223372036854775807,"Ä"]"#,
    );
}

#[test]
fn hello_tells_protocols_and_limits() {
    let limits = Limits { group_mutations: 500, group_bytes: 1_048_576, push_groups: 500, segment_bytes: 4_194_304 };
    check(
        Hello { min: 1, max: 1, server_now: 1_767_225_600_000_000, limits },
        r#"{"min":1,"max":1,"server_now":1767225600000000,"limits":{"group_mutations":500,"group_bytes":1048576,"push_groups":500,"segment_bytes":4194304}}"#,
    );
}

#[test]
fn the_model_travels_as_text() {
    check(
        ModelAnswer { model_version: 3, model: r#"{"format":1}"#.to_owned() },
        r#"{"model_version":3,"model":"{\"format\":1}"}"#,
    );
}

#[test]
fn an_event_is_a_seq() {
    check(HeadEvent { seq: 42 }, r#"{"seq":42}"#);
}

#[test]
fn a_push_carries_groups_of_mutations() {
    let put = Mutation {
        no: 1,
        entity: "Timesheet".to_owned(),
        id: B,
        op: Operation::Put,
        base: 5,
        set: cells(&[("Description", Cell::Text("new".to_owned())), ("End", Cell::Null)]),
        was: cells(&[("Description", Cell::Text("old".to_owned())), ("End", Cell::Int(9))]),
        at: 1_767_225_600_000_000,
    };
    let bare = |no, op| Mutation { no, op, set: BTreeMap::new(), was: BTreeMap::new(), ..put.clone() };
    let groups = vec![
        Group { mutations: vec![put.clone(), bare(2, Operation::Delete)] },
        Group { mutations: vec![bare(3, Operation::Restore)] },
    ];
    check(
        PushRequest { client: A, cursor: Some(cursor()), acknowledged: 0, model_version: 1, groups },
        concat!(
            r#"{"client":"01900000-0000-7000-8000-00000000000a","#,
            r#""cursor":{"history_id":"01900000-0000-7000-8000-00000000000a","seq":7,"mark":"01900000-0000-7000-8000-00000000000b"},"#,
            r#""acknowledged":0,"model_version":1,"groups":[{"mutations":["#,
            r#"{"no":1,"entity":"Timesheet","id":"01900000-0000-7000-8000-00000000000b","op":"put","base":5,"#,
            r#""set":{"Description":"new","End":null},"was":{"Description":"old","End":9},"at":1767225600000000},"#,
            r#"{"no":2,"entity":"Timesheet","id":"01900000-0000-7000-8000-00000000000b","op":"delete","base":5,"at":1767225600000000}]},"#,
            r#"{"mutations":[{"no":3,"entity":"Timesheet","id":"01900000-0000-7000-8000-00000000000b","op":"restore","base":5,"#,
            r#""at":1767225600000000}]}]}"#,
        ),
    );
}

#[test]
fn every_outcome_has_its_form() {
    let rejected = |code, properties: &[&str], params: &[(&str, &str)]| OutcomeKind::Rejected {
        code,
        properties: properties.iter().map(|name| (*name).to_owned()).collect(),
        params: words(params),
    };
    let conflict = |code, properties: &[&str]| OutcomeKind::Conflict {
        code,
        properties: properties.iter().map(|name| (*name).to_owned()).collect(),
    };
    let kinds = [
        (OutcomeKind::Applied { seq: 9 }, r#""outcome":"applied","seq":9"#),
        (OutcomeKind::Merged { seq: 9 }, r#""outcome":"merged","seq":9"#),
        (OutcomeKind::Duplicate { seq: 4 }, r#""outcome":"duplicate","seq":4"#),
        (
            conflict(ConflictCode::Clash, &["Begin", "End"]),
            r#""outcome":"conflict","code":"clash","properties":["Begin","End"]"#,
        ),
        (conflict(ConflictCode::EditedSince, &[]), r#""outcome":"conflict","code":"edited_since","properties":[]"#),
        (conflict(ConflictCode::Deleted, &[]), r#""outcome":"conflict","code":"deleted","properties":[]"#),
        (
            rejected(RejectionCode::Rule, &["End"], &[("rule", "end_after_begin")]),
            r#""outcome":"rejected","code":"rule","properties":["End"],"params":{"rule":"end_after_begin"}"#,
        ),
        (OutcomeKind::ModelChanged, r#""outcome":"model_changed""#),
        (OutcomeKind::Skipped { depends_on: 3 }, r#""outcome":"skipped","depends_on":3"#),
    ];
    for (kind, vector) in kinds {
        check(Outcome { no: 1, kind }, &format!(r#"{{"no":1,{vector}}}"#));
    }
    check(
        PushAnswer { outcomes: vec![Outcome { no: 1, kind: OutcomeKind::Applied { seq: 9 } }], seq: 9 },
        r#"{"outcomes":[{"no":1,"outcome":"applied","seq":9}],"seq":9}"#,
    );
}

#[test]
fn every_rejection_code_has_its_word() {
    use RejectionCode::*;
    check(
        vec![
            Missing,
            Forbidden,
            Rule,
            Required,
            BadValue,
            NotUnique,
            MissingParent,
            StillReferenced,
            UnknownEntity,
            UnknownProperty,
        ],
        r#"["missing","forbidden","rule","required","bad_value","not_unique","missing_parent","still_referenced","unknown_entity","unknown_property"]"#,
    );
}

#[test]
fn a_pull_asks_from_a_cursor_or_from_nothing() {
    check(
        PullRequest { cursor: None, after: None, model_version: 1, want: Vec::new() },
        r#"{"cursor":null,"after":null,"model_version":1}"#,
    );
    let after = PagePosition { seq: 6, entity: "Project".to_owned(), id: B };
    let want = vec![VisibleIds { entity: "Timesheet".to_owned(), ids: vec![A] }];
    check(
        PullRequest { cursor: Some(cursor()), after: Some(after), model_version: 1, want },
        concat!(
            r#"{"cursor":{"history_id":"01900000-0000-7000-8000-00000000000a","seq":7,"mark":"01900000-0000-7000-8000-00000000000b"},"#,
            r#""after":{"seq":6,"entity":"Project","id":"01900000-0000-7000-8000-00000000000b"},"model_version":1,"#,
            r#""want":[{"entity":"Timesheet","ids":["01900000-0000-7000-8000-00000000000a"]}]}"#,
        ),
    );
}

#[test]
fn a_page_holds_rows_and_what_left() {
    let segment = SegmentIndexRow { device: A, no: 2, size: 100, sha256: "ab".repeat(32), seq: 7 };
    let row = Row { id: B, seq: 6, values: vec![Cell::Text("P1".to_owned()), Cell::Null] };
    let columns = vec!["Code".to_owned(), "Manager".to_owned()];
    check(
        PullAnswer {
            tables: vec![TablePage { entity: "Project".to_owned(), columns, rows: vec![row] }],
            gone: vec![Gone { entity: "Timesheet".to_owned(), ids: vec![A] }],
            visible: vec![VisibleIds { entity: "Absence".to_owned(), ids: Vec::new() }],
            segments: vec![segment],
            next: None,
            cursor: cursor(),
            model_version: 1,
        },
        &format!(
            concat!(
                r#"{{"tables":[{{"entity":"Project","columns":["Code","Manager"],"rows":[{{"id":"01900000-0000-7000-8000-00000000000b","seq":6,"values":["P1",null]}}]}}],"#,
                r#""gone":[{{"entity":"Timesheet","ids":["01900000-0000-7000-8000-00000000000a"]}}],"#,
                r#""visible":[{{"entity":"Absence","ids":[]}}],"#,
                r#""segments":[{{"device":"01900000-0000-7000-8000-00000000000a","no":2,"size":100,"sha256":"{}","seq":7}}],"#,
                r#""next":null,"cursor":{{"history_id":"01900000-0000-7000-8000-00000000000a","seq":7,"mark":"01900000-0000-7000-8000-00000000000b"}},"#,
                r#""model_version":1}}"#,
            ),
            "ab".repeat(32)
        ),
    );
}

#[test]
fn a_query_and_its_answer() {
    check(
        QueryRequest {
            text: "From T In Timesheet".to_owned(),
            parameters: words(&[("from", "2026-01-31")]),
            zone: "Europe/Vienna".to_owned(),
        },
        r#"{"text":"From T In Timesheet","parameters":{"from":"2026-01-31"},"zone":"Europe/Vienna"}"#,
    );
    let column = QueryColumn { name: "Hours".to_owned(), kind: "Decimal".to_owned() };
    check(
        QueryAnswer { columns: vec![column], rows: vec![vec!["7.5".to_owned()]] },
        r#"{"columns":[{"name":"Hours","type":"Decimal"}],"rows":[["7.5"]]}"#,
    );
}

#[test]
fn an_error_has_a_code_and_a_sentence() {
    let body = |params| ErrorBody { code: ErrorCode::HistoryChanged, message: "Restored.".to_owned(), params };
    check(body(BTreeMap::new()), r#"{"code":"history_changed","message":"Restored."}"#);
    check(body(words(&[("a", "b")])), r#"{"code":"history_changed","message":"Restored.","params":{"a":"b"}}"#);
    use ErrorCode::*;
    check(
        vec![
            BadRequest,
            TooLarge,
            SignInFailed,
            SessionOver,
            Forbidden,
            NotFound,
            ClientForked,
            HistoryChanged,
            ResyncRequired,
            VaultChanged,
            SegmentExists,
            QueryRefused,
            ProtocolTooOld,
            TooManyAttempts,
            Unavailable,
            Internal,
        ],
        concat!(
            r#"["bad_request","too_large","sign_in_failed","session_over","forbidden","not_found","client_forked","#,
            r#""history_changed","resync_required","vault_changed","segment_exists","query_refused","protocol_too_old","#,
            r#""too_many_attempts","unavailable","internal"]"#,
        ),
    );
}

#[test]
fn a_sign_in_is_a_challenge_and_its_answer() {
    let kdf = KdfParameters { memory_kib: 65_536, passes: 3, lanes: 1 };
    let (tenant, user) = ("acme".to_owned(), "employee".to_owned());
    check(ChallengeRequest { tenant: tenant.clone(), user: user.clone() }, r#"{"tenant":"acme","user":"employee"}"#);
    check(
        ChallengeAnswer { auth_version: 1, kdf, salt: "00".to_owned(), nonce: "11".to_owned(), expires: 5 },
        r#"{"auth_version":1,"kdf":{"memory_kib":65536,"passes":3,"lanes":1},"salt":"00","nonce":"11","expires":5}"#,
    );
    check(
        LoginRequest {
            tenant: tenant.clone(),
            user: user.clone(),
            nonce: "11".to_owned(),
            expires: 5,
            signature: "22".to_owned(),
            origin: "http://127.0.0.1:7700".to_owned(),
            device: A,
            device_name: "laptop".to_owned(),
            session_key: "33".to_owned(),
        },
        concat!(
            r#"{"tenant":"acme","user":"employee","nonce":"11","expires":5,"signature":"22","origin":"http://127.0.0.1:7700","#,
            r#""device":"01900000-0000-7000-8000-00000000000a","device_name":"laptop","session_key":"33"}"#,
        ),
    );
    check(
        LoginAnswer { token: "44".to_owned(), user: A, tenant: B },
        r#"{"token":"44","user":"01900000-0000-7000-8000-00000000000a","tenant":"01900000-0000-7000-8000-00000000000b"}"#,
    );
    check(
        InvitationRequest { tenant, user, kdf, salt: "00".to_owned(), login_key: "55".to_owned() },
        r#"{"tenant":"acme","user":"employee","kdf":{"memory_kib":65536,"passes":3,"lanes":1},"salt":"00","login_key":"55"}"#,
    );
}

#[test]
fn what_a_login_signs_is_the_same_bytes_for_ever() {
    let message = login_message("http://a", "acme", "me", LoginPurpose::SignIn, "11", 5, "33");
    let fields: [&[u8]; 8] =
        [b"daybook login 1", b"http://a", b"acme", b"me", b"sign-in", b"11", &[5, 0, 0, 0, 0, 0, 0, 0], b"33"];
    let expected: Vec<u8> =
        fields.iter().flat_map(|field| [&(field.len() as u64).to_le_bytes()[..], field].concat()).collect();
    assert_eq!(message, expected);
}

#[test]
fn a_device_signs_every_field_of_a_request_with_its_length_before_it() {
    let message = device_message("t0ken", "GET", "/v1/vault", b"{}");
    let fields: [&[u8]; 5] = [b"daybook device request 1", b"t0ken", b"GET", b"/v1/vault", b"{}"];
    let expected: Vec<u8> =
        fields.iter().flat_map(|field| [&(field.len() as u64).to_le_bytes()[..], field].concat()).collect();
    assert_eq!(message, expected);
}

#[test]
fn segments_are_listed_and_fetched() {
    let row = SegmentIndexRow { device: A, no: 1, size: 9, sha256: "cd".to_owned(), seq: 4 };
    check(
        SegmentList { segments: vec![row] },
        r#"{"segments":[{"device":"01900000-0000-7000-8000-00000000000a","no":1,"size":9,"sha256":"cd","seq":4}]}"#,
    );
    check(SegmentFetch { segments: vec![(A, 1)] }, r#"{"segments":[["01900000-0000-7000-8000-00000000000a",1]]}"#);
    check(
        SegmentFetchAnswer { segments: vec![(A, 1, "AAA=".to_owned())] },
        r#"{"segments":[["01900000-0000-7000-8000-00000000000a",1,"AAA="]]}"#,
    );
}

#[test]
fn a_vault_is_sealed_bytes_and_what_checks_signatures() {
    let slot = Slot { kind: "password".to_owned(), body: "AAA=".to_owned() };
    let device = DeviceRecord { id: A, name: "laptop".to_owned(), recorder_key: "66".to_owned() };
    check(
        VaultState {
            number: 2,
            slots: vec![slot.clone()],
            directory: "BBB=".to_owned(),
            devices: vec![device.clone()],
        },
        concat!(
            r#"{"number":2,"slots":[{"kind":"password","body":"AAA="}],"directory":"BBB=","#,
            r#""devices":[{"id":"01900000-0000-7000-8000-00000000000a","name":"laptop","recorder_key":"66"}]}"#,
        ),
    );
    let update = VaultUpdate {
        expected: 2,
        slots: vec![slot],
        directory: "BBB=".to_owned(),
        devices: vec![device],
        signature: "77".to_owned(),
        signer: "88".to_owned(),
    };
    check(
        update,
        concat!(
            r#"{"expected":2,"slots":[{"kind":"password","body":"AAA="}],"directory":"BBB=","#,
            r#""devices":[{"id":"01900000-0000-7000-8000-00000000000a","name":"laptop","recorder_key":"66"}],"#,
            r#""signature":"77","signer":"88"}"#,
        ),
    );
}

#[test]
fn an_answer_of_a_later_server_is_read_with_what_it_adds_left_out() {
    let event: HeadEvent = serde_json::from_str(r#"{"seq":42,"added_later":true}"#).unwrap();
    assert_eq!(event, HeadEvent { seq: 42 });
}

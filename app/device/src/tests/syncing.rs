use super::home::Home;
use std::time::Duration;
use sync::{CallError, Counts, Ended, Round};
use sync_protocol::ErrorCode;

fn round(ended: Ended, retry_after_ms: Option<u64>, quiet: bool) -> Round {
    Round { ended, retry_after_ms, quiet, counts: Counts::default(), cursor: None, segments: None }
}

fn busy(retry_after_ms: Option<u64>) -> Ended {
    let message = "the company is being moved: come again".to_owned();
    let (code, params) = (ErrorCode::Unavailable, Default::default());
    Ended::Failed(CallError::Refused { code, message, params, retry_after_ms })
}

#[test]
fn a_server_that_asks_for_patience_gets_it_and_nothing_is_said_at_first() {
    let home = Home::new(false);
    let asked = || home.device.next_round();
    assert_eq!(asked(), None);
    let quiet = home.device.told(round(busy(Some(30_000)), Some(30_000), true));
    home.device.remember(&quiet).unwrap();
    let next = asked().unwrap();
    assert_eq!((next.wait, next.asked), (Duration::from_secs(30), true));
    assert_eq!(home.device.status().unwrap().sync.held_up, None);
    let loud = home.device.told(round(busy(Some(30_000)), Some(30_000), false));
    home.device.remember(&loud).unwrap();
    assert!(home.device.status().unwrap().sync.held_up.unwrap().contains("being moved"));
}

#[test]
fn a_server_that_is_away_is_tried_later_and_a_change_may_try_at_once() {
    let home = Home::new(false);
    let away = CallError::Unreachable { origin: "http://localhost:1".to_owned(), reason: "refused".to_owned() };
    let away = home.device.told(round(Ended::Failed(away), Some(4_000), false));
    home.device.remember(&away).unwrap();
    let next = home.device.next_round().unwrap();
    assert_eq!((next.wait, next.asked), (Duration::from_secs(4), false));
    assert!(home.device.status().unwrap().sync.held_up.unwrap().contains("cannot be reached"));
    let whole = home.device.told(round(Ended::Complete, None, false));
    home.device.remember(&whole).unwrap();
    assert_eq!((home.device.next_round(), home.device.status().unwrap().sync.held_up), (None, None));
}

#[tokio::test]
async fn a_question_that_names_signals_never_leaves_the_computer_even_with_a_mistake_in_it() {
    let home = Home::new(false);
    home.device.end_session().unwrap();
    let ask = async |text: &str| {
        let question = crate::Question { text: text.to_owned(), ..Default::default() };
        home.device.query_on_server(&question).await.unwrap_err().message
    };
    for text in [
        "From W In Signal.ActiveWindow Where W.Date = Today() Select W.Title",
        "From W In Signal.ActiveWindow Where W.Title = \"my secret\" Selct W",
        "From W In signal . Activity",
        "From W In [Signal].ActiveWindow Select W.Titel",
    ] {
        assert!(ask(text).await.contains("private"), "{text}");
    }
    assert!(ask("From T In Timesheet Select T.Id").await.contains("sign in"));
}

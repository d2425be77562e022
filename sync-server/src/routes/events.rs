use crate::access::Person;
use crate::failure::Failure;
use crate::state::AppState;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use std::convert::Infallible;
use std::time::Duration;
use sync_protocol::{ErrorCode, HeadEvent};
use tokio_stream::wrappers::WatchStream;

/// How soon a stream ends whose person was locked out or whose session is over.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Says how far the company's head has come, and nothing else: the device pulls what it may see.
pub(super) async fn events(
    State(state): State<AppState>,
    person: Person,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let heads = state.head_watch.listen(&state, &person.placement).await?;
    let events = WatchStream::new(heads).map(|seq| {
        let text = serde_json::to_string(&HeadEvent { seq }).unwrap_or_default();
        Ok(Event::default().data(text))
    });
    let stopping = state.stopping.clone().cancelled_owned();
    let events = events.take_until(async move {
        tokio::select! {
            () = stopping => {}
            () = shut_out(state, person.session) => {}
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// Done when the holder of the session may no longer come in.
async fn shut_out(state: AppState, session: [u8; 32]) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let admitted = Person::of_session(&state, session).await;
        if admitted.is_err_and(|failure| matches!(failure.code(), ErrorCode::Forbidden | ErrorCode::SessionOver)) {
            return;
        }
    }
}

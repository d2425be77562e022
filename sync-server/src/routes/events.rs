use crate::access::Person;
use crate::failure::Failure;
use crate::state::AppState;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use std::convert::Infallible;
use sync_protocol::HeadEvent;
use tokio_stream::wrappers::WatchStream;

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
    let events = events.take_until(state.stopping.clone().cancelled_owned());
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

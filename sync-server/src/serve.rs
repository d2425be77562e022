//! Answers requests until it is told to stop; then those that run may end.

use crate::routes::router;
use crate::state::AppState;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

/// How long running requests may take to end.
const GRACE: Duration = Duration::from_secs(10);
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// Serves on `listener` until `stop` is done.
///
/// # Errors
/// The listener failed.
pub async fn serve(state: AppState, listener: TcpListener, stop: impl Future<Output = ()>) -> io::Result<()> {
    let (stopping, metrics) = (state.stopping.clone(), state.metrics.clone());
    let upkeep = tokio::spawn(async move {
        loop {
            sleep(METRICS_UPKEEP).await;
            metrics.run_upkeep();
        }
    });
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let told = stopping.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move { told.cancelled().await });
    let mut server = tokio::spawn(server.into_future());
    let ended = tokio::select! {
        ended = &mut server => Some(ended),
        () = stop => None,
    };
    stopping.cancel();
    let ended = match ended {
        Some(ended) => ended,
        None => match timeout(GRACE, &mut server).await {
            Ok(ended) => ended,
            Err(_) => {
                server.abort();
                Ok(Ok(()))
            }
        },
    };
    upkeep.abort();
    ended.unwrap_or_else(|error| Err(io::Error::other(error)))
}

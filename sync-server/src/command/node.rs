use crate::command::installed::{blobs_from_environment, logins_from_environment, variable};
use crate::command::{Refused, say};
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;
use sync_server::installation::Installation;
use sync_server::jobs::worker;
use sync_server::serve::serve;
use sync_server::state::Origins;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[arg(long, default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// Address that clients dial, as in https://time.example.com; may be given several times. Without it: http and the
    /// request's own host.
    #[arg(long = "origin")]
    origins: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Work;

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let stop = stop_signal()?;
        let listener = listen(self.listen).await?;
        let secret = secret_from_environment()?;
        let installation = Installation::open(logins_from_environment()?, blobs_from_environment()?).await?;
        let origins = if self.origins.is_empty() { Origins::FromHost } else { Origins::Named(self.origins) };
        let state = installation.into_state(secret, origins, start_metrics()?);
        say(&format!("listening on http://{}", listener.local_addr()?));
        Ok(serve(state, listener, stop).await?)
    }
}

impl Work {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let stop = stop_signal()?;
        let installation = Installation::open(logins_from_environment()?, blobs_from_environment()?).await?;
        let worker = worker(&installation, stop).await?;
        say("taking jobs");
        Ok(worker.run().await?)
    }
}

pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program has it".to_owned(),
            _ => error.to_string(),
        };
        Refused(format!("Cannot listen on {address}: {reason}. Choose another address with --listen.")).into()
    })
}

pub(super) fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    Ok(PrometheusBuilder::new().install_recorder()?)
}

/// Done at the first SIGTERM or SIGINT.
pub(super) fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn secret_from_environment() -> anyhow::Result<[u8; 32]> {
    let mut secret = [0; 32];
    hex::decode_to_slice(variable("DAYBOOK_SECRET")?, &mut secret).map_err(|_| {
        Refused(
            "DAYBOOK_SECRET is not 64 hexadecimal digits. Make one with `openssl rand -hex 32`, equal on all nodes."
                .into(),
        )
    })?;
    Ok(secret)
}

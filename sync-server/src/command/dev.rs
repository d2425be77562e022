use crate::command::node::{listen, start_metrics, stop_signal};
use crate::command::say;
use anyhow::Context;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use sync_server::clock::{now, zone};
use sync_server::demo;
use sync_server::dev::{Cluster, ClusterAddress, DataFolder};
use sync_server::installation::Installation;
use sync_server::jobs::worker;
use sync_server::random::random;
use sync_server::serve::serve;
use sync_server::state::Origins;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long a running job may take to end.
const JOBS_GRACE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(crate) struct Dev {
    /// Folder for everything: database, sealed segments, secret.
    #[arg(long)]
    data: PathBuf,
    #[arg(long, default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// Makes the company `demo` with users employee, colleague, lead, billing and admin, all with the password `demo`; one
    /// that is there gets what was booked since.
    #[arg(long)]
    demo: bool,
    /// How many timesheets the demo has; more than five people book in a year come from a larger crew.
    #[arg(long, requires = "demo", value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    demo_timesheets: Option<u32>,
}

impl Dev {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let folder = DataFolder::open(&self.data)?;
        let secret = folder.secret(random()?)?;
        let listener = listen(self.listen).await?;
        // Postgres is stopped when the thread that started it ends, and this one lives as long as the process.
        let mut cluster = Cluster::start(&folder.postgres()).await?;
        let address = cluster.address().clone();
        let served = tokio::select! {
            served = self.serve(&folder, secret, &address, listener) => served,
            // Nothing more can be answered, and a server that only says so would hide why.
            ended = cluster.ended() => return Err(ended.into()),
        };
        cluster.stop().await?;
        served
    }

    async fn serve(
        &self,
        folder: &DataFolder,
        secret: [u8; 32],
        address: &ClusterAddress,
        listener: TcpListener,
    ) -> anyhow::Result<()> {
        let stop = stop_signal()?;
        let installation = address.open(&folder.blobs()).await?;
        let jobs_stop = CancellationToken::new();
        let worker = worker(&installation, jobs_stop.clone().cancelled_owned()).await?;
        let jobs = tokio::spawn(async move { worker.run().await });
        if self.demo {
            self.prepare_demo(&installation).await?;
        }
        let url = format!("http://{}", listener.local_addr()?);
        let (control, queue) = (installation.control.clone(), installation.queue.clone());
        let state = installation.into_state(secret, Origins::FromHost, start_metrics()?);
        say(&format!("listening on {url}"));
        let served = serve(state.clone(), listener, stop).await;
        jobs_stop.cancel();
        if let Ok(ended) = timeout(JOBS_GRACE, jobs).await {
            ended.context("the worker stopped")??;
        }
        state.tenancy.close().await;
        queue.close().await;
        control.close().await;
        Ok(served?)
    }

    async fn prepare_demo(&self, installation: &Installation) -> anyhow::Result<()> {
        let asked = self.demo_timesheets.and_then(|total| usize::try_from(total).ok());
        let there = demo::prepare(installation, asked, now(), zone()).await.context("the demo could not be made")?;
        if let Some(asked) = self.demo_timesheets.filter(|asked| i64::from(*asked) != there) {
            say(&format!(
                "the demo keeps its {there} timesheets; for one with {asked}, start the server with a new folder (--data)"
            ));
        }
        Ok(())
    }
}

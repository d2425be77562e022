use crate::command::Refused;
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};
use sync_server::blobs::Blobs;
use sync_server::dev::{Cluster, ClusterAddress, DataFolder, FolderError};
use sync_server::installation::{Installation, Logins};
use tokio::time::sleep;

/// How long a command waits for a `dev` server that is just starting.
const JOIN_WITHIN: Duration = Duration::from_secs(60);

/// Which server a command is for.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Folder of a `dev` server, running or not. Without it the databases come from the environment.
    #[arg(long)]
    data: Option<PathBuf>,
}

/// An installation, and what this process started for it.
pub(super) struct Opened {
    pub(super) installation: Installation,
    own: Option<(Cluster, DataFolder)>,
}

impl Target {
    pub(super) async fn open(&self) -> anyhow::Result<Opened> {
        let Some(data) = &self.data else {
            let installation = Installation::open(logins_from_environment()?, blobs_from_environment()?).await?;
            return Ok(Opened { installation, own: None });
        };
        match DataFolder::open_server(data) {
            Ok(folder) => {
                let cluster = Cluster::start(&folder.postgres()).await?;
                let installation = cluster.address().open(&folder.blobs()).await?;
                Ok(Opened { installation, own: Some((cluster, folder)) })
            }
            Err(FolderError::InUse(path)) => Ok(Opened { installation: join_running(&path).await?, own: None }),
            Err(error) => Err(error.into()),
        }
    }
}

impl Opened {
    /// Whether no server runs here, so that this process does the jobs itself.
    pub(super) fn is_alone(&self) -> bool {
        self.own.is_some()
    }

    pub(super) async fn close(self) -> anyhow::Result<()> {
        self.installation.close().await;
        match self.own {
            Some((cluster, _folder)) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

async fn join_running(data: &Path) -> anyhow::Result<Installation> {
    let begun = Instant::now();
    loop {
        if let Some(address) = ClusterAddress::of_running(&data.join("postgres"))
            && let Ok(installation) = address.open(&data.join("blobs")).await
        {
            return Ok(installation);
        }
        if begun.elapsed() > JOIN_WITHIN {
            let message = format!("The server of {} holds its folder and does not answer. Restart it.", data.display());
            return Err(Refused(message).into());
        }
        sleep(Duration::from_millis(100)).await;
    }
}

pub(super) fn logins_from_environment() -> anyhow::Result<Logins> {
    Ok(Logins {
        control: login("DAYBOOK_CONTROL_DATABASE")?,
        definition: login("DAYBOOK_DEFINITION_DATABASE")?,
        traffic: login("DAYBOOK_TRAFFIC_DATABASE")?,
    })
}

pub(super) fn superuser_from_environment() -> anyhow::Result<sqlx::postgres::PgConnectOptions> {
    login("DAYBOOK_SUPERUSER_DATABASE")
}

pub(super) fn blobs_from_environment() -> anyhow::Result<Blobs> {
    let address = variable("DAYBOOK_BLOBS")?;
    Blobs::at(&address)
        .with_context(|| "DAYBOOK_BLOBS does not name a usable blob store (s3://, az://, gs:// or file://)")
}

fn login(name: &str) -> anyhow::Result<sqlx::postgres::PgConnectOptions> {
    // The address holds a password, so the parser's words about it are not repeated.
    sqlx::postgres::PgConnectOptions::from_str(&variable(name)?).map_err(|_| {
        Refused(format!("{name} is no Postgres address, as in postgres://login:password@host/database.")).into()
    })
}

pub(super) fn variable(name: &str) -> Result<String, Refused> {
    std::env::var(name).map_err(|_| {
        Refused(format!(
            "{name} is not set. Set it, or name the folder of a `dev` server with --data where that is taken."
        ))
    })
}

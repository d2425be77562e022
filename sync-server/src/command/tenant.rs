use crate::command::installed::{Opened, Target};
use crate::command::say;
use anyhow::bail;
use clap::Subcommand;
use std::time::{Duration, Instant};
use sync_server::jobs::{create_tenant, worker};
use sync_server::random::fresh_row_id;
use sync_server::storage::control;
use tokio::time::sleep;
use uuid::Uuid;

const DONE_WITHIN: Duration = Duration::from_secs(60);

#[derive(Debug, Subcommand)]
pub(crate) enum Tenant {
    /// Makes a company with the standard model.
    Create {
        /// What people type when they sign in.
        name: String,
        #[command(flatten)]
        target: Target,
    },
    /// All companies and how far they are.
    List {
        #[command(flatten)]
        target: Target,
    },
}

impl Tenant {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self {
            Tenant::Create { name, target } => {
                let opened = target.open().await?;
                let made = make(&opened, fresh_row_id(), &name).await;
                opened.close().await?;
                made?;
                say(&format!("company {name} is ready"));
            }
            Tenant::List { target } => {
                let opened = target.open().await?;
                let tenants = control::tenants(&opened.installation.control).await;
                opened.close().await?;
                for tenant in tenants? {
                    say(&format!("{}\t{}\t{}", tenant.name, tenant.state, tenant.id));
                }
            }
        }
        Ok(())
    }
}

/// Queues the job, does it when no server runs here, and waits until the company is there.
async fn make(opened: &Opened, id: Uuid, name: &str) -> anyhow::Result<()> {
    create_tenant(&opened.installation, id, name).await?;
    if opened.is_alone() {
        worker(&opened.installation, std::future::pending()).await?.run_once().await?;
    }
    let begun = Instant::now();
    while begun.elapsed() < DONE_WITHIN {
        let tenant = control::tenant_by_name(&opened.installation.control, name).await?;
        if tenant.is_some_and(|tenant| tenant.state == "active") {
            return Ok(());
        }
        if opened.is_alone() {
            bail!("company {name} could not be made; the log above says why. Type the command again to go on.");
        }
        sleep(Duration::from_millis(50)).await;
    }
    bail!("the job that makes company {name} is queued, and no worker has done it for a minute; see the worker's log.")
}

use crate::command::installed::superuser_from_environment;
use crate::command::say;
use clap::Subcommand;
use sync_server::storage::setup::{
    CONTROL_DATABASE, CONTROL_LOGIN, DEFINITION_LOGIN, TENANT_DATABASE, TRAFFIC_LOGIN, prepare_cluster,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Database {
    /// Makes the three logins and the two databases in the cluster that DAYBOOK_SUPERUSER_DATABASE names. Running it
    /// again changes nothing.
    Prepare,
}

impl Database {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let Database::Prepare = self;
        let superuser = superuser_from_environment()?;
        prepare_cluster(|database| superuser.clone().database(database)).await?;
        say(&format!("databases {CONTROL_DATABASE} and {TENANT_DATABASE} are ready"));
        say(&format!("give the logins {CONTROL_LOGIN}, {DEFINITION_LOGIN} and {TRAFFIC_LOGIN} a password each"));
        Ok(())
    }
}

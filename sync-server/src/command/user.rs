use crate::command::installed::Target;
use crate::command::say;
use clap::Subcommand;
use sync_server::people::{Invitation, invite};

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Makes a person's row and roles, and prints the code with which they choose their password.
    Invite {
        #[arg(long)]
        tenant: String,
        #[arg(long)]
        user: String,
        /// Code of a role; may be given several times. Without it: User.
        #[arg(long = "role")]
        roles: Vec<String>,
        /// The person's time zone when they are new.
        #[arg(long, default_value = "UTC")]
        time_zone: String,
        #[command(flatten)]
        target: Target,
    },
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let User::Invite { tenant, user, roles, time_zone, target } = self;
        let opened = target.open().await?;
        let person = Invitation { tenant: &tenant, user: &user, roles: &roles, time_zone: &time_zone };
        let code = invite(&opened.installation.control, &opened.installation.tenancy, &person).await;
        opened.close().await?;
        say(&code?);
        Ok(())
    }
}

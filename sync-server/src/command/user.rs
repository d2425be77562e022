use crate::command::installed::Target;
use crate::command::say;
use clap::{Args, Subcommand};
use sync_server::people::{Invitation, invite, set_disabled};

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
    /// Locks a person out at once: no sign-in, and open sessions are refused. Nothing of theirs is deleted.
    Disable(Named),
    /// Lets a person in again.
    Enable(Named),
}

/// A person who has an account.
#[derive(Debug, Args)]
pub(crate) struct Named {
    #[arg(long)]
    tenant: String,
    #[arg(long)]
    user: String,
    #[command(flatten)]
    target: Target,
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (tenant, user, roles, time_zone, target) = match self {
            User::Invite { tenant, user, roles, time_zone, target } => (tenant, user, roles, time_zone, target),
            User::Disable(named) => return named.set_disabled(true).await,
            User::Enable(named) => return named.set_disabled(false).await,
        };
        let opened = target.open().await?;
        let person = Invitation { tenant: &tenant, user: &user, roles: &roles, time_zone: &time_zone };
        let code = invite(&opened.installation.control, &opened.installation.tenancy, &person).await;
        opened.close().await?;
        say(&code?);
        Ok(())
    }
}

impl Named {
    async fn set_disabled(self, disabled: bool) -> anyhow::Result<()> {
        let opened = self.target.open().await?;
        let done = set_disabled(&opened.installation.control, &self.tenant, &self.user, disabled).await;
        opened.close().await?;
        done?;
        say(&format!("{} {}", self.user, if disabled { "is locked out" } else { "may sign in again" }));
        Ok(())
    }
}

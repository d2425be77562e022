use crate::cluster::installation;
use crate::device::{Device, fresh};
use sqlx::ConnectOptions;
use std::sync::Arc;
use std::time::Duration;
use sync_server::installation::Installation;
use sync_server::jobs::create_tenant;
use sync_server::people::{Invitation, invite};
use sync_server::placement::Placement;
use uuid::Uuid;

/// A company of its own for a test, with the standard model.
pub(crate) struct Company {
    pub(crate) installation: Installation,
    pub(crate) placement: Arc<Placement>,
    pub(crate) name: String,
}

impl Company {
    pub(crate) async fn new() -> Self {
        let installation = installation().await;
        let name = format!("company-{}", fresh());
        let tenant = create_tenant(&installation, fresh(), &name).await.expect("the company is written down");
        let placement = loop {
            match installation.tenancy.placement(tenant).await {
                Ok(placement) => break placement,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        Company { installation, placement, name }
    }

    /// Runs statements as the login that owns companies' tables; `{schema}` is this company's.
    pub(crate) async fn as_owner(&self, sql: &str) {
        let mut connection = self.installation.definition.connect().await.expect("the owner may connect");
        let sql = sql.replace("{schema}", self.placement.schema.as_str());
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.expect("the owner may do this");
    }

    /// The code for the password of a person in these roles, who is made when they are not there.
    pub(crate) async fn invite(&self, user: &str, roles: &[&str]) -> String {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let invitation = Invitation { tenant: &self.name, user, roles: &roles, time_zone: "Europe/Vienna" };
        let code = invite(&self.installation.control, &self.installation.tenancy, &invitation).await;
        code.expect("the person is invited")
    }

    /// A device of a person in these roles, who is made when they are not there; it has pulled everything.
    pub(crate) async fn person(&self, user: &str, roles: &[&str]) -> Device<'_> {
        self.invite(user, roles).await;
        let mut device = Device::new(self, Uuid::nil());
        let user = device.pull().await.find("User", "Username", user).expect("everybody sees who is there");
        let mut device = Device::new(self, user);
        device.pull().await;
        device
    }
}

//! How a person comes to a company: a `User` row and their roles, written through the gate, and a code for a password.

use crate::access::{CODE_DAYS, new_code};
use crate::clock::now_us;
use crate::failure::Failure;
use crate::placement::{ModelSnapshot, Placement, Tenancy};
use crate::random::fresh_row_id;
use crate::storage::control::{self, Act, NewInvitation};
use crate::storage::insert::{self, InsertError, NewRows, Stamp};
use crate::storage::{WriteTransaction, write_transaction};
use query_lang::Value;
use sqlx::PgPool;
use std::sync::Arc;
use sync_protocol::limits::NAME_CHARACTERS_MAX;
use thiserror::Error;
use uuid::Uuid;

const DAY_US: i64 = 24 * 3_600 * 1_000_000;
/// What an invited person is when no role is named.
const USUAL_ROLE: &str = "User";

#[derive(Debug, Error)]
pub enum PersonError {
    #[error("There is no company `{0}` on this server. Make it with `tenant create {0}`, or see `tenant list`.")]
    NoTenant(String),
    #[error("There is no role `{0}` in this company. Roles are named by their code, as in `--role User`.")]
    NoRole(String),
    #[error("`{0}` is no user name: use 1 to {NAME_CHARACTERS_MAX} characters without spaces at the ends.")]
    Name(String),
    #[error("`{0}` is no time zone. Use a name as `Europe/Vienna`.")]
    Zone(String),
    #[error("The company `{1}` has no account of the name `{0}`. Make one with `user invite`.")]
    NoAccount(String, String),
    #[error(transparent)]
    Server(#[from] Failure),
}

impl From<InsertError> for PersonError {
    fn from(error: InsertError) -> Self {
        PersonError::Server(match error {
            InsertError::Database(error) => error.into(),
            InsertError::NoProperty(_) => Failure::internal("invitation", error),
        })
    }
}

/// Whom to invite, as what.
#[derive(Debug, Clone)]
pub struct Invitation<'a> {
    pub tenant: &'a str,
    pub user: &'a str,
    /// Codes of roles; none: [`USUAL_ROLE`].
    pub roles: &'a [String],
    /// The person's zone when their row is new.
    pub time_zone: &'a str,
}

/// Makes the person's row and roles when they are not there, and a code that replaces any older one.
///
/// # Errors
/// The company, a role or the zone does not exist, or a database is away.
pub async fn invite(control_pool: &PgPool, tenancy: &Tenancy, person: &Invitation<'_>) -> Result<String, PersonError> {
    check(person)?;
    let tenant = control::tenant_by_name(control_pool, person.tenant).await.map_err(Failure::from)?;
    let tenant = tenant.ok_or_else(|| PersonError::NoTenant(person.tenant.to_owned()))?;
    let placement = tenancy.placement(tenant.id).await?;
    let user = write_person(tenancy, &placement, person).await?;
    let (code, code_hash) = new_code()?;
    let created = now_us();
    let invitation = NewInvitation {
        tenant: tenant.id,
        user,
        user_name: person.user,
        code_hash,
        created,
        expires: created + i64::from(CODE_DAYS) * DAY_US,
    };
    control::invite(control_pool, &invitation).await.map_err(Failure::from)?;
    let detail = format!("{} as {}", person.user, person.roles.join(", "));
    let act = Act { action: "user.invite", tenant: Some(tenant.id), detail: &detail, at: created };
    control::record(control_pool, act).await.map_err(Failure::from)?;
    Ok(code)
}

async fn write_person(
    tenancy: &Tenancy,
    placement: &Arc<Placement>,
    person: &Invitation<'_>,
) -> Result<Uuid, PersonError> {
    let mut transaction = write_transaction(placement, None).await?;
    let version = transaction.model_version;
    let model = tenancy.model(placement, version, transaction.connection()).await?;
    let mut writer = Writer { transaction, model };
    let user = match writer.find(("User", "Username"), person.user).await? {
        Some(user) => user,
        None => writer.add_user(person).await?,
    };
    let usual = [USUAL_ROLE.to_owned()];
    let roles = if person.roles.is_empty() { &usual } else { person.roles };
    for code in roles {
        let role = writer.find(("Role", "Code"), code).await?.ok_or_else(|| PersonError::NoRole(code.clone()))?;
        writer.give_role(user, role).await?;
    }
    writer.transaction.commit().await.map_err(Failure::from)?;
    Ok(user)
}

/// Locks a person out, or lets them in again: from now on they can neither sign in nor use an open session.
///
/// # Errors
/// The company or the account does not exist, or a database is away.
pub async fn set_disabled(control_pool: &PgPool, tenant: &str, user: &str, disabled: bool) -> Result<(), PersonError> {
    let found = control::tenant_by_name(control_pool, tenant).await.map_err(Failure::from)?;
    let found = found.ok_or_else(|| PersonError::NoTenant(tenant.to_owned()))?;
    if !control::set_disabled(control_pool, found.id, user, disabled).await.map_err(Failure::from)? {
        return Err(PersonError::NoAccount(user.to_owned(), found.name));
    }
    let action = if disabled { "user.disable" } else { "user.enable" };
    let act = Act { action, tenant: Some(found.id), detail: user, at: now_us() };
    Ok(control::record(control_pool, act).await.map_err(Failure::from)?)
}

/// An open write with the model that it is made against.
struct Writer {
    transaction: WriteTransaction,
    model: Arc<ModelSnapshot>,
}

impl Writer {
    async fn find(&mut self, place: (&str, &str), text: &str) -> Result<Option<Uuid>, InsertError> {
        let schema = self.transaction.placement().schema.clone();
        insert::find(self.transaction.connection(), &self.model.catalogue, &schema, place, text).await
    }

    async fn add_user(&mut self, person: &Invitation<'_>) -> Result<Uuid, InsertError> {
        let text = |text: &str| Value::Text(text.to_owned());
        let id = fresh_row_id();
        let values = vec![text(person.user), Value::Bool(true), text(person.time_zone), Value::Time(0)];
        self.insert("User", &["Username", "Active", "TimeZone", "DayStart"], id, values).await?;
        Ok(id)
    }

    /// Nothing when the person has the role.
    async fn give_role(&mut self, user: Uuid, role: Uuid) -> Result<(), InsertError> {
        let schema = self.transaction.placement().schema.clone();
        let pair = [("User", user), ("Role", role)];
        let connection = self.transaction.connection();
        if insert::find_pair(connection, &self.model.catalogue, &schema, "RoleAssignment", pair).await?.is_some() {
            return Ok(());
        }
        let values = vec![Value::Guid(user), Value::Guid(role), Value::Bool(true)];
        self.insert("RoleAssignment", &["User", "Role", "Active"], fresh_row_id(), values).await
    }

    async fn insert(&mut self, entity: &str, names: &[&str], id: Uuid, values: Vec<Value>) -> Result<(), InsertError> {
        let schema = self.transaction.placement().schema.clone();
        let stamp = Stamp { seq: self.transaction.seq, at: self.transaction.at, by: None };
        let rows = NewRows { entity, properties: names, rows: vec![(id, values)] };
        insert::insert(self.transaction.connection(), &self.model.catalogue, &schema, stamp, &rows).await
    }
}

fn check(person: &Invitation<'_>) -> Result<(), PersonError> {
    let name = person.user;
    let length = name.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX || name.trim() != name || name.contains(char::is_control) {
        return Err(PersonError::Name(name.to_owned()));
    }
    if jiff::tz::TimeZone::get(person.time_zone).is_err() {
        return Err(PersonError::Zone(person.time_zone.to_owned()));
    }
    Ok(())
}

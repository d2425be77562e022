//! The demo company: five people in the roles that their names say, customers, projects, tasks, and a year of timesheets.
//! Its login records are data that was made once, on a device: nothing here can touch a password.

mod company;
mod ids;
mod rows;
mod timesheets;

use crate::clock::now_us;
use crate::failure::Failure;
use crate::installation::Installation;
use crate::jobs::{TenantError, create_tenant};
use crate::placement::ModelSnapshot;
use crate::storage::control::{self, AccountRow, Credentials};
use crate::storage::insert::{self, InsertError, Stamp};
use crate::storage::write_transaction;
use company::PEOPLE;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use query_lang::TenantSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use std::time::{Duration, Instant};
use sync_protocol::KdfParameters;
use thiserror::Error;
use timesheets::Today;
use tokio::time::sleep;

/// What people type as the company's name.
pub const TENANT: &str = "demo";

const TIMESHEET: &str = "Timesheet";
const CREATED_WITHIN: Duration = Duration::from_secs(60);
const ACCOUNTS: &str = include_str!("accounts.json");

#[derive(Debug, Error)]
pub enum DemoError {
    #[error(transparent)]
    Tenant(#[from] TenantError),
    #[error("The job that makes the demo company was not done within a minute; see the log.")]
    NotCreated,
    #[error("The demo's login records are damaged: {0}")]
    Accounts(String),
    #[error(transparent)]
    Insert(#[from] InsertError),
    #[error(transparent)]
    Server(#[from] Failure),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A login record: salt, costs and public key.
#[derive(Debug, Deserialize)]
struct Account {
    user: String,
    kdf: KdfParameters,
    salt: String,
    login_key: String,
}

/// Makes the demo company when it is not there, up to `now` in `zone`, and tops it up to `now` when it is; a worker must be
/// running. Whatever is there stays as it is: `timesheets` counts for a demo that is made now. Gives how many timesheets there
/// are in the year.
///
/// # Errors
/// A database is away, or the company could not be made.
pub async fn prepare(
    installation: &Installation,
    timesheets: Option<usize>,
    now: Timestamp,
    zone: TimeZone,
) -> Result<i64, DemoError> {
    if control::tenant_by_name(&installation.control, TENANT).await?.is_none_or(|tenant| tenant.state == "creating") {
        create_tenant(installation, ids::id("tenant", TENANT), TENANT).await?;
    }
    wait_until_active(installation).await?;
    let Some(tenant) = control::tenant_by_name(&installation.control, TENANT).await? else {
        return Err(DemoError::NotCreated);
    };
    let there = fill(installation, tenant.id, timesheets, &Today { now, zone }).await?;
    for account in accounts()? {
        let row = AccountRow {
            tenant: tenant.id,
            user: ids::id("user", &account.user),
            credentials: credentials(&account)?,
            disabled: false,
        };
        control::add_account(&installation.control, &account.user, &row, now_us()).await?;
    }
    Ok(there)
}

async fn wait_until_active(installation: &Installation) -> Result<(), DemoError> {
    let begun = Instant::now();
    while begun.elapsed() < CREATED_WITHIN {
        let tenant = control::tenant_by_name(&installation.control, TENANT).await?;
        if tenant.is_some_and(|tenant| tenant.state == "active") {
            return Ok(());
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(DemoError::NotCreated)
}

/// All rows in one transaction: a demo is there whole or not at all.
async fn fill(
    installation: &Installation,
    tenant: uuid::Uuid,
    total: Option<usize>,
    today: &Today,
) -> Result<i64, DemoError> {
    let placement = installation.tenancy.placement(tenant).await?;
    let mut transaction = write_transaction(&placement, None).await?;
    let version = transaction.model_version;
    let model = installation.tenancy.model(&placement, version, transaction.connection()).await?;
    let (catalogue, schema) = (&model.catalogue, &placement.schema);
    let user = insert::find(transaction.connection(), catalogue, schema, ("User", "Username"), PEOPLE[0].name).await?;
    let stamp = Stamp { seq: transaction.seq, at: transaction.at, by: None };
    if user.is_some() {
        let is_news = top_up(transaction.connection(), &model, schema, stamp, today).await?;
        let there = insert::count(transaction.connection(), catalogue, schema, TIMESHEET).await?;
        if is_news {
            transaction.commit().await?;
        }
        return Ok(there);
    }
    let roles = insert::texts(transaction.connection(), catalogue, schema, ("Role", "Code")).await?;
    let bookings = timesheets::bookings(today, total);
    for rows in rows::all(today, total, &roles, &bookings) {
        insert::insert(transaction.connection(), catalogue, schema, stamp, &rows).await?;
    }
    let there = insert::count(transaction.connection(), catalogue, schema, TIMESHEET).await?;
    transaction.commit().await?;
    Ok(there)
}

/// What was booked since the last day that the demo was filled for, that day's rest too; false: nothing. A row that somebody
/// deleted or changed meanwhile stays so.
async fn top_up(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    schema: &TenantSchema,
    stamp: Stamp,
    today: &Today,
) -> Result<bool, DemoError> {
    let catalogue = &model.catalogue;
    let date = (TIMESHEET, "Date");
    let Some(last) = insert::last_date(connection, catalogue, schema, date, today.number()).await? else {
        return Ok(false);
    };
    let usernames = insert::texts(connection, catalogue, schema, ("User", "Username")).await?;
    let people = timesheets::bookers(None).into_iter().chain(timesheets::crew());
    let people: Vec<String> = people.take_while(|name| usernames.contains_key(name)).collect();
    let mut bookings = timesheets::bookings_since(today, &people, last);
    let ids = bookings.iter().map(|booking| booking.id).collect();
    let there = insert::present(connection, catalogue, schema, TIMESHEET, ids).await?;
    bookings.retain(|booking| !there.contains(&booking.id));
    let rows = rows::timesheets(&bookings, today.zone.iana_name().unwrap_or("UTC"));
    insert::insert(connection, catalogue, schema, stamp, &rows).await?;
    Ok(!bookings.is_empty())
}

fn accounts() -> Result<Vec<Account>, DemoError> {
    serde_json::from_str(ACCOUNTS).map_err(|error| DemoError::Accounts(error.to_string()))
}

fn credentials(account: &Account) -> Result<Credentials, DemoError> {
    let bytes = |text: &str| hex::decode(text).map_err(|error| DemoError::Accounts(error.to_string()));
    Ok(Credentials { kdf: account.kdf, salt: bytes(&account.salt)?, login_key: bytes(&account.login_key)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_of_the_demo_has_a_login_record_of_the_usual_form() {
        let accounts = accounts().unwrap();
        let names: Vec<&str> = accounts.iter().map(|account| account.user.as_str()).collect();
        assert_eq!(names, PEOPLE.iter().map(|person| person.name).collect::<Vec<_>>());
        for account in &accounts {
            let credentials = credentials(account).unwrap();
            assert_eq!((credentials.salt.len(), credentials.login_key.len()), (16, 32));
        }
    }
}

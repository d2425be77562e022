use crate::cluster::installation;
use crate::company::Company;
use crate::device::Device;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use sync_protocol::Cell;
use sync_server::demo::{TENANT, prepare};
use sync_server::storage::control::tenant_by_name;
use uuid::Uuid;

async fn prepared(now: &str) -> Company {
    let installation = installation().await;
    let now: Timestamp = now.parse().expect("an instant");
    let zone = TimeZone::get("Europe/Vienna").expect("a zone");
    prepare(&installation, None, now, zone).await.expect("the demo is there");
    let tenant = tenant_by_name(&installation.control, TENANT).await.expect("an answer").expect("the demo");
    let placement = installation.tenancy.placement(tenant.id).await.expect("its place");
    Company { installation, placement, name: TENANT.to_owned() }
}

/// Everything as the admin of the demo sees it: the head's seq, and the bookings with their days.
async fn bookings(company: &Company) -> (u64, BTreeSet<(Uuid, i64)>) {
    let mut anybody = Device::new(company, Uuid::nil());
    let admin = anybody.pull().await.find("User", "Username", "admin").expect("the demo has an admin");
    let mut admin = Device::new(company, admin);
    let told = admin.pull().await;
    let day = |id: Uuid| match told.value("Timesheet", id, "Date") {
        Some(Cell::Int(day)) => (id, day),
        other => panic!("a booking has a day: {other:?}"),
    };
    let days = told.ids("Timesheet").into_iter().map(day).collect();
    (admin.seen(), days)
}

#[tokio::test]
async fn the_demo_is_topped_up_when_it_starts_again_on_a_later_day_and_what_was_deleted_stays_deleted() {
    let company = prepared("2026-03-18T12:07:00Z").await;
    let (_, first) = bookings(&company).await;
    assert_eq!(first.iter().map(|(_, day)| *day).max(), Some(20_530));
    let mut anybody = Device::new(&company, Uuid::nil());
    let admin = anybody.pull().await.find("User", "Username", "admin").expect("the demo has an admin");
    let mut admin = Device::new(&company, admin);
    let told = admin.pull().await;
    let gone = told.ids("Timesheet").into_iter().next_back().expect("a booking");
    let delete = admin.delete("Timesheet", gone, told.seq("Timesheet", gone));
    assert_eq!(admin.push(&[delete]).await, ["applied"]);

    let company = prepared("2026-03-20T12:07:00Z").await;
    let (head, second) = bookings(&company).await;
    let days: BTreeSet<i64> = second.iter().map(|(_, day)| *day).collect();
    assert!(days.contains(&20_531) && days.contains(&20_532), "{:?}", days.last());
    let kept: BTreeSet<_> = first.iter().filter(|(id, _)| *id != gone).copied().collect();
    assert!(kept.is_subset(&second) && second.iter().all(|(id, _)| *id != gone));

    let company = prepared("2026-03-20T12:07:00Z").await;
    assert_eq!(bookings(&company).await, (head, second), "nothing is written twice");
}

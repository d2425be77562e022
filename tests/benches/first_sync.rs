//! The first sync of a new computer, beside a dump of the same database. The person may see all bookings.

use crate::measure::{Comparison, Times};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use sync_server::storage::setup::TENANT_DATABASE;
use tests::{Device, Network, Server};

const TIMESHEETS: &str = "22000";
const ROUNDS: usize = 3;

pub(crate) fn measure() -> Vec<Comparison> {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&["--demo", "--demo-timesheets", TIMESHEETS]);
    let mut synced = Vec::new();
    for round in 0..ROUNDS {
        let computer = Device::new(folder.path().join(round.to_string()), Network::to(server.address()));
        let begun = Instant::now();
        computer.sign_in("demo", "admin", None, "demo").succeeds();
        computer.syncs();
        synced.push(begun.elapsed());
        let count = computer.finds("From T In Timesheet Aggregate N = Count() Select { T = N }");
        assert_eq!(count, TIMESHEETS, "everything is here");
    }
    let dumped = (0..ROUNDS).map(|_| dump(&server.data().join("postgres"), &folder.path().join("dump"))).collect();
    vec![Comparison {
        what: "sign-in and first sync of 22,000 bookings",
        ours: Times::of(synced).to_string(),
        beside: "pg_dump of the same database into a file",
        plain: Times::of(dumped).to_string(),
        target: "below 20 s",
    }]
}

fn dump(cluster: &Path, file: &Path) -> Duration {
    let socket = fs::read_to_string(cluster.join("address")).expect("the cluster runs");
    let begun = Instant::now();
    let status = Command::new("pg_dump")
        .args(["--data-only", "--username=daybook", "--host", socket.trim_end(), "--file"])
        .arg(file)
        .arg(TENANT_DATABASE)
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("Postgres' programs are installed").success(), "the database is dumped");
    begun.elapsed()
}

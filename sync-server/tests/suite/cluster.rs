//! One private Postgres for all tests of this binary.

use std::path::Path;
use std::sync::{OnceLock, mpsc};
use std::thread;
use sync_server::dev::{Cluster, ClusterAddress, DataFolder};
use sync_server::installation::Installation;
use sync_server::jobs::worker;

static ADDRESS: OnceLock<ClusterAddress> = OnceLock::new();

/// The server's parts, connected to the shared Postgres; a test's connections end with its own runtime.
pub(crate) async fn installation() -> Installation {
    open(address()).await
}

pub(crate) fn address() -> &'static ClusterAddress {
    ADDRESS.get_or_init(start)
}

/// Postgres lives as long as the thread that starts it, so that thread never ends; it also takes the jobs.
fn start() -> ClusterAddress {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async move {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replication");
            let _ = std::fs::remove_dir_all(&path);
            let folder = DataFolder::open(&path).expect("a data folder");
            let cluster = Cluster::start(&folder.postgres()).await.expect("Postgres starts");
            let address = cluster.address().clone();
            let installation = open(&address).await;
            let worker = worker(&installation, std::future::pending()).await.expect("a worker");
            sender.send(address).expect("a test waits");
            worker.run().await.expect("the worker goes on");
        });
    });
    receiver.recv().expect("Postgres has started")
}

async fn open(address: &ClusterAddress) -> Installation {
    let blobs = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replication-blobs");
    address.open(&blobs).await.expect("the control database answers")
}

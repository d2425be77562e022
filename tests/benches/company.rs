//! A private Postgres with one company, made by the server's own parts; HTTP is left out.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use sync_server::blobs::Blobs;
use sync_server::dev::{Cluster, DataFolder};
use sync_server::installation::{Installation, Logins};
use sync_server::jobs::{create_tenant, worker};
use sync_server::placement::Placement;
use sync_server::storage::setup::{
    CONTROL_DATABASE, CONTROL_LOGIN, DEFINITION_LOGIN, TENANT_DATABASE, TRAFFIC_LOGIN, prepare_cluster,
};
use uuid::Uuid;

pub(crate) struct Server {
    pub(crate) cluster: Cluster,
    pub(crate) installation: Installation,
    pub(crate) placement: Arc<Placement>,
}

impl Server {
    /// Returns when the company's schema is there.
    pub(crate) async fn start(folder: &Path, company: &str) -> Server {
        let cluster = Cluster::start(&DataFolder::open(folder).expect("a data folder").postgres()).await;
        let cluster = cluster.expect("Postgres starts");
        let address = cluster.address().clone();
        prepare_cluster(|database| address.superuser(database)).await.expect("databases are prepared");
        let logins = Logins {
            control: address.login(CONTROL_LOGIN, CONTROL_DATABASE),
            definition: address.login(DEFINITION_LOGIN, TENANT_DATABASE),
            traffic: address.login(TRAFFIC_LOGIN, TENANT_DATABASE),
        };
        let blobs = Blobs::folder(&folder.join("blobs")).expect("a folder for blobs");
        let installation = Installation::open(logins, blobs).await.expect("the control database answers");
        let worker = worker(&installation, std::future::pending()).await.expect("a worker");
        tokio::spawn(async move { worker.run().await });
        let tenant = create_tenant(&installation, Uuid::now_v7(), company).await.expect("the company is written down");
        let placement = loop {
            match installation.tenancy.placement(tenant).await {
                Ok(placement) => break placement,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        Server { cluster, installation, placement }
    }
}

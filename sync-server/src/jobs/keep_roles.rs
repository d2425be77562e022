use crate::jobs::JobContext;
use crate::roles;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

/// The job of every quarter of an hour, at which somewhere a day begins: roles begin and end by their dates.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeepRoles {}

impl TaskHandler for KeepRoles {
    const IDENTIFIER: &'static str = "keep_roles";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let parts = context.get_ext::<JobContext>().ok_or("the worker has no databases")?;
        let changed =
            roles::keep_everywhere(&parts.control, &parts.tenancy).await.map_err(|error| error.to_string())?;
        tracing::info!(changed, "roles are what their dates say");
        Ok::<(), String>(())
    }
}

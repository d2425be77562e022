use crate::clock::now_us;
use crate::jobs::JobContext;
use crate::storage::control;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

/// The hourly job: what has expired in the control database goes. Nothing that is swept could be used any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Sweep {}

impl TaskHandler for Sweep {
    const IDENTIFIER: &'static str = "sweep";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let parts = context.get_ext::<JobContext>().ok_or("the worker has no databases")?;
        let swept = control::sweep(&parts.control, now_us()).await.map_err(|error| error.to_string())?;
        tracing::info!(swept, "swept the control database");
        Ok::<(), String>(())
    }
}

//! Queries that were compiled before: looking one up costs microseconds, compiling it a good part of a millisecond.

use crate::placement::ModelSnapshot;
use query_lang::{Compiled, Diagnostic, Target, compile};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Plans that a node keeps; above it starts again with none.
const KEPT_MAX: usize = 2_000;
/// Longer texts are rare and would fill the memory.
const KEPT_BYTES_MAX: usize = 8 * 1024;

#[derive(Default)]
pub struct QueryPlans {
    plans: Mutex<HashMap<Key, Arc<Compiled>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// A plan names its tenant's schema.
    tenant: Uuid,
    model_version: u64,
    target: Target,
    text: String,
}

impl QueryPlans {
    /// # Errors
    /// What is wrong with the text.
    pub fn compiled(
        &self,
        tenant: Uuid,
        model: &ModelSnapshot,
        target: &Target,
        text: &str,
    ) -> Result<Arc<Compiled>, Vec<Diagnostic>> {
        let key = Key { tenant, model_version: model.version, target: target.clone(), text: text.to_owned() };
        let plans = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = plans().get(&key) {
            return Ok(Arc::clone(known));
        }
        let compiled = Arc::new(compile(text, &model.catalogue, target)?);
        if text.len() <= KEPT_BYTES_MAX {
            let mut plans = plans();
            if plans.len() >= KEPT_MAX {
                plans.clear();
            }
            plans.insert(key, Arc::clone(&compiled));
        }
        Ok(compiled)
    }
}

//! Queries that were compiled before: looking one up costs microseconds, compiling it a good part of a millisecond.

use crate::{Catalogue, Compiled, Diagnostic, Target, compile};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

/// Plans of one process. A plan belongs to the very catalogue and target that it was compiled for: another company, another
/// version of a model and a person with other saved queries have other catalogues, and so never the same plan.
#[derive(Debug)]
pub struct Plans {
    kept_max: usize,
    hasher: RandomState,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    plans: HashMap<u64, Plan>,
    /// Counts questions; the plan with the least one was not asked for the longest time.
    asked: u64,
}

#[derive(Debug)]
struct Plan {
    text: String,
    /// Held, so that no later catalogue can be mistaken for it.
    catalogue: Arc<Catalogue>,
    target: Target,
    compiled: Arc<Compiled>,
    asked: u64,
}

/// Longer texts are rare and would fill the memory.
const TEXT_BYTES_MAX: usize = 8 * 1024;

impl Plans {
    /// Keeps at most so many.
    pub fn new(kept_max: usize) -> Self {
        Plans { kept_max: kept_max.max(1), hasher: RandomState::new(), kept: Mutex::default() }
    }

    /// As [`compile`].
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn compile(
        &self,
        text: &str,
        catalogue: &Arc<Catalogue>,
        target: &Target,
    ) -> Result<Arc<Compiled>, Vec<Diagnostic>> {
        let key = self.hasher.hash_one((text, target, Arc::as_ptr(catalogue) as usize));
        if let Some(known) = self.known(key, text, catalogue, target) {
            return Ok(known);
        }
        let compiled = Arc::new(compile(text, catalogue, target)?);
        if text.len() <= TEXT_BYTES_MAX {
            self.keep(key, text, catalogue, target, &compiled);
        }
        Ok(compiled)
    }

    fn known(&self, key: u64, text: &str, catalogue: &Arc<Catalogue>, target: &Target) -> Option<Arc<Compiled>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.asked += 1;
        let asked = kept.asked;
        let plan = kept.plans.get_mut(&key)?;
        let same = plan.text == text && plan.target == *target && Arc::ptr_eq(&plan.catalogue, catalogue);
        plan.asked = asked;
        same.then(|| Arc::clone(&plan.compiled))
    }

    fn keep(&self, key: u64, text: &str, catalogue: &Arc<Catalogue>, target: &Target, compiled: &Arc<Compiled>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.plans.len() >= self.kept_max {
            let oldest = kept.plans.iter().min_by_key(|(_, plan)| plan.asked).map(|(key, _)| *key);
            oldest.map(|oldest| kept.plans.remove(&oldest));
        }
        let asked = kept.asked;
        let (text, catalogue) = (text.to_owned(), Arc::clone(catalogue));
        kept.plans.insert(key, Plan { text, catalogue, target: target.clone(), compiled: Arc::clone(compiled), asked });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Arc<Catalogue> {
        let mut catalogue = Catalogue::default();
        catalogue.views.push(crate::catalogue::NamedQuery {
            name: "Days".to_owned(),
            text: "From D In Dates(#2026-01-01#, #2026-01-31#) Select { D.Date }".to_owned(),
            saved: false,
        });
        Arc::new(catalogue)
    }

    const QUESTION: &str = "From D In View.Days Select D.Date";

    #[test]
    fn a_question_that_was_asked_before_is_not_compiled_again() {
        let (plans, catalogue) = (Plans::new(8), catalogue());
        let first = plans.compile(QUESTION, &catalogue, &Target::Sqlite).expect("compiles");
        let again = plans.compile(QUESTION, &catalogue, &Target::Sqlite).expect("compiles");
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn neither_another_company_nor_another_catalogue_of_the_same_version_gets_the_plan() {
        let plans = Plans::new(8);
        let (mine, yours) = (catalogue(), Arc::new(Catalogue::default()));
        assert_eq!(mine.version, yours.version);
        plans.compile(QUESTION, &mine, &Target::Sqlite).expect("compiles");
        assert!(
            plans.compile(QUESTION, &yours, &Target::Sqlite).is_err(),
            "a plan with a view that this person has not"
        );
        let company = |name| Target::Postgres(crate::TenantSchema::new(name).expect("a schema"));
        let one = plans.compile(QUESTION, &mine, &company("t_acme")).expect("compiles");
        let other = plans.compile(QUESTION, &mine, &company("t_globex")).expect("compiles");
        assert!(!Arc::ptr_eq(&one, &other));
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let (plans, catalogue) = (Plans::new(2), catalogue());
        let ask = |text: &str| plans.compile(text, &catalogue, &Target::Sqlite).expect("compiles");
        let first = ask(QUESTION);
        ask("From D In View.Days Select { D.Date }");
        assert!(Arc::ptr_eq(&first, &ask(QUESTION)));
        ask("From D In View.Days Take 1 Select D.Date");
        assert!(Arc::ptr_eq(&first, &ask(QUESTION)), "asked for since, so it stays");
        assert_eq!(plans.kept.lock().expect("whole").plans.len(), 2);
    }
}

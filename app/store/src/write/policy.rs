//! What the company says of rules that it may decide about, read inside the write's transaction.

use super::Writing;
use crate::{StoreError, company};
use migrations::Policy;
use query_lang::catalogue::Rule;

pub(super) fn of(writing: &Writing<'_>, rule: &Rule) -> Result<Policy, StoreError> {
    let said = match &rule.policy {
        Some(key) => company::said(writing.transaction, writing.layout, key)?,
        None => None,
    };
    Ok(Policy::of(rule, |_| said))
}

//! Takes what devices changed: each mutation gets one final outcome, and a group is applied whole or not at all.

mod change;
mod check;
mod decide;
mod field_groups;
mod plan;
#[cfg(test)]
mod tests;

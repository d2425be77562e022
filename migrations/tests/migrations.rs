//! One binary: the standard model and what a model must be, the planner, and the DDL on a real SQLite.

mod suite {
    mod check;
    mod company;
    mod plan;
    mod snapshots;
    mod sqlite;
    mod standard;
}

//! One binary: the standard model, the planner, and the DDL on a real SQLite.

mod suite {
    mod sqlite;
    mod standard;
}

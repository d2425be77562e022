//! app/sync

//! app/store

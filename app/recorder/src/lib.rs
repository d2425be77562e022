//! app/recorder

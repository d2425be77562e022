//! app/vault

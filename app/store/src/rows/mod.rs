//! Rows of the company's model: the tables, one version of a row, one value.

pub(crate) mod cell;
pub(crate) mod layout;
pub(crate) mod version;

pub use cell::{cell, value};
pub(crate) use layout::{Column, Layout, Table};
pub(crate) use version::Version;

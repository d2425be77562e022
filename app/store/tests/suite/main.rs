//! The store on real SQLite files.

mod home;
mod opening;
mod pulling;
mod pushing;
mod selecting;
mod signals;
mod writing;

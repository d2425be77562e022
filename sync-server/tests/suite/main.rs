//! The server against a real Postgres: what devices push, what they are told, and what nobody may see.

mod cluster;
mod company;
mod demo;
mod device;
mod entering;
mod granting;
mod inviting;
mod keys;
mod lasting;
mod merging;
mod pushing;
mod refusing;
mod roles;
mod strangers;
mod telling;
mod together;
mod walls;
mod web;

//! The story of the product, told by its tests: one binary, so that it links once.

mod isolation;
mod journeys;
mod queries;
mod screens;
mod tidy;

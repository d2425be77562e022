//! Who asks: sign-in by challenge, sessions, invitations, and the limit on attempts.

mod admission;
pub mod attempts;
mod challenge;
mod invite;
mod person;
mod sign_in;
mod signature;

pub use admission::admit;
pub use challenge::Challenger;
pub use invite::{CODE_DAYS, accept, new_code};
pub use person::Person;
pub(crate) use person::bearer;
pub use sign_in::{answer, challenge};
pub(crate) use signature::signed_by;

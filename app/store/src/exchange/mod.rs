//! What is exchanged with the server: outcomes of a push, the inbox, pages of a pull, the company's model.

mod conflicts;
mod inbox;
mod model;
mod publish;
mod removal;
mod restored;
mod settle;
mod stage;

pub(crate) use inbox::keep;
pub use inbox::{InboxEntry, Refusal};
pub(crate) use model::{catalogue, held_model, read_model};
pub use publish::{Deletions, Publication};
pub(crate) use removal::Removal;
pub use stage::Standing;

//! Orders of authorities: entered with a clock, carried out in one transaction, what they removed sealed to a key that is on
//! no machine of the paper, and the answer to the authority.

mod clock;
mod enter;
mod envelope;
mod facts;
mod files;
mod keys;
mod page;
mod preview;
mod reply;
pub mod sealing;
mod terms;
mod waiting;

#[cfg(test)]
mod tests;

pub use clock::{OpenOrder, clocks};
pub use enter::{enter, list};
pub use facts::{correct, facts};
pub use files::{document, keep_document, sealed};
pub use keys::{add_key, remove_key};
pub use page::order;
pub use preview::{carry_out, preview};
pub use reply::{reply, reply_json, reply_text};
pub use terms::{change_terms, reinstate};
pub use waiting::seal_what_waits;

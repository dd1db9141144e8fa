//! The newsletter: its readers, who are an address and a wish, and its editions, whose letters are jobs of the outbox.

mod editions;
mod subscribers;

pub use editions::{Became, Edition, NEWSLETTER};
pub(crate) use editions::{EDITIONS, TO_TELL};
pub use subscribers::{Counted, MOST_ASKS, Subscriber, ToConfirm};

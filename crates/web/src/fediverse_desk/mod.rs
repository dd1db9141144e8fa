//! The desk's page of the Fediverse: whether the paper can be followed from there, who is told and who is not heard.

mod change;
mod page;

#[cfg(test)]
mod tests;

pub use change::{block, keep, unblock};
pub use page::show;

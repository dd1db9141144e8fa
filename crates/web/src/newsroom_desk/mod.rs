//! Stories on the desk: what stands where, and its publication, withdrawal, comment policy and place at the head of the
//! front page. Every handler takes an [`crate::guard::Editor`].

mod list;
mod preview;
mod steps;

#[cfg(test)]
mod tests;

pub use list::stories;
pub use preview::preview;
pub use steps::{lead, publish, set_comment_policy, withdraw};

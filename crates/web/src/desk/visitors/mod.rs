//! How a reader stands, for the staff: counts, names used, comments, notes, measures. A device key or an account and never a
//! name: the same name is not the same person, and nothing is inferred about who somebody is.

mod acts;
mod network;
mod page;

#[cfg(test)]
mod tests;

pub use acts::{lift_measure, note_visitor, take_measure};
pub use network::network;
pub use page::{author, visitor};

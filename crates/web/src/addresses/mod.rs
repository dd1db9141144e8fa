//! Addresses of before: where each leads, what is asked for and leads nowhere, and the page of the desk for both.

mod counted;
mod desk;
mod former;
mod instead;
mod typed;

#[cfg(test)]
mod tests;

pub use counted::{Counted, write_down};
pub use desk::{keep, put_back, remove, show};
pub use instead::{Asked, by_number, instead};

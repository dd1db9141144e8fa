//! The desk's page of other sites: which may show threads under their pages, what holds there, and by which keys they say who
//! writes.

mod keys;
mod list;
mod one;
mod typed;

#[cfg(test)]
mod tests;

pub use keys::{add_key, remove_key};
pub use list::{add, list};
pub use one::{change, close, one};

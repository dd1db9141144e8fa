//! The library of pictures: what is in it, how a picture comes into it, and what is said about one.

mod list;
mod one;
mod upload;
mod work;

#[cfg(test)]
mod tests;

pub use list::{found, library};
pub use one::{describe, show};
pub use upload::upload;
pub use work::{Darkroom, Worker, Working};

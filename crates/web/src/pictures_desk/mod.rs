//! The library of pictures: what is in it, how a picture comes into it, what is said about one, where it is used and what
//! keeps it from readers.

mod list;
mod one;
mod parts;
mod replace;
mod rights;
mod sizes;
mod take_down;
mod upload;
mod used;
mod work;

#[cfg(test)]
mod tests;

pub use list::{found, library};
pub use one::{describe, show};
pub use parts::{add, begin, leave};
pub use replace::{choose, replace};
pub use rights::{StoryRights, WARNED_BEFORE, ending, ending_on, rights};
pub use sizes::{make_sizes, size_again};
pub use take_down::{put_back, remove, take_down};
pub use upload::{upload, words_of_file};
pub use work::{Darkroom, Worker, Working};

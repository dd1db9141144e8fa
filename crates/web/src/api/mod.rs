//! The whole paper for programs of the house: stories, comments, what waits, sections, tags, pages, staff. A program shows a
//! key that belongs to a member of the staff; it may do no more than they, and what it does is done in their name.
//!
//! The listing explains the folder: who calls and how often, how a request is read and answered once, what can be asked,
//! how that is described, and what is said when something is wrong.

mod admit;
mod once;
mod pace;
mod program;

mod asked;
mod cursor;

mod comments;
mod furniture;
mod published;
mod queue;
mod rulings;
mod stories;
mod writing;

mod description;

mod problem;

#[cfg(test)]
mod tests;

pub use admit::admit;
pub use comments::comments;
pub use description::description;
pub use furniture::{pages, sections, staff, tags};
pub use pace::Windows;
pub use problem::{in_words, nowhere, panicked, wrong_method};
pub use published::{publish, withdraw};
pub use queue::{entry, queue};
pub use rulings::{rule, undo};
pub use stories::{stories, story};
pub use writing::{begin, change};

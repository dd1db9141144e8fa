//! Writing stories: begun, written on by several people, kept while they write, put before the desk, and what it said before.
//! Every handler takes a [`crate::guard::Writer`]; who may write on which story is asked by [`guard::Written`].

mod begin;
mod chosen;
mod diff;
mod form;
mod guard;
mod kept;
mod linked;
mod machine;
mod page;
mod pictured;
mod revisions;
mod taken_up;

#[cfg(test)]
mod tests;

pub use begin::begin;
pub use chosen::language_words;
pub use diff::{Part, dir_of};
pub use form::StoryForm;
pub use guard::{Answered, Offered, Seen, may_decide, may_read, may_take, may_write};
pub use kept::keep;
pub use linked::Linked;
pub use machine::{autosave, lint, presence};
pub use page::show;
pub use revisions::{list, restore, revision};
pub use taken_up::{By, take_up};

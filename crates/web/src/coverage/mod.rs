//! Live coverage: updates under a public story, newest first, that open pages get at once. Editors open it at the desk for
//! some hours, write, put right and remove; it ends by itself at its time.

mod desk;
mod entry;
mod form;
mod page;
mod section;
mod view;

#[cfg(test)]
mod tests;

pub use desk::{begin, end, prolong, show, write};
pub use entry::{change, edit, remove};
pub use section::{LiveQuery, section, told, told_entry};

//! Stories on the desk: what stands where, and its publication, withdrawal, comment policy and place at the head of the
//! front page, how far each is on its way and when the clock publishes it; and what stands around them, sections and plain
//! pages. Every handler takes a guard of the staff.

mod list;
mod plain_pages;
mod preview;
mod sections;
mod steps;
mod work;

#[cfg(test)]
mod tests;

pub use list::stories;
pub use plain_pages::{keep_plain_page, plain_page, plain_pages};
pub use preview::preview;
pub use sections::{add_section, place_section, rename_section, sections};
pub use steps::{change, drop_changes, lead, publish, set_comment_policy, withdraw};
pub use work::{assign, set_stage, set_time};

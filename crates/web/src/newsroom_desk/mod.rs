//! Stories on the desk: what stands where, and its publication, withdrawal, comment policy and place at the head of the
//! front page, ideas and how far each is on its way and when the clock publishes it, what is looked at before, what colleagues note, and
//! the plan of a day; and what stands around them, sections and plain pages. Every handler takes a guard of the staff.

mod checklist;
mod checks;
mod colleagues;
mod for_readers;
mod ideas;
mod list;
mod notes;
mod passage;
mod plain_pages;
mod plan;
mod planned;
mod preview;
mod sections;
mod steps;
mod tried;
mod week;
mod work;

#[cfg(test)]
mod tests;

pub use checklist::{keep_checklist, show_checklist};
pub use checks::{hold, keeps_back, lift_hold, tick};
pub use ideas::{keep_idea, new_idea};
pub use list::stories;
pub use notes::{NoteForm, Notes, add_note, answer_note, keep as keep_note, settle_note};
pub use plain_pages::{add_plain_page, keep_plain_page, plain_page, plain_pages, remove_plain_page, return_plain_page};
pub use plan::day_plan;
pub use preview::preview;
pub use sections::{add_section, place_section, rename_section, sections};
pub use steps::{change, drop_changes, lead, publish, set_comment_policy, withdraw};
pub use work::{assign, set_stage, set_time, take};

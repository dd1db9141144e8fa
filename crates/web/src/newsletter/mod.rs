//! The newsletter. A reader leaves an address, opens the link that goes there, and gets what went public since the last letter,
//! by the paper's hour; one press ends it. What stands in a letter is looked up at the minute in which it goes out. Who sends it
//! stands in `server`.

mod ask;
mod clock;
mod confirm;
mod desk;
mod key;
mod leave;
mod letter;
mod mine;
mod post;
mod wish;

#[cfg(test)]
mod tests;

pub use ask::{ask, end_of_link, show};
pub use clock::{make_editions, sweep};
pub use confirm::{confirm, confirm_form};
pub use desk::{keep as keep_settings, preview, preview_text, send_trial, show as show_desk};
pub use key::{Purpose, key};
pub use leave::{ask as leave_form, come_back, leave};
pub use letter::trial_letter;
pub use mine::{keep as keep_mine, show as show_mine};
pub use post::{Handed, letter_of, settle};

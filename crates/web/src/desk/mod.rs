//! The desk: what waits, what a person decides, and the log of it. Every handler takes a [`crate::guard::Moderator`] (what
//! somebody likes of the desk is anybody's of the staff).

mod appeals;
mod around;
mod as_sent;
mod asked;
mod bulk;
mod card;
mod care;
mod claims;
mod disputes;
mod done;
mod findings;
mod flaggers;
mod hints;
mod log;
mod one;
mod queue;
mod reasons;
mod replies;
mod reports;
mod ruling;
mod saved;
mod search;
mod settings;
mod shell;
mod sums;
mod threads;
mod transparency;
mod visitors;

#[cfg(test)]
mod tests;

pub use appeals::{appeal, appeals, decide_appeal};
pub use as_sent::{Bit, Stretch, stretches};
pub use asked::which;
pub use bulk::{preview as preview_bulk, rule as rule_bulk, undo as undo_bulk};
pub use care::{care, one};
pub use claims::{claim, told as told_claim};
pub use disputes::disputes;
pub use findings::{Explained, explain};
pub use flaggers::{add_flagger, flaggers, revoke_flagger};
pub use log::{excerpt, log, undo_many};
pub use queue::{reported, waiting};
pub use reasons::{keep_reason, reasons};
pub use replies::reply;
pub use ruling::{rule, undo};
pub use search::search;
pub use settings::keep_settings;
pub use shell::Shell;
pub use threads::set_thread;
pub use transparency::{statements, transparency, transparency_table};
pub use visitors::{author, lift_measure, network, note_visitor, take_measure, visitor};

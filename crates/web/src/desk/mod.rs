//! The desk: what waits, what a person decides, and the log of it. Every handler takes a [`crate::guard::Moderator`].

mod appeals;
mod as_sent;
mod card;
mod findings;
mod flaggers;
mod log;
mod queue;
mod reports;
mod ruling;
mod shell;
mod visitors;

#[cfg(test)]
mod tests;

pub use appeals::{appeal, appeals, decide_appeal};
pub use as_sent::{Bit, Stretch, stretches};
pub use findings::{Explained, explain};
pub use flaggers::{add_flagger, flaggers, revoke_flagger};
pub use log::{excerpt, log};
pub use queue::{reported, waiting};
pub use ruling::{rule, undo};
pub use shell::Shell;
pub use visitors::{author, lift_measure, note_visitor, take_measure, visitor};

//! What colleagues want to hear of, by which way, and when they are left in peace. Nothing is on until somebody chose it.
//!
//! A notice names what happened and never repeats a text: what is told of it is looked up when it goes out.

mod address;
mod choices;
mod concerns;
mod pace;

#[cfg(test)]
mod tests;

pub use address::{ChatId, ChatProblem, HookAddress, HookProblem, is_public};
pub use choices::{Choices, DeskNotice, MOST_WAITING_HOURS, Quiet, QuietProblem, Way};
pub use concerns::{Around, Told, concerned};
pub use pace::{GIVEN_UP_AT_MOST, MOST_AN_HOUR, MOST_TRIES, next_try, room_at};

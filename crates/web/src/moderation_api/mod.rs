//! What other comment systems may ask: a verdict on a comment of theirs, in our own form and in the form of the service
//! that many of them call today and that closes on 31 December 2026. Nothing here is published, and no answer depends on
//! what this paper's own readers sent.
//!
//! The listing explains the folder: who calls, how a request is read, what is asked of the engine, how it is answered in
//! either form, what their moderators decided, and what is said when something is wrong.

mod callers;

mod body;
mod cut;

mod asked;

mod examine;
mod told;

mod analyze;
mod answer;
mod attributes;
mod suggest;

mod description;

mod problem;

#[cfg(test)]
mod tests;

pub use analyze::analyze;
pub use asked::Judging;
pub use callers::{Caller, Callers, MOST_PER_MINUTE, make_api_key, make_program_key};
pub use description::description;
pub use examine::examine;
pub use problem::{Problem, in_shape, panicked, wrong_method};
pub use suggest::suggest_score;

//! The judgement: (submission, facts, rulebook, models) → verdict.
//!
//! Pure: no clock, no files, no network, no randomness; the same arguments always give the same verdict, so a decision of
//! last year can be replayed today. It never fails: bad text gives findings, not errors. A verdict is advice: nothing here
//! releases or refuses anything.
#![no_std]
#![warn(missing_docs)]

extern crate alloc;

pub mod phases;

pub mod submission;

pub mod facts;

pub mod rulebook;

mod words;

pub mod verdict;

pub mod reason;

pub mod scores;

pub mod reading;

pub mod matcher;

pub mod stance;

pub mod addresses;

pub mod learned;

pub mod measure;

mod advice;

mod arithmetic;
pub mod paste;

mod kinds;

mod contacts;
mod courtesy;
mod passages;
mod places;

#[cfg(test)]
mod tests;

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

pub use addresses::{Address, addresses};
pub use facts::{Alike, Facts, Repeats, StoryFacts};
pub use learned::{BadModel, Heads, Models, Personal};
pub use matcher::{Clitics, Hit, Matcher};
pub use phases::examine;
pub use reading::Reading;
pub use reason::{Argument, Cue, Evidence, Frame, List, Origin, Reason};
pub use rulebook::{Laws, Minute, Policy, Problem, ProblemKind, Rulebook, Thresholds};
pub use scores::{Head, Score, Scores};
pub use submission::Submission;
pub use verdict::{Advice, Category, Finding, Under, Verdict};

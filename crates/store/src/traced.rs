//! Traces: how long something took, and what in it, for the administrator's own collector. `server` sends them where one is set;
//! where none is, no span is made and nothing is paid for it.
//!
//! A span tells of the program and of nobody who uses it: names of functions, templates and addresses' patterns, texts of
//! statements, counts. Absent on purpose: values, words, addresses, names and ids of people and of networks.

use tracing::{Level, Span, span_enabled};

/// The target of every span that a collector gets, and of nothing else.
pub const TRACED: &str = "midad::traced";

/// Somebody collects.
pub fn is_on() -> bool {
    span_enabled!(target: TRACED, Level::INFO)
}

/// What is done here is part of something that is traced: spans that say nothing by themselves are made only then.
pub fn is_part() -> bool {
    is_on() && Span::current().metadata().is_some_and(|around| around.target() == TRACED)
}

/// The span of what is done here, for who goes on with it elsewhere; none where nobody collects.
pub fn here() -> Span {
    if is_on() { Span::current() } else { Span::none() }
}

//! How often the paper is read: what counts as a page that a reader opened, and the tally of it.
//!
//! Nobody is followed. Of a reader nothing is kept but a mark, a number made of network and browser under a salt that is
//! thrown away at the end of the day; by it a day's readers are counted once, and no two days can be compared.

mod browser;
mod country;
mod source;
mod tally;

#[cfg(test)]
mod tests;

pub use browser::{is_ahead_of_time, is_of_a_person};
pub use country::Country;
pub use source::{Source, SourceKind, source_of};
pub use tally::{Count, Opened, Opening, Tally};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Days for which counts are kept.
pub const KEPT_DAYS: i32 = 400;
/// Sites of which a day's links are counted under their own names; those of all others go under one.
pub const MOST_SITES: usize = 100;

/// The spans over which an editor looks, in days, today among them.
pub const SPANS: [i32; 4] = [2, 7, 30, 90];

/// The first day of so many that end with `to`.
pub fn first_of(to: Date, days: i32) -> Date {
    let before: Span = (days - 1).max(0).days();
    to.saturating_sub(before)
}

/// Every day from one to another, both among them; as many as are kept at most.
pub fn days_between(from: Date, to: Date) -> Vec<Date> {
    let kept = usize::try_from(KEPT_DAYS).unwrap_or(0);
    from.series(1.day()).take_while(|day| *day <= to).take(kept).collect()
}

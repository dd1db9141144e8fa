//! The week around a day of the plan, from the day with which the paper's weeks begin, its days of rest marked.

#[cfg(test)]
mod tests;

use crate::paper::Paper;
use arabic::dates::{Day, long_date, weekday_name};
use arabic::digits;
use jiff::ToSpan;
use jiff::civil::Date;

/// A day that can be gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WeekDay {
    /// For an address: `2026-03-04`.
    pub(super) iso: String,
    /// In full, for whoever hears the page.
    pub(super) words: String,
    /// The name of the day of the week, and its number in the month.
    pub(super) name: &'static str,
    pub(super) number: String,
    /// It is the day that the page shows.
    pub(super) is_here: bool,
    pub(super) is_today: bool,
    /// The paper's country rests.
    pub(super) rests: bool,
}

/// The seven days of the week that a day stands in; those that the calendar does not have are left out.
pub(super) fn week_of(paper: &Paper, day: Date, today: Date) -> Vec<WeekDay> {
    let week = &paper.ways.week;
    let Some(weekday) = known(day).and_then(Day::weekday) else { return Vec::new() };
    let before = i64::from(week.place_of(weekday));
    let of = |place: i64| {
        let date = day.checked_add((place - before).days()).ok()?;
        let known = known(date)?;
        let weekday = known.weekday()?;
        Some(WeekDay {
            iso: date.to_string(),
            words: long_date(known, &paper.writing.date_style()),
            name: weekday_name(paper.writing.language.tag(), weekday),
            number: digits::write(&known.day.to_string(), paper.writing.digits),
            is_here: date == day,
            is_today: date == today,
            rests: week.rests(weekday),
        })
    };
    (0..7).filter_map(of).collect()
}

fn known(date: Date) -> Option<Day> {
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

use super::Input;
use crate::Reading;
use alloc::{string::String, vec::Vec};
use arabic::dates::{Months, month_name};
use arabic::fold::{Level, folded};
use core::ops::Range;

/// So many words before and after «اليوم» a date belongs to it.
const BEFORE: usize = 5;
const AFTER: usize = 7;
/// A date this many days back is no longer today's; a month is also what a late importer needs.
const STALE_DAYS: i64 = 31;

/// Words for the present day, as [`Level::Match`] folds them.
const TODAY: [&str; 10] =
    ["اليوم", "امس", "الليله", "غدا", "today", "yesterday", "tonight", "aujourd", "hier", "demain"];
/// Before «اليوم» they make it a day of history.
const THAT: [&str; 8] = ["هذا", "ذلك", "ذاك", "مثل", "نفس", "ذات", "منذ", "من"];

/// «اليوم» or «أمس» beside a date with its year that is long past: the text was written then. A day of history, «في مثل هذا
/// اليوم», shows nothing, and neither does a date without such a word. (The test is read on 22 November 2026.)
///
/// Caught: «أعلنت إدارة المتحف، اليوم الأحد 12 مارس 2017، أن أبوابه ستفتح في الصيف»
/// Not caught: «في مثل هذا اليوم من 12 مارس 2017 فُتح المتحف، واليوم 20 نوفمبر 2026 يُغلق، وكنت هناك في 5 أيار 2018»
pub(super) fn dates(input: &Input<'_>) -> Vec<Range<usize>> {
    let Some((year, month, day)) = input.facts.today else { return Vec::new() };
    let (reading, now) = (input.reading, days(i64::from(year), i64::from(month), i64::from(day)));
    let mut months = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in 0..reading.words.len() {
        let text = reading.word(word);
        let is_today = TODAY.contains(&text) || text.strip_prefix('و').is_some_and(|text| TODAY.contains(&text));
        if !is_today || (word > 0 && THAT.contains(&reading.word(word - 1))) {
            continue;
        }
        if months.is_empty() {
            months = month_names();
        }
        let places = word.saturating_sub(BEFORE)..(word + AFTER).min(reading.words.len());
        let Some((date, at)) = nearest(reading, places, word, &months) else { continue };
        if now - date >= STALE_DAYS {
            found.push(reading.original(at.start.min(word)..at.end.max(word + 1)));
        }
    }
    crate::places::in_order(found)
}

/// The date nearest to the word: its day number and its words.
fn nearest(
    reading: &Reading<'_>,
    places: Range<usize>,
    word: usize,
    months: &[(String, i64)],
) -> Option<(i64, Range<usize>)> {
    let dates = places.filter_map(|at| {
        let (date, past) = date_at(reading, at, months)?;
        Some((date, at..past))
    });
    dates.min_by_key(|(_, at)| at.start.abs_diff(word))
}

/// Day, month and year from this word on, «12 مارس 2017», «12 آذار/مارس 2017», «12/3/2017», «2017-03-12»: the day's number
/// and the word behind.
fn date_at(reading: &Reading<'_>, at: usize, months: &[(String, i64)]) -> Option<(i64, usize)> {
    let number = |word: usize| reading.word(word).parse::<i64>().ok();
    let is_year = |n: i64| (1900..=2100).contains(&n);
    let is_date = |year: i64, month: i64, day: i64| {
        (is_year(year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then(|| days(year, month, day))
    };
    let first = number(at)?;
    if let Some((month, past)) = named_month(reading, at + 1, months) {
        let past = named_month(reading, past, months).map_or(past, |(_, past)| past);
        return Some((is_date(number(past)?, month, first)?, past + 1));
    }
    let (month, last) = (number(at + 1)?, number(at + 2)?);
    let (day, year) = if is_year(first) { (last, first) } else { (first, last) };
    is_date(year, month, day).filter(|_| is_divided(reading, at)).map(|date| (date, at + 3))
}

/// A month's name of one word or two, and the word behind it.
fn named_month(reading: &Reading<'_>, at: usize, months: &[(String, i64)]) -> Option<(i64, usize)> {
    let (one, two) = (reading.word(at), reading.word(at + 1));
    let (name, month) = months.iter().find(|(name, _)| match name.split_once(' ') {
        Some(words) => words == (one, two),
        None => name == one,
    })?;
    Some((*month, at + 1 + usize::from(name.contains(' '))))
}

fn is_divided(reading: &Reading<'_>, at: usize) -> bool {
    let between = [reading.between(at, at + 1), reading.between(at + 1, at + 2)];
    between.iter().all(|sign| matches!(*sign, "/" | "-" | "."))
}

/// Every name of a month in the five Arabic sets, in French and in English, folded.
fn month_names() -> Vec<(String, i64)> {
    let sets = [Months::PanArab, Months::Levant, Months::Algeria, Months::Morocco, Months::Mauritania];
    let arabic = sets.into_iter().map(|months| ("ar", months));
    let all = arabic.chain([("fr", Months::PanArab), ("en", Months::PanArab)]);
    let names = all.flat_map(|(language, months)| {
        (1..=12).map(move |month| (folded(&month_name(language, &months, month), Level::Match), i64::from(month)))
    });
    names.collect()
}

/// Days since a day long ago, near enough to tell months apart: months of 31 days, years of twelve such.
fn days(year: i64, month: i64, day: i64) -> i64 {
    (year * 12 + month) * 31 + day
}

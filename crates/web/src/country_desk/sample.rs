//! What readers have, or would have: today, months, numbers, the week and the clock.

use super::words::day;
use crate::layout::day_of;
use crate::paper::Paper;
use crate::words::Words;
use arabic::dates::{hijri_line, long_date, month_name};
use arabic::digits;
use newsroom::Timestamp;
use newsroom::country::words::HIJRI;
use newsroom::profile::{Language, Writing};

/// A number that shows how thousands are written.
const NUMBER: u64 = 12_345;

/// A paper by some ways.
#[derive(Debug)]
pub(super) struct Sample {
    /// The paper's own language: the one of all that readers see.
    pub(super) language: Language,
    /// Today.
    pub(super) date: String,
    pub(super) hijri: Option<String>,
    /// The twelve.
    pub(super) months: Vec<String>,
    /// All digits, and a large number.
    pub(super) digits: [String; 2],
    /// Its days in the desk's language, those of rest marked.
    pub(super) week: Vec<String>,
    /// The zone and what its clock shows, in the desk's language.
    pub(super) clock: String,
}

/// A Hijri line that can be chosen.
#[derive(Debug)]
pub(super) struct Moon {
    /// The word of its shift.
    pub(super) word: &'static str,
    /// Its shift in words.
    pub(super) shift: Option<i8>,
    /// Today's line by it.
    pub(super) line: String,
    /// It is the one that holds.
    pub(super) holds: bool,
}

impl Sample {
    /// How this paper looks now.
    pub(super) fn of(t: &Words, paper: &Paper, now: Timestamp) -> Self {
        let (writing, week) = (&paper.writing, &paper.ways.week);
        let (today, style) = (day_of(now, paper), writing.date_style());
        let zone = paper.zone.iana_name().unwrap_or("UTC");
        let clock = now.to_zoned(paper.zone.clone()).strftime("%H:%M").to_string();
        let of_week =
            |one| if week.rests(one) { t.with("country.rests", 1, &[("day", &day(t, one))]) } else { day(t, one) };
        Self {
            language: writing.language,
            date: long_date(today, &style),
            hijri: hijri_line(today, &style),
            months: (1..=12).map(|number| month(writing, number)).collect(),
            digits: [digits::write("0 1 2 3 4 5 6 7 8 9", writing.digits), digits::number(NUMBER, writing.digits)],
            week: week.days().map(of_week).collect(),
            clock: t.with("country.clock", 1, &[("zone", zone), ("time", &t.written(&clock))]),
        }
    }
}

impl Moon {
    /// A line for each shift, the earlier day first.
    pub(super) fn all(paper: &Paper, now: Timestamp) -> Vec<Self> {
        let moon = |(shift, word): (Option<i8>, &'static str)| {
            let writing = Writing { hijri: Some(shift?), ..paper.writing.clone() };
            let line = hijri_line(day_of(now, paper), &writing.date_style())?;
            Some(Self { word, shift, line, holds: paper.writing.hijri == shift })
        };
        HIJRI.into_iter().filter_map(moon).collect()
    }
}

/// A month by its name, and by its second one where the paper prints two.
fn month(writing: &Writing, number: u8) -> String {
    let name = |months| month_name(writing.language.tag(), &months, number);
    let first = name(writing.months);
    let second = writing.double.filter(|_| writing.language == Language::Ar).map(name);
    match second.filter(|second| *second != first) {
        Some(second) => format!("{first}/{second}"),
        None => first,
    }
}

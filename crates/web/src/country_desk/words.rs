//! Countries and ways in words, in the language of whoever reads the desk.

use crate::words::Words;
use arabic::dates::{Months, Weekday, month_name, weekday_name};
use arabic::digits::{self, Digits};
use newsroom::country::{Country, Way, Ways, words};

/// Months by which a set of names is told from the others: January, July, August.
const TELLING: [u8; 3] = [1, 7, 8];

/// A country's name.
pub(super) fn country(t: &Words, country: Country) -> String {
    t.s(&format!("country.name.{}", country.code.to_ascii_lowercase()))
}

/// What a way is called.
pub(super) fn title(t: &Words, way: Way) -> String {
    t.s(&format!("country.way.{}", way.key()))
}

/// How it is by these ways, short enough for a list to choose from.
pub(super) fn way(t: &Words, ways: &Ways, way: Way) -> String {
    match way {
        Way::Months => months(t, ways.months),
        Way::DoubleMonths => double(t, ways.double.is_some()),
        Way::Hijri => hijri(t, ways.hijri),
        Way::Digits => in_digits(ways.digits),
        Way::WeekStarts => day(t, ways.week.starts),
        Way::Weekend => {
            let days: Vec<_> = ways.week.weekend.iter().map(|rest| day(t, *rest)).collect();
            days.join(&t.s("list.comma"))
        }
        Way::TimeZone => ways.zone.clone(),
    }
}

/// A set of names by three of them, which are Arabic whatever the desk speaks, and by where it is used.
pub(super) fn months(t: &Words, months: Months) -> String {
    let names = TELLING.map(|number| month_name("ar", &months, number)).join(&t.s("list.comma"));
    let whose = t.s(&format!("country.months.{}", words::word(&words::MONTHS, &months)));
    t.with("country.months", 1, &[("names", &names), ("whose", &whose)])
}

/// One name for a month, or two.
pub(super) fn double(t: &Words, two: bool) -> String {
    t.s(if two { "country.double.two" } else { "country.double.none" })
}

/// The Hijri line.
pub(super) fn hijri(t: &Words, shift: Option<i8>) -> String {
    t.s(match shift {
        None => "country.hijri.none",
        Some(0) => "country.hijri.as-computed",
        Some(shift) if shift < 0 => "country.hijri.earlier",
        Some(_) => "country.hijri.later",
    })
}

/// Digits as they look.
pub(super) fn in_digits(of: Digits) -> String {
    digits::write("0123456789", of)
}

/// The name of a day.
pub(super) fn day(t: &Words, day: Weekday) -> String {
    weekday_name(t.language().tag(), day).to_owned()
}

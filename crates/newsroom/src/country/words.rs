//! The words by which each way is said: in the settings file, in the desk's form, and in what is kept of it.

use super::Week;
use arabic::dates::{Months, Weekday};
use arabic::digits::Digits;

/// Sets of month names, each with its word.
pub const MONTHS: [(Months, &str); 5] = [
    (Months::PanArab, "pan-arab"),
    (Months::Algeria, "algeria"),
    (Months::Morocco, "morocco"),
    (Months::Mauritania, "mauritania"),
    (Months::Levant, "levant"),
];

/// Digits, each with its word.
pub const DIGITS: [(Digits, &str); 2] = [(Digits::Western, "western"), (Digits::Eastern, "eastern")];

/// Hijri lines, each with its word: none, or one that is moved by so many days.
pub const HIJRI: [(Option<i8>, &str); 4] = [(None, "no"), (Some(-1), "-1"), (Some(0), "0"), (Some(1), "1")];

/// One name for a month, or two.
pub const DOUBLE: [(bool, &str); 2] = [(false, "no"), (true, "yes")];

/// Every day, as ISO 8601 counts them.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// What a word says; nothing where it is none of the list.
pub fn read<T: Copy>(list: &[(T, &str)], word: &str) -> Option<T> {
    list.iter().find(|(_, name)| *name == word).map(|(way, _)| *way)
}

/// The word for something.
pub fn word<T: PartialEq>(list: &[(T, &'static str)], way: &T) -> &'static str {
    list.iter().find(|(known, _)| known == way).map_or("", |(_, name)| *name)
}

/// The words of days of rest, as [`Week::days_of_rest`] reads them.
pub fn days_of_rest(week: &Week) -> String {
    week.weekend.iter().map(|day| word(&DAYS, day)).collect::<Vec<_>>().join(",")
}

//! Dates in words: month names by country, two names at once, Hijri days.
//!
//! For people only. Dates for machines are ISO 8601 and are not written here.

use alloc::format;
use alloc::string::{String, ToString};

use icu_calendar::cal::Hijri;
use icu_calendar::types::RataDie;
use icu_calendar::{Date, Iso};

use crate::digits::{self, Digits};
use crate::months::Names;

pub use crate::countries::{Country, country};
pub use icu_calendar::types::Weekday;

/// The five sets of Arabic month names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Months {
    /// يناير، فبراير… as in Egypt, the Gulf, Sudan and Libya.
    #[default]
    PanArab,
    /// جانفي، فيفري… as in Algeria and Tunisia.
    Algeria,
    /// …يوليوز، غشت، شتنبر… as in Morocco.
    Morocco,
    /// …إبريل… أغشت، شتمبر… as in Mauritania.
    Mauritania,
    /// كانون الثاني، شباط… as in Iraq, Syria, Lebanon, Jordan and Palestine.
    Levant,
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The year, astronomical: 0 is 1 BC.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The day, if there is one: 29 February only in leap years.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let day = Self { year, month, day };
        day.date().map(|_| day)
    }

    /// The day of the week; none for a day that [`Day::new`] would refuse.
    pub fn weekday(self) -> Option<Weekday> {
        self.date().map(|date| date.weekday())
    }

    fn date(self) -> Option<Date<Iso>> {
        Date::try_new_iso(self.year.into(), self.month, self.day).ok()
    }
}

/// How a paper writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateStyle<'a> {
    /// `"ar"`, `"fr"` or `"en"`, with or without a country; any other is written in English.
    pub language: &'a str,
    /// The month names, in Arabic.
    pub months: Months,
    /// A second set printed behind the first, in Arabic: «تشرين الثاني/نوفمبر».
    pub double: Option<Months>,
    /// The digits, in Arabic; other languages have 0–9.
    pub digits: Digits,
    /// Whether a Hijri day is wanted, and how many days it is moved (-1 to 1) to agree with the country's sighting.
    pub hijri: Option<i8>,
}

/// The name of a month, 1 to 12; empty for any other number.
pub fn month_name(language: &str, months: &Months, month: u8) -> String {
    Names::of(language).month(*months, month).to_string()
}

/// The name of a day of the week: «السبت», «samedi», «Saturday».
pub fn weekday_name(language: &str, weekday: Weekday) -> &'static str {
    Names::of(language).weekday(weekday as u8)
}

/// A day in full: «السبت 22 تشرين الثاني/نوفمبر 2025», «samedi 22 novembre 2025», «Saturday 22 November 2025».
///
/// A day made by hand that does not exist goes without its weekday.
///
/// ```
/// use arabic::{dates::{long_date, DateStyle, Day, Months}, digits::Digits};
/// let style = DateStyle {
///     language: "ar", months: Months::Levant, double: Some(Months::PanArab), digits: Digits::Western, hijri: None,
/// };
/// let day = Day::new(2025, 11, 22).unwrap();
/// assert_eq!(long_date(day, &style), "السبت 22 تشرين الثاني/نوفمبر 2025");
/// ```
pub fn long_date(day: Day, style: &DateStyle) -> String {
    let names = Names::of(style.language);
    let weekday = day.weekday().map_or("", |weekday| names.weekday(weekday as u8));
    let first_in_french = names == Names::French && day.day == 1;
    let number = format!("{}{}", day.day, if first_in_french { "er" } else { "" });
    let line = format!("{weekday} {number} {}", month_and_year(day, style));
    in_digits(line.trim_start(), names, style)
}

/// A month of a year: «نوفمبر 2025».
pub fn month_and_year(day: Day, style: &DateStyle) -> String {
    let names = Names::of(style.language);
    let month = names.month(style.months, day.month);
    let second = style.double.filter(|_| names == Names::Arabic).map(|months| names.month(months, day.month));
    let line = match second.filter(|second| *second != month) {
        Some(second) => format!("{month}/{second} {}", day.year),
        None => format!("{month} {}", day.year),
    };
    in_digits(&line, names, style)
}

/// Year, month and day of the Umm al-Qura calendar, moved by `shift` days (cut to -1..=1).
///
/// None outside the years 1300 to 1600 AH (1882 to 2174), for which that calendar is published or computed.
///
/// ```
/// use arabic::dates::{hijri, Day};
/// assert_eq!(hijri(Day::new(2025, 11, 22).unwrap(), 0), Some((1447, 6, 1)));
/// ```
pub fn hijri(day: Day, shift: i8) -> Option<(i32, u8, u8)> {
    let days = day.date()?.to_rata_die().to_i64_date() + i64::from(shift.clamp(-1, 1));
    let date = Date::from_rata_die(RataDie::new(days), Hijri::new_umm_al_qura());
    let year = date.year().extended_year();
    (1300..=1600).contains(&year).then(|| (year, date.month().ordinal, date.day_of_month().0))
}

/// The Hijri day in words, if the style wants one: «1 جمادى الآخرة 1447», «1 Jumada II 1447».
pub fn hijri_line(day: Day, style: &DateStyle) -> Option<String> {
    let (year, month, day) = hijri(day, style.hijri?)?;
    let names = Names::of(style.language);
    Some(in_digits(&format!("{day} {} {year}", names.hijri_month(month)), names, style))
}

fn in_digits(line: &str, names: Names, style: &DateStyle) -> String {
    match names {
        Names::Arabic => digits::write(line, style.digits),
        Names::French | Names::English => line.to_string(),
    }
}

//! What a country's papers are used to: month names, digits, the week.

use icu_calendar::types::Weekday;
use icu_calendar::week::WeekInformation;
use icu_locale_core::LanguageIdentifier;

use crate::dates::Months;
use crate::digits::Digits;

/// A country's defaults. Each is only where a paper's own setting starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// The names of its months.
    pub months: Months,
    /// The digits it prints (CLDR 48).
    pub digits: Digits,
    /// The first day of its week (CLDR).
    pub week_starts: Weekday,
    /// Its days of rest (CLDR), in order.
    pub weekend: &'static [Weekday],
}

/// The defaults of a country, by its ISO 3166 code (`"MA"`, `"eg"`). An unknown country, or none, has pan-Arab
/// months, western digits, and CLDR's week of the world: from Monday, with Saturday and Sunday at rest.
pub fn country(code: &str) -> Country {
    let mut upper = [0; 2];
    if code.len() == 2 {
        upper.copy_from_slice(code.as_bytes());
        upper.make_ascii_uppercase();
    }
    let code = core::str::from_utf8(&upper).unwrap_or("");
    let (week_starts, weekend) = week(code);
    Country { months: months(code), digits: digits(code), week_starts, weekend }
}

fn months(code: &str) -> Months {
    match code {
        "DZ" | "TN" => Months::Algeria,
        "MA" => Months::Morocco,
        "MR" => Months::Mauritania,
        "IQ" | "SY" | "LB" | "JO" | "PS" => Months::Levant,
        _ => Months::PanArab,
    }
}

/// CLDR 48 gives these countries ٠–٩ in Arabic, and 0–9 to AE, LY, EH, DZ, TN, MA and plain `ar`.
fn digits(code: &str) -> Digits {
    match code {
        "EG" | "SA" | "KW" | "QA" | "OM" | "BH" | "YE" | "SD" | "SO" | "KM" | "DJ" | "TD" | "ER" | "SS" | "IL"
        | "MR" | "IQ" | "SY" | "LB" | "JO" | "PS" => Digits::Eastern,
        "IR" | "AF" | "PK" => Digits::Persian,
        _ => Digits::Western,
    }
}

fn week(code: &str) -> (Weekday, &'static [Weekday]) {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday};
    /// Every weekend that CLDR knows; they are told apart by their days.
    const WEEKENDS: [&[Weekday]; 5] =
        [&[Saturday, Sunday], &[Friday, Saturday], &[Thursday, Friday], &[Friday], &[Sunday]];
    let mut tag = [b'u', b'n', b'd', b'-', 0, 0];
    tag[4..].copy_from_slice(code.as_bytes().get(..2).unwrap_or(b"ZZ"));
    let week =
        LanguageIdentifier::try_from_utf8(&tag).ok().and_then(|world| WeekInformation::try_new((&world).into()).ok());
    let Some(week) = week else { return (Monday, WEEKENDS[0]) };
    let rests = |day: &Weekday| week.weekend().any(|rest| rest == *day);
    let same = |days: &&&[Weekday]| days.iter().all(rests) && week.weekend().count() == days.len();
    (week.first_weekday, WEEKENDS.iter().find(same).copied().unwrap_or(WEEKENDS[0]))
}

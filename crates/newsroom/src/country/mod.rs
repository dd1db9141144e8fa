//! What a paper is used to by its country: month names, digits, the week, the clock, a Hijri line. One choice sets all of
//! them, and the paper's own word on each wins.
//!
//! Sources. Months and digits: CLDR 48, by [`arabic::dates::country`]. Beginning of the week and days of rest: CLDR's
//! `weekData`, by the same, where it names the country; for Palestine and Djibouti it has only the week of the world, and
//! what stands in the table is general knowledge. Time zones: the IANA data base (`zone.tab`), the zone of the capital or of
//! most people. Hijri: Saudi Arabia alone dates by it officially, so its papers begin with the line and no other country's do.

mod said;
mod ways;
pub mod words;

#[cfg(test)]
mod tests;

pub use said::{ChosenWays, SaidWays, WaysProblem};
pub use ways::{OwnWays, Way, Ways, Week};

use arabic::dates::{self, Months, Weekday};
use arabic::digits::Digits;

/// A country and what its papers begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Two capital letters (ISO 3166), or [`OTHER`].
    pub code: &'static str,
    /// Its time zone, by its IANA name.
    pub zone: &'static str,
    /// Its papers stand under a Hijri date.
    pub hijri: bool,
    /// Its days of rest where CLDR names none for it, and the day after them.
    rest: Option<(&'static [Weekday], Weekday)>,
}

/// The code of any country that is not in the table.
pub const OTHER: &str = "other";

const FRIDAY_AND_SATURDAY: Option<(&[Weekday], Weekday)> =
    Some((&[Weekday::Friday, Weekday::Saturday], Weekday::Sunday));

macro_rules! countries {
    ($($code:literal $zone:literal $hijri:literal $rest:expr;)+) => {
        /// The members of the Arab League, and then the rest of the world: pan-Arab months, western digits, the week from
        /// Monday with Saturday and Sunday at rest, and the world's clock.
        pub const COUNTRIES: &[Country] = &[
            $(Country { code: $code, zone: $zone, hijri: $hijri, rest: $rest },)+
            Country { code: OTHER, zone: "UTC", hijri: false, rest: None },
        ];
    };
}

countries! {
    "DZ" "Africa/Algiers" false None;
    "MA" "Africa/Casablanca" false None;
    "TN" "Africa/Tunis" false None;
    "MR" "Africa/Nouakchott" false None;
    "LY" "Africa/Tripoli" false None;
    "EG" "Africa/Cairo" false None;
    "SD" "Africa/Khartoum" false None;
    "SA" "Asia/Riyadh" true None;
    "AE" "Asia/Dubai" false None;
    "KW" "Asia/Kuwait" false None;
    "QA" "Asia/Qatar" false None;
    "BH" "Asia/Bahrain" false None;
    "OM" "Asia/Muscat" false None;
    "YE" "Asia/Aden" false None;
    "IQ" "Asia/Baghdad" false None;
    "SY" "Asia/Damascus" false None;
    "LB" "Asia/Beirut" false None;
    "JO" "Asia/Amman" false None;
    "PS" "Asia/Hebron" false FRIDAY_AND_SATURDAY;
    "SO" "Africa/Mogadishu" false None;
    "DJ" "Africa/Djibouti" false FRIDAY_AND_SATURDAY;
    "KM" "Indian/Comoro" false None;
}

impl Country {
    /// By its code, in capitals or not; nothing typed is [`OTHER`], and a code that is not in the table is none.
    pub fn of(code: &str) -> Option<Self> {
        let code = if code.is_empty() { OTHER } else { code };
        COUNTRIES.iter().find(|country| country.code.eq_ignore_ascii_case(code)).copied()
    }

    /// Any country that is not in the table.
    pub const fn other() -> Self {
        Self { code: OTHER, zone: "UTC", hijri: false, rest: None }
    }

    /// The names of its months.
    pub fn months(self) -> Months {
        dates::country(self.code).months
    }

    /// The names that stand second where a paper prints two: those of most other countries.
    pub fn second_months(self) -> Months {
        Self::beside(self.months())
    }

    /// The names that stand behind these where a paper prints two.
    pub(crate) fn beside(months: Months) -> Months {
        if months == Months::Levant { Months::PanArab } else { Months::Levant }
    }

    /// Its digits.
    pub fn digits(self) -> Digits {
        dates::country(self.code).digits
    }

    /// Its week.
    pub fn week(self) -> Week {
        let known = dates::country(self.code);
        let (weekend, starts) = self.rest.unwrap_or((known.weekend, known.week_starts));
        Week { starts, weekend: weekend.to_vec() }
    }
}

//! The ways of one paper: its country's, and its own word where it has said one.

use super::Country;
use super::words::DAYS;
use arabic::dates::{Months, Weekday};
use arabic::digits::Digits;

/// A week: where it begins, and on which days a country rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub starts: Weekday,
    /// Days of rest, in their order.
    pub weekend: Vec<Weekday>,
}

impl Week {
    /// Reads the English word of a day, in small letters or not.
    pub fn day(word: &str) -> Option<Weekday> {
        DAYS.into_iter().find(|(_, name)| name.eq_ignore_ascii_case(word.trim())).map(|(day, _)| day)
    }

    /// Reads days of rest: one to three words with commas between them, none of them twice.
    pub fn days_of_rest(words: &str) -> Option<Vec<Weekday>> {
        let days: Vec<Weekday> = words.split(',').map(Self::day).collect::<Option<_>>()?;
        let twice = days.iter().enumerate().any(|(at, day)| days[..at].contains(day));
        (days.len() <= 3 && !twice).then_some(days)
    }

    /// Its seven days, from the first.
    pub fn days(&self) -> impl Iterator<Item = Weekday> {
        let all = DAYS.into_iter().map(|(day, _)| day).cycle();
        let first = self.starts;
        all.skip_while(move |day| *day != first).take(DAYS.len())
    }

    /// This is a day of rest.
    pub fn rests(&self, day: Weekday) -> bool {
        self.weekend.contains(&day)
    }

    /// How many days a day stands behind the first of its week: 0 to 6.
    pub fn place_of(&self, day: Weekday) -> u8 {
        (day as u8 + 7 - self.starts as u8) % 7
    }
}

/// Something that a country sets and a paper may set for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The names of the months.
    Months,
    /// A second name behind the first.
    DoubleMonths,
    /// The digits.
    Digits,
    /// The Hijri line, and by how many days it is moved.
    Hijri,
    /// The first day of the week.
    WeekStarts,
    /// The days of rest.
    Weekend,
    /// The clock.
    TimeZone,
}

impl Way {
    /// All of them, as pages list them.
    pub const ALL: [Self; 7] =
        [Self::Months, Self::DoubleMonths, Self::Hijri, Self::Digits, Self::WeekStarts, Self::Weekend, Self::TimeZone];

    /// The end of its setting's key (`paper.months` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Months => "months",
            Self::DoubleMonths => "double-months",
            Self::Digits => "digits",
            Self::Hijri => "hijri",
            Self::WeekStarts => "week-starts",
            Self::Weekend => "weekend",
            Self::TimeZone => "time-zone",
        }
    }
}

/// What a paper says itself; nothing where it goes by its country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWays {
    /// The names of the months.
    pub months: Option<Months>,
    /// Whether two names are printed.
    pub double: Option<bool>,
    /// The digits.
    pub digits: Option<Digits>,
    /// A Hijri line moved by -1 to 1 day, or (`Some(None)`) none.
    pub hijri: Option<Option<i8>>,
    /// The first day of the week.
    pub week_starts: Option<Weekday>,
    /// The days of rest.
    pub weekend: Option<Vec<Weekday>>,
    /// The time zone, by its IANA name.
    pub zone: Option<String>,
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// The paper's country.
    pub country: Country,
    /// The names of the months.
    pub months: Months,
    /// A second set behind them.
    pub double: Option<Months>,
    /// The digits of Arabic pages.
    pub digits: Digits,
    /// A Hijri line, moved by so many days.
    pub hijri: Option<i8>,
    /// The week.
    pub week: Week,
    /// The time zone, by its IANA name.
    pub zone: String,
    /// What of it the paper said itself.
    pub own: Vec<Way>,
}

impl Ways {
    /// A country's ways, and before each of them the paper's own word.
    ///
    /// ```
    /// use newsroom::country::{Country, OwnWays, Ways};
    /// use arabic::digits::Digits;
    /// let own = OwnWays { digits: Some(Digits::Western), ..OwnWays::default() };
    /// let ways = Ways::of(Country::of("EG").unwrap(), own);
    /// assert_eq!((ways.digits, ways.zone.as_str()), (Digits::Western, "Africa/Cairo"));
    /// ```
    pub fn of(country: Country, own: OwnWays) -> Self {
        let week = country.week();
        let said = own.said();
        let months = own.months.unwrap_or(country.months());
        let double = own.double.unwrap_or(false).then(|| Country::beside(months));
        Self {
            country,
            months,
            double,
            digits: own.digits.unwrap_or(country.digits()),
            hijri: own.hijri.unwrap_or(country.hijri.then_some(0)),
            week: Week { starts: own.week_starts.unwrap_or(week.starts), weekend: own.weekend.unwrap_or(week.weekend) },
            zone: own.zone.unwrap_or_else(|| country.zone.to_owned()),
            own: said,
        }
    }

    /// The paper said this itself.
    pub fn is_own(&self, way: Way) -> bool {
        self.own.contains(&way)
    }
}

impl Default for Ways {
    fn default() -> Self {
        Self::of(Country::other(), OwnWays::default())
    }
}

impl OwnWays {
    fn said(&self) -> Vec<Way> {
        let said = |way: &Way| match way {
            Way::Months => self.months.is_some(),
            Way::DoubleMonths => self.double.is_some(),
            Way::Digits => self.digits.is_some(),
            Way::Hijri => self.hijri.is_some(),
            Way::WeekStarts => self.week_starts.is_some(),
            Way::Weekend => self.weekend.is_some(),
            Way::TimeZone => self.zone.is_some(),
        };
        Way::ALL.into_iter().filter(said).collect()
    }
}

//! What the desk says the paper goes by, as it is typed and as it is kept.

use super::{Country, OwnWays, Way, Ways, Week, words};
use serde::{Deserialize, Serialize};

/// By whose word the paper goes. The desk's holds whole: nothing of the settings file is mixed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum ChosenWays {
    /// By the settings file, whatever stands in it.
    File,
    /// By what the desk said.
    Desk(SaidWays),
}

/// A country, and before it the paper's own word on each way, in the words of the settings. What is empty goes by the
/// country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
#[allow(missing_docs)] // the fields are the ways
pub struct SaidWays {
    pub country: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub months: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub double_months: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hijri: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub digits: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub week_starts: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub weekend: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time_zone: String,
}

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaysProblem {
    /// The country is not in the table.
    Country,
    /// The paper's own word on this cannot be read.
    Own(Way),
}

impl SaidWays {
    /// What ways are in words, to be typed over.
    pub fn of(ways: &Ways) -> Self {
        let mut said = Self { country: ways.country.code.to_owned(), ..Self::default() };
        for way in &ways.own {
            *said.word_mut(*way) = match way {
                Way::Months => words::word(&words::MONTHS, &ways.months).to_owned(),
                Way::DoubleMonths => words::word(&words::DOUBLE, &ways.double.is_some()).to_owned(),
                Way::Hijri => words::word(&words::HIJRI, &ways.hijri).to_owned(),
                Way::Digits => words::word(&words::DIGITS, &ways.digits).to_owned(),
                Way::WeekStarts => words::word(&words::DAYS, &ways.week.starts).to_owned(),
                Way::Weekend => words::days_of_rest(&ways.week),
                Way::TimeZone => ways.zone.clone(),
            };
        }
        said
    }

    /// The paper's own word on a way; empty where it goes by the country.
    pub fn word(&self, way: Way) -> &str {
        match way {
            Way::Months => &self.months,
            Way::DoubleMonths => &self.double_months,
            Way::Hijri => &self.hijri,
            Way::Digits => &self.digits,
            Way::WeekStarts => &self.week_starts,
            Way::Weekend => &self.weekend,
            Way::TimeZone => &self.time_zone,
        }
    }

    /// The same, to be written.
    pub fn word_mut(&mut self, way: Way) -> &mut String {
        match way {
            Way::Months => &mut self.months,
            Way::DoubleMonths => &mut self.double_months,
            Way::Hijri => &mut self.hijri,
            Way::Digits => &mut self.digits,
            Way::WeekStarts => &mut self.week_starts,
            Way::Weekend => &mut self.weekend,
            Way::TimeZone => &mut self.time_zone,
        }
    }

    /// What it comes to. `zone` knows time zones and gives each its right name; the trade does not.
    ///
    /// ```
    /// use newsroom::country::SaidWays;
    /// let said = SaidWays { country: "EG".into(), hijri: "-1".into(), ..SaidWays::default() };
    /// let ways = said.read(|name| Some(name.to_owned())).unwrap();
    /// assert_eq!((ways.hijri, ways.zone.as_str()), (Some(-1), "Africa/Cairo"));
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, zone: impl Fn(&str) -> Option<String>) -> Result<Ways, Vec<WaysProblem>> {
        let mut wrong = Vec::new();
        let country = Country::of(self.country.trim());
        if country.is_none() {
            wrong.push(WaysProblem::Country);
        }
        let own = OwnWays {
            months: self.own(Way::Months, &mut wrong, |word| words::read(&words::MONTHS, word)),
            double: self.own(Way::DoubleMonths, &mut wrong, |word| words::read(&words::DOUBLE, word)),
            hijri: self.own(Way::Hijri, &mut wrong, |word| words::read(&words::HIJRI, word)),
            digits: self.own(Way::Digits, &mut wrong, |word| words::read(&words::DIGITS, word)),
            week_starts: self.own(Way::WeekStarts, &mut wrong, Week::day),
            weekend: self.own(Way::Weekend, &mut wrong, Week::days_of_rest),
            zone: self.own(Way::TimeZone, &mut wrong, zone),
        };
        match country {
            Some(country) if wrong.is_empty() => Ok(Ways::of(country, own)),
            _ => Err(wrong),
        }
    }

    fn own<T>(&self, way: Way, wrong: &mut Vec<WaysProblem>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.word(way).trim();
        let own = if word.is_empty() { None } else { read(word) };
        if own.is_none() && !word.is_empty() {
            wrong.push(WaysProblem::Own(way));
        }
        own
    }
}

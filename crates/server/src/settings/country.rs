//! The paper's country, and what it says itself of what a country sets. What is empty goes by the country.

use super::{Settings, yes};
use anyhow::{Result, anyhow};
use jiff::tz::TimeZone;
use newsroom::country::{COUNTRIES, Country, OwnWays, Ways, Week, words};
use web::Words;

impl Settings {
    /// What is in force: the country's ways, and the paper's own before them.
    pub(super) fn ways(&self, t: &Words) -> Result<Ways> {
        let double = self.own("paper.double-months", t, yes)?;
        let own = OwnWays {
            months: self.own("paper.months", t, |word| words::read(&words::MONTHS, word))?,
            double,
            digits: self.own("paper.digits", t, |word| words::read(&words::DIGITS, word))?,
            hijri: self.own("paper.hijri", t, |word| words::read(&words::HIJRI, word.trim_start_matches('+')))?,
            week_starts: self.own("paper.week-starts", t, Week::day)?,
            weekend: self.own("paper.weekend", t, Week::days_of_rest)?,
            zone: self.own("paper.time-zone", t, |name| TimeZone::get(name).is_ok().then(|| name.to_owned()))?,
        };
        Ok(Ways::of(self.country(t)?, own))
    }

    /// A country that is not in the table is refused, with the codes of those that are.
    fn country(&self, t: &Words) -> Result<Country> {
        let code = self.text("paper.country");
        Country::of(code).ok_or_else(|| {
            let known: Vec<&str> = COUNTRIES.iter().map(|country| country.code).collect();
            let from = self.said_where("paper.country");
            anyhow!("{from}: {}", t.with("cli.unknown-country", 1, &[("code", code), ("known", &known.join(" "))]))
        })
    }

    /// A clock by its name, which the country gave where the paper did not.
    pub(super) fn clock(zone: &str, t: &Words) -> Result<TimeZone> {
        TimeZone::get(zone).map_err(|_| anyhow!(t.with("cli.no-zone", 1, &[("zone", zone)])))
    }

    /// The paper's own word; none where it is empty.
    fn own<T>(&self, key: &str, t: &Words, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        self.read(key, t, |text| if text.is_empty() { Some(None) } else { read(text).map(Some) })
    }
}

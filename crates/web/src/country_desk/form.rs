//! The form: fields by name, read into what the desk says, and what can be chosen in each.

use super::words;
use crate::words::Words;
use jiff::tz;
use newsroom::country::words::{DAYS, DIGITS, DOUBLE, HIJRI, MONTHS};
use newsroom::country::{COUNTRIES, Country, OwnWays, SaidWays, Way, Ways, WaysProblem};
use std::collections::BTreeMap;

/// Fields as they are sent.
pub(super) type Fields = BTreeMap<String, String>;

/// Signs of a field that are read: no word and no zone has as many.
const MOST: usize = 80;
/// Where the zones are that people live in; others of the data base are spellings of these.
const PARTS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

/// A list to choose from.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) way: Way,
    pub(super) title: String,
    /// As the country has it.
    pub(super) by_country: String,
    /// The others: their words in the form, and for people.
    pub(super) others: Vec<(&'static str, String)>,
    /// The word that is chosen; empty: as the country has it.
    pub(super) chosen: String,
}

/// A box to tick.
#[derive(Debug)]
pub(super) struct DayBox {
    pub(super) word: &'static str,
    pub(super) name: String,
    pub(super) rests: bool,
}

/// What was typed.
pub(super) fn read(fields: &Fields) -> SaidWays {
    let field =
        |name: &str| fields.get(name).map_or_else(String::new, |typed| typed.trim().chars().take(MOST).collect());
    let mut said = SaidWays { country: field("country"), ..SaidWays::default() };
    for way in Way::ALL {
        *said.word_mut(way) = field(way.key());
    }
    let ticked = DAYS.iter().map(|(_, word)| *word).filter(|word| fields.contains_key(&format!("weekend-{word}")));
    said.weekend = ticked.collect::<Vec<_>>().join(",");
    said
}

/// What its country alone would set; any country's where it is not known.
pub(super) fn of_country(said: &SaidWays) -> Ways {
    Ways::of(Country::of(&said.country).unwrap_or(Country::other()), OwnWays::default())
}

/// Every country with its name.
pub(super) fn countries(t: &Words) -> Vec<(&'static str, String)> {
    COUNTRIES.iter().map(|country| (country.code, words::country(t, *country))).collect()
}

/// The ways that are chosen from a list.
pub(super) fn choices(t: &Words, said: &SaidWays) -> Vec<Choice> {
    let country = of_country(said);
    let others = |way| match way {
        Way::Months => MONTHS.iter().map(|(months, word)| (*word, words::months(t, *months))).collect(),
        Way::DoubleMonths => DOUBLE.iter().map(|(two, word)| (*word, words::double(t, *two))).collect(),
        Way::Hijri => HIJRI.iter().map(|(shift, word)| (*word, words::hijri(t, *shift))).collect(),
        Way::Digits => DIGITS.iter().map(|(digits, word)| (*word, words::in_digits(*digits))).collect(),
        Way::WeekStarts => {
            let of_day =
                |day| DAYS.iter().find(|(known, _)| *known == day).map(|(_, word)| (*word, words::day(t, day)));
            country.week.days().filter_map(of_day).collect()
        }
        Way::Weekend | Way::TimeZone => Vec::new(),
    };
    let choice = |way: Way| Choice {
        way,
        title: words::title(t, way),
        by_country: words::way(t, &country, way),
        others: others(way),
        chosen: said.word(way).to_owned(),
    };
    [Way::Months, Way::DoubleMonths, Way::Hijri, Way::Digits, Way::WeekStarts].map(choice).into()
}

/// The days of rest, in the order of the country's week.
pub(super) fn days(t: &Words, said: &SaidWays) -> Vec<DayBox> {
    let ticked: Vec<&str> = said.weekend.split(',').collect();
    let of_day = |day| {
        let (_, word) = DAYS.iter().find(|(known, _)| *known == day)?;
        Some(DayBox { word, name: words::day(t, day), rests: ticked.contains(word) })
    };
    of_country(said).week.days().filter_map(of_day).collect()
}

/// The zones that are offered while a name is typed.
pub(super) fn zones() -> Vec<String> {
    let lived_in = |name: &str| name == "UTC" || PARTS.iter().any(|part| name.starts_with(part));
    let names = tz::db().available().map(|name| name.as_str().to_owned());
    let mut zones: Vec<String> = names.filter(|name| lived_in(name)).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// What is wrong with something, in words.
pub(super) fn problem(t: &Words, wrong: WaysProblem) -> String {
    t.s(match wrong {
        WaysProblem::Country => "country.problem.country",
        WaysProblem::Own(Way::Weekend) => "country.problem.weekend",
        WaysProblem::Own(Way::TimeZone) => "country.problem.time-zone",
        WaysProblem::Own(_) => "country.problem.choice",
    })
}

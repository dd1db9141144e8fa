//! The lists of the page: stories, sections, from where readers came, countries, hours.

use super::countries;
use crate::layout::{Frame, address};
use newsroom::profile::Language;
use newsroom::readings::{Source, SourceKind};
use store::readings::ReadingSums;

/// A list, the largest first.
#[derive(Debug)]
pub struct Part {
    /// As the address of its file names it.
    pub table: &'static str,
    /// The key of its heading.
    pub title: &'static str,
    /// The key of what its lines are.
    pub what: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line, with a bar that says how much it is of the largest.
#[derive(Debug)]
pub struct Line {
    /// In words.
    pub name: String,
    /// What kind of thing, where there are several.
    pub kind: String,
    /// Where it is found, where it has an address here.
    pub link: Option<String>,
    /// How often.
    pub count: i64,
    /// The bar's beginning and length, of a hundred.
    pub bar: (i64, i64),
}

impl Part {
    /// Every list; that of countries where they are looked for, or were.
    pub fn all(frame: &Frame, sums: &ReadingSums, with_countries: bool) -> Vec<Self> {
        let countries = (with_countries || !sums.countries.is_empty()).then(|| {
            let keys = ("countries", "statistics.countries", "statistics.country");
            Self::new(frame, keys, of_countries(frame, sums))
        });
        let parts = [
            Self::new(frame, ("stories", "statistics.stories", "statistics.story"), stories(sums)),
            Self::new(frame, ("sections", "statistics.sections", "statistics.section"), sections(frame, sums)),
            Self::new(frame, ("sources", "statistics.sources", "statistics.source"), sources(frame, sums)),
            Self::new(frame, ("hours", "statistics.by-hour", "statistics.hour"), of_hours(sums)),
        ];
        parts.into_iter().chain(countries).collect()
    }

    fn new(frame: &Frame, (table, title, what): (&'static str, &'static str, &'static str), lines: Vec<Line>) -> Self {
        let most = lines.iter().map(|line| line.count).max().unwrap_or(1).max(1);
        let is_from_right = frame.t.language() == Language::Ar;
        let drawn = |mut line: Line| {
            let length = (line.count.max(0) * 100 / most).max(1);
            line.bar = (if is_from_right { 100 - length } else { 0 }, length);
            line
        };
        Self { table, title, what, lines: lines.into_iter().map(drawn).collect() }
    }
}

fn line(name: String, kind: String, link: Option<String>, count: i64) -> Line {
    Line { name, kind, link, count, bar: (0, 0) }
}

fn stories(sums: &ReadingSums) -> Vec<Line> {
    let of = |(card, n): &(store::listings::StoryCard, i64)| {
        let link = Some(format!("/desk/stories/{}", card.id));
        line(card.face.headline.clone(), String::new(), link, *n)
    };
    sums.stories.iter().map(of).collect()
}

fn sections(frame: &Frame, sums: &ReadingSums) -> Vec<Line> {
    let of = |(id, n): &(String, i64)| match frame.sections.iter().find(|section| section.id.short() == *id) {
        Some(section) => line(section.name.clone(), String::new(), Some(address::section(&section.slug)), *n),
        None => line(frame.t.s("statistics.section-gone"), String::new(), None, *n),
    };
    sums.sections.iter().map(of).collect()
}

fn sources(frame: &Frame, sums: &ReadingSums) -> Vec<Line> {
    let of = |(key, n): &(String, i64)| {
        let Source { kind, name } = Source::from_key(key);
        let words = frame.t.s(&format!("statistics.source.{}", kind.key()));
        match kind {
            SourceKind::Direct | SourceKind::Others => line(words, String::new(), None, *n),
            SourceKind::Search | SourceKind::Social | SourceKind::Site => line(name, words, None, *n),
        }
    };
    sums.sources.iter().map(of).collect()
}

fn of_countries(frame: &Frame, sums: &ReadingSums) -> Vec<Line> {
    let named = |code: &str| countries::name(code, frame.t.language()).unwrap_or(code).to_owned();
    sums.countries.iter().map(|(code, n)| line(named(code), String::new(), None, *n)).collect()
}

fn of_hours(sums: &ReadingSums) -> Vec<Line> {
    hours(sums).into_iter().map(|(hour, n)| line(hour, String::new(), None, n)).collect()
}

/// All twenty-four, in their order.
pub fn hours(sums: &ReadingSums) -> Vec<(String, i64)> {
    let of = |hour: u8| {
        let key = format!("{hour:02}");
        let n = sums.hours.iter().find(|(one, _)| *one == key).map_or(0, |(_, n)| *n);
        (format!("{key}:00"), n)
    };
    (0..24).map(of).collect()
}

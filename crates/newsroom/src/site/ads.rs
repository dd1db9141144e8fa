//! Places for advertisements. What stands in one is plain HTML of somebody else's; it is shown in a frame of its own, which
//! reads nothing of the paper's. As the program comes, every place is empty and nothing of it is on a page.

use arabic::digits;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes of an advertisement at most.
pub const MOST_AD_BYTES: usize = 32 * 1024;
/// Pixels of its width.
const WIDTHS: std::ops::RangeInclusive<u16> = 40..=1_400;
/// Pixels of its height.
const HEIGHTS: std::ops::RangeInclusive<u16> = 20..=1_200;

/// Where an advertisement may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdPlace {
    /// Above the front page's first row.
    FrontTop,
    /// Between rows of the front page.
    FrontRows,
    /// Below a story, before what else to read and the comments.
    StoryEnd,
    /// In the list of a section.
    SectionList,
}

/// An advertisement as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ad {
    /// Plain HTML.
    pub html: String,
    /// Pixels; none: as wide as there is room.
    pub width: Option<u16>,
    /// Pixels.
    pub height: u16,
    /// Switched on.
    pub on: bool,
    /// Its first day; none: at once.
    pub from: Option<Date>,
    /// Its last day; none: until it is switched off.
    pub until: Option<Date>,
    /// Also beside obituaries.
    pub with_obituaries: bool,
}

/// What stands in each place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ads(pub BTreeMap<AdPlace, Ad>);

/// An advertisement as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TypedAd {
    /// Plain HTML.
    pub html: String,
    /// Pixels, or nothing.
    pub width: String,
    /// Pixels.
    pub height: String,
    /// Anything: switched on.
    pub on: String,
    /// A day as browsers send it, or nothing.
    pub from: String,
    /// The same.
    pub until: String,
    /// Anything: also beside obituaries.
    pub with_obituaries: String,
}

/// What is wrong with an advertisement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdProblem {
    /// So many bytes too many.
    TooLong(usize),
    /// Switched on, and there is nothing to show.
    Nothing,
    /// No width that fits a page.
    Width,
    /// No height that fits a page.
    Height,
    /// A day that cannot be read.
    Day,
    /// Its last day is before its first.
    EndsFirst,
}

impl AdPlace {
    /// Every place, in the order of the page.
    pub const ALL: [Self; 4] = [Self::FrontTop, Self::FrontRows, Self::StoryEnd, Self::SectionList];

    /// The word of addresses and locales (`ad.place.front-top` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::FrontTop => "front-top",
            Self::FrontRows => "front-rows",
            Self::StoryEnd => "story-end",
            Self::SectionList => "section-list",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.key() == key)
    }
}

impl Ads {
    /// What readers see in a place on a day.
    pub fn in_force(&self, place: AdPlace, today: Date) -> Option<&Ad> {
        self.0.get(&place).filter(|ad| ad.is_in_force(today))
    }
}

impl Ad {
    /// Readers see it on this day.
    pub fn is_in_force(&self, today: Date) -> bool {
        let began = self.from.is_none_or(|from| from <= today);
        let ended = self.until.is_some_and(|until| until < today);
        self.on && !self.html.is_empty() && began && !ended
    }
}

impl AdProblem {
    /// The end of its key in the locales (`ad.problem.…`), and the number that goes with it.
    pub fn key(self) -> (&'static str, usize) {
        match self {
            Self::TooLong(over) => ("too-long", over),
            Self::Nothing => ("nothing", 1),
            Self::Width => ("width", 1),
            Self::Height => ("height", 1),
            Self::Day => ("day", 1),
            Self::EndsFirst => ("ends-first", 1),
        }
    }
}

impl TypedAd {
    /// What was kept, to be typed over.
    pub fn of(ad: &Ad) -> Self {
        let word = |on: bool| if on { "yes".to_owned() } else { String::new() };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            html: ad.html.clone(),
            width: ad.width.map(|width| width.to_string()).unwrap_or_default(),
            height: if ad.height == 0 { String::new() } else { ad.height.to_string() },
            on: word(ad.on),
            from: day(ad.from),
            until: day(ad.until),
            with_obituaries: word(ad.with_obituaries),
        }
    }

    /// Checks what was typed, and says everything that is wrong; nothing where the place is emptied.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(&self) -> Result<Option<Ad>, Vec<AdProblem>> {
        let mut problems = Vec::new();
        let html = self.html.replace("\r\n", "\n").replace(['\r', '\0'], "\n").trim().to_owned();
        if html.len() > MOST_AD_BYTES {
            problems.push(AdProblem::TooLong(html.len() - MOST_AD_BYTES));
        }
        let on = !self.on.is_empty();
        match (html.is_empty(), on) {
            (true, true) => problems.push(AdProblem::Nothing),
            (true, false) => return Ok(None),
            (false, _) => {}
        }
        let width = if self.width.trim().is_empty() { None } else { Some(pixels(&self.width, WIDTHS)) };
        if width == Some(None) {
            problems.push(AdProblem::Width);
        }
        let height = pixels(&self.height, HEIGHTS);
        if height.is_none() {
            problems.push(AdProblem::Height);
        }
        let (from, until) = (day(&self.from), day(&self.until));
        match (from, until) {
            (Ok(Some(from)), Ok(Some(until))) if until < from => problems.push(AdProblem::EndsFirst),
            (Ok(_), Ok(_)) => {}
            _ => problems.push(AdProblem::Day),
        }
        let (height, from, until) = (height.unwrap_or_default(), from.unwrap_or_default(), until.unwrap_or_default());
        let with_obituaries = !self.with_obituaries.is_empty();
        let ad = Ad { html, width: width.flatten(), height, on, from, until, with_obituaries };
        if problems.is_empty() { Ok(Some(ad)) } else { Err(problems) }
    }
}

fn pixels(typed: &str, range: std::ops::RangeInclusive<u16>) -> Option<u16> {
    digits::to_western(typed.trim()).parse().ok().filter(|pixels| range.contains(pixels))
}

fn day(typed: &str) -> Result<Option<Date>, ()> {
    match typed.trim() {
        "" => Ok(None),
        day => digits::to_western(day).parse().map(Some).map_err(drop),
    }
}

//! How this paper writes: language, months, digits, calendar. A setting, never a constant of the language.

use crate::country::Ways;
use arabic::bidi::Direction;
use arabic::dates::{DateStyle, Months};
use arabic::digits::Digits;
use serde::{Deserialize, Serialize};

/// Languages that Midad's screens speak. A story may be in others: `story::StoryLanguage`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// العربية
    #[default]
    Ar,
    /// Français
    Fr,
    /// English
    En,
}

impl Language {
    /// All of them, the reference first.
    pub const ALL: [Self; 3] = [Self::Ar, Self::Fr, Self::En];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Reads a tag; regions are ignored (`ar-MA` is `ar`).
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(first))
    }

    /// Which way it runs.
    pub fn direction(self) -> Direction {
        match self {
            Self::Ar => Direction::RightToLeft,
            Self::Fr | Self::En => Direction::LeftToRight,
        }
    }

    /// The value of HTML's `dir`.
    pub fn dir(self) -> &'static str {
        self.direction().dir().unwrap_or("ltr")
    }
}

/// How dates and numbers are written in this paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// The paper's language.
    pub language: Language,
    /// Month names of its country.
    pub months: Months,
    /// A second set of names after a slash, where the paper prints both.
    pub double: Option<Months>,
    /// Its digits.
    pub digits: Digits,
    /// A Hijri line beside the date, moved by -1, 0 or 1 day.
    pub hijri: Option<i8>,
}

impl Writing {
    /// By a paper's ways, in a language. The digits are those of Arabic pages; French and English have 0–9.
    pub fn by(ways: &Ways, language: Language) -> Self {
        let digits = if language == Language::Ar { ways.digits } else { Digits::Western };
        Self { language, months: ways.months, double: ways.double, digits, hijri: ways.hijri }
    }

    /// The style for `arabic::dates`.
    pub fn date_style(&self) -> DateStyle<'static> {
        DateStyle {
            language: self.language.tag(),
            months: self.months,
            double: self.double,
            digits: self.digits,
            hijri: self.hijri,
        }
    }
}

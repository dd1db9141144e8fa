//! The language that a story is written in: any that has a tag, whichever ones Midad's screens speak.

use crate::profile::Language;
use arabic::bidi::Direction;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Letters of the longest tag: `ber-Latn`.
const LONGEST: usize = 8;

/// The languages that a writer may choose from, each with the script that goes without saying.
const OFFERED: [(&str, &str); 20] = [
    ("ar", "Arab"),
    ("fr", "Latn"),
    ("en", "Latn"),
    ("zgh", "Tfng"),
    ("ber-Latn", "Latn"),
    ("kab", "Latn"),
    ("ku", "Latn"),
    ("ckb", "Arab"),
    ("fa", "Arab"),
    ("ur", "Arab"),
    ("he", "Hebr"),
    ("tr", "Latn"),
    ("es", "Latn"),
    ("de", "Latn"),
    ("it", "Latn"),
    ("pt", "Latn"),
    ("so", "Latn"),
    ("sw", "Latn"),
    ("ha", "Latn"),
    ("am", "Ethi"),
];

/// Scripts that are written from the right.
const FROM_RIGHT: [&str; 12] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];
/// Languages that nobody is offered and that are written from the right where no script is named.
const ALSO_FROM_RIGHT: &str = "acm acq acx aeb afb ajp apc apd ar arb arc ars ary arz ayl azb bal bqi dv glk lrc lki mzn nqo \
                               pnb prd ps rhg sd sdh skr syr ug yi";

/// The language of a story: its BCP 47 tag, as far as readers see a difference: language, and script where it is not the
/// usual one. A region is left out: `ar-MA` is `ar`. One that no writer is offered is kept as it came.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoryLanguage([u8; LONGEST]);

impl StoryLanguage {
    /// Those that a writer may choose from, the languages of the screens first.
    pub fn offered() -> impl Iterator<Item = Self> {
        OFFERED.into_iter().filter_map(|(tag, _)| Self::of_parts(tag, ""))
    }

    /// A writer may choose it.
    pub fn is_offered(self) -> bool {
        OFFERED.iter().any(|(tag, _)| *tag == self.tag())
    }

    /// Reads a tag; `None` for what is none.
    ///
    /// ```
    /// use newsroom::story::StoryLanguage;
    /// let tag = |text| StoryLanguage::from_tag(text).map(|language| language.to_string());
    /// assert_eq!(tag("ar-MA").as_deref(), Some("ar"));
    /// assert_eq!(tag("zgh-Tfng").as_deref(), Some("zgh"));
    /// assert_eq!(tag("KU_arab_IQ").as_deref(), Some("ku-Arab"));
    /// assert_eq!(tag("العربية"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let parts: Vec<&str> = tag.trim().split(['-', '_']).collect();
        let is_part = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
        let language = parts.first().filter(|part| matches!(part.len(), 2 | 3) && is_letters(part))?;
        if !parts.iter().all(is_part) {
            return None;
        }
        // A part of four letters anywhere else than here would be a variant, and those begin with a digit.
        let script = parts.iter().skip(1).take(2).find(|part| part.len() == 4 && is_letters(part));
        let language = language.to_ascii_lowercase();
        let script = script.map(|script| script[..1].to_ascii_uppercase() + &script[1..].to_ascii_lowercase());
        let goes_without = |script: &String| OFFERED.contains(&(language.as_str(), script.as_str()));
        Self::of_parts(&language, &script.filter(|script| !goes_without(script)).unwrap_or_default())
    }

    /// The BCP 47 tag.
    pub fn tag(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.0[..end]).unwrap_or("und")
    }

    /// Which way it runs.
    pub fn direction(self) -> Direction {
        let (language, script) = self.tag().split_once('-').unwrap_or((self.tag(), ""));
        let usual = OFFERED.iter().find(|(tag, _)| *tag == language).map_or("", |(_, script)| *script);
        let from_right = match (script, usual) {
            ("", "") => ALSO_FROM_RIGHT.split_whitespace().any(|known| known == language),
            ("", script) | (script, _) => FROM_RIGHT.contains(&script),
        };
        if from_right { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The value of HTML's `dir`.
    pub fn dir(self) -> &'static str {
        self.direction().dir().unwrap_or("ltr")
    }

    /// The end of the key of its name in the locales (`language.zgh`); none of one that is not offered.
    pub fn key(self) -> Option<String> {
        self.is_offered().then(|| self.tag().to_ascii_lowercase())
    }

    fn of_parts(language: &str, script: &str) -> Option<Self> {
        let tag = if script.is_empty() { language.to_owned() } else { format!("{language}-{script}") };
        let mut kept = [0; LONGEST];
        kept.get_mut(..tag.len())?.copy_from_slice(tag.as_bytes());
        Some(Self(kept))
    }
}

impl From<Language> for StoryLanguage {
    fn from(language: Language) -> Self {
        Self::of_parts(language.tag(), "").unwrap_or_default()
    }
}

impl PartialEq<Language> for StoryLanguage {
    fn eq(&self, other: &Language) -> bool {
        self.tag() == other.tag()
    }
}

impl Default for StoryLanguage {
    fn default() -> Self {
        Self(*b"ar\0\0\0\0\0\0")
    }
}

impl fmt::Display for StoryLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Debug for StoryLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoryLanguage({})", self.tag())
    }
}

impl Serialize for StoryLanguage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for StoryLanguage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::from_tag(&tag)
            .ok_or_else(|| serde::de::Error::custom(format!("{tag:?} is no tag of a language (BCP 47)")))
    }
}

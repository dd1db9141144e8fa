//! What countries are called.

use newsroom::profile::Language;

/// Code, Arabic, French, English, between tabulators.
pub(super) const NAMES: &str = include_str!("countries.tsv");

/// The name of a country by its two letters (ISO 3166-1).
pub fn name(code: &str, language: Language) -> Option<&'static str> {
    let line = NAMES.lines().find(|line| line.split('\t').next() == Some(code))?;
    line.split('\t').nth(match language {
        Language::Ar => 1,
        Language::Fr => 2,
        Language::En => 3,
    })
}

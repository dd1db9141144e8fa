//! What countries are called.

use newsroom::profile::Language;

/// Code, Arabic, French, English, between tabulators.
const NAMES: &str = include_str!("countries.tsv");

/// The name of a country by its two letters (ISO 3166-1).
pub fn name(code: &str, language: Language) -> Option<&'static str> {
    let line = NAMES.lines().find(|line| line.split('\t').next() == Some(code))?;
    line.split('\t').nth(match language {
        Language::Ar => 1,
        Language::Fr => 2,
        Language::En => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_its_name_in_three_languages() {
        let lines: Vec<&str> = NAMES.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 249, "{}", lines.len());
        for line in lines {
            let code = line.split('\t').next().expect("a code");
            assert!(newsroom::readings::Country::of(code).is_some(), "{line}");
            for language in [Language::Ar, Language::Fr, Language::En] {
                assert!(name(code, language).is_some_and(|name| !name.trim().is_empty()), "{line}");
            }
        }
        assert_eq!(name("DZ", Language::Ar), Some("الجزائر"));
        assert_eq!(name("ZZ", Language::Fr), Some("Inconnu"));
        assert_eq!(name("XX", Language::En), None);
    }
}

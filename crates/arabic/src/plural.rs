//! The six plural forms, by CLDR's rules.

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

/// A plural form. Arabic uses all six, French three, English two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// لا تعليقات
    Zero,
    /// تعليق واحد
    One,
    /// تعليقان
    Two,
    /// 3 تعليقات
    Few,
    /// 11 تعليقاً
    Many,
    /// 100 تعليق
    Other,
}

use Form::{Few, Many, One, Other, Two, Zero};

impl Form {
    /// The six, in CLDR's order.
    pub const ALL: [Self; 6] = [Zero, One, Two, Few, Many, Other];

    /// The name CLDR and translation files give it: `"zero"`, `"one"`, `"two"`, `"few"`, `"many"`, `"other"`.
    pub fn key(self) -> &'static str {
        match self {
            Zero => "zero",
            One => "one",
            Two => "two",
            Few => "few",
            Many => "many",
            Other => "other",
        }
    }
}

/// The form that a count takes in a language, named by its tag (`"ar"`, `"fr-CA"`).
///
/// An unknown language has [`Form::One`] for 1 and [`Form::Other`] for the rest. Note that French has
/// [`Form::Many`] for whole millions.
///
/// ```
/// use arabic::plural::{form, Form};
/// assert_eq!(form("ar", 2), Form::Two);
/// assert_eq!(form("fr", 0), Form::One);
/// ```
pub fn form(language: &str, n: u64) -> Form {
    match rules(language) {
        Some(rules) => from_category(rules.category_for(n)),
        None if n == 1 => One,
        None => Other,
    }
}

/// The forms that whole and fractional counts take in a language, in CLDR's order: what a translation must have.
pub fn forms_of(language: &str) -> &'static [Form] {
    /// Every combination that CLDR 48 knows.
    const SETS: [&[Form]; 9] = [
        &[Other],
        &[One, Other],
        &[One, Many, Other],
        &[One, Few, Other],
        &[One, Few, Many, Other],
        &[One, Two, Other],
        &[One, Two, Few, Other],
        &[One, Two, Few, Many, Other],
        &[Zero, One, Other],
    ];
    let Some(rules) = rules(language) else { return &[One, Other] };
    let has = |form: Form| rules.categories().any(|category| from_category(category) == form);
    let same = |set: &&&[Form]| Form::ALL.iter().all(|&form| set.contains(&form) == has(form));
    SETS.iter().find(same).copied().unwrap_or(&Form::ALL)
}

/// CLDR's rules; none for a language that CLDR has no rules for.
fn rules(tag: &str) -> Option<PluralRules> {
    let subtag = tag.split(['-', '_']).next().unwrap_or(tag);
    let language: LanguageIdentifier = subtag.parse().ok()?;
    let rules = PluralRules::try_new((&language).into(), PluralRuleType::Cardinal.into()).ok()?;
    let one_form_only = rules.categories().all(|category| category == PluralCategory::Other);
    // CLDR's fallback is a single form, which real languages have too; these are the ones it lists.
    (!one_form_only || is_of_one_form(&language)).then_some(rules)
}

/// Languages of a single form in CLDR 48.
const OF_ONE_FORM: &str = "bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi \
                           vi wo yo yue zh";

fn is_of_one_form(language: &LanguageIdentifier) -> bool {
    OF_ONE_FORM.split(' ').any(|known| known == language.language.as_str())
}

fn from_category(category: PluralCategory) -> Form {
    match category {
        PluralCategory::Zero => Zero,
        PluralCategory::One => One,
        PluralCategory::Two => Two,
        PluralCategory::Few => Few,
        PluralCategory::Many => Many,
        PluralCategory::Other => Other,
    }
}

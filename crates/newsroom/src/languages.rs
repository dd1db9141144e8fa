//! Which languages a text is written in. What others say of it is not believed: some say English of everything.
//!
//! The script says Arabic; among Latin letters the small words of each language say which. Short texts of other languages
//! stay undetermined (`und`), which does no harm: no score depends on it.

use crate::profile::Language;
use arabic::words::words;

/// So many words are looked at.
const LOOKED_AT: usize = 400;
/// A language with less than one word in so many is not named beside another.
const ONE_IN: usize = 5;

const ENGLISH: &str = "the of and to in is that it for you are was this with not have be they my your what he she we his \
                       her their our will would from who why how all just but so if about there when no";
const FRENCH: &str = "le la les de des du et est un une que qui pas pour dans sur avec ce cette vous nous il elle je sont \
                      au aux mais plus comme tout tous leur ces ses son sa mon ma ne se ou si été être ont fait";
/// Arabic in Latin letters, Maghrebi and eastern.
const ARABIZI: &str = "ana enta nta nti enti howa hiya wallah wallahi mesh mch mouch mouche kifach kif wach chno chnou hada \
                       hadi hadchi bzaf bezzaf rabi rabbi inchallah inshallah allah ya wla walla chkoun alach fach \
                       hamdoulah hamdullah khoya khouya sahbi habibi yalla shou lech leh eih keda kda dyal ta3 m3a fin";

/// The language of a text among those that a paper may be in; `otherwise` where the text shows none of them.
pub fn language_of(text: &str, otherwise: Language) -> Language {
    detected(text)
        .first()
        .and_then(|tag| Language::ALL.into_iter().find(|known| known.tag() == *tag))
        .unwrap_or(otherwise)
}

/// Tags of the languages, the one with most words first; none where there are no letters.
pub fn detected(text: &str) -> Vec<&'static str> {
    let (mut arabic, mut latin) = (0, 0);
    let mut small = [("en", 0), ("fr", 0), ("ar-Latn", 0)];
    for word in words(text).take(LOOKED_AT) {
        let letters = || word.text.chars().filter(|letter| letter.is_alphabetic());
        if letters().any(is_arabic) {
            arabic += 1;
        } else if letters().next().is_some() {
            latin += 1;
            let word = word.text.to_lowercase();
            let among = |list: &str| usize::from(list.split_whitespace().any(|small| small == word));
            let found = [among(ENGLISH), among(FRENCH), among(ARABIZI).max(usize::from(has_digit_letter(&word)))];
            small.iter_mut().zip(found).for_each(|((_, count), found)| *count += found);
        }
    }
    let named = |count: usize| count > 0 && count * ONE_IN >= arabic + latin;
    let likeliest = small.iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0);
    let mut found = Vec::new();
    found.extend(named(arabic).then_some((arabic, "ar")));
    // Names and addresses stand in Latin letters among Arabic: without one small word they make no language.
    let other = likeliest.map(|(tag, _)| *tag).or((arabic == 0).then_some("und"));
    found.extend(other.filter(|_| named(latin)).map(|tag| (latin, tag)));
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().map(|(_, tag)| tag).collect()
}

/// Letters of the Arabic blocks, whatever language they write.
fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}')
        || matches!(letter, '\u{FE70}'..='\u{FEFC}')
}

/// One digit that stands for a letter, with letters behind it: `3la`, `ma7al`, but not `2nd`, `mp3` or `h2o`.
fn has_digit_letter(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letter = word.find(['2', '3', '5', '7', '9']);
    let followed = letter.is_some_and(|at| word[at + 1..].starts_with(|next: char| next.is_ascii_lowercase()));
    let shortest = if word.starts_with('3') { 3 } else { 4 };
    digits == 1 && followed && word.len() >= shortest && word != "3rd"
}

//! Light stems: prefixes and suffixes off, the contraction of للمدرسة undone.
//!
//! This is letters, not grammar. Two unrelated words may share a stem, and a broken plural (رئيس, رؤساء) does not
//! share its singular's. The rules and minimum lengths follow the idea of Larkey's "light10" stemmer; they are
//! applied until nothing changes, so that a word with and without its article always meet.

use alloc::borrow::ToOwned;
use alloc::string::String;

/// Beginnings of frequent words whose own first letter looks like a prefix; folded, as stems see them. By that letter: most
/// words begin with another one, and every word of an archive comes by here.
const OWN_WAW: [&str; 34] = [
    "وزير",
    "وزار",
    "وزرا",
    "وكال",
    "وكيل",
    "وطن",
    "ولاي",
    "ولاد",
    "والدت",
    "والدها",
    "والدهم",
    "واشنطن",
    "واقع",
    "واضح",
    "واسع",
    "واجب",
    "وارد",
    "واحد",
    "وحده",
    "وحدات",
    "وحيد",
    "وسط",
    "وسيل",
    "وساي",
    "وصول",
    "وثيق",
    "وثاي",
    "وظيف",
    "وظاي",
    "وجود",
    "وجهه",
    "ورشه",
    "وفاه",
    "وفود",
];
const OWN_FA: [&str; 4] = ["فلسطين", "فرنس", "فريق", "فنزويل"];
const OWN_BA: [&str; 9] = ["بريطان", "برلمان", "برنامج", "بغداد", "بيروت", "بلدي", "بلجيك", "بولند", "بالغين"];
const OWN_KAF: [&str; 3] = ["كورونا", "كويت", "كتاب"];
const OWN_LAM: [&str; 6] = ["لبنان", "ليبيا", "لندن", "لجان", "لاجي", "لاعب"];

/// Words that begin with ال as their own letters, or that would be left too short to mean anything.
const OWN_ARTICLE: [&str; 9] = ["الله", "الان", "التي", "الذي", "الذين", "الاف", "الام", "الهام", "الياس"];

/// Words that begin with ل before another ل of their own: the contraction leaves both, للغة is ل + لغة.
const OWN_AFTER_LAM: [&str; 6] = ["لغه", "لغات", "لجنه", "لقاء", "لاعب", "لبنان"];

/// The light stem of one word that was folded for search ([`crate::fold::Level::Search`]).
///
/// Takes off و ف, ب ك ل and ال in front (and undoes ل + ال = لل), pronouns and endings of number, gender and
/// origin behind. A stem keeps three letters, except behind an article (الدم, دم); so ورد and بيت survive.
/// Words without Arabic letters come back as they are.
///
/// ```
/// use arabic::words::stem;
/// assert_eq!(stem("للمدرسه"), stem("المدرسه"));
/// assert_eq!(stem("ورد"), "ورد");
/// assert_eq!(stem("بيت"), "بيت");
/// ```
pub fn stem(folded_word: &str) -> String {
    let mut word = folded_word;
    // Each round takes something off, so there are fewer rounds than letters; no word needs more than a few.
    for _ in 0..6 {
        if let Some(whole) = whole_word(word) {
            return whole.to_owned();
        }
        let shorter = without_letter(without_ending(without_pronoun(without_article(word))));
        if shorter == word {
            break;
        }
        word = shorter;
    }
    word.to_owned()
}

/// The word that remains when one stray letter in front of an article is taken away («تالمدرسه»), as careless
/// overwriting leaves it. Takes a folded word; a candidate only, since «سالميه» looks the same: five letters or
/// more must follow the article.
///
/// ```
/// assert_eq!(arabic::words::splice("تالمدرسه"), Some("المدرسه"));
/// assert_eq!(arabic::words::splice("والمدرسه"), None);
/// ```
pub fn splice(folded_word: &str) -> Option<&str> {
    let first = folded_word.chars().next().filter(|&c| crate::signs::is_arabic_letter(c))?;
    let rest = &folded_word[first.len_utf8()..];
    let is_prefix = matches!(first, 'و' | 'ف' | 'ب' | 'ك' | 'ل' | 'ا');
    rest.strip_prefix("ال").filter(|bare| !is_prefix && has_letters(bare, 5)).map(|_| rest)
}

/// A word that is never cut, without the particle that may stand before it (والله).
fn whole_word(word: &str) -> Option<&str> {
    let bare = word.strip_prefix(['و', 'ف', 'ب', 'ك']).unwrap_or(word);
    OWN_ARTICLE.contains(&bare).then_some(bare)
}

/// Without the article and the particles written on to it.
fn without_article(word: &str) -> &str {
    let is_own = has_own_first_letter(word);
    let and = if is_own { None } else { word.strip_prefix(['و', 'ف']) };
    if let Some(bare) = bare_of_article(word) {
        return bare;
    }
    let with = and.unwrap_or(word).strip_prefix(['ب', 'ك']).filter(|_| !is_own);
    // Behind particles three letters must be left: «والد», «بالغ», «كالح» have their own.
    [and, with]
        .into_iter()
        .flatten()
        .find_map(|rest| bare_of_article(rest).filter(|bare| has_letters(bare, 3)))
        .unwrap_or(word)
}

fn bare_of_article(word: &str) -> Option<&str> {
    if let Some(bare) = word.strip_prefix("ال") {
        return has_letters(bare, 2).then_some(bare);
    }
    let single = word.strip_prefix('ل')?;
    if begins_with_any(single, &OWN_AFTER_LAM) {
        return Some(single);
    }
    single.strip_prefix('ل').filter(|bare| has_letters(bare, 2))
}

/// Without a pronoun behind, and then without the ت that stood for ة before it (مدرستها).
fn without_pronoun(word: &str) -> &str {
    for pronoun in ["هما", "كما", "هم", "هن", "ها", "كم", "نا"] {
        if let Some(rest) = word.strip_suffix(pronoun).filter(|rest| has_letters(rest, 3)) {
            return rest.strip_suffix('ت').filter(|rest| has_letters(rest, 3)).unwrap_or(rest);
        }
    }
    word
}

/// Without endings of number, gender and origin.
fn without_ending(word: &str) -> &str {
    // ان, ون and ين end many plain words (لبنان, قانون); with four letters left few of them are cut.
    for (ending, least) in [("ات", 3), ("ون", 4), ("ين", 4), ("ان", 4), ("وا", 3), ("ه", 3)] {
        let cut = word.strip_suffix(ending).filter(|rest| has_letters(rest, least));
        if let Some(rest) = cut.filter(|_| !word.ends_with("فلسطين")) {
            return without_origin(rest);
        }
    }
    without_origin(word)
}

/// Without the ي of origin (جزائري).
fn without_origin(word: &str) -> &str {
    word.strip_suffix('ي').filter(|rest| has_letters(rest, 3)).unwrap_or(word)
}

/// Without one particle of one letter in front.
fn without_letter(word: &str) -> &str {
    if has_own_first_letter(word) {
        return word;
    }
    // «والد» would leave an article with one letter behind it.
    let is_word = |rest: &&str| has_letters(rest, 3) && rest.strip_prefix("ال").is_none_or(|bare| has_letters(bare, 2));
    let and = word.strip_prefix('و').filter(is_word);
    let other = word.strip_prefix(['ف', 'ب', 'ك', 'ل']).filter(|rest| has_letters(rest, 4));
    and.or(other).unwrap_or(word)
}

fn has_own_first_letter(word: &str) -> bool {
    let beginnings: &[&str] = match word.chars().next() {
        Some('و') => &OWN_WAW,
        Some('ف') => &OWN_FA,
        Some('ب') => &OWN_BA,
        Some('ك') => &OWN_KAF,
        Some('ل') => &OWN_LAM,
        _ => return false,
    };
    begins_with_any(word, beginnings)
}

fn begins_with_any(word: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| word.starts_with(beginning))
}

fn has_letters(word: &str, least: usize) -> bool {
    word.chars().nth(least.saturating_sub(1)).is_some()
}

//! Addresses made of headlines: decoded, in Arabic, cut at a word.
//!
//! A slug is kept and compared decoded and is percent-encoded only on the wire. Letters stay as spelled: «ة» and
//! «أ» are not folded and nothing is transliterated. A reader who retypes one is found by [`same_slug_key`].

use alloc::string::String;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfkc};
use unicode_segmentation::UnicodeSegmentation;

use crate::digits::western_digit;
use crate::fold::{Level, folded};
use crate::signs::{
    TATWEEL, is_accent, is_arabic_mark, is_invisible, is_joiner, is_letter, is_letter_or_digit, is_variation_selector,
};

/// The slug of a headline: marks, tatweel and controls gone, digits 0–9, Latin in lower case, one hyphen for each
/// stretch of anything else. At most `most_clusters` signs as readers count them, cut at a word; a first word
/// that is longer is cut inside.
///
/// None when no letter is left: the story then goes by its id alone.
///
/// ```
/// use arabic::slug::slug;
/// assert_eq!(slug("يلعبُ الكُرة، والنتيجة ٢-١!", 60).as_deref(), Some("يلعب-الكرة-والنتيجة-2-1"));
/// assert_eq!(slug("١ + ١", 60), None);
/// ```
pub fn slug(text: &str, most_clusters: usize) -> Option<String> {
    let mut words = String::with_capacity(text.len());
    let mut hyphen_due = false;
    for c in text.chars().filter(|&c| !is_dropped(c)).nfkc().flat_map(char::to_lowercase) {
        if is_arabic_mark(c) || is_accent(c) || c == TATWEEL {
            continue;
        }
        if !(is_letter_or_digit(c) || (is_combining_mark(c) && !hyphen_due)) {
            hyphen_due = true;
            continue;
        }
        if hyphen_due && !words.is_empty() {
            words.push('-');
        }
        hyphen_due = false;
        words.push(western_digit(c));
    }
    // What stood between two letters is gone, and they may be one now.
    let words = if is_nfkc(&words) { words } else { words.nfkc().collect() };
    let cut = cut_at_word(&words, most_clusters);
    cut.chars().any(is_letter).then(|| cut.into())
}

/// The slug of a headline, or `id` where the headline has no letter: never empty, as long as the id is not.
///
/// ```
/// assert_eq!(arabic::slug::slug_or("١ + ١", 60, "k7f2"), "k7f2");
/// ```
pub fn slug_or(text: &str, most_clusters: usize, id: &str) -> String {
    slug(text, most_clusters).unwrap_or_else(|| id.into())
}

/// The key under which a slug is looked for when no slug is spelled like it: two slugs that a reader may take
/// for one another have the same key. Not for display, and not unique.
pub fn same_slug_key(slug: &str) -> String {
    let mut key = String::with_capacity(slug.len());
    for word in folded(slug, Level::Search).split(|c| !(is_letter_or_digit(c) || is_combining_mark(c))) {
        if !word.is_empty() {
            if !key.is_empty() {
                key.push('-');
            }
            key.push_str(word);
        }
    }
    key
}

/// Signs that go before the text is composed, so that none stands between a letter and its mark. Marks that
/// stand alone in the presentation block would compose into a space.
fn is_dropped(c: char) -> bool {
    is_invisible(c) || is_joiner(c) || is_variation_selector(c) || (c >= '\u{FC5E}' && is_arabic_mark(c))
}

/// As many whole words as fit.
fn cut_at_word(words: &str, most_clusters: usize) -> &str {
    let Some((end, _)) = words.grapheme_indices(true).nth(most_clusters) else { return words };
    let (kept, rest) = words.split_at(end);
    if rest.starts_with('-') {
        return kept;
    }
    kept.rfind('-').map_or(kept, |hyphen| &kept[..hyphen])
}

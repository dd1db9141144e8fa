//! The short last line of a story: «NAME لـOUTLET», «NAME للOUTLET», «NAME لـ«OUTLET»».
//!
//! Caught: «هدى سالم لـ«الضفة الجديدة»», «سعاد منصور للـضفة الجديدة», «كريم العلوي للضفة الجديدة».
//! Not caught: «شكرا للجميع», «الحمد لله», «وبقي القرار النهائي للمجلس.», «قال سالم لـ«الضفة» إن الميناء سيفتح».

use super::SavedByline;
use arabic::fold::{Level, folded};

/// A byline has at most this many words in all.
const MOST_WORDS: usize = 8;
/// And a name at most this many.
const MOST_NAME_WORDS: usize = 4;
/// An outlet that is marked neither by a tatweel nor by quotation marks has at most this many.
const MOST_BARE_OUTLET_WORDS: usize = 4;
const TATWEEL: char = 'ـ';
const OPENING: [char; 7] = ['«', '“', '"', '‘', '\'', '(', '”'];
const CLOSING: [char; 8] = ['»', '”', '"', '’', '\'', ')', '“', '«'];
/// Words that begin a sentence and no name, folded.
const NOT_NAMES: [&str; 24] = [
    "شكرا",
    "الشكر",
    "والشكر",
    "شكر",
    "الحمد",
    "تحيه",
    "تحيات",
    "تحياتي",
    "مبروك",
    "قال",
    "قالت",
    "وقال",
    "وقالت",
    "صرح",
    "صرحت",
    "اكد",
    "اكدت",
    "ذكر",
    "ذكرت",
    "هذا",
    "هذه",
    "كما",
    "خاص",
    "نقلا",
];
/// Titles before a name: the only first words of a bare byline that carry the article, folded.
const TITLES: [&str; 10] =
    ["الدكتور", "الدكتوره", "الاستاذ", "الاستاذه", "المهندس", "المهندسه", "الصحفي", "الصحفيه", "الشيخ", "الكاتب"];

/// How the outlet is joined to the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joined {
    /// With «لـ» or quotation marks: hardly ever anything but a byline.
    Marked,
    /// With a bare «لل», as in any sentence.
    Bare,
}

/// The byline that a line is, if it is one. `line` counts from 1.
pub(super) fn byline(text: &str, line: usize) -> Option<SavedByline> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=MOST_WORDS).contains(&words.len()) || ends_a_sentence(text) {
        return None;
    }
    let found = |how| (1..=MOST_NAME_WORDS.min(words.len() - 1)).find_map(|at| split(&words, at, how));
    let (name, outlet) = found(Joined::Marked).or_else(|| found(Joined::Bare))?;
    Some(SavedByline { name, outlet, line })
}

/// The last sign of a sentence stands at the end, perhaps inside a closing quotation mark.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(CLOSING);
    text.ends_with(['.', '!', '?', '؟', '…', '۔', ':', '،', '؛'])
}

fn split(words: &[&str], at: usize, wanted: Joined) -> Option<(String, String)> {
    let (name, rest) = words.split_at_checked(at)?;
    let (joined, outlet) = outlet(&rest.join(" "))?;
    let fits = joined == wanted && is_name(name, joined) && is_outlet(&outlet, joined);
    fits.then(|| (name.join(" "), outlet))
}

/// What is left of «لـOUTLET» when the preposition and the quotation marks are taken off; «لل» gives the article back.
fn outlet(text: &str) -> Option<(Joined, String)> {
    let rest = text.strip_prefix('ل')?;
    if let Some(after) = rest.strip_prefix('ل') {
        let plain = after.trim_start_matches(TATWEEL).trim_start();
        let whole = plain.starts_with(OPENING) || plain.starts_with("ال");
        let joined = if plain.len() < after.len() || whole { Joined::Marked } else { Joined::Bare };
        let outlet = if whole { unquoted(plain)? } else { format!("ال{plain}") };
        return Some((joined, outlet));
    }
    let plain = rest.trim_start_matches(TATWEEL).trim_start();
    let is_marked = rest.starts_with(TATWEEL) || plain.starts_with(OPENING);
    if is_marked { Some((Joined::Marked, unquoted(plain)?)) } else { None }
}

/// Takes quotation marks off. `None` when words follow the closing one: then the line goes on, as a sentence does.
fn unquoted(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix(OPENING) else { return Some(text.to_owned()) };
    let end = inner.find(CLOSING).unwrap_or(inner.len());
    let after = inner[end..].trim_start_matches(CLOSING);
    after.trim().is_empty().then(|| inner[..end].trim().to_owned())
}

fn is_name(words: &[&str], joined: Joined) -> bool {
    let letters = words.iter().all(|word| is_name_word(word));
    let first = words.first().map(|word| folded(word, Level::Search)).unwrap_or_default();
    let begins = !NOT_NAMES.contains(&first.as_str());
    let like_a_person =
        joined == Joined::Marked || (words.len() >= 2 && (!has_article(&first) || TITLES.contains(&first.as_str())));
    letters && begins && like_a_person
}

fn has_article(folded: &str) -> bool {
    folded.starts_with("ال") || folded.starts_with("وال")
}

/// Letters, marks and hyphens; a full stop only behind an abbreviation («د.», «م.»).
fn is_name_word(word: &str) -> bool {
    let stem = word.strip_suffix('.').filter(|stem| stem.chars().count() <= 2).unwrap_or(word);
    stem.chars().any(char::is_alphabetic) && stem.chars().all(|c| c.is_alphabetic() || is_mark(c) || "-'’ـ".contains(c))
}

fn is_outlet(outlet: &str, joined: Joined) -> bool {
    let readable = outlet.chars().any(char::is_alphabetic) && !outlet.contains(['،', '؛', '.', ':', '؟', '!']);
    let bare = joined == Joined::Marked
        || (outlet.split(' ').count() <= MOST_BARE_OUTLET_WORDS
            && outlet.split(' ').all(is_name_word)
            // «لله»: the article given back makes no outlet of it.
            && outlet.chars().filter(|c| c.is_alphabetic()).count() > 3);
    readable && bare
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}')
}

//! Arabic written in Latin letters and digits: «3lach rak za3fan», «ya 7abibi», «ma bedde».
//!
//! Everything here is another reading beside the text, never a replacement of it. One word has many readings, for a
//! vowel may be long or short and t may be ت or ط: ask [`candidates`], or compare by [`skeleton`], which leaves all of
//! that out. The rules are chosen by hand from the habits of the Maghreb, Egypt, the Levant and the Gulf.

use alloc::string::String;
use alloc::vec::Vec;

use units::{Unit, units};

use crate::fold::{Folded, Letter, search_letters};
use crate::signs::is_letter_or_digit;

mod known;
mod likeness;
mod units;

#[cfg(test)]
pub(crate) use known::out_of_place;
pub use likeness::{likeness, looks_arabizi};

/// Most readings that [`candidates`] gives.
const MOST_CANDIDATES: usize = 8;
/// A longer word, in bytes, is no word.
const LONGEST_WORD: usize = 40;

/// The words that a word in Latin letters may stand for, folded for matching, the likeliest first; eight at most. None
/// for a word with other signs than a–z, 2–9 and the apostrophe, for a number, and for one longer than 40 letters.
///
/// ```
/// use arabic::arabizi::candidates;
/// assert_eq!(candidates("3lach")[0], "علاش");
/// assert_eq!(candidates("khoya")[0], "خويا");
/// assert!(candidates("9alb").contains(&"قلب".into()));
/// assert!(candidates("été").is_empty());
/// ```
pub fn candidates(word: &str) -> Vec<String> {
    let word = word.to_ascii_lowercase();
    if !is_latin_word(&word) || word.len() > LONGEST_WORD {
        return Vec::new();
    }
    let mut found: Vec<String> = known::reading(&word).map(String::from).into_iter().collect();
    for reading in cheapest(&units(&word)) {
        if found.len() < MOST_CANDIDATES && !reading.is_empty() && !found.contains(&reading) {
            found.push(reading);
        }
    }
    found
}

/// The eight cheapest ways to choose one spelling for each unit, the cheapest first.
fn cheapest(units: &[Unit]) -> Vec<String> {
    let mut best = alloc::vec![(0, String::new())];
    for unit in units {
        let mut next: Vec<(u16, String)> = Vec::with_capacity(best.len() * unit.spellings.len());
        for (spelling, cost) in unit.spellings {
            for (before, start) in &best {
                next.push((before + cost, [start, *spelling].concat()));
            }
        }
        next.sort_by_key(|(cost, _)| *cost);
        next.truncate(MOST_CANDIDATES * 2);
        best = next;
    }
    best.into_iter().map(|(_, reading)| reading).collect()
}

/// A text with every word of Latin letters in its likeliest Arabic reading, all folded for search, with the way back
/// to the text as sent. It reads French and English too, to no use: ask [`looks_arabizi`] first.
///
/// ```
/// use arabic::arabizi::reading;
/// let sent = "wach rak ya 7abibi?";
/// let read = reading(sent);
/// assert_eq!(read.as_str(), "واش راك يا حبيبي?");
/// let at = read.as_str().find("حبيبي").unwrap();
/// assert_eq!(&sent[read.original(at..at + "حبيبي".len())], "7abibi");
/// ```
pub fn reading(text: &str) -> Folded {
    let mut letters = Vec::with_capacity(text.len());
    search_letters(text, 0, &mut letters);
    let mut out = Folded::with_room(text.len() * 2);
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|letter| is_part(letter.sign)).count();
        let word: String = letters[at..at + length].iter().map(|letter| letter.sign).collect();
        if is_latin_word(&word) {
            put_word(&word, &letters[at..at + length], &mut out);
        } else {
            letters[at..at + length].iter().for_each(|letter| out.put(*letter));
        }
        if let Some(gap) = letters.get(at + length) {
            out.put(*gap);
        }
        at += length + 1;
    }
    out.finish()
}

/// Writes the likeliest reading of one word, each letter of which is one byte long.
fn put_word(word: &str, letters: &[Letter], out: &mut Folded) {
    let last = letters.len() - 1;
    if let Some(known) = known::reading(word) {
        let (from, to) = (letters[0].from, letters[last].to);
        known.chars().for_each(|sign| out.put(Letter { sign, from, to }));
        return;
    }
    let mut read: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut unread_from = None;
    for unit in units(word) {
        let (from, to) = (letters[unit.range.start].from, letters[(unit.range.end - 1).min(last)].to);
        let spelling = unit.spellings.first().map_or("", |(spelling, _)| spelling);
        // A vowel that is not written belongs to the letter before it, or to the first one.
        if spelling.is_empty() {
            match read.last_mut() {
                Some(before) => before.to = to,
                None => unread_from = unread_from.or(Some(from)),
            }
        }
        let from = if read.is_empty() { unread_from.unwrap_or(from) } else { from };
        read.extend(spelling.chars().map(|sign| Letter { sign, from, to }));
    }
    read.iter().for_each(|letter| out.put(*letter));
}

/// What is left of a folded Arabic word when everything goes that Arabizi leaves open: long vowels and hamza inside
/// the word, a final ه, double letters, and the difference of ت ط ث, of س ص, of د ض ذ ظ and of ه ح. The article, with
/// what stands before it, stays.
///
/// A listed word and a reading may be the same where their skeletons are; one with fewer than three letters says
/// nothing.
///
/// ```
/// use arabic::arabizi::{candidates, skeleton};
/// assert_eq!(skeleton("صباح"), skeleton(&candidates("sbah")[0]));
/// assert_eq!(skeleton("الطريق"), skeleton(&candidates("eltari9")[0]));
/// ```
pub fn skeleton(folded_word: &str) -> String {
    let article = ["وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "ال", "لل"]
        .into_iter()
        .find(|article| folded_word.strip_prefix(article).is_some_and(|rest| rest.chars().nth(1).is_some()))
        .unwrap_or("");
    let rest = &folded_word[article.len()..];
    let rest = rest.strip_suffix('ه').filter(|shorter| shorter.chars().nth(1).is_some()).unwrap_or(rest);
    let mut bones = String::with_capacity(folded_word.len());
    bones.push_str(article);
    let mut last = None;
    for (at, c) in rest.char_indices() {
        let bone = match c {
            'ا' | 'ء' | 'آ' | 'أ' | 'إ' | 'ى' | 'ئ' | 'ؤ' => continue,
            'و' | 'ي' if at > 0 => continue,
            'ط' | 'ث' => 'ت',
            'ص' => 'س',
            'ض' | 'ذ' | 'ظ' => 'د',
            'ح' | 'ة' => 'ه',
            other => other,
        };
        if last.replace(bone) != Some(bone) {
            bones.push(bone);
        }
    }
    bones
}

/// A word that may be Arabizi: Latin letters, at least one, and the digits and the apostrophe that write letters.
fn is_latin_word(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'2'..=b'9' | b'\''))
}

/// A sign inside a word.
fn is_part(c: char) -> bool {
    c == '\'' || is_letter_or_digit(c)
}

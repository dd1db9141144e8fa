//! People and contempt known by their consonants: in Arabic written with Latin letters, and in Arabic words into which Latin
//! letters were put to pass unseen.

use super::Entry;
use super::scan::{Mark, Person};
use super::signs::{Sign, is_of_contempt};
use crate::Reading;
use crate::learned::sounds::sounds;
use alloc::{collections::BTreeMap, vec::Vec};
use arabic::words::words;

/// Fewer consonants say nothing.
const FEWEST: usize = 3;
/// The same of people's names: many words share three.
const FEWEST_OF_NAMES: usize = 4;
/// The most words of a phrase that is looked for.
const MOST_WORDS: usize = 3;

/// Phrases by their consonants.
#[derive(Debug, Default)]
pub(crate) struct Sounded(BTreeMap<Vec<u8>, Vec<Sign>>);

impl Sounded {
    /// Of all phrases in Arabic letters that mean people or contempt.
    pub fn of(entries: &[Entry]) -> Self {
        let mut all: BTreeMap<Vec<u8>, Vec<Sign>> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| is_of_contempt(entry.sign) && !entry.phrase.is_ascii()) {
            let said: Vec<Vec<u8>> = words(&entry.phrase).map(|word| consonants(word.text)).collect();
            let fewest = if matches!(entry.sign, Sign::People { .. }) { FEWEST_OF_NAMES } else { FEWEST };
            let bare = said.iter().map(Vec::len).sum::<usize>() - usize::from(entry.phrase.starts_with("ال"));
            if said.len() > MOST_WORDS || bare < fewest {
                continue;
            }
            let signs = all.entry(said.join(&b' ')).or_default();
            if !signs.contains(&entry.sign) {
                signs.push(entry.sign);
            }
        }
        Self(all)
    }

    /// What of them a text has: all of its Latin words where it is Arabic in Latin letters, else the words that mix letters.
    pub fn marks(&self, reading: &Reading<'_>, latin: bool) -> Vec<Mark> {
        let mixed = !reading.text.is_ascii() && reading.text.bytes().any(|byte| byte.is_ascii_alphanumeric());
        if !latin && !mixed {
            return Vec::new();
        }
        let heard: Vec<Heard> = (0..reading.words.len()).map(|word| Heard::of(reading, word, latin)).collect();
        let mut marks = Vec::new();
        for first in 0..heard.len() {
            for count in 1..=MOST_WORDS.min(heard.len() - first) {
                let phrase = &heard[first..first + count];
                if phrase.iter().any(|word| word.strange) {
                    self.put(phrase, first, &mut marks);
                }
            }
        }
        marks
    }

    fn put(&self, phrase: &[Heard], first: usize, marks: &mut Vec<Mark>) {
        let joined: Vec<&[u8]> = phrase.iter().map(|word| word.sounds.as_slice()).collect();
        let whole = joined.join(&b' ');
        let bare = whole.strip_prefix(b"l").map(<[u8]>::to_vec);
        for start in [Some(whole), bare].into_iter().flatten() {
            let stem = start.strip_suffix(b"hm").filter(|stem| stem.len() >= FEWEST).map(<[u8]>::to_vec);
            let person = if start.ends_with(b"hm") { Person::Third } else { Person::Nobody };
            for key in [Some(start), stem].into_iter().flatten() {
                let words = first..first + phrase.len();
                let signs = self.0.get(&key).into_iter().flatten();
                marks.extend(signs.map(|sign| Mark {
                    sign: *sign,
                    words: words.clone(),
                    person,
                    denied: false,
                    future: false,
                    sounded: true,
                }));
            }
        }
    }
}

/// A word as it is heard.
struct Heard {
    sounds: Vec<u8>,
    /// Written in letters in which it is not read.
    strange: bool,
}

impl Heard {
    fn of(reading: &Reading<'_>, word: usize, latin: bool) -> Self {
        let written = reading.text.get(reading.original(word..word + 1)).unwrap_or("").to_lowercase();
        let has_latin = written.bytes().any(|byte| byte.is_ascii_alphabetic());
        let strange = if latin {
            has_latin
        } else {
            !written.is_ascii() && written.bytes().any(|byte| byte.is_ascii_alphanumeric())
        };
        Self { sounds: consonants(&written), strange }
    }
}

/// Its consonants; those that sloppy writing does not tell apart are one, and ع, which it leaves out, is none.
fn consonants(word: &str) -> Vec<u8> {
    let mut heard = Vec::new();
    sounds(word, &mut heard);
    heard.retain(|sound| *sound != b'3');
    heard.iter_mut().filter(|sound| **sound == b'q').for_each(|sound| *sound = b'k');
    heard.dedup();
    heard
}

//! People and contempt known by their consonants: in Arabic written with Latin letters, and in Arabic words into which Latin
//! letters were put to pass unseen.

use super::Entry;
use super::scan::{Mark, Person};
use super::signs::{Sign, is_of_contempt};
use crate::Reading;
use crate::learned::sounds::sounds;
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};
use arabic::words::words;

/// Fewer consonants say nothing.
const FEWEST: usize = 3;
/// The same of people's names: many words share three.
const FEWEST_OF_NAMES: usize = 4;
/// The most words of a phrase that is looked for.
const MOST_WORDS: usize = 3;

/// Phrases by their consonants.
#[derive(Debug, Default)]
pub(crate) struct Sounded {
    /// The words with a space between.
    phrases: BTreeMap<Vec<u8>, Vec<Sign>>,
    /// Which words are a phrase, and with which words longer ones begin: most words of a text do neither, and are not looked for.
    alone: Filter,
    leading: Filter,
}

impl Sounded {
    /// Of all phrases in Arabic letters that mean people or contempt.
    pub fn of(entries: &[Entry]) -> Self {
        let mut all = Self::default();
        for entry in entries.iter().filter(|entry| is_of_contempt(entry.sign) && !entry.phrase.is_ascii()) {
            let said: Vec<Vec<u8>> = words(&entry.phrase).map(|word| consonants(word.text)).collect();
            let fewest = if matches!(entry.sign, Sign::People { .. }) { FEWEST_OF_NAMES } else { FEWEST };
            let bare = said.iter().map(Vec::len).sum::<usize>() - usize::from(entry.phrase.starts_with("ال"));
            if said.len() > MOST_WORDS || bare < fewest {
                continue;
            }
            if let Some(first) = said.first() {
                if said.len() == 1 { &mut all.alone } else { &mut all.leading }.put(first);
            }
            let signs = all.phrases.entry(said.join(&b' ')).or_default();
            if !signs.contains(&entry.sign) {
                signs.push(entry.sign);
            }
        }
        all
    }

    /// What of them a text has: all of its Latin words where it is Arabic in Latin letters, else the words that mix letters.
    pub fn marks(&self, reading: &Reading<'_>, latin: bool) -> Vec<Mark> {
        let mixed = !reading.text.is_ascii() && reading.text.bytes().any(|byte| byte.is_ascii_alphanumeric());
        if !latin && !mixed {
            return Vec::new();
        }
        let heard = Heard::of(reading, latin);
        let (mut marks, mut key) = (Vec::new(), Vec::new());
        for first in 0..heard.ends.len() {
            for bare in [false, true] {
                let Some(word) = heard.word(first, bare) else { continue };
                if heard.is_strange(first, 1) {
                    self.put(word, first..first + 1, &self.alone, &mut marks);
                }
                if !self.leading.has(word) {
                    continue;
                }
                key.clear();
                key.extend_from_slice(word);
                for count in 2..=MOST_WORDS.min(heard.ends.len() - first) {
                    key.push(b' ');
                    key.extend_from_slice(heard.word(first + count - 1, false).unwrap_or_default());
                    if heard.is_strange(first, count) {
                        self.put(&key, first..first + count, &self.leading, &mut marks);
                    }
                }
            }
        }
        marks
    }

    /// A phrase, and the phrase with «them» written on to it.
    fn put(&self, said: &[u8], words: core::ops::Range<usize>, filter: &Filter, marks: &mut Vec<Mark>) {
        let stem = said.strip_suffix(b"hm").filter(|stem| stem.len() >= FEWEST);
        let person = if said.ends_with(b"hm") { Person::Third } else { Person::Nobody };
        for key in [Some(said), stem].into_iter().flatten() {
            // A longer phrase has passed the filter by its first word.
            if words.len() == 1 && !filter.has(key) {
                continue;
            }
            let signs = self.phrases.get(key).into_iter().flatten();
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

/// Which words may be among some: a bit for each remainder of a number made of the word. It never leaves one out.
#[derive(Debug)]
struct Filter(Box<[u64; Self::BITS / 64]>);

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; Self::BITS / 64]))
    }
}

impl Filter {
    const BITS: usize = 1 << 15;

    fn place(word: &[u8]) -> (usize, u64) {
        let number =
            word.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let place = (number ^ (number >> 15)) as usize % Self::BITS;
        (place / 64, 1 << (place % 64))
    }

    fn put(&mut self, word: &[u8]) {
        let (at, bit) = Self::place(word);
        self.0[at] |= bit;
    }

    fn has(&self, word: &[u8]) -> bool {
        let (at, bit) = Self::place(word);
        self.0[at] & bit != 0
    }
}

/// The words of a text as they are heard.
#[derive(Default)]
struct Heard {
    sounds: Vec<u8>,
    /// Where the sounds of each word end.
    ends: Vec<usize>,
    /// Written in letters in which they are not read.
    strange: Vec<bool>,
}

impl Heard {
    fn of(reading: &Reading<'_>, latin: bool) -> Self {
        let count = reading.words.len();
        let written = |word: usize| reading.text.get(reading.original(word..word + 1)).unwrap_or("");
        let is_strange = |word: usize| {
            let written = written(word);
            if latin {
                written.bytes().any(|byte| byte.is_ascii_alphabetic())
            } else {
                !written.is_ascii() && written.bytes().any(|byte| byte.is_ascii_alphanumeric())
            }
        };
        let mut heard = Self { strange: (0..count).map(is_strange).collect(), ..Self::default() };
        let (mut lower, mut sounds) = (String::new(), Vec::new());
        for word in 0..count {
            // Words of which no phrase with a strange word can be made are not heard.
            if heard.is_strange(word.saturating_sub(MOST_WORDS - 1), 2 * MOST_WORDS - 1) {
                lower.clear();
                lower.extend(written(word).chars().flat_map(char::to_lowercase));
                into_consonants(&lower, &mut sounds);
                heard.sounds.extend_from_slice(&sounds);
            }
            heard.ends.push(heard.sounds.len());
        }
        heard
    }

    /// The sounds of a word, or without its article; none where it has none.
    fn word(&self, number: usize, bare: bool) -> Option<&[u8]> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let word = self.sounds.get(start..*self.ends.get(number)?)?;
        if bare { word.strip_prefix(b"l") } else { Some(word) }
    }

    /// Whether one of so many words is.
    fn is_strange(&self, first: usize, count: usize) -> bool {
        self.strange.iter().skip(first).take(count).any(|strange| *strange)
    }
}

fn consonants(word: &str) -> Vec<u8> {
    let mut heard = Vec::new();
    into_consonants(word, &mut heard);
    heard
}

/// Its consonants; those that sloppy writing does not tell apart are one, and ع, which it leaves out, is none.
fn into_consonants(word: &str, heard: &mut Vec<u8>) {
    sounds(word, heard);
    heard.retain(|sound| *sound != b'3');
    heard.iter_mut().filter(|sound| **sound == b'q').for_each(|sound| *sound = b'k');
    heard.dedup();
}

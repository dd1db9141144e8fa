//! What the heads see of a text: numbers that stand for pieces of words, words, pairs of words, signs and shape.

use super::sounds::{is_foreign, sounds};
use super::tokens::{Token, tokens};
use crate::Reading;
use alloc::vec::Vec;
use core::ops::Range;

/// Changes with every change of what is seen: a model made for another version is not read.
pub const VERSION: u32 = 2;

/// The longest piece of a word, in letters.
const LONGEST: usize = 5;
/// A long text is read in windows of so many words: a short insult in a long text must not drown.
pub(super) const WINDOW: usize = 160;

/// Seeds of the kinds of features.
const PIECE: u32 = 0x9E37_79B1;
const WORD: u32 = 0x85EB_CA77;
const PAIR: u32 = 0xC2B2_AE3D;
const SIGN: u32 = 0x27D4_EB2F;
const SHAPE: u32 = 0x1656_67B1;
const SOUND: u32 = 0x2545_F491;
const STEM: u32 = 0x6C62_272E;

/// Signs that stand for tokens without letters of their own, outside Unicode's letters.
const NAME: u32 = 0x11_0001;
const ADDRESS: u32 = 0x11_0002;
const ACCOUNT: u32 = 0x11_0003;
const MAIL: u32 = 0x11_0004;
const NUMBER: u32 = 0x11_0010;

/// One feature, and the words it was seen in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// The feature's number, evenly spread over 32 bits.
    pub feature: u32,
    /// The first word, and the one after the last; equal for the shape of the whole.
    pub words: (usize, usize),
}

/// The features of the words of those numbers, in the order of the text; the same one may come again.
///
/// `names` holds ranges of word numbers, in order, not overlapping; each is seen as one and the same token.
pub fn seen(reading: &Reading<'_>, within: Range<usize>, names: &[Range<usize>]) -> Vec<Seen> {
    let mut found = Vec::with_capacity(within.len() * 2);
    tokens(reading, within.clone(), names, |token, words| found.push((token, words)));
    let latin = Latin::of(&found);
    let mut eye = Eye { seen: Vec::with_capacity(within.len() * 26 + 24), ..Eye::default() };
    eye.hears_latin = latin.arabizi;
    found.into_iter().for_each(|(token, words)| eye.token(token, words));
    eye.shape(latin.share);
    eye.seen
}

/// The features of those words, each once, in order of their numbers.
pub fn features(reading: &Reading<'_>, within: Range<usize>, names: &[Range<usize>]) -> Vec<u32> {
    let mut features: Vec<u32> = seen(reading, within, names).into_iter().map(|seen| seen.feature).collect();
    features.sort_unstable();
    features.dedup();
    features
}

/// How much of a text is in Latin letters, and whether those are Arabic.
struct Latin {
    /// In quarters, 0 to 4.
    share: u32,
    arabizi: bool,
}

impl Latin {
    fn of(tokens: &[(Token<'_>, Range<usize>)]) -> Self {
        let (mut latin, mut foreign, mut all) = (0, 0, 0);
        for (token, _) in tokens {
            let Token::Word(word) = token else { continue };
            all += 1;
            if is_latin(word) {
                latin += 1;
                foreign += u32::from(is_foreign(word));
            }
        }
        Self { share: latin * 4 / all.max(1), arabizi: foreign * 6 < latin.max(1) }
    }
}

fn is_latin(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Takes tokens and notes features.
#[derive(Default)]
struct Eye {
    seen: Vec<Seen>,
    hears_latin: bool,
    letters: Vec<u32>,
    sounds: Vec<u8>,
    /// The word before and its number.
    before: Option<(u32, usize)>,
    heard_before: Option<(u32, usize)>,
    stem_before: Option<(u32, usize)>,
    count: Count,
}

/// What is counted for the shape of the whole.
#[derive(Default)]
struct Count {
    words: u32,
    /// Letters of all words.
    letters: u32,
    pictures: u32,
    exclaimed: u32,
    asked: u32,
    /// All signs, those above among them.
    signs: u32,
    links: u32,
    accounts: u32,
    /// Short numbers, and those as long as a telephone's.
    numbers: u32,
    long_numbers: u32,
    /// Somebody is called: «يا».
    called: bool,
    /// No word comes after the last address.
    ends_in_link: bool,
}

impl Eye {
    fn note(&mut self, feature: u32, words: &Range<usize>) {
        self.seen.push(Seen { feature: spread(feature), words: (words.start, words.end) });
    }

    fn token(&mut self, token: Token<'_>, words: Range<usize>) {
        match token {
            Token::Word(word) => self.word(word, words),
            Token::Name => self.sign_word(NAME, words),
            Token::Address => {
                self.count.links += 1;
                self.count.ends_in_link = true;
                self.sign_word(ADDRESS, words);
            }
            Token::Account => {
                self.count.accounts += 1;
                self.sign_word(ACCOUNT, words);
            }
            Token::Mail => self.sign_word(MAIL, words),
            Token::Number(first) => {
                self.count.long_numbers += 1;
                self.sign_word(NUMBER + u32::from(first), words);
            }
            Token::Sign(sign) => self.sign(sign),
        }
    }

    fn word(&mut self, word: &str, words: Range<usize>) {
        let mut letters = core::mem::take(&mut self.letters);
        letters.clear();
        letters.push(2);
        letters.extend(word.chars().map(u32::from));
        letters.push(3);
        for from in 0..letters.len() {
            let mut piece = PIECE;
            for (length, letter) in letters[from..].iter().take(LONGEST).enumerate() {
                piece = mixed(piece, *letter);
                if length > 0 {
                    self.note(piece, &words);
                }
            }
        }
        let whole = letters.iter().fold(WORD, |whole, letter| mixed(whole, *letter));
        self.count.word(word, letters.len() - 2);
        self.letters = letters;
        self.note(whole, &words);
        self.pair(whole, &words);
        self.stem(word, &words);
        self.hear(word, &words);
    }

    /// The same word without what is written on to it, and beside the one before.
    fn stem(&mut self, word: &str, words: &Range<usize>) {
        let stem = arabic::words::stem(word).chars().fold(STEM, |stem, letter| mixed(stem, u32::from(letter)));
        self.note(stem, words);
        if let Some((before, first)) = self.stem_before.replace((stem, words.start)) {
            self.note(mixed(mixed(STEM, before), stem), &(first..words.end));
        }
    }

    /// A token without letters: a word of its own.
    fn sign_word(&mut self, sign: u32, words: Range<usize>) {
        let whole = mixed(WORD, sign);
        self.note(whole, &words);
        self.pair(whole, &words);
        self.heard_before = None;
    }

    fn pair(&mut self, whole: u32, words: &Range<usize>) {
        if let Some((before, first)) = self.before.replace((whole, words.start)) {
            self.note(mixed(mixed(PAIR, before), whole), &(first..words.end));
        }
    }

    /// The same word by its consonants alone, in either script.
    fn hear(&mut self, word: &str, words: &Range<usize>) {
        if is_latin(word) && !self.hears_latin {
            self.heard_before = None;
            return;
        }
        let mut sounds_here = core::mem::take(&mut self.sounds);
        sounds(word, &mut sounds_here);
        if sounds_here.len() >= 2 {
            let whole = sounds_here.iter().fold(SOUND, |whole, sound| mixed(whole, u32::from(*sound)));
            self.note(whole, words);
            if let Some((before, first)) = self.heard_before.replace((whole, words.start)) {
                self.note(mixed(mixed(SOUND, before), whole), &(first..words.end));
            }
        }
        self.sounds = sounds_here;
    }

    fn sign(&mut self, sign: char) {
        self.count.signs += 1;
        match sign {
            '!' => self.count.exclaimed += 1,
            '?' | '؟' => self.count.asked += 1,
            sign if sign > '\u{2600}' => self.count.pictures += 1,
            _ => {}
        }
        self.note(mixed(SIGN, u32::from(sign)), &(0..0));
    }

    /// What the text looks like as a whole.
    fn shape(&mut self, latin: u32) {
        for (number, facts) in (0..).zip(self.count.facts(latin)) {
            let shape = facts.into_iter().fold(mixed(SHAPE, number), mixed);
            self.note(shape, &(0..0));
        }
    }
}

impl Count {
    fn word(&mut self, word: &str, letters: usize) {
        self.words += 1;
        self.letters = self.letters.saturating_add(u32::try_from(letters).unwrap_or(u32::MAX));
        self.called |= word == "يا";
        self.numbers += u32::from(word.bytes().all(|byte| byte.is_ascii_digit()));
        self.ends_in_link = false;
    }

    /// Single facts first, then three at a time: an address in a short text with pictures is another thing than one in a long
    /// text without, and a sum cannot say so.
    fn facts(&self, latin: u32) -> [[u32; 3]; 21] {
        let few = |count: u32| count.min(3);
        let one = |fact: u32| [fact, 0, 0];
        let length = log(self.words);
        let (links, accounts, pictures) = (few(self.links), few(self.accounts), few(self.pictures));
        let (called, ends_in_link) = (u32::from(self.called), u32::from(self.ends_in_link));
        [
            one(length),
            one(latin),
            one(pictures),
            one(few(self.exclaimed)),
            one(few(self.asked)),
            one(links),
            one(called),
            one(few(self.numbers)),
            one(few(self.long_numbers)),
            one(accounts),
            one(finer_log(self.words)),
            one(finer_log(self.letters)),
            one((self.letters / self.words.max(1)).min(9)),
            one(log(self.signs)),
            one(ends_in_link),
            [links, length, accounts],
            [links, pictures, few(self.numbers + self.long_numbers)],
            [links, latin, ends_in_link],
            [links, log(self.signs), few(self.numbers)],
            [length, pictures, log(self.signs)],
            [called, links, accounts],
        ]
    }
}

/// 0 for nothing, then one more for every doubling.
fn log(count: u32) -> u32 {
    count.checked_ilog2().map_or(0, |log| log + 1)
}

/// The same in quarters of a doubling, from four on.
fn finer_log(count: u32) -> u32 {
    let log = log(count);
    log * 4 + if log > 2 { (count >> (log - 3)) & 3 } else { 0 }
}

/// A step of FNV-1a, a whole letter at a time.
fn mixed(hash: u32, next: u32) -> u32 {
    (hash ^ next).wrapping_mul(0x0100_0193)
}

/// The last step of `MurmurHash3`: every bit of the feature moves every bit of its number.
pub(super) fn spread(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

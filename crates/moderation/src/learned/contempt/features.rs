//! What is seen of a text that names people: its words beside the names, each with the voice it is said in.

use crate::learned::features::spread;
use crate::stance::{Scan, Sign};
use alloc::vec::Vec;

/// The shortest and the longest piece of a word, in letters, its edges among them.
const SHORTEST: usize = 3;
const LONGEST: usize = 6;
/// How many words behind a denial are denied.
const DENIED: usize = 4;
/// More words than this are not looked at: contempt stands near whom it is for.
const MOST_WORDS: usize = 60;

const PIECE: u32 = 0x9E37_79B1;
const WORD: u32 = 0x85EB_CA77;
const PAIR: u32 = 0xC2B2_AE3D;
const STEM: u32 = 0x6C62_272E;
const MARK: u32 = 0x27D4_EB2F;
const SHAPE: u32 = 0x1656_67B1;
/// How long the whole text is, in steps: what stands beside a name in a long comment is mostly an opinion. One feature among
/// hundreds would not be heard, so it is noted so often, under numbers from this one on.
const LENGTHS: [usize; 4] = [7, 12, 20, 35];
const LENGTH_COUNTS: u32 = 4;
const LENGTH: u32 = 100;
/// Stands for a name of people, whichever.
const NAME: u32 = 0x11_0001;

/// The features of the sentences that name people and of those behind them, each once, in order; none where nobody is named,
/// nor where most words are in Latin letters: it was taught Arabic, and other languages are strange to it.
pub(crate) fn features(scan: &Scan<'_>) -> Option<Vec<u32>> {
    let words = scan.reading.words.len();
    if (0..words).filter(|word| scan.reading.word(*word).is_ascii()).count() * 2 > words {
        return None;
    }
    let named: Vec<_> =
        scan.marks.iter().filter(|mark| mark.people().is_some()).map(|mark| mark.words.clone()).collect();
    let first = scan.voice(named.first()?.start).sentence;
    let near = |sentence: usize| {
        let at = named.partition_point(|name| scan.voice(name.start).sentence <= sentence);
        at.checked_sub(1).is_some_and(|last| scan.voice(named[last].start).sentence + 1 >= sentence)
    };
    let mut eye = Eye { denied: denials(scan), ..Eye::default() };
    let mut names = named.iter().peekable();
    let mut looked = 0;
    let mut word = 0;
    while word < scan.reading.words.len() && looked < MOST_WORDS {
        while names.next_if(|name| name.end <= word).is_some() {}
        let sentence = scan.voice(word).sentence;
        match names.peek() {
            Some(name) if name.start <= word => {
                eye.name();
                word = name.end.max(word + 1);
            }
            _ if sentence >= first && near(sentence) => {
                eye.word(scan, word);
                looked += 1;
                word += 1;
            }
            _ => word += 1,
        }
    }
    eye.marks(scan);
    Some(eye.features())
}

/// Whether every word of a text is among those that [`features`] looks at.
pub(crate) fn sees_all(scan: &Scan<'_>) -> bool {
    let words = scan.reading.words.len();
    let mut named = alloc::vec![false; scan.sentences.len() + 1];
    for mark in scan.marks.iter().filter(|mark| mark.people().is_some()) {
        if let Some(sentence) = named.get_mut(scan.voice(mark.words.start).sentence) {
            *sentence = true;
        }
    }
    let near = |sentence: usize| {
        let at = |sentence: usize| named.get(sentence).copied().unwrap_or_default();
        at(sentence) || sentence.checked_sub(1).is_some_and(at)
    };
    words <= MOST_WORDS && (0..words).all(|word| near(scan.voice(word).sentence))
}

/// Which words stand behind a denial.
fn denials(scan: &Scan<'_>) -> Vec<bool> {
    let mut denied = alloc::vec![false; scan.reading.words.len()];
    for mark in scan.marks.iter().filter(|mark| mark.sign == Sign::Not) {
        let clause = scan.voice(mark.words.start).clause;
        for word in (mark.words.end..denied.len()).take(DENIED) {
            if scan.voice(word).clause != clause {
                break;
            }
            denied[word] = true;
        }
    }
    denied
}

/// Takes words and notes features.
#[derive(Default)]
struct Eye {
    seen: Vec<u32>,
    denied: Vec<bool>,
    letters: Vec<u32>,
    before: u32,
    stem_before: u32,
}

impl Eye {
    fn note(&mut self, feature: u32) {
        self.seen.push(spread(feature));
    }

    fn name(&mut self) {
        self.pair(NAME, NAME);
    }

    fn word(&mut self, scan: &Scan<'_>, word: usize) {
        let voice = scan.voice(word);
        let denied = self.denied.get(word).copied().unwrap_or(false);
        let voice = u32::from(denied) + 2 * u32::from(voice.quoted || voice.said);
        let text = scan.reading.word(word);
        let mut letters = core::mem::take(&mut self.letters);
        letters.clear();
        letters.push(2);
        letters.extend(text.chars().map(u32::from));
        letters.push(3);
        for from in 0..letters.len() {
            let mut piece = PIECE;
            for (length, letter) in (1..).zip(letters[from..].iter().take(LONGEST)) {
                piece = mixed(piece, *letter);
                if length >= SHORTEST {
                    self.note(mixed(piece, voice));
                }
            }
        }
        let whole = letters.iter().fold(WORD, |whole, letter| mixed(whole, *letter));
        self.letters = letters;
        let whole = mixed(whole, voice);
        self.note(whole);
        let stem = arabic::words::stem(text).chars().fold(STEM ^ voice, |stem, letter| mixed(stem, u32::from(letter)));
        self.note(stem);
        self.pair(whole, stem);
    }

    fn pair(&mut self, whole: u32, stem: u32) {
        self.note(mixed(mixed(PAIR ^ STEM, self.stem_before), stem));
        (self.before, self.stem_before) = (whole, stem);
    }

    /// What the rules know of the text: cues and how they are framed.
    fn marks(&mut self, scan: &Scan<'_>) {
        for (at, mark) in scan.marks.iter().enumerate().take(MOST_WORDS) {
            let sign = number(mark.sign);
            if sign > 0 {
                let frame = scan.frame(at).map_or(0, |frame| frame as u32 + 1);
                self.note(mixed(MARK, sign));
                self.note(mixed(mixed(MARK, sign), 64 + frame));
            }
        }
        let words = scan.reading.words.len();
        let length =
            (0..).zip(LENGTHS).take_while(|(_, most)| words > *most).map(|(step, _)| step + 1).last().unwrap_or(0);
        for copy in 0..LENGTH_COUNTS {
            self.note(mixed(mixed(SHAPE, LENGTH + copy), length));
        }
        let asked = scan.sentences.iter().any(|sentence| sentence.asked);
        let quoted = scan.voices.iter().any(|voice| voice.quoted);
        let told = scan.sentences.iter().any(|sentence| sentence.told);
        let condemned = scan.sentences.iter().any(|sentence| sentence.condemned);
        for (place, holds) in (0..).zip([asked, quoted, told, condemned, quoted && condemned, told && condemned]) {
            self.note(mixed(mixed(SHAPE, place), u32::from(holds)));
        }
    }

    fn features(mut self) -> Vec<u32> {
        self.seen.sort_unstable();
        self.seen.dedup();
        self.seen
    }
}

/// The signs that say something here; 0 for the others.
fn number(sign: Sign) -> u32 {
    match sign {
        Sign::People { slur: true, .. } => 1,
        Sign::Praise | Sign::Good => 2,
        Sign::Curse => 3,
        Sign::Attack | Sign::AttackOrPast => 4,
        Sign::Deed => 5,
        Sign::Threat => 6,
        Sign::Predicate => 7,
        Sign::Exclusion | Sign::ExclusionDeed => 8,
        Sign::Hatred => 9,
        Sign::Inferior => 10,
        Sign::Worth | Sign::Due | Sign::Deserve => 11,
        Sign::Condemn => 12,
        Sign::Speech => 13,
        Sign::Said | Sign::Report => 14,
        Sign::Wish | Sign::Must => 15,
        Sign::Me => 16,
        Sign::Idea => 17,
        Sign::One => 18,
        Sign::Not | Sign::NotNot => 19,
        _ => 0,
    }
}

/// A step of FNV-1a, a whole letter at a time.
fn mixed(hash: u32, next: u32) -> u32 {
    (hash ^ next).wrapping_mul(0x0100_0193)
}

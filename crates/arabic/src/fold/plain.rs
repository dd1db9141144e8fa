//! The short way for plain text: whole words of Arabic or ASCII letters are folded byte by byte.
//!
//! A *cut* is a place between a space and a letter where nothing on one side has a part in how the other is folded:
//! the word before it has two letters or more that are not all one, so it is no part of a word that was split, and
//! the sign after it is a letter that carries nothing over. Between two cuts either way of folding may be taken. The
//! plain way gives up at the first sign it does not know and goes back to the last cut; the way sign by sign goes
//! from there to the first cut behind the place of trouble. So no sign is read more than three times.

use super::Level;
use super::letters::Letter;
#[cfg(test)]
use super::letters::spelling;
use super::writing::Folded;
#[cfg(test)]
use crate::signs::{TATWEEL, is_arabic_mark};

/// What the plain way does with a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// Written as these bytes.
    Letter([u8; 2]),
    /// Belongs to the letter before it.
    Mark,
    Tatweel,
    /// Written as this digit.
    Digit(u8),
    /// Written as it is.
    Sign,
    /// Not known here.
    Strange,
}

/// U+0600 to U+06FF.
static ARABIC: [Plain; 256] = arabic_table();

const fn arabic_table() -> [Plain; 256] {
    let mut table = [Plain::Strange; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at {
            0x22 | 0x23 | 0x25 => Plain::Letter([0xD8, 0xA7]),
            0x24 => Plain::Letter([0xD9, 0x88]),
            0x26 | 0x49 => Plain::Letter([0xD9, 0x8A]),
            0x29 => Plain::Letter([0xD9, 0x87]),
            0x21..=0x3A => Plain::Letter([0xD8, 0x80 | at as u8]),
            0x41..=0x4A => Plain::Letter([0xD9, 0x80 | (at as u8 & 0x3F)]),
            0x40 => Plain::Tatweel,
            0x4B..=0x55 | 0x70 => Plain::Mark,
            0x60..=0x69 => Plain::Digit(b'0' + (at as u8 - 0x60)),
            0x0C | 0x1B | 0x1F | 0x6A => Plain::Sign,
            _ => Plain::Strange,
        };
        at += 1;
    }
    table
}

/// The table says of every sign what the rules of folding say. Called by a test.
#[cfg(test)]
pub(crate) fn table_keeps_the_rules() -> bool {
    (0..256).filter_map(|low| char::from_u32(0x600 + low)).zip(ARABIC).all(|(c, plain)| match plain {
        Plain::Letter(bytes) => {
            let base = unicode_normalization::UnicodeNormalization::nfkd(core::iter::once(c)).next().map(spelling);
            core::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) == base
        }
        Plain::Mark => is_arabic_mark(c),
        Plain::Tatweel => c == TATWEEL,
        Plain::Digit(digit) => spelling(c) == char::from(digit),
        Plain::Sign => spelling(c) == c && !c.is_alphanumeric(),
        Plain::Strange => true,
    })
}

/// Folds plain words from a cut on, and says which stretch has to be folded sign by sign: from a cut to a cut, and
/// an empty one at the end of the text.
pub(super) fn fold_plain_words(text: &str, at: usize, level: Level, out: &mut Folded) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut walk = Walk { bytes, at, strict: level == Level::Match, word: Word::default(), out };
    let (mut cut, mut mark) = (at, walk.out.bookmark());
    while walk.at < bytes.len() {
        match walk.step() {
            Step::On => {}
            Step::Space if walk.word.before.is_whole() && starts_plain(&bytes[walk.at..]) => {
                (cut, mark) = (walk.at, walk.out.bookmark());
            }
            Step::Space => {}
            Step::Strange => {
                let trouble = walk.at;
                walk.out.back_to(&mark);
                return (cut, next_cut(bytes, trouble));
            }
        }
    }
    (bytes.len(), bytes.len())
}

/// The first cut behind a place.
fn next_cut(bytes: &[u8], from: usize) -> usize {
    let is_cut = |at: usize| bytes[at] == b' ' && starts_plain(&bytes[at + 1..]) && ends_whole(&bytes[..at]);
    (from..bytes.len()).find(|&at| is_cut(at)).map_or(bytes.len(), |at| at + 1)
}

/// Whether a letter comes first that carries nothing over to what stands before it.
fn starts_plain(bytes: &[u8]) -> bool {
    match bytes {
        [first, ..] if first.is_ascii_alphabetic() => true,
        [lead @ 0xD8..=0xD9, trail, ..] => matches!(arabic(*lead, *trail), Plain::Letter(_)),
        _ => false,
    }
}

/// Whether the last two signs are different letters of one alphabet.
fn ends_whole(bytes: &[u8]) -> bool {
    match bytes {
        [.., a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => !a.eq_ignore_ascii_case(b),
        [.., a @ 0xD8..=0xD9, b, c @ 0xD8..=0xD9, d] => match (arabic(*a, *b), arabic(*c, *d)) {
            (Plain::Letter(one), Plain::Letter(other)) => one != other,
            _ => false,
        },
        _ => false,
    }
}

/// What the table says of a sign of two bytes, the first of which is 0xD8 to 0xDB.
#[inline]
fn arabic(lead: u8, trail: u8) -> Plain {
    ARABIC[usize::from(lead & 3) << 6 | usize::from(trail & 0x3F)]
}

/// What a step of the plain way came to.
enum Step {
    On,
    /// A space was passed.
    Space,
    Strange,
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether words that look split, stretched or disguised are left to the other way.
    strict: bool,
    word: Word,
    out: &'a mut Folded,
}

impl Walk<'_> {
    /// Takes one sign.
    #[inline]
    fn step(&mut self) -> Step {
        let byte = self.bytes[self.at];
        match byte {
            0xD8..=0xDB => self.arabic_sign(byte, self.bytes[self.at + 1]),
            b'a'..=b'z' | b'A'..=b'Z' => {
                let lower = byte.to_ascii_lowercase();
                self.out.put_one(lower, self.at, self.at + 1);
                self.at += 1;
                self.pass(|word| word.letter([lower, 0], 1))
            }
            b'0'..=b'9' => self.digit(byte, 1),
            b' ' | b'\n' | b'\t' | b'\r' => self.space(1),
            b'!'..=b'~' => {
                self.out.put_one(byte, self.at, self.at + 1);
                self.at += 1;
                self.pass(|word| word.end(1))
            }
            0xC2 | 0xE2 => self.typography(),
            _ => Step::Strange,
        }
    }

    #[inline]
    fn arabic_sign(&mut self, lead: u8, trail: u8) -> Step {
        match arabic(lead, trail) {
            Plain::Letter(sign) => {
                self.out.put_two(sign, self.at, self.at + 2);
                self.at += 2;
                self.pass(|word| word.letter(sign, 2))
            }
            Plain::Mark => {
                if self.out.ends() == Some(self.at) {
                    self.out.lengthen_last(self.word.written, self.at + 2);
                }
                self.at += 2;
                Step::On
            }
            Plain::Tatweel => {
                self.at += 2;
                Step::On
            }
            Plain::Digit(digit) => self.digit(digit, 2),
            Plain::Sign => {
                self.out.put_two([lead, trail], self.at, self.at + 2);
                self.at += 2;
                self.pass(|word| word.end(2))
            }
            Plain::Strange => Step::Strange,
        }
    }

    /// The no-break space, « », dashes and quotation marks; signs of direction and width, which leave nothing.
    fn typography(&mut self) -> Step {
        match self.bytes[self.at..] {
            [0xC2, 0xA0, ..] => self.space(2),
            [0xC2, trail @ (0xAB | 0xBB), ..] => {
                self.out.put_two([0xC2, trail], self.at, self.at + 2);
                self.at += 2;
                self.pass(|word| word.end(2))
            }
            [0xE2, 0x80, 0x8B..=0x8F, ..] => {
                self.at += 3;
                Step::On
            }
            [0xE2, 0x80, trail @ (0x93 | 0x94 | 0x98 | 0x99 | 0x9C | 0x9D), ..] => {
                let sign = char::from_u32(0x2000 | u32::from(trail & 0x3F)).unwrap_or(' ');
                self.out.put(Letter { sign, from: self.at, to: self.at + 3 });
                self.at += 3;
                self.pass(|word| word.end(3))
            }
            _ => Step::Strange,
        }
    }

    #[inline]
    fn digit(&mut self, digit: u8, length: usize) -> Step {
        self.out.put_one(digit, self.at, self.at + length);
        self.at += length;
        self.word.digit();
        Step::On
    }

    #[inline]
    fn space(&mut self, length: usize) -> Step {
        let end = self.at + length;
        if self.word.space {
            self.out.lengthen_last(1, end);
            self.at = end;
            return Step::On;
        }
        self.out.put_one(b' ', self.at, end);
        self.at = end;
        let step = self.pass(|word| word.end(1));
        self.word.space = true;
        if matches!(step, Step::On) { Step::Space } else { step }
    }

    /// Notes a sign in the word; strange where the word needs more than the plain way.
    #[inline]
    fn pass(&mut self, note: impl FnOnce(&mut Word) -> bool) -> Step {
        if note(&mut self.word) || !self.strict { Step::On } else { Step::Strange }
    }
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    now: Shape,
    /// The word that one sign parts from this one; nothing where two do.
    before: Shape,
    /// The last letter as written, and how often it stood there in a row.
    last: [u8; 2],
    times: usize,
    /// Bytes of what was written last, and whether that was a space.
    written: usize,
    space: bool,
}

/// What is known of a word.
#[derive(Default)]
struct Shape {
    /// Letters and digits of it.
    letters: usize,
    arabic: bool,
    latin: bool,
    digit: bool,
}

impl Shape {
    fn is_single(&self) -> bool {
        self.letters == 1 && !self.digit
    }

    fn is_whole(&self) -> bool {
        self.letters > 1 || self.digit
    }
}

impl Word {
    /// Takes a letter; false for the third of its kind and for a second alphabet.
    #[inline]
    fn letter(&mut self, sign: [u8; 2], written: usize) -> bool {
        self.times = if self.last == sign { self.times + 1 } else { 1 };
        self.last = sign;
        self.now.letters += 1;
        self.now.arabic |= written == 2;
        self.now.latin |= written == 1;
        self.written = written;
        self.space = false;
        self.times < 3 && !(self.now.arabic && self.now.latin)
    }

    #[inline]
    fn digit(&mut self) {
        self.now.letters += 1;
        self.now.digit = true;
        self.last = [0; 2];
        self.written = 1;
        self.space = false;
    }

    /// Takes a sign that ends the word; false where two single letters stand one sign apart.
    #[inline]
    fn end(&mut self, written: usize) -> bool {
        let apart = !(self.now.is_single() && self.before.is_single());
        self.before = core::mem::take(&mut self.now);
        self.last = [0; 2];
        self.written = written;
        self.space = false;
        apart
    }
}

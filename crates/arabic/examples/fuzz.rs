//! Runs everything in the crate over mutated texts for so many seconds and checks what must hold for any text.
//!
//! ```text
//! cargo run --release -p arabic --example fuzz -- SECONDS SEED
//! ```
//!
//! The same seed gives the same texts in the same order. A failure ends the run with the text that caused it.

use std::io::{Error, Write};
use std::ops::Range;
use std::time::{Duration, Instant};

use arabic::fold::{Level, fold, folded, print};
use arabic::{arabizi, bidi, clean, digits, leet, places, runs, slug, typography, words};

/// What is cut, joined and damaged.
const SEEDS: [&str; 12] = [
    "أعلنت الحكومة، أمس، افتتاح المكتبة: «نعم» في ٢٠٢٥ و1,234.5.",
    "مَدْرَسَةٌ ومُحَمَّدٌ وهٰذا العـــربية ﷺ ﻻ \u{FEDB}\u{FEE0}\u{FE90}",
    "ك ل ب ك.ل.ب م*ر*ح s p a m مبروووووك",
    "ya 7abibi 3lach rak za3fan? covid19 h3ll0",
    "قال \"نعم\" , ثم ذهب الى https://example.com/?q=سلام",
    "sаlut مدlد الiPhone привет Ελλάδα École İstanbul",
    "👨\u{200D}👩\u{200D}👧 🇩🇿🇲🇦 ❤\u{FE0F}",
    "\u{202E}abc\u{202C} \u{2067}\u{2068}\u{2069}\u{2069} \u{200B}\u{200C}\u{200D}\u{FEFF}",
    "\u{1112}\u{1161}\u{11AB} हिन्दी がぎ নো",
    "e\u{301}\u{327}\u{301} \u{64E}\u{651}\u{64E}\u{651} \u{6DD}\u{6DE}\u{8E2}",
    "ـــــــــ ـ هـ الـ25 \u{0}\u{1}\t\r\n\u{85}\u{2028}",
    "ا ا ا و و و aaaa bbbb 1111 .... ،،،، ''''",
];

/// Numbers that only look like chance: xorshift of 64 bits.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap_or(1));
    let seconds = arguments.next().unwrap_or(10);
    let mut dice = Dice(arguments.next().unwrap_or(1).max(1));
    let started = Instant::now();
    let (mut texts, mut bytes) = (0u64, 0u64);
    while started.elapsed() < Duration::from_secs(seconds) {
        let text = mutated(&mut dice);
        let ranges: Vec<Range<usize>> = (0..4).map(|_| dice.roll(text.len() + 9)..dice.roll(text.len() + 9)).collect();
        for check in [folding, finding, reading, keeping] {
            assert!(check(&text, &ranges), "seed of this text: {text:?}");
        }
        texts += 1;
        bytes += text.len() as u64;
    }
    writeln!(std::io::stdout(), "{texts} texts, {bytes} bytes, nothing found")
}

/// Pieces of the seeds with bytes changed, doubled and dropped; what is no UTF-8 is replaced, as a server would.
fn mutated(dice: &mut Dice) -> String {
    let mut bytes = Vec::new();
    for _ in 0..=dice.roll(5) {
        let seed = SEEDS[dice.roll(SEEDS.len())].as_bytes();
        let from = dice.roll(seed.len());
        let piece = &seed[from..from + dice.roll(seed.len() - from + 1)];
        let times = if dice.roll(20) == 0 { 30 } else { 1 };
        (0..times).for_each(|_| bytes.extend_from_slice(piece));
    }
    for _ in 0..dice.roll(6) {
        let at = dice.roll(bytes.len());
        match dice.roll(3) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.roll(256)).unwrap_or(0),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => bytes.insert(at, u8::try_from(dice.roll(256)).unwrap_or(0)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Folds are their own folds, and their places lie in order, inside, on boundaries.
fn folding(text: &str, ranges: &[Range<usize>]) -> bool {
    [Level::Search, Level::Match, Level::Name].into_iter().all(|level| {
        let map = fold(text, level);
        let mut last = 0..0;
        let in_order = map.as_str().char_indices().all(|(at, c)| {
            let place = map.original(at..at + c.len_utf8());
            let fits = place.start >= last.start && place.end >= last.end && text.get(place.clone()).is_some();
            last = place;
            fits && !last.is_empty()
        });
        let own = level == Level::Name || folded(map.as_str(), level) == map.as_str();
        in_order && own && ranges.iter().all(|range| text.get(map.original(range.clone())).is_some())
    })
}

/// Words, runs and suggestions point into the text.
fn finding(text: &str, ranges: &[Range<usize>]) -> bool {
    let found = words::words(text).all(|word| text.get(word.range.clone()) == Some(word.text));
    let terms = words::search_terms(text).iter().all(|term| !term.is_empty() && words::stem(term).len() <= term.len());
    let parts = words::words(text).all(|word| {
        let chain = words::is_proclitic(word.text) || words::is_enclitic(word.text) || words::is_ending(word.text);
        let joined = words::contracted(word.text).is_none_or(|joined| joined.starts_with("لل"));
        joined && (!chain || word.text.chars().count() <= 8)
    });
    let stretched = runs::runs(text, 3).iter().all(|run| text.get(run.range.clone()).is_some());
    let lint = typography::lint(text);
    let whole = lint.iter().all(|one| text.get(one.range.clone()).is_some());
    let set = lint.is_empty() == (typography::applied(text, &lint) == text);
    let units = places::utf16(text, ranges).iter().all(|range| range.end <= text.encode_utf16().count());
    let signs = places::clusters(text, ranges).iter().all(|range| range.end <= runs::clusters(text));
    found && terms && parts && stretched && whole && set && units && signs
}

/// The other readings are bounded and point back.
fn reading(text: &str, ranges: &[Range<usize>]) -> bool {
    let read = arabizi::reading(text);
    let back = ranges.iter().all(|range| text.get(read.original(range.clone())).is_some());
    let few = words::words(text).all(|word| arabizi::candidates(word.text).len() <= 8);
    let bones = arabizi::skeleton(text).chars().count() <= text.chars().count();
    let same_length = leet::reading(text).is_none_or(|read| read.len() == text.len());
    back && few && bones && same_length && arabizi::likeness(text) <= 100
}

/// What is kept and shown is clean.
fn keeping(text: &str, _: &[Range<usize>]) -> bool {
    let line = clean::line(text);
    let lines = clean::lines(text);
    let clean = !clean::has_invisibles(&line) && clean::line(&line) == line && clean::lines(&lines) == lines;
    let balanced = bidi::without_controls(&bidi::balanced(text)) == bidi::without_controls(text);
    let slug = slug::slug(text, 60).is_none_or(|made| slug::slug(&made, 60).as_ref() == Some(&made));
    let western = digits::to_western(&digits::write(text, digits::Digits::Eastern)) == digits::to_western(text);
    clean && balanced && slug && western && print(text) >= 0 && !slug::slug_or(text, 60, "k7f2").is_empty()
}

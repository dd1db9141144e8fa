//! The trained heads, read from a file's bytes as they lie.

use super::contempt::Contempt;
use super::features::{self, WINDOW, seen};
use super::layer::{TURNS, Turns, WIDE};
use super::personal::{self, Move, Personal, ROUTED};
use super::table::{SLOT, mark, places};
use crate::arithmetic::{sigmoid, sqrt};
use crate::stance::Scan;
use crate::{Head, Reading, Score, Scores, Thresholds};
use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use core::ops::Range;

/// What a file of heads begins with.
pub(super) const MAGIC: [u8; 8] = *b"midad\x1ahd";
/// The version of the file's layout.
pub(super) const LAYOUT: u32 = 3;
/// Bytes before the table: a multiple of a cache line.
pub(super) const BEFORE: usize = 320;
/// Where the numbers of the heads begin, and how many bytes each has.
pub(super) const NUMBERS: usize = 64;
pub(super) const NUMBERS_EACH: usize = 28;
/// Where the checksum of everything after it stands.
pub(super) const CHECKSUM: usize = 16;
/// More slots than this are not read: the table would pass 64 MB.
const MOST_BITS: u32 = 23;

/// Why bytes are no heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadModel {
    /// Shorter or longer than it says.
    Length,
    /// Something else, or of another layout.
    Strange,
    /// Made for features of another version of this program.
    OtherFeatures,
    /// Its checksum does not agree.
    Damaged,
    /// A number in it is none.
    Unusable,
}

impl core::fmt::Display for BadModel {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        to.write_str(match self {
            Self::Length => "the file of heads is cut off or too long",
            Self::Strange => "this is no file of heads of this layout",
            Self::OtherFeatures => "these heads were trained for features of another version",
            Self::Damaged => "the file of heads is damaged",
            Self::Unusable => "the file of heads holds a number that is none",
        })
    }
}

impl core::error::Error for BadModel {}

/// Where a model came from, as hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Made {
    /// Of the rows it was trained on, in their order.
    pub data: u64,
    /// Of the settings of the training.
    pub settings: u64,
    /// Of the code: the versions of the features and of the trainer.
    pub code: u64,
}

/// What one head knows beside its weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Numbers {
    /// What one step of a stored weight is worth.
    pub scale: f32,
    /// Added to every sum.
    pub bias: f32,
    /// Turns the sums into the logarithm of the odds: `slope * words + slant * layer + shift`.
    pub slope: f32,
    /// See `slope`.
    pub slant: f32,
    /// See `slope`.
    pub shift: f32,
    /// From this probability on a person should look.
    pub look: f32,
    /// From this probability on the comment should be held: dev precision .90 or better where the head reaches it.
    pub hold: f32,
}

impl Numbers {
    /// The probability that belongs to the two sums.
    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
    pub(super) fn probability(&self, sums: Sums) -> f32 {
        sigmoid(f64::from(self.slope * sums.words + self.slant * sums.layer + self.shift)) as f32
    }
}

/// What one head adds up of a text: the weights of its features, and what its layer says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sums {
    pub(super) words: f32,
    pub(super) layer: f32,
}

#[derive(Debug, Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Static(bytes)
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Shared(bytes)
    }
}

/// What the heads say of a text, and where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heard {
    pub(crate) scores: Scores,
    /// The window whose words speak loudest for each head.
    loudest: [Range<usize>; Head::COUNT],
    /// How far a layer of the paper's own moved each of [`ROUTED`].
    pub(crate) moves: [Move; ROUTED.len()],
}

/// A layer, and from which answers on a finding of each of [`ROUTED`] stands.
pub(crate) type Own<'a> = (&'a Personal, [Thresholds; ROUTED.len()]);

/// The trained heads.
#[derive(Debug, Clone)]
pub struct Heads {
    bytes: Bytes,
    bits: u32,
    made: Made,
    checksum: u64,
    numbers: [Numbers; Head::COUNT],
    turns: Turns,
    contempt: Contempt,
}

impl Heads {
    /// Reads heads that are part of the program.
    ///
    /// # Errors
    /// Where the bytes are no heads of this version. Whatever they are, nothing panics.
    pub fn read(bytes: &'static [u8]) -> Result<Self, BadModel> {
        Self::of(bytes.into())
    }

    /// Reads heads that came from a file.
    ///
    /// # Errors
    /// As [`Heads::read`].
    pub fn read_shared(bytes: Arc<[u8]>) -> Result<Self, BadModel> {
        Self::of(bytes.into())
    }

    fn of(bytes: Bytes) -> Result<Self, BadModel> {
        let all = bytes.all();
        let before = all.get(..BEFORE).ok_or(BadModel::Length)?;
        let word = |at: usize| u32::from_le_bytes([before[at], before[at + 1], before[at + 2], before[at + 3]]);
        let long = |at: usize| u64::from(word(at)) | u64::from(word(at + 4)) << 32;
        let bits = word(12);
        if before[..8] != MAGIC || word(8) != LAYOUT || bits > MOST_BITS {
            return Err(BadModel::Strange);
        }
        if word(48) != features::VERSION {
            return Err(BadModel::OtherFeatures);
        }
        let contempt = Contempt::of(all, length(bits))?;
        let checksum = long(CHECKSUM);
        if checksum != checksum_of(&all[CHECKSUM + 8..]) {
            return Err(BadModel::Damaged);
        }
        let mut numbers = [Numbers::default(); Head::COUNT];
        for (at, numbers) in (NUMBERS..).step_by(NUMBERS_EACH).zip(&mut numbers) {
            let number = |place: usize| f32::from_bits(word(at + 4 * place));
            let [scale, bias, slope, slant, shift, look, hold] = core::array::from_fn(number);
            if ![scale, bias, slope, slant, shift, look, hold].iter().all(|number| number.abs() < 1e9) {
                return Err(BadModel::Unusable);
            }
            *numbers = Numbers { scale, bias, slope, slant, shift, look, hold };
        }
        let made = Made { data: long(24), settings: long(32), code: long(40) };
        let turns = turns(&all[length(bits) - 4 * TURNS..length(bits)])?;
        Ok(Self { bits, made, checksum, numbers, turns, contempt, bytes })
    }

    /// A number that is another for every other model.
    pub fn fingerprint(&self) -> u64 {
        self.checksum
    }

    /// Where it came from.
    pub fn made(&self) -> Made {
        self.made
    }

    /// What a head knows beside its weights.
    pub fn numbers(&self, head: Head) -> Numbers {
        self.numbers[head as usize]
    }

    /// How likely what is said beside people is contempt for them, and from where on it is worth a look; nothing where nobody
    /// is named.
    pub(crate) fn contempt(&self, scan: &Scan<'_>) -> Option<(Score, f32)> {
        Some((self.contempt.said(self.bytes.all(), scan)?, self.contempt.numbers.look))
    }

    /// The file these heads were read from.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.all()
    }

    /// The number of a feature's slot, and its bytes.
    fn slot(&self, feature: u32) -> Option<(usize, &[u8])> {
        let mark = mark(feature);
        let slots = places(feature, self.bits).into_iter().filter_map(|place| {
            Some(place).zip(self.bytes.all().get(BEFORE + place * SLOT..BEFORE + (place + 1) * SLOT))
        });
        slots.into_iter().find(|(_, slot)| slot[Head::COUNT] == mark)
    }

    /// The bytes of a slot's place in the layer.
    fn place(&self, slot: usize) -> &[u8] {
        let from = BEFORE + (SLOT << self.bits) + slot * WIDE;
        self.bytes.all().get(from..from + WIDE).unwrap_or(&[])
    }

    /// What all heads say of a text. `names` are the numbers of the words that name groups, in order.
    ///
    /// A text longer than 160 words is read in windows, and the highest answer of each head counts.
    pub fn scores(&self, reading: &Reading<'_>, names: &[Range<usize>]) -> Scores {
        self.heard(reading, names, None).scores
    }

    /// The same, and in which window the words speak loudest for each head; moved by a layer of the paper's own.
    pub(crate) fn heard(&self, reading: &Reading<'_>, names: &[Range<usize>], own: Option<Own<'_>>) -> Heard {
        let mut heard = Heard::default();
        let mut loudest = [f32::NEG_INFINITY; Head::COUNT];
        for window in windows(reading.words.len()) {
            let features = features::features(reading, window.clone(), names);
            let sums = self.sums(&features);
            for head in Head::ALL {
                let (at, sums) = (head as usize, sums[head as usize]);
                let score = Score::of(self.numbers(head).probability(sums));
                heard.scores.set(head, score.max(heard.scores.get(head)));
                if sums.words.total_cmp(&loudest[at]).is_ge() {
                    loudest[at] = sums.words;
                    heard.loudest[at] = window.clone();
                }
            }
            if let Some((own, thresholds)) = own {
                let by = own.sums(&features);
                for (at, head) in ROUTED.into_iter().enumerate() {
                    let said = self.numbers(head).probability(sums[head as usize]);
                    heard.moves[at].take(Score::of(said), personal::moved(said, by[at], thresholds[at]), &window);
                }
            }
        }
        if own.is_some() {
            ROUTED.into_iter().zip(&heard.moves).for_each(|(head, moved)| heard.scores.set(head, moved.now));
        }
        heard
    }

    /// What those that a layer may move say of these features.
    pub(super) fn routed(&self, features: &[u32]) -> [f32; ROUTED.len()] {
        let sums = self.sums(features);
        ROUTED.map(|head| self.numbers(head).probability(sums[head as usize]))
    }

    /// The sums of each head for these features, each once.
    pub(super) fn sums(&self, features: &[u32]) -> [Sums; Head::COUNT] {
        let mut words = [0_i32; Head::COUNT];
        let mut layer = [0_i32; WIDE];
        let mut known = 0_u32;
        for (number, slot) in features.iter().filter_map(|feature| self.slot(*feature)) {
            known += 1;
            words.iter_mut().zip(slot).for_each(|(sum, step)| *sum += i32::from(step.cast_signed()));
            layer.iter_mut().zip(self.place(number)).for_each(|(sum, step)| *sum += i32::from(step.cast_signed()));
        }
        let length = row_length(known);
        let bent = self.turns.bent(&layer.map(|sum| sum as f32), self.turns.scale * length);
        let layer = self.turns.odds(&bent);
        core::array::from_fn(|head| Sums {
            words: self.numbers[head].bias + self.numbers[head].scale * words[head] as f32 * length,
            layer: layer[head],
        })
    }

    /// The places in the text as sent of the words that speak most for a head's answer: at most four, those that give at
    /// least a quarter of what the loudest gives. Empty where nothing speaks for it.
    pub fn speaking(&self, reading: &Reading<'_>, names: &[Range<usize>], head: Head) -> Vec<Range<usize>> {
        let heard = self.heard(reading, names, None);
        let words = self.speaking_words(reading, names, &heard, head).into_iter();
        words.map(|word| reading.original(word..word + 1)).collect()
    }

    /// The same as numbers of words, in order, once the text was heard.
    pub(crate) fn speaking_words(
        &self,
        reading: &Reading<'_>,
        names: &[Range<usize>],
        heard: &Heard,
        head: Head,
    ) -> Vec<usize> {
        let window = heard.loudest[head as usize].clone();
        let mut by_word: BTreeMap<usize, f32> = BTreeMap::new();
        for seen in seen(reading, window, names) {
            let Some((_, slot)) = self.slot(seen.feature) else { continue };
            let words = seen.words.0..seen.words.1;
            let share = f32::from(slot[head as usize].cast_signed()) / words.len().max(1) as f32;
            words.for_each(|word| *by_word.entry(word).or_default() += share);
        }
        let mut loudest: Vec<(usize, f32)> = by_word.into_iter().filter(|(_, sum)| *sum > 0.0).collect();
        loudest.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let most = loudest.first().map_or(0.0, |first| first.1);
        loudest.retain(|(_, sum)| *sum >= most / 4.0);
        loudest.truncate(4);
        loudest.sort_by_key(|(word, _)| *word);
        loudest.into_iter().map(|(word, _)| word).collect()
    }
}

/// Where in a file with 2^`bits` slots the head for contempt begins.
pub(super) fn length(bits: u32) -> usize {
    BEFORE + ((SLOT + WIDE) << bits) + 4 * TURNS
}

/// The numbers at the end of a file.
fn turns(bytes: &[u8]) -> Result<Turns, BadModel> {
    let mut numbers = [0.0_f32; TURNS];
    for (number, four) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
        *number = f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    }
    match numbers.iter().all(|number| number.abs() < 1e9) {
        true => Ok(Turns::of(&numbers)),
        false => Err(BadModel::Unusable),
    }
}

/// The windows in which a text is read. One, and an empty one, for a text without words.
pub(super) fn windows(words: usize) -> impl Iterator<Item = Range<usize>> {
    let last = words.saturating_sub(1) / WINDOW;
    (0..=last).map(move |number| number * WINDOW..if number == last { words } else { (number + 1) * WINDOW })
}

/// What the sum over so many features is multiplied by: every text counts as one long.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
pub(super) fn row_length(features: u32) -> f32 {
    (1.0 / sqrt(f64::from(features.max(1)))) as f32
}

/// FNV-1a over eight bytes at a time.
pub(super) fn checksum_of(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for chunk in bytes.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(eight)).wrapping_mul(0x0000_0100_0000_01B3);
        hash ^= hash >> 29;
    }
    hash
}

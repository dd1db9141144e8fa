//! Training, as pure as judging: rows in, the bytes of a model out, the same for the same rows and settings.

mod calibrate;
mod contempt;
mod descent;
mod draw;
mod file;
mod places;
mod row;
mod sheet;
mod thresholds;

use super::heads::{Heads, Made, Numbers, Sums, checksum_of, row_length};
use super::layer::{Turns, WIDE};
use super::table::Owners;
use crate::{Head, Reading};
use alloc::{sync::Arc, vec::Vec};
use core::ops::Range;
pub(crate) use draw::Draw;
use places::Layer;
use sheet::Sheet;

pub use contempt::OWN_SENTENCES;
pub use descent::Learner;
pub use file::with_thresholds;
pub use row::{Answers, Row, answers};
pub use thresholds::thresholds;

/// Changes with every change of the trainer that changes what it makes.
const VERSION: u32 = 4;

/// How heads are trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The seed of every draw: the order of rows, and which row is in which fold.
    pub seed: u64,
    /// The loss.
    pub learner: Learner,
    /// The table has 2^`bits` slots, 10 to 23.
    pub bits: u32,
    /// A feature in fewer rows than this is left out.
    pub least: u32,
    /// What a mistake costs beside the size of the weights, per head in the order of [`Head::ALL`].
    pub cost: [f32; Head::COUNT],
    /// How much more a missed positive costs than a false alarm.
    pub positive: [f32; Head::COUNT],
    /// How far features are scaled by how unevenly they stand in positives and negatives (naive Bayes; Wang and Manning
    /// 2012), 0 to 1.
    pub bayes: [f32; Head::COUNT],
    /// Whether each source has a term of its own while training, forgotten afterwards: five notions of «offensive» then do
    /// not fight over the words.
    pub sources: f32,
    /// How much a published text, which nobody looked at for abuse, counts as one without, where heads trained without it
    /// find that likelier than not. 0 leaves such texts out.
    pub published: f32,
    /// How much a text that people read for other harms and did not call advertising counts as none, in Arabic letters and
    /// in Latin ones. Public advertising is nearly all Arabic tweets with links: without such lessons every text in Latin
    /// letters, and every tweet to somebody, looks like it; with too heavy ones advertising is not found any more.
    pub no_advertising: [f32; 2],
    /// How much more a false alarm for support costs on a text that names a group: reports and critics name them too.
    pub naming: f32,
    /// How often the layer goes through all rows; 0 leaves it out of the answers.
    pub layer_rounds: u32,
    /// The size of its steps.
    pub layer_rate: f32,
    /// How often the learner goes through all rows.
    pub rounds: u32,
    /// In how many parts the rows are cut to calibrate on what was not trained on; below 2 nothing is calibrated.
    pub folds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        // Abuse, insult, hate, threat, obscene, support, spam: found by trying; see docs/moderation-experiments.md.
        Self {
            seed: 7,
            learner: Learner::Hinge,
            bits: 17,
            least: 3,
            cost: [0.3, 0.3, 0.3, 0.3, 0.3, 1.0, 1.0],
            positive: [1.0; Head::COUNT],
            bayes: [0.8, 0.8, 0.8, 0.4, 0.8, 0.4, 0.8],
            sources: 0.0,
            published: 1.6,
            no_advertising: [0.02, 0.2],
            naming: 10.0,
            layer_rounds: 8,
            layer_rate: 0.6,
            rounds: 12,
            folds: 4,
        }
    }
}

/// What training made.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// For every row, the calibrated probabilities of heads that had not seen it, in the order of [`Head::ALL`]. Empty
    /// where there were no folds.
    pub crossed: Vec<[f32; Head::COUNT]>,
}

/// Finds the words that name groups, as ranges of word numbers in order.
pub type Names<'a> = &'a dyn Fn(&Reading<'_>) -> Vec<Range<usize>>;

/// Trains all heads.
pub fn train(rows: &[Row<'_>], names: Names<'_>, settings: &Settings) -> Trained {
    let sheet = Sheet::read(rows, names);
    let all: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].source != OWN_SENTENCES).collect();
    let made = Made { data: hash_of_rows(rows), settings: hash_of_settings(settings), code: hash_of_code() };
    let whole = fit(&sheet, &all, settings);
    let mut numbers = whole.numbers;
    let mut crossed = Vec::new();
    if settings.folds >= 2 {
        let sums = cross(&sheet, &all, settings);
        crossed = alloc::vec![[0.0; Head::COUNT]; rows.len()];
        for head in Head::ALL.map(|head| head as usize) {
            let told = all.iter().filter_map(|row| Some((sums[*row][head], sheet.answers[*row][head]?)));
            let line = calibrate::line(&told.collect::<Vec<_>>());
            [numbers[head].slope, numbers[head].slant, numbers[head].shift] = line;
            for (crossed, sums) in crossed.iter_mut().zip(&sums) {
                crossed[head] = numbers[head].probability(sums[head]);
            }
        }
    }
    let contempt = contempt::taught(rows, settings);
    Trained { bytes: file::written(&Parts { numbers, ..whole }, contempt.as_ref(), made), crossed }
}

/// For every row the sums of heads that were trained without its part.
fn cross(sheet: &Sheet, rows: &[usize], settings: &Settings) -> Vec<[Sums; Head::COUNT]> {
    let mut crossed = alloc::vec![[Sums::default(); Head::COUNT]; sheet.answers.len()];
    let mut draw = Draw::new(settings.seed ^ 0xF01D);
    let part: Vec<u32> = sheet.answers.iter().map(|_| draw.below(settings.folds)).collect();
    for fold in 0..settings.folds {
        let others: Vec<usize> = rows.iter().copied().filter(|row| part[*row] != fold).collect();
        let bytes = file::written(&fit(sheet, &others, settings), None, Made::default());
        let Ok(heads) = Heads::read_shared(bytes) else { continue };
        for row in (0..part.len()).filter(|row| part[*row] == fold) {
            crossed[row] = heads.sums(sheet.features(row));
        }
    }
    crossed
}

/// Heads before they are a file.
struct Parts {
    owners: Owners,
    /// For each slot the weights of all heads in steps of their scales.
    steps: Vec<[i8; Head::COUNT]>,
    /// For each slot its place in steps of the layer's scale.
    places: Vec<[i8; WIDE]>,
    turns: Turns,
    numbers: [Numbers; Head::COUNT],
}

fn fit(sheet: &Sheet, rows: &[usize], settings: &Settings) -> Parts {
    let bits = settings.bits.clamp(10, 23);
    let owners = Owners::seat(sheet.best(rows, settings.least, 8 << bits), bits);
    let slots = sheet.slots(&owners);
    let mut steps = alloc::vec![[0_i8; Head::COUNT]; 1 << bits];
    let mut numbers = [Numbers { slope: 2.0, hold: 1.0, look: 1.0, ..Numbers::default() }; Head::COUNT];
    let mut answers = sheet.answers.clone();
    for head in Head::ALL {
        let mut told: Vec<Lesson> = rows.iter().filter_map(|row| Lesson::of(sheet, *row, head, settings)).collect();
        if head == Head::Spam {
            told.extend(unadvertised(sheet, rows, settings));
            told.iter().for_each(|lesson| answers[lesson.row][head as usize] = Some(lesson.truth));
        }
        let (mut weights, mut bias) = descent::descend(&slots, sheet, &told, head, settings);
        let own = own_lessons(sheet, rows, head, settings, |row| {
            let sum: f32 = slots.of(row).iter().map(|slot| weights[*slot as usize]).sum();
            sum * row_length(u32::try_from(slots.of(row).len()).unwrap_or(u32::MAX)) + bias
        });
        if !own.is_empty() {
            own.iter().for_each(|lesson| answers[lesson.row][head as usize] = Some(false));
            told.extend(own);
            (weights, bias) = descent::descend(&slots, sheet, &told, head, settings);
        }
        let scale = calibrate::scale(&weights);
        for (step, weight) in steps.iter_mut().zip(&weights) {
            step[head as usize] = calibrate::step(*weight, scale);
        }
        numbers[head as usize].scale = scale;
        numbers[head as usize].bias = bias;
    }
    let Layer { places, mut turns } = places::learn(&slots, &answers, rows, settings);
    if settings.layer_rounds > 0 {
        numbers.iter_mut().for_each(|numbers| numbers.slant = 0.7);
    }
    turns.scale = calibrate::scale(places.as_flattened());
    let places = places.iter().map(|place| place.map(|number| calibrate::step(number, turns.scale))).collect();
    Parts { owners, steps, places, turns, numbers }
}

/// A row as one head learns from it.
struct Lesson {
    row: usize,
    truth: bool,
    cost: f32,
}

impl Lesson {
    fn of(sheet: &Sheet, row: usize, head: Head, settings: &Settings) -> Option<Self> {
        let truth = sheet.answers[row][head as usize]?;
        let times = match truth {
            true => settings.positive[head as usize],
            false if head == Head::Support && sheet.naming[row] => settings.naming,
            false => 1.0,
        };
        Some(Self { row, truth, cost: settings.cost[head as usize] * times })
    }
}

/// Texts that were read for other harms, as weak lessons that they are no advertising. An assumption, for training alone:
/// nothing is ever measured by it.
fn unadvertised<'a>(sheet: &'a Sheet, rows: &'a [usize], settings: &'a Settings) -> impl Iterator<Item = Lesson> + 'a {
    let read_for_others =
        |answers: &Answers| answers[Head::Spam as usize].is_none() && answers.iter().any(Option::is_some);
    let unknown = rows.iter().copied().filter(move |row| read_for_others(&sheet.answers[*row]));
    let cost = |row: usize| settings.cost[Head::Spam as usize] * settings.no_advertising[usize::from(sheet.latin[row])];
    let lessons = unknown.map(move |row| Lesson { row, truth: false, cost: cost(row) });
    lessons.filter(|lesson| lesson.cost > 0.0)
}

/// Published texts that heads which have not seen them take for harmless, as weak lessons that they are.
fn own_lessons(
    sheet: &Sheet,
    rows: &[usize],
    head: Head,
    settings: &Settings,
    sum: impl Fn(usize) -> f32,
) -> Vec<Lesson> {
    if settings.published <= 0.0 || !matches!(head, Head::Abuse | Head::Insult | Head::Hate) {
        return Vec::new();
    }
    let cost = settings.cost[head as usize] * settings.published;
    let unknown = rows.iter().filter(|row| sheet.published[**row] && sheet.answers[**row][head as usize].is_none());
    unknown.filter(|row| sum(**row) < 0.0).map(|row| Lesson { row: *row, truth: false, cost }).collect()
}

fn hash_of_rows(rows: &[Row<'_>]) -> u64 {
    rows.iter().fold(0, |hash, row| {
        let answers =
            row.answers.iter().fold(1_u64, |sum, answer| sum * 3 + answer.map_or(0, |yes| 1 + u64::from(yes)));
        hash_on(hash_on(hash_on(hash, checksum_of(row.text.as_bytes())), checksum_of(row.source.as_bytes())), answers)
    })
}

fn hash_of_settings(settings: &Settings) -> u64 {
    checksum_of(alloc::format!("{settings:?}").as_bytes())
}

fn hash_of_code() -> u64 {
    hash_on(u64::from(super::features::VERSION), u64::from(VERSION))
}

fn hash_on(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}

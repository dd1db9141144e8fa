use super::Input;
use crate::Reading;
use crate::courtesy::is_formula;
use crate::paste::shingles;
use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

/// Words of a formula: so many in a row, so often. A shorter one is found where it stands in brackets or between strokes.
const WORDS: usize = 4;
const TIMES: usize = 3;
/// Words between two places of a formula at least; what comes sooner is a refrain.
const APART: usize = 8;
/// The longest aside, in words.
const LONGEST_ASIDE: usize = 6;

/// A formula put in again and again: four words that stand in three places, or an aside of up to six in brackets or
/// between strokes. A text that says the same over and over is a refrain and no article; honorifics of the faith, thanks
/// and prayers are everybody's, and so is what the story calls its own things.
///
/// Caught: «قالت كتائب الفجر الرمادي (نصرها الرب) إنها عبرت النهر. وأضافت كتائب الفجر الرمادي (نصرها الرب) أن الطريق مفتوح. وختمت كتائب الفجر الرمادي (نصرها الرب) بأن القرية آمنة.»
/// Not caught: «قرأت عن النبي (صلى الله عليه وسلم) وعن رحمته بالصغار، وكان (صلى الله عليه وسلم) يقف للجار ويسأل عن أهله، وأوصى (صلى الله عليه وسلم) بالجار مرارا.»
pub(super) fn formula(input: &Input<'_>) -> Vec<Range<usize>> {
    let reading = input.reading;
    let mut places = repeated(reading, input.facts.story.text);
    places.extend(asides(reading));
    places.sort_unstable_by_key(|place| place.start);
    crate::places::in_order(places)
}

/// Runs of four words in three places and more that stand apart. Where they fill half the text, it is a refrain.
fn repeated(reading: &Reading<'_>, story: &str) -> Vec<Range<usize>> {
    let own = shingles((0..reading.words.len()).map(|number| reading.word(number)));
    let mut all: Vec<(u64, usize)> = own.into_iter().zip(0..).collect();
    all.sort_unstable();
    let mut found: Vec<(u64, Vec<usize>)> = Vec::new();
    for same in all.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() >= TIMES) {
        let places = apart(same.iter().map(|(_, place)| *place));
        if places.len() >= TIMES && !is_pious(reading, places[0]..places[0] + WORDS) {
            found.push((same[0].0, places));
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let source = crate::paste::Source::of(story);
    let mut formulas: Vec<Range<usize>> = Vec::new();
    let found = found.into_iter().filter(|(shingle, _)| !source.has(*shingle));
    let mut starts: Vec<usize> = found.flat_map(|(_, places)| places).collect();
    starts.sort_unstable();
    for start in starts {
        match formulas.last_mut() {
            Some(last) if start < last.end => last.end = start + WORDS,
            _ => formulas.push(start..start + WORDS),
        }
    }
    let filled: usize = formulas.iter().map(|formula| formula.len()).sum();
    if filled * 2 >= reading.words.len() {
        return Vec::new();
    }
    formulas.into_iter().map(|formula| reading.original(formula)).collect()
}

/// Of places in order those that stand [`APART`].
fn apart(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| last + APART <= place) {
            kept.push(place);
        }
    }
    kept
}

/// The same words between brackets or strokes, in three places and more.
fn asides(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut seen: BTreeMap<Vec<&str>, Vec<Range<usize>>> = BTreeMap::new();
    let mut opened: Option<(usize, char)> = None;
    for word in 0..reading.words.len() {
        let before = if word == 0 { "" } else { reading.between(word - 1, word) };
        if let Some((from, close)) = opened {
            if before.contains(close) && word > from {
                let words: Vec<&str> = (from..word).map(|number| reading.word(number)).collect();
                if !is_pious(reading, from..word) {
                    seen.entry(words).or_default().push(reading.original(from..word));
                }
                opened = None;
            } else if word - from >= LONGEST_ASIDE {
                opened = None;
            }
        }
        if let Some(c) = before.chars().rev().find(|c| matches!(c, '(' | '[' | '{' | '-' | '–' | '—')) {
            opened = opened.or(Some((word, closing(c))));
        }
    }
    // One word in brackets again and again is a number or an initial.
    seen.retain(|words, places| words.len() >= 2 && places.len() >= TIMES);
    seen.into_values().flatten().collect()
}

fn closing(c: char) -> char {
    match c {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        stroke => stroke,
    }
}

/// Honorifics of the faith, as [`arabic::fold::Level::Match`] folds them.
const HONORIFICS: [&str; 24] = [
    "صلي",
    "الله",
    "عليه",
    "عليها",
    "عليهم",
    "واله",
    "وصحبه",
    "وسلم",
    "رضي",
    "عنه",
    "عنها",
    "عنهم",
    "عنهما",
    "السلام",
    "الصلاه",
    "سبحانه",
    "وتعالي",
    "تعالي",
    "عز",
    "وجل",
    "جل",
    "وعلا",
    "رحمه",
    "ورضوانه",
];

/// Thanks, prayers and honorifics, which weigh nothing however often they stand there.
fn is_pious(reading: &Reading<'_>, words: Range<usize>) -> bool {
    let count = words.len();
    let pious = words.filter(|number| {
        let word = reading.word(*number);
        HONORIFICS.contains(&word) || is_formula(word)
    });
    pious.count() * 2 > count
}

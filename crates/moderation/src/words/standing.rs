//! How a listed word stands in its sentence: said to somebody's face, of a thing, in quotation marks, denied.

use super::{Found, Guards, pause};
use crate::Reading;
use crate::matcher::{Clitics, Matcher};
use alloc::vec::Vec;
use core::ops::Range;

/// How far before a word its denial, its speaker and its address may stand, in words.
const DENIAL: usize = 2;
const ATTRIBUTION: usize = 3;
const ADDRESS: usize = 2;
/// A quotation is no longer than this, in bytes; whatever is longer is a sign that somebody forgot.
const QUOTATION: usize = 600;

/// How a word stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In quotation marks, denied, or said by somebody else.
    Framed,
    /// Said of a thing.
    OfThing,
    /// Said of somebody, or of nobody.
    Plain,
    /// Said to somebody's face.
    Addressed,
}

/// Guards, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    matcher: Matcher,
    /// How many of the matcher's entries belong to the kinds up to each, in the order of [`Kind`].
    ends: [usize; 3],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Denial,
    Attribution,
    Address,
    Thing,
}

/// What frames a text, found once for all its words.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    /// Each with the words it stands on, in the order of the text.
    guards: Vec<(Kind, Range<usize>)>,
    /// Words inside quotation marks, in order; none where nearly everything is.
    quoted: Vec<Range<usize>>,
}

impl Finder {
    pub fn of(guards: &Guards) -> Self {
        let denial = guards.denial.iter().map(|word| (word, Clitics::Before));
        let attribution = guards.attribution.iter().map(|word| (word, Clitics::Stem));
        let address = guards.address.iter().map(|word| (word, Clitics::Before));
        let things = guards.things.iter().map(|word| (word, Clitics::Stem));
        let ends = [guards.denial.len(), guards.attribution.len(), guards.address.len()];
        Self {
            matcher: Matcher::new(denial.chain(attribution).chain(address).chain(things)),
            ends: [ends[0], ends[0] + ends[1], ends[0] + ends[1] + ends[2]],
        }
    }

    pub fn frames(&self, reading: &Reading<'_>) -> Frames {
        let kind = |entry| match self.ends.iter().position(|end| entry < *end) {
            Some(0) => Kind::Denial,
            Some(1) => Kind::Attribution,
            Some(_) => Kind::Address,
            None => Kind::Thing,
        };
        let guards = self.matcher.hits(reading).into_iter().map(|hit| (kind(hit.entry), hit.words)).collect();
        let mut quoted = quoted(reading);
        let words: usize = quoted.iter().map(ExactSizeIterator::len).sum();
        // A text that is one quotation quotes nobody.
        if words * 5 >= reading.words.len() * 4 {
            quoted.clear();
        }
        Frames { guards, quoted }
    }
}

impl Frames {
    /// How a found entry stands.
    pub fn standing(&self, reading: &Reading<'_>, found: &Found<'_>) -> Standing {
        let words = &found.words;
        // What is called is neither denied nor told: «لا يا …». «يا» may be a word before it or written on to it.
        let word_before = words.start.checked_sub(1).map_or("", |before| reading.word(before));
        let called = reading.word(words.start).starts_with("يا") || matches!(word_before, "يا" | "ويا");
        let to_face = called
            || self.before(reading, words.start, Kind::Address, ADDRESS)
            || self.behind(reading, words.end, Kind::Address);
        let denied = self.before(reading, words.start, Kind::Denial, DENIAL);
        let told = self.before(reading, words.start, Kind::Attribution, ATTRIBUTION);
        let inside = self.quoted.partition_point(|quoted| quoted.end <= words.start);
        let quoted = self.quoted.get(inside).is_some_and(|quoted| quoted.start <= words.start);
        if (denied || told) && !called || quoted {
            Standing::Framed
        } else if to_face {
            Standing::Addressed
        } else if found.entry.of_things && self.before(reading, words.start, Kind::Thing, 1) {
            Standing::OfThing
        } else {
            Standing::Plain
        }
    }

    /// Whether such a guard ends at most so many words before the word, in the same part of the sentence.
    fn before(&self, reading: &Reading<'_>, word: usize, kind: Kind, most: usize) -> bool {
        let reach = (0..most.min(word)).take_while(|step| !pause(reading, word - 1 - step)).count();
        // Guards are phrases of few words: those that end within reach start not far before it.
        let from = self.guards.partition_point(|(_, words)| words.start + 4 + reach < word);
        self.guards[from..]
            .iter()
            .take_while(|(_, words)| words.start < word)
            .any(|(is, words)| *is == kind && words.end <= word && words.end + reach > word)
    }

    /// Whether such a guard follows directly.
    fn behind(&self, reading: &Reading<'_>, past: usize, kind: Kind) -> bool {
        let at = self.guards.partition_point(|(_, words)| words.start < past);
        let mut next = self.guards[at..].iter().take_while(|(_, words)| words.start == past);
        // What is called after a pause, or by «يا», is the next thing said.
        past > 0 && !pause(reading, past - 1) && next.any(|(is, _)| *is == kind) && reading.word(past) != "يا"
    }
}

/// Words between quotation marks that face each other, or between two plain ones.
fn quoted(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let text = reading.folded.as_str();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let closes = match c {
            '»' => '«',
            '”' => '“',
            '"' => '"',
            '«' | '“' => {
                open = Some((at, c));
                continue;
            }
            _ => continue,
        };
        match open {
            Some((from, sign)) if sign == closes && at - from <= QUOTATION => {
                let first = reading.words.partition_point(|word| word.start < from);
                let past = reading.words.partition_point(|word| word.start < at);
                found.push(first..past);
                open = None;
            }
            _ if c == '"' => open = Some((at, c)),
            _ => {}
        }
    }
    found.retain(|words| !words.is_empty());
    found
}

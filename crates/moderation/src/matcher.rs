//! Many phrases found in one pass: words of the house's lists, names of groups, cues.
//!
//! A phrase is found as whole words, in any spelling that [`Level::Match`] takes for the same, with the particles and
//! pronouns that Arabic writes on to its first and last word where its [`Clitics`] allow them, and never inside another
//! word.

use crate::Reading;
use aho_corasick::AhoCorasick;
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use arabic::fold::{Level, folded};
use arabic::words::{contracted, is_enclitic, is_ending, is_proclitic, words};
use core::ops::Range;
use serde::{Deserialize, Serialize};

/// What may be written on to a phrase without a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clitics {
    /// Nothing: whole words only.
    None,
    /// In front of the first word: particles and chains of them, see [`is_proclitic`].
    Before,
    /// Behind the last word: a pronoun, see [`is_enclitic`].
    After,
    /// Both.
    #[default]
    Both,
    /// Both, and the endings of number and gender, see [`is_ending`]; behind Latin letters a plural.
    Stem,
}

/// To so many bytes of a phrase the automaton finds the next one by its place, not by looking through a list: two Arabic letters,
/// at which most places of a text are left again.
const DENSE: usize = 4;

/// A phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The number of the entry, in the order in which they were handed in.
    pub entry: usize,
    /// Which words of the reading.
    pub words: Range<usize>,
}

/// All phrases, ready to be looked for at once.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// None where there is no phrase.
    automaton: Option<AhoCorasick>,
    /// The entries that are written as each pattern of the automaton.
    written: Vec<Vec<Written>>,
}

/// An entry as one of its spellings.
#[derive(Debug, Clone, Copy)]
struct Written {
    entry: usize,
    clitics: Clitics,
    /// The last letter is the ت that ة becomes before a pronoun: without one it is another word.
    needs_pronoun: bool,
}

impl Matcher {
    /// Folds and cuts every phrase as texts are, and builds the automaton. A phrase without a word is never found.
    pub fn new<P: AsRef<str>>(entries: impl IntoIterator<Item = (P, Clitics)>) -> Self {
        let mut patterns: BTreeMap<String, Vec<Written>> = BTreeMap::new();
        for (entry, (phrase, clitics)) in entries.into_iter().enumerate() {
            let line = line_of(phrase.as_ref());
            if line.is_empty() {
                continue;
            }
            if let Some(joined) = before_pronoun(phrase.as_ref(), &line, clitics) {
                patterns.entry(joined).or_default().push(Written { entry, clitics, needs_pronoun: true });
            }
            if let Some(joined) = behind_lam(&line, clitics) {
                patterns.entry(joined).or_default().push(Written { entry, clitics, needs_pronoun: false });
            }
            patterns.entry(line).or_default().push(Written { entry, clitics, needs_pronoun: false });
        }
        let automaton =
            AhoCorasick::builder().dense_depth(DENSE).build(patterns.keys()).ok().filter(|_| !patterns.is_empty());
        Self { automaton, written: patterns.into_values().collect() }
    }

    /// Every place of every phrase, overlapping ones too, in the order of the text.
    ///
    /// Linear: no two patterns are alike, so at most as many end at one letter as the longest phrase has letters.
    pub fn hits(&self, reading: &Reading<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut words = Words { reading, past: 0 };
        let found = self.automaton.iter().filter_map(|all| all.try_find_overlapping_iter(&reading.line).ok()).flatten();
        for place in found {
            let Some(written) = self.written.get(place.pattern().as_usize()) else { continue };
            let Some(edges) = words.edges(place.range()) else { continue };
            let allowed = written.iter().filter(|written| edges.allow(written));
            hits.extend(allowed.map(|written| Hit { entry: written.entry, words: edges.words.clone() }));
        }
        hits.sort_by_key(|hit| (hit.words.start, hit.words.end, hit.entry));
        hits.dedup();
        hits
    }
}

/// The words of a reading, walked through once: matches come in the order of their ends.
struct Words<'a> {
    reading: &'a Reading<'a>,
    /// How many words start before the end of the last match.
    past: usize,
}

impl<'a> Words<'a> {
    fn edges(&mut self, place: Range<usize>) -> Option<Edges<'a>> {
        let Reading { line, starts, .. } = self.reading;
        while starts.get(self.past).is_some_and(|start| *start < place.end) {
            self.past += 1;
        }
        let first = starts[..self.past].iter().rposition(|start| *start <= place.start)?;
        // The space between two words belongs to neither.
        let end = starts.get(self.past).map_or(line.len(), |next| next - 1);
        let before = line.get(*starts.get(first)?..place.start)?;
        Some(Edges { before, behind: line.get(place.end..end)?, words: first..self.past })
    }
}

/// What stands around a match inside its own first and last word.
struct Edges<'a> {
    before: &'a str,
    behind: &'a str,
    words: Range<usize>,
}

impl Edges<'_> {
    fn allow(&self, written: &Written) -> bool {
        let before = match written.clitics {
            Clitics::Before | Clitics::Both | Clitics::Stem => {
                self.before.is_empty() || is_proclitic(self.before) || is_elision(self.before)
            }
            Clitics::None | Clitics::After => self.before.is_empty(),
        };
        before
            && match (written.clitics, self.behind) {
                (_, "") => !written.needs_pronoun,
                (Clitics::Both | Clitics::After, behind) => is_enclitic(behind),
                (Clitics::Stem, behind) => is_enclitic(behind) || is_ending(behind) || is_latin_ending(behind),
                (Clitics::None | Clitics::Before, _) => false,
            }
    }
}

/// The words of a text, folded, with one space between.
fn line_of(text: &str) -> String {
    let folded = folded(text, Level::Match);
    let words: Vec<&str> = words(&folded).map(|word| word.text).collect();
    words.join(" ")
}

/// How a phrase ending in ة is written before a pronoun.
fn before_pronoun(phrase: &str, line: &str, clitics: Clitics) -> Option<String> {
    let joins = matches!(clitics, Clitics::After | Clitics::Both | Clitics::Stem);
    let stem = line.strip_suffix('ه').filter(|_| joins && phrase.trim_end().ends_with('ة'))?;
    Some([stem, "ت"].concat())
}

/// How a phrase beginning with the article is written behind ل: one alef is gone.
fn behind_lam(line: &str, clitics: Clitics) -> Option<String> {
    let joins = matches!(clitics, Clitics::Before | Clitics::Both | Clitics::Stem);
    let first = line.split(' ').next().filter(|_| joins)?;
    Some([contracted(first)?.as_str(), &line[first.len()..]].concat())
}

/// The plural of English and French words, and the feminine of French ones.
fn is_latin_ending(behind: &str) -> bool {
    matches!(behind, "s" | "es" | "e" | "x" | "'s" | "’s")
}

/// French particles that lose their vowel: l'idiot, qu'idiot.
fn is_elision(before: &str) -> bool {
    matches!(before.strip_suffix(['\'', '’']), Some("d" | "l" | "qu" | "c" | "j" | "t" | "s" | "n"))
}

/// The line and the starts of its words, as [`Reading`] keeps them.
pub(crate) fn line_and_starts(folded: &str, places: &[Range<usize>]) -> (String, Vec<usize>) {
    let mut line = String::with_capacity(folded.len());
    let mut starts = Vec::with_capacity(places.len());
    for place in places {
        if !line.is_empty() {
            line.push(' ');
        }
        starts.push(line.len());
        line.push_str(folded.get(place.clone()).unwrap_or(""));
    }
    (line, starts)
}

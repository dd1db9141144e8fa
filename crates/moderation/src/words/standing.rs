//! How a listed word stands in its sentence: said to somebody's face, of a person or a thing, in quotation marks, denied,
//! told of others, or said of the writer.

use super::quoted::quoted;
use super::{Found, Guards, pause};
use crate::Reading;
use crate::matcher::{Clitics, Matcher};
use alloc::vec::Vec;
use core::ops::Range;

/// How far before a word its denial, its speaker, its address and «I» may stand, in words that are no fillers.
const DENIAL: usize = 2;
const ATTRIBUTION: usize = 6;
const ADDRESS: usize = 2;
const MYSELF: usize = 1;
/// How far before and behind a word the person or thing may stand that it is said of.
const BEFORE: usize = 6;
const BEHIND: usize = 4;
/// A text of so many words that holds an insult is one, whoever is meant.
const CURT: usize = 3;
/// Words that stand between others and change nothing, folded; all that are taken in one go are at most eight.
const FILLERS: [&str; 30] = [
    "un",
    "une",
    "des",
    "a",
    "an",
    "the",
    "le",
    "la",
    "such",
    "so",
    "very",
    "really",
    "just",
    "tous",
    "toutes",
    "tout",
    "all",
    "trop",
    "vraiment",
    "quite",
    "ghir",
    "wahed",
    "واحد",
    "وحد",
    "كلكم",
    "جميعا",
    "مجرد",
    "فعلا",
    "والله",
    "غير",
];

/// How a word stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In quotation marks, denied, said by somebody else, or of the writer.
    Framed,
    /// Said of a thing.
    OfThing,
    /// Said of nobody that the sentence shows.
    Unattached,
    /// Said of somebody.
    OfPerson,
    /// Said of somebody who speaks, thinks or lies: no animal does.
    OfMind,
    /// Said to somebody's face.
    Addressed,
}

/// Guards, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    matcher: Matcher,
    /// Where the entries of each kind end among the matcher's, in the order of [`Kind::ALL`].
    ends: [usize; Kind::ALL.len()],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Denial,
    Attribution,
    Address,
    Thing,
    Person,
    Pointer,
    Mind,
    Myself,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Denial,
        Self::Attribution,
        Self::Address,
        Self::Thing,
        Self::Person,
        Self::Pointer,
        Self::Mind,
        Self::Myself,
    ];

    fn words(self, guards: &Guards) -> (&[alloc::string::String], Clitics) {
        match self {
            Self::Denial => (&guards.denial, Clitics::Before),
            Self::Attribution => (&guards.attribution, Clitics::Stem),
            Self::Address => (&guards.address, Clitics::Before),
            Self::Thing => (&guards.things, Clitics::Stem),
            Self::Person => (&guards.people, Clitics::Stem),
            Self::Pointer => (&guards.pointers, Clitics::Before),
            Self::Mind => (&guards.minds, Clitics::Stem),
            Self::Myself => (&guards.myself, Clitics::Before),
        }
    }
}

/// What frames a text, found once for all its words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frames {
    /// Each with the words it stands on, in the order of the text.
    guards: Vec<(Kind, Range<usize>)>,
    /// Words inside quotation marks, in order; none where nearly everything is.
    quoted: Vec<Range<usize>>,
}

impl Finder {
    pub fn of(guards: &Guards) -> Self {
        let mut ends = [0; Kind::ALL.len()];
        let mut phrases = Vec::new();
        for (kind, end) in Kind::ALL.into_iter().zip(&mut ends) {
            let (words, clitics) = kind.words(guards);
            phrases.extend(words.iter().map(|word| (word, clitics)));
            *end = phrases.len();
        }
        Self { matcher: Matcher::new(phrases), ends }
    }

    pub fn frames(&self, reading: &Reading<'_>) -> Frames {
        let kind = |entry| self.ends.iter().position(|end| entry < *end).map(|kind| Kind::ALL[kind]);
        let hits = self.matcher.hits(reading).into_iter();
        // «كانت» is no «ك» before «أنت».
        let was = |kind, words: &Range<usize>| kind == Kind::Address && reading.word(words.start).contains("كانت");
        let guards = hits.filter_map(|hit| Some((kind(hit.entry)?, hit.words)));
        let guards = guards.filter(|(kind, words)| !was(*kind, words)).collect();
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
        // «يا» may be a word before it or written on to it; Morocco calls with «أ».
        let word_before = words.start.checked_sub(1).map_or("", |before| reading.word(before));
        let first = reading.word(words.start);
        let called = first.starts_with("يا") || first == "ya" || matches!(word_before, "يا" | "ويا" | "ا" | "ya");
        // «ما أوقحك»: marvelled at, not denied.
        let marvelled = matches!(word_before, "ما" | "وما") && first.starts_with('ا') && to_you(first);
        let called = called || marvelled;
        if self.framed(reading, words, called) {
            return Standing::Framed;
        }
        let literal = found.entry.is_literal();
        let near = if literal { 1 } else { ADDRESS };
        let to_face = self.before(reading, words.start, Kind::Address, near)
            || !literal && self.behind(reading, words.end, Kind::Address);
        let of_thing = found.entry.of_things && self.before(reading, words.start, Kind::Thing, 1);
        if called || to_face && !of_thing {
            return Standing::Addressed;
        }
        self.said_of(reading, found)
    }

    /// Whether a word is somebody else's, denied, or said of the writer.
    pub fn holds(&self, reading: &Reading<'_>, word: usize) -> bool {
        self.framed(reading, &(word..word + 1), false)
    }

    /// Whether it is somebody else's word, denied, or said of the writer. What is called is not denied: «لا يا …».
    fn framed(&self, reading: &Reading<'_>, words: &Range<usize>, called: bool) -> bool {
        let inside = self.quoted.partition_point(|quoted| quoted.end <= words.start);
        let quoted = self.quoted.get(inside).is_some_and(|quoted| quoted.start <= words.start);
        let word_before = words.start.checked_sub(1).map_or("", |before| reading.word(before));
        let denied = matches!(word_before, "ما" | "وما" | "ma")
            || self.before(reading, words.start, Kind::Denial, DENIAL) && !self.excepted(reading, words.start);
        let myself =
            self.before(reading, words.start, Kind::Myself, MYSELF) || self.behind(reading, words.end, Kind::Myself);
        quoted || self.before(reading, words.start, Kind::Attribution, ATTRIBUTION) || !called && (denied || myself)
    }

    /// «ما أنت إلا …», «لم أجد غير …», and Morocco's «نتا غير …»: nothing is denied.
    fn excepted(&self, reading: &Reading<'_>, word: usize) -> bool {
        let reach = reach(reading, word, DENIAL);
        (reach..word).any(|at| match reading.word(at) {
            "الا" => true,
            "غير" => self.before(reading, at, Kind::Address, 1) || self.before(reading, at, Kind::Denial, 3),
            _ => false,
        })
    }

    /// Of whom or what it is said, by the nearest noun of the clause.
    fn said_of(&self, reading: &Reading<'_>, found: &Found<'_>) -> Standing {
        let clause = clause(reading, &found.words);
        let literal = found.entry.is_literal();
        // An Arabic adjective follows its noun.
        let follows = !reading.word(found.words.start).is_ascii();
        let attributive = reading.word(found.words.start).starts_with("ال");
        let past = found.words.end;
        // «غبي هذا القرار».
        let pointed = self.within(past..past + 1).any(|(_, (kind, _))| *kind == Kind::Pointer);
        let nearest = |kind: Kind| {
            let here = self.within(clause.clone()).filter(|(at, (is, words))| {
                let late = follows && kind == Kind::Thing && words.start > found.words.end;
                // «النظام الخبيث بقيادة الرئيس»: with the article it belongs to the noun before it, whoever comes behind.
                let late = late || follows && attributive && *is == Kind::Person && words.start >= found.words.end;
                let too_late = late && !(pointed && words.start == found.words.end + 1);
                *is == kind && !too_late && !overlap(words, &found.words) && !self.belongs_to_another(*at)
            });
            here.map(|(_, (_, words))| distance(words, &found.words)).min()
        };
        let (thing, person) = (nearest(Kind::Thing), nearest(Kind::Person));
        let mind = nearest(Kind::Mind).is_some();
        if !literal && thing.is_some_and(|thing| person.is_none_or(|person| thing <= person)) {
            return Standing::OfThing;
        }
        if mind {
            return Standing::OfMind;
        }
        // «الوزير كلب» is said of him, «وعد الوزير بجمع الكلاب» of dogs.
        let told_of = match person {
            Some(_) if literal => self.is_called_so(reading, &found.words),
            Some(_) => true,
            None if literal => self.is_called_so(reading, &found.words),
            None => nearest(Kind::Pointer).is_some_and(|distance| distance <= 2),
        };
        let yours = !literal && to_you(reading.word(found.words.start)) && !to_you(&found.entry.phrase);
        let curt = reading.words.len() <= if literal { CURT - 1 } else { CURT };
        if told_of || yours || curt || self.exclaimed(reading, &found.words) {
            Standing::OfPerson
        } else {
            Standing::Unattached
        }
    }

    /// «الوزير كلب», "the minister is a dog": a person stands before the word with nothing but a copula between.
    fn is_called_so(&self, reading: &Reading<'_>, words: &Range<usize>) -> bool {
        const COPULAS: [&str; 16] = [
            "is",
            "are",
            "was",
            "est",
            "sont",
            "c'est",
            "هو",
            "هي",
            "هم",
            "طلع",
            "طلعوا",
            "كله",
            "كلهم",
            "هذا",
            "ده",
            "هاد",
        ];
        let between = |from: usize| {
            (from..words.start)
                .all(|word| COPULAS.contains(&reading.word(word)) || FILLERS.contains(&reading.word(word)))
        };
        if reading.word(words.start).starts_with("ال") {
            return false;
        }
        let from = words.start.saturating_sub(BEFORE);
        self.within(from..words.start).any(|(at, (kind, guard))| match kind {
            Kind::Person => between(guard.end) && !self.belongs_to_another(at),
            Kind::Pointer => guard.end == words.start && !reading.word(guard.start).is_ascii(),
            _ => false,
        })
    }

    /// « Quel âne, ce maire »: called out, and then who is meant.
    fn exclaimed(&self, reading: &Reading<'_>, words: &Range<usize>) -> bool {
        let after = words.end..words.end + 3;
        let mut before = (0..words.start).rev().map(|word| reading.word(word));
        let called_out = before.find(|word| !FILLERS.contains(word));
        matches!(called_out.unwrap_or(""), "quel" | "quelle" | "quels" | "quelles" | "what")
            && self.within(after).any(|(_, (kind, _))| *kind == Kind::Person)
    }

    /// Whether a noun stands in the genitive of another kind: the law of the minister is a thing, the writer of the law a
    /// person.
    fn belongs_to_another(&self, at: usize) -> bool {
        let Some((kind, words)) = self.guards.get(at) else { return false };
        let other = match kind {
            Kind::Thing => Kind::Person,
            Kind::Person | Kind::Pointer => Kind::Thing,
            _ => return false,
        };
        let before = self.guards[..at].iter().rev().take(4).filter(|(is, _)| *is == other);
        before.map(|(_, words)| words).any(|before| before.start < words.start && before.end + 1 >= words.start)
    }

    /// The guards inside these words, with their numbers.
    fn within(&self, words: Range<usize>) -> impl Iterator<Item = (usize, &(Kind, Range<usize>))> + '_ {
        let from = self.guards.partition_point(|(_, guard)| guard.start < words.start);
        let past = words.end;
        self.guards[from..]
            .iter()
            .take_while(move |(_, guard)| guard.start < past)
            .enumerate()
            .map(move |(step, guard)| (from + step, guard))
    }

    /// Whether such a guard ends at most so many words before the word, in the same part of the sentence.
    fn before(&self, reading: &Reading<'_>, word: usize, kind: Kind, most: usize) -> bool {
        let reach = reach(reading, word, most);
        // Guards are phrases of few words: those that end within reach start not far before it.
        let from = self.guards.partition_point(|(_, words)| words.start + 4 < reach);
        self.guards[from..]
            .iter()
            .take_while(|(_, words)| words.start < word)
            .any(|(is, words)| *is == kind && words.end <= word && words.end > reach)
    }

    /// Whether such a guard follows directly.
    fn behind(&self, reading: &Reading<'_>, past: usize, kind: Kind) -> bool {
        let at = self.guards.partition_point(|(_, words)| words.start < past);
        let mut next = self.guards[at..].iter().take_while(|(_, words)| words.start == past);
        // What is called after a pause, or by «يا», is the next thing said.
        past > 0 && !pause(reading, past - 1) && next.any(|(is, _)| *is == kind) && reading.word(past) != "يا"
    }
}

/// The first of so many words before a word, fillers not counted, in the same part of the sentence.
fn reach(reading: &Reading<'_>, word: usize, most: usize) -> usize {
    let (mut first, mut left) = (word, most);
    while first > 0 && word - first < most + 8 && !pause(reading, first - 1) {
        if !FILLERS.contains(&reading.word(first - 1)) {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        first -= 1;
    }
    first
}

/// The words around that stand in the same part of the sentence, as far as one looks.
fn clause(reading: &Reading<'_>, words: &Range<usize>) -> Range<usize> {
    let most = BEHIND.min(reading.words.len().saturating_sub(words.end));
    let behind = (0..most).take_while(|step| !pause(reading, words.end + step - 1)).count();
    reach(reading, words.start, BEFORE)..words.end + behind
}

/// Whether a word ends with the pronoun of somebody spoken to.
fn to_you(word: &str) -> bool {
    word.ends_with('ك') || word.ends_with("كم") || word.ends_with("كو")
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// How many words stand between two.
fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}

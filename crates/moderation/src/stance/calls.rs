//! Calls: when a form is one, and calls to violence against anybody.

use super::bind::{Bound, Reach};
use super::scan::{Mark, Person, Scan};
use super::signs::Sign;
use crate::{Cue, Finding, List, Reason};
use alloc::{string::String, vec::Vec};
use core::ops::Range;

/// Explicit violence against people.
const VIOLENCE: u16 = 850;
/// A threat.
const THREAT: u16 = 800;
/// How many words may stand between the call and whom it hits.
const NEAR: usize = 3;

impl Scan<'_> {
    /// Whether a form that is the past tense too is a call here: at the head of its clause, behind a pause, a vocative or
    /// «must».
    pub fn is_call(&self, at: usize) -> bool {
        self.is_urged(at) || self.is_at_head(at)
    }

    /// Behind a vocative or «must».
    pub fn is_urged(&self, at: usize) -> bool {
        let urging = [(Sign::Must, 3), (Sign::Vocative, 6), (Sign::Call, 6), (Sign::Attack, 6)];
        urging.into_iter().any(|(sign, before)| self.beside(at, sign, before, 0).is_some())
    }

    fn is_at_head(&self, at: usize) -> bool {
        let Some(mark) = self.marks.get(at) else { return false };
        let voice = self.voice(mark.words.start);
        let clause = |word: Option<usize>| word.map(|word| self.voice(word).clause);
        let first = clause(mark.words.start.checked_sub(1)) != Some(voice.clause);
        first || voice.paused || self.beside(at, Sign::Call, 6, 0).is_some()
    }
}

/// Calls to violence and threats, whoever is meant.
pub(crate) fn violence(scan: &Scan<'_>) -> Vec<Finding> {
    let (mut calls, mut threats): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    for (at, mark) in scan.marks.iter().enumerate() {
        if scan.frame(at).is_some() {
            continue;
        }
        let latin = scan.reading.word(mark.words.start).is_ascii();
        match mark.sign {
            Sign::Attack | Sign::AttackOrPast | Sign::Deed if scan.beside(at, Sign::Body, 0, 1).is_some() => {
                calls.push(mark.words.clone());
            }
            Sign::Threat => threats.push(mark.words.clone()),
            Sign::Attack => calls.extend(hit(scan, at)),
            Sign::AttackOrPast if scan.is_urged(at) || (latin && scan.is_call(at)) => calls.extend(hit(scan, at)),
            Sign::Deed if at_you(scan, at) => threats.push(mark.words.clone()),
            Sign::Deed
                if scan.beside(at, Sign::Must, NEAR, 0).is_some()
                    || is_to_come(scan, mark)
                    || is_let_us(scan, mark) =>
            {
                calls.extend(hit(scan, at));
            }
            _ => {}
        }
    }
    let mut findings = Vec::new();
    let place = |words: Range<usize>| scan.reading.original(words);
    if !calls.is_empty() {
        let reason = Reason::Calls { group: String::new(), cue: Cue::Imperative };
        findings.push(Finding::at(reason, VIOLENCE, calls.into_iter().map(place)));
    }
    if let Some(first) = threats.first() {
        let entry = scan.reading.text[place(first.clone())].into();
        let reason = Reason::Listed { entry, list: List::Threat };
        findings.push(Finding::at(reason, THREAT, threats.into_iter().map(place)));
    }
    findings
}

/// A deed in the first person that hits the one spoken to: «we burn your house».
fn at_you(scan: &Scan<'_>, at: usize) -> bool {
    let mark = &scan.marks[at];
    let own = scan.reading.word(mark.words.start);
    let first = ["ن", "سن", "هن", "حن", "غن", "غان", "ون", "وهن", "وسن"].iter().any(|start| own.starts_with(start));
    let behind = scan.marks[at + 1..].iter().take_while(|other| other.words.start <= mark.words.end + NEAR);
    let mut struck = behind.filter(|other| matches!(other.sign, Sign::Target | Sign::Body));
    first && (mark.person == Person::Second || struck.any(|other| other.person == Person::Second))
}

/// Nouns that begin like a verb of the first person.
const NOUNS: [&str; 12] =
    ["نفس", "نساء", "نظام", "نتائج", "نتيج", "نائب", "نواب", "نادي", "نجاح", "نهاي", "نصف", "نوع"];

/// «let us go … and …»: one wish of the first person carries all its verbs.
fn is_let_us(scan: &Scan<'_>, mark: &Mark) -> bool {
    let own = scan.reading.word(mark.words.start);
    let wish = |word: usize| {
        let word = scan.reading.word(word);
        let verb = word.trim_start_matches(['و', 'ف']).strip_prefix('ل').filter(|verb| verb.starts_with('ن'));
        // «for himself», «for women», «for the system» are no wish.
        let let_us = verb.is_some_and(|verb| verb.len() > 6 && !NOUNS.iter().any(|noun| verb.starts_with(noun)));
        let_us || matches!(word, "هيا" | "يلا" | "يالله" | "يلاه" | "yallah" | "yalla" | "خلونا" | "دعونا" | "خلينا")
    };
    let sentence = scan.voice(mark.words.start).sentence;
    let mut before =
        (mark.words.start.saturating_sub(8)..mark.words.start).filter(|word| scan.voice(*word).sentence == sentence);
    own.trim_start_matches('و').starts_with(['ن', 'n']) && before.any(wish)
}

/// «we shall …», «tomorrow we …».
pub(crate) fn is_to_come(scan: &Scan<'_>, mark: &Mark) -> bool {
    let own = scan.reading.word(mark.words.start);
    let before = mark.words.start.checked_sub(1).map_or("", |word| scan.reading.word(word));
    ["سن", "هن", "حن", "غن", "وسن", "فسن"].iter().any(|start| own.starts_with(start))
        || matches!(
            before,
            "رح" | "راح"
                | "غادي"
                | "باش"
                | "سوف"
                | "نطلع"
                | "طالعين"
                | "نازلين"
                | "رايحين"
                | "جايين"
                | "we'll"
                | "will"
                | "allons"
        )
}

/// The words of a call to violence and of whom it hits; nothing where it hits nobody.
fn hit(scan: &Scan<'_>, at: usize) -> Vec<Range<usize>> {
    let mark = &scan.marks[at];
    let hits = |other: &Mark| {
        matches!(other.sign, Sign::Target | Sign::People { .. } | Sign::Other | Sign::They | Sign::Term | Sign::Label)
    };
    let behind = scan.marks[at + 1..].iter().take_while(|other| other.words.start <= mark.words.end + NEAR);
    let mut struck = behind.filter(|other| hits(other) && other.words.start >= mark.words.end);
    match struck.next() {
        Some(other) => alloc::vec![mark.words.clone(), other.words.clone()],
        None if mark.person == Person::Third => alloc::vec![mark.words.clone()],
        // «This leader must be hanged.»
        None if mark.sign == Sign::Deed && scan.beside(at, Sign::Target, 4, 0).is_some() => {
            alloc::vec![mark.words.clone()]
        }
        None => match scan.bound(at, Reach { before: 5, behind: 0 }) {
            // «The ministers must be hanged.»
            Bound::To { mark: other, .. } if mark.sign == Sign::Deed => {
                alloc::vec![scan.marks[other].words.clone(), mark.words.clone()]
            }
            _ => Vec::new(),
        },
    }
}

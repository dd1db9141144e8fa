//! A text seen through the rules: which words mean what, where sentences and clauses end, and whose voice each word is.

use super::homonyms::{is_ordinary, only_names};
use super::raw::NameKind;
use super::signs::{Sign, is_cue};
use super::{Compiled, Entry, Rules};
use crate::Reading;
use alloc::{collections::BTreeSet, vec::Vec};
use core::ops::Range;

/// A phrase of the rules where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub sign: Sign,
    /// Which words of the reading.
    pub words: Range<usize>,
    /// The pronoun written on to it.
    pub person: Person,
    /// Denied by what is written on to it: the dialects' ما…ش.
    pub denied: bool,
    /// Begins with «سـ», or «هـ», «حـ», «غـ» of the dialects, for what is to come.
    pub future: bool,
    /// Known by its consonants alone.
    pub sounded: bool,
}

/// Whom a pronoun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    Nobody,
    First,
    Second,
    Third,
}

/// What holds for one word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Voice {
    pub sentence: usize,
    pub clause: usize,
    /// Inside quotation marks that do not hold the whole text.
    pub quoted: bool,
    /// After a verb of saying.
    pub said: bool,
    /// A comma, a colon or a dash stands before it.
    pub paused: bool,
    /// A comma or a dash, which do not open what somebody says.
    pub listed: bool,
}

/// What holds for one sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sentence {
    pub asked: bool,
    /// The last word of it before which a pause stands, and its first: a question may be its last part alone.
    pub last_part: usize,
    pub first: usize,
    pub condemned: bool,
    /// Speaks of somebody's words.
    pub speech: bool,
    pub told: bool,
}

/// A text seen through the rules.
#[derive(Debug)]
pub(crate) struct Scan<'a> {
    pub reading: &'a Reading<'a>,
    /// In order; longer ones hide those inside them.
    pub marks: Vec<Mark>,
    /// Where each sign stands, by the numbers of its marks in order; names and people are not told.
    pub signed: Vec<(Sign, Vec<usize>)>,
    pub voices: Vec<Voice>,
    pub sentences: Vec<Sentence>,
    /// Clauses whose source is named.
    pub sourced: Vec<bool>,
    /// Numbers of the marks that a cue can be about, in order.
    pub candidates: Vec<usize>,
}

impl Mark {
    /// The group that it names.
    pub fn group(&self) -> Option<u16> {
        match self.sign {
            Sign::Name { group, .. } => Some(group),
            _ => None,
        }
    }

    /// The people that it names.
    pub fn people(&self) -> Option<u16> {
        match self.sign {
            Sign::People { people, .. } => Some(people),
            _ => None,
        }
    }

    /// What kind of name it is.
    pub fn kind(&self) -> Option<NameKind> {
        match self.sign {
            Sign::Name { kind, .. } => Some(kind),
            _ => None,
        }
    }
}

impl<'a> Scan<'a> {
    /// Looks through a text once.
    pub fn of(reading: &'a Reading<'a>, rules: &Rules) -> Self {
        Self::with(reading, rules, None, "")
    }

    /// The same under a headline, whose names tell which group an ordinary word may mean.
    pub fn under(reading: &'a Reading<'a>, rules: &Rules, headline: &str) -> Self {
        Self::with(reading, rules, None, headline)
    }

    /// The same for Arabic in Latin letters, where people and contempt are known by their consonants too.
    pub fn of_arabizi(reading: &'a Reading<'a>, rules: &Rules, as_written: &Scan<'_>) -> Self {
        Self::with(reading, rules, Some(as_written), "")
    }

    fn with(reading: &'a Reading<'a>, rules: &Rules, as_written: Option<&Scan<'_>>, headline: &str) -> Self {
        let all = rules;
        let rules: &Compiled = &rules.0;
        let found = rules.matcher.hits(reading).into_iter().filter_map(|hit| {
            let entry = rules.entries.get(hit.entry)?;
            Some(mark(reading, entry, hit.words))
        });
        let mut found: Vec<Mark> = found.collect();
        found.extend(rules.sounded.marks(reading, as_written.is_some()));
        // Listed spellings in Latin letters stand in the text as written.
        let listed = as_written.filter(|written| written.reading.words.len() == reading.words.len());
        found.extend(listed.iter().flat_map(|written| &written.marks).cloned());
        found.retain(|mark| !is_ordinary(reading, mark));
        let marks = without_hidden(only_names(found, all, headline));
        let (voices, sentences) = voices(reading);
        let signed = signed(&marks);
        let mut scan = Self { reading, marks, signed, voices, sentences, sourced: Vec::new(), candidates: Vec::new() };
        scan.candidates = (0..scan.marks.len()).filter(|at| scan.is_candidate(*at)).collect();
        scan.put_clauses();
        scan.put_frames();
        scan
    }

    /// Nothing in the whole text sets its words at a distance: no denial, no «but», no question, no quotation, nobody else's
    /// mouth, no word against anybody. Only then is what it says of a group explicit without a person's reading.
    pub fn is_of_one_voice(&self) -> bool {
        let distant = |mark: &Mark| {
            matches!(
                mark.sign,
                Sign::SoCalled
                    | Sign::Against
                    | Sign::Oppose
                    | Sign::Said
                    | Sign::Report
                    | Sign::Source
                    | Sign::Ask
                    | Sign::Not
                    | Sign::NotNot
                    | Sign::Flip
                    | Sign::Condemn
                    | Sign::Speech
            )
        };
        let quoted = self.voices.iter().any(|voice| voice.quoted || voice.said);
        let asked = self.sentences.iter().any(|sentence| sentence.asked);
        !quoted && !asked && !self.marks.iter().any(distant)
    }

    /// What holds for a word; beyond the last, for nothing.
    pub fn voice(&self, word: usize) -> Voice {
        self.voices.get(word).copied().unwrap_or_default()
    }

    /// What holds for the sentence of a word.
    pub fn sentence(&self, number: usize) -> Sentence {
        self.sentences.get(number).copied().unwrap_or_default()
    }

    /// Names, people, and others unless they are only called upon: «O people».
    fn is_candidate(&self, at: usize) -> bool {
        match self.marks[at].sign {
            Sign::Name { .. } | Sign::People { .. } => true,
            Sign::Other => {
                let before = &self.marks[..at];
                let mark = &self.marks[at];
                let same =
                    |o: &Mark| matches!(o.sign, Sign::Name { .. } | Sign::People { .. }) && o.words == mark.words;
                let around = self.marks[at.saturating_sub(3)..].iter().take(7);
                !around.clone().any(same)
                    && !before.iter().rev().take(3).any(|o| o.sign == Sign::Vocative && o.words.end == mark.words.start)
            }
            _ => false,
        }
    }

    /// Counts clauses: a sentence ends one, and so does «but».
    fn put_clauses(&mut self) {
        let mut flips =
            self.marks.iter().filter(|mark| mark.sign == Sign::Flip).map(|mark| mark.words.start).peekable();
        let (mut clause, mut sentence) = (0, 0);
        for (word, voice) in self.voices.iter_mut().enumerate() {
            let mut flipped = false;
            while flips.next_if(|flip| *flip <= word).is_some() {
                flipped = true;
            }
            if flipped || voice.sentence != sentence {
                clause += 1;
                sentence = voice.sentence;
            }
            voice.clause = clause;
        }
        self.sourced = alloc::vec![false; clause + 1];
    }

    fn starts_of(&self, sign: Sign, holds: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        let marks = self.marks.iter().enumerate().filter(|(_, mark)| mark.sign == sign);
        marks.filter(|(at, _)| holds(self, *at)).map(|(_, mark)| mark.words.start).collect()
    }

    /// Who speaks: from a verb of saying to the end of its clause, or until the first person takes over; where a source is
    /// named, the whole clause.
    fn put_frames(&mut self) {
        let denied = self.starts_of(Sign::Source, Self::is_denied);
        let spread: Vec<usize> = self.starts_of(Sign::Report, |scan, at| {
            [Sign::Call, Sign::CallOrPast, Sign::Me].into_iter().any(|sign| scan.beside(at, sign, 1, 0).is_some())
        });
        let mut said: Option<(usize, usize)> = None;
        let mut word = 0;
        for at in 0..self.marks.len() {
            let mark = &self.marks[at].clone();
            let start = mark.words.start.max(word);
            self.voices[word..start]
                .iter_mut()
                .for_each(|voice| voice.said |= said.is_some_and(|(clause, _)| clause == voice.clause));
            word = start;
            let voice = self.voices.get(mark.words.start).copied().unwrap_or_default();
            let told = matches!(mark.sign, Sign::Said | Sign::Report | Sign::Speech);
            self.sentences.iter_mut().skip(voice.sentence).take(1).for_each(|sentence| sentence.told |= told);
            match mark.sign {
                // «Say what you like» reports nobody.
                Sign::Said
                    if self.reading.word(mark.words.start) == "say"
                        && self.sentence(voice.sentence).first == mark.words.start => {}
                // «I call them …» is the visitor's own voice.
                Sign::Said if self.beside(at, Sign::Me, 0, 0).is_some() => {}
                Sign::Said => said = Some((voice.clause, mark.words.end)),
                Sign::Report if mark.person != Person::First && spread.binary_search(&mark.words.start).is_err() => {
                    said = said.or(Some((voice.clause, mark.words.end)));
                }
                // «They call them …, the group is …»: a name behind a comma begins a sentence of its own.
                Sign::Name { .. } if voice.listed && !voice.quoted => said = None,
                Sign::Me if !voice.quoted => said = said.filter(|(_, end)| mark.words.start <= *end),
                Sign::Source if denied.binary_search(&mark.words.start).is_err() => {
                    if let Some(sourced) = self.sourced.get_mut(voice.clause) {
                        *sourced = true;
                    }
                }
                Sign::Condemn => {
                    let next = self.reading.word(mark.words.end);
                    let at_you = matches!(next, "عليك" | "عليكم" | "on") && !next.is_empty();
                    if let Some(sentence) = self.sentences.get_mut(voice.sentence).filter(|_| !at_you) {
                        sentence.condemned = true;
                    }
                }
                Sign::Speech => {
                    if let Some(sentence) = self.sentences.get_mut(voice.sentence) {
                        sentence.speech = true;
                    }
                }
                _ => {}
            }
        }
        self.voices[word..]
            .iter_mut()
            .for_each(|voice| voice.said |= said.is_some_and(|(clause, _)| clause == voice.clause));
    }
}

fn mark(reading: &Reading<'_>, entry: &Entry, words: Range<usize>) -> Mark {
    let last = reading.word(words.end.saturating_sub(1));
    let (before, behind) = last.rsplit_once(entry.last.as_str()).unwrap_or(("", ""));
    let alone = words.len() == 1;
    let denied = (alone && before.starts_with('م') && !entry.last.starts_with('م') && matches!(before, "م" | "ما"))
        || (behind.ends_with('ش') && behind.len() > 2 && before.starts_with("ما"));
    let first = reading.word(words.start);
    let future = first.strip_prefix(['و', 'ف']).unwrap_or(first).starts_with(['س', 'ه', 'ح', 'غ'])
        && !entry.phrase.starts_with(['س', 'ه', 'ح', 'غ', 'و', 'ف']);
    Mark { sign: entry.sign, person: person(reading, &words, last, behind), words, denied, future, sounded: false }
}

/// The person of the pronoun behind a cue, by the last letters: tables hold some forms with their pronoun.
fn person(reading: &Reading<'_>, words: &Range<usize>, last: &str, behind: &str) -> Person {
    let ends = |endings: &[&str]| endings.iter().any(|ending| last.ends_with(ending));
    if last.is_ascii() {
        let third = words.clone().any(|word| matches!(reading.word(word), "them" | "eux" | "les" | "their" | "they"));
        let third = third || (last.len() > 4 && ends(&["hom", "houm", "hum", "hon"]));
        return if third { Person::Third } else { Person::Nobody };
    }
    if words.len() > 1 && words.clone().any(|word| reading.word(word).ends_with("هم")) {
        return Person::Third;
    }
    let behind = behind.strip_suffix('ش').unwrap_or(behind);
    if ends(&["هم", "هن", "هوم", "همش"]) || matches!(behind, "ها" | "ه" | "هون" | "ون") {
        Person::Third
    } else if ends(&["كم", "كن"]) || matches!(behind, "ك" | "كو") {
        Person::Second
    } else if matches!(behind, "نا" | "ني" | "ي") {
        Person::First
    } else {
        Person::Nobody
    }
}

/// The marks of each sign, but for names and people.
fn signed(marks: &[Mark]) -> Vec<(Sign, Vec<usize>)> {
    let mut signed: Vec<(Sign, Vec<usize>)> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        if mark.group().is_some() || mark.people().is_some() {
            continue;
        }
        match signed.iter_mut().find(|(sign, _)| *sign == mark.sign) {
            Some((_, places)) => places.push(at),
            None => signed.push((mark.sign, alloc::vec![at])),
        }
    }
    signed
}

/// Takes out marks that lie inside a longer one.
fn without_hidden(mut marks: Vec<Mark>) -> Vec<Mark> {
    // What is said for or against somebody is no verb of saying, though it may be written like one.
    let cues: Vec<Range<usize>> =
        marks.iter().filter(|mark| is_cue(mark.sign)).map(|mark| mark.words.clone()).collect();
    let cues: BTreeSet<(usize, usize)> = cues.into_iter().map(|words| (words.start, words.end)).collect();
    marks.retain(|mark| mark.sign != Sign::Said || !cues.contains(&(mark.words.start, mark.words.end)));
    marks.sort_by_key(|mark| (mark.words.start, usize::MAX - mark.words.end));
    let mut longest = 0..0;
    marks.retain(|mark| {
        let hidden = mark.words.end <= longest.end && mark.words != longest;
        if mark.words.end > longest.end {
            longest = mark.words.clone();
        }
        !hidden
    });
    marks
}

/// Sentences, questions, quotations and pauses, by the signs between words.
fn voices(reading: &Reading<'_>) -> (Vec<Voice>, Vec<Sentence>) {
    let count = reading.words.len();
    let mut voices = alloc::vec![Voice::default(); count];
    let mut sentences = alloc::vec![Sentence::default()];
    let mut quote: Option<usize> = None;
    let mut end = 0;
    for word in 0..=count {
        let place = reading.original(word..word + 1);
        let start = if word == count { reading.text.len() } else { place.start };
        let mut ended = false;
        for sign in reading.text.get(end..start).unwrap_or("").chars() {
            match sign {
                '.' | '!' | '؟' | '?' | '\n' | ';' | '؛' | '…' => {
                    ended = true;
                    if let Some(sentence) = sentences.last_mut().filter(|_| matches!(sign, '؟' | '?')) {
                        sentence.asked = true;
                    }
                }
                '،' | ',' | ':' | '-' | '–' | '—' => {
                    if let Some(voice) = voices.get_mut(word) {
                        voice.paused = true;
                        voice.listed = sign != ':';
                    }
                    if let Some(sentence) = sentences.last_mut() {
                        sentence.last_part = word;
                    }
                }
                '«' | '»' | '"' | '“' | '”' | '„' | '‹' | '›' => match quote.take() {
                    None => quote = Some(word),
                    // Signs around the whole text quote nobody.
                    Some(from) if word - from + 2 < count => {
                        voices[from..word].iter_mut().for_each(|voice| voice.quoted = true);
                    }
                    Some(_) => {}
                },
                _ => {}
            }
        }
        if ended && word > 0 && word < count {
            sentences.push(Sentence { first: word, last_part: word, ..Sentence::default() });
        }
        if let Some(voice) = voices.get_mut(word) {
            voice.sentence = sentences.len() - 1;
        }
        end = place.end;
    }
    (voices, sentences)
}

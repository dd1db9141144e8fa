//! Stance: who is spoken of, how, and in whose voice.
//!
//! A finding needs a group (or protected people), a cue for it (or against them), and no frame that takes the words out of
//! the visitor's mouth: reported, quoted, asked, denied, condemned. A name alone weighs nothing, and neither do scripture,
//! prayer and anger. Everything that is known of names and words stands in `src/shipped/stance.toml` and `people.toml` and can
//! be added to.

mod raw;
mod signs;

mod scan;

mod homonyms;

mod sounded;

mod frames;

mod bind;

mod support;

mod asks;

mod calls;

mod hate;

mod nearby;

mod article;

use crate::matcher::{Clitics, Matcher};
use crate::rulebook::fingerprint::Fingerprint;
use crate::{Cue, Facts, Finding, Frame, Reading, Reason};
use alloc::{boxed::Box, collections::BTreeMap, string::String, sync::Arc, vec::Vec};
use arabic::fold::{Level, folded};
use arabic::words::words;
use core::ops::Range;
pub(crate) use hate::is_spoken_for;
use once_cell::race::OnceBox;
pub(crate) use scan::Scan;
pub(crate) use signs::Sign;
use signs::{TABLES, THREAT_VERBS};
use support::Claims;
pub(crate) use support::is_spoken_against;

pub use raw::{NameKind, Problem, ProblemKind, Raw, RawGroup, RawHomonym, RawPeople};

/// A comment that names nobody and takes its group from the story or the comment above: a person must look.
const FROM_THE_ARTICLE: u16 = 600;

/// Groups, people, cues and frames as they ship: the document that explains every key.
pub const SHIPPED: &str = concat!(include_str!("../shipped/stance.toml"), "\n", include_str!("../shipped/people.toml"));

/// Groups, people, cues and frames, ready to be looked for. Cheap to clone.
#[derive(Clone)]
pub struct Rules(Arc<Compiled>);

/// What [`Rules`] shares.
pub(crate) struct Compiled {
    raw: Raw,
    matcher: Matcher,
    entries: Vec<Entry>,
    sounded: sounded::Sounded,
    /// How findings name each group.
    pub(crate) groups: Vec<String>,
    /// How findings name each people.
    pub(crate) people: Vec<String>,
    fingerprint: u64,
    /// Which homonyms are asked for a context in the text.
    needing: Vec<bool>,
}

impl Rules {
    /// What Midad ships.
    pub fn shipped() -> Self {
        static RULES: OnceBox<Rules> = OnceBox::new();
        // The shipped text is right, as a test says; were it not, there would be no groups and no cues.
        RULES.get_or_init(|| Box::new(Self::built(Raw::parse(SHIPPED).unwrap_or_default()))).clone()
    }

    /// Reads a paper's own rules and lays them over the shipped ones.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its place in the text.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        Self::compile(&Raw::parse(text)?)
    }

    /// Lays a paper's own rules over the shipped ones.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in them.
    pub fn compile(raw: &Raw) -> Result<Self, Vec<Problem>> {
        let problems = raw.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let shipped = Self::shipped();
        let laid = raw.laid_over(&shipped.0.raw);
        // Most papers add nothing: theirs are the shipped rules, which are made once.
        Ok(if laid == shipped.0.raw { shipped } else { Self::built(laid) })
    }

    /// A number that is the same for rules that read every text alike: FNV-1a over every phrase with its meaning.
    pub fn fingerprint(&self) -> u64 {
        self.0.fingerprint
    }

    /// The names by which groups call themselves in public, all groups in order.
    pub fn official(&self) -> impl Iterator<Item = &str> {
        self.0.raw.group.iter().flat_map(|group| &group.official).map(|name| name.get_ref().as_str())
    }

    fn built(raw: Raw) -> Self {
        let entries = listed(&raw);
        let matcher = Matcher::new(entries.iter().map(|entry| (entry.phrase.as_str(), entry.clitics)));
        let sounded = sounded::Sounded::of(&entries);
        let groups = raw.group.iter().map(|group| group.name.get_ref().clone()).collect();
        let people = raw.people.iter().map(|people| people.name.get_ref().clone()).collect();
        let homonyms = raw.group.iter().flat_map(|group| &group.homonyms);
        let needing = homonyms.map(|homonym| !homonym.needs.is_empty()).collect();
        let mut print = Fingerprint::new();
        for entry in &entries {
            print.text(&entry.phrase).text(&alloc::format!("{:?}", entry.sign));
        }
        let fingerprint = print.texts(&raw.named()).value();
        Self(Arc::new(Compiled { raw, matcher, entries, sounded, groups, people, fingerprint, needing }))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::shipped()
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.raw == other.0.raw
    }
}

impl Eq for Rules {}

impl core::fmt::Debug for Rules {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Rules").field("groups", &self.0.groups).field("people", &self.0.people).finish_non_exhaustive()
    }
}

/// Where groups are named in a text, titles included, as words of the reading: in order, not overlapping. Homonyms count only
/// where they are the name. Whoever learns from texts masks these, so that no head learns a name.
pub fn names(reading: &Reading<'_>, rules: &Rules) -> Vec<Range<usize>> {
    names_in(&Scan::of(reading, rules))
}

/// The same in a text that was looked through already.
pub(crate) fn names_in(scan: &Scan<'_>) -> Vec<Range<usize>> {
    crate::places::in_order(scan.marks.iter().filter(|mark| mark.group().is_some()).map(|mark| mark.words.clone()))
}

/// Where people are named in a text that was looked through already, in order.
pub(crate) fn people_in(scan: &Scan<'_>) -> Vec<Range<usize>> {
    crate::places::in_order(scan.marks.iter().filter(|mark| mark.people().is_some()).map(|mark| mark.words.clone()))
}

/// The groups that a text names with how often, and how often it names others who may be meant.
pub(crate) fn names_of(scan: &Scan<'_>) -> (Vec<(u16, usize)>, usize) {
    let mut groups: Vec<(u16, usize)> = Vec::new();
    let mut others = 0;
    for mark in &scan.marks {
        match mark.sign {
            Sign::Name { group, .. } => match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, times)) => *times += 1,
                None => groups.push((group, 1)),
            },
            Sign::Other | Sign::People { .. } => others += 1,
            _ => {}
        }
    }
    (groups, others)
}

/// What a comment says for groups and calls for: findings, framed ones too.
pub(crate) fn support(scan: &Scan<'_>, facts: &Facts<'_>, rules: &Rules) -> Vec<Finding> {
    let claims = Claims::of(scan);
    let mut told = Told::default();
    for claim in &claims.claims {
        let places = claim.name.into_iter().chain([claim.at]).map(|mark| scan.marks[mark].words.clone());
        told.put(claim.group, claim.cue, claim.weight, claim.frame, places);
    }
    if !claims.open.is_empty()
        && let Some(meant) = article::group(facts, rules)
    {
        for open in claims.open.iter().filter(|open| meant.alone || open.is_of_fighters(scan)) {
            told.put(meant.group, open.cue, FROM_THE_ARTICLE, None, [scan.marks[open.at].words.clone()]);
        }
    }
    let mut findings = told.findings(scan.reading, &rules.0);
    findings.extend(calls::violence(scan));
    findings
}

/// What a comment says against people because of what they are.
pub(crate) fn hate(scan: &Scan<'_>, facts: &Facts<'_>, rules: &Rules) -> Vec<Finding> {
    let mut kept: BTreeMap<(u16, Cue), Weighed> = BTreeMap::new();
    for found in hate::contempt(scan) {
        let (weight, words) = kept.entry((found.people, found.cue)).or_default();
        *weight = found.weight.max(*weight);
        words.extend([found.name, found.at].map(|mark| scan.marks[mark].words.clone()));
    }
    if let Some(at) = hate::open(scan).filter(|_| kept.is_empty())
        && let Some(people) = article::people(facts, rules)
    {
        kept.insert((people, Cue::Exclusion), (FROM_THE_ARTICLE, alloc::vec![scan.marks[at].words.clone()]));
    }
    let finding = |((people, cue), (weight, words)): ((u16, Cue), Weighed)| {
        let group = rules.0.people.get(usize::from(people)).cloned().unwrap_or_default();
        let places = words.into_iter().map(|words| scan.reading.original(words));
        Finding::at(Reason::Derogates { group, cue }, weight, places)
    };
    kept.into_iter().map(finding).collect()
}

/// The largest weight of several places, and the places.
type Weighed = (u16, Vec<Range<usize>>);

/// Claims put together: one finding for each group and cue, or for each group and frame.
#[derive(Default)]
struct Told {
    own: BTreeMap<(u16, Cue), Weighed>,
    framed: BTreeMap<(u16, Frame), Vec<Range<usize>>>,
}

impl Told {
    fn put(
        &mut self,
        group: u16,
        cue: Cue,
        weight: u16,
        frame: Option<Frame>,
        words: impl IntoIterator<Item = Range<usize>>,
    ) {
        match frame {
            Some(frame) => self.framed.entry((group, frame)).or_default().extend(words),
            None => {
                let own = self.own.entry((group, cue)).or_default();
                own.0 = own.0.max(weight);
                own.1.extend(words);
            }
        }
    }

    fn findings(self, reading: &Reading<'_>, rules: &Compiled) -> Vec<Finding> {
        let name = |group: u16| rules.groups.get(usize::from(group)).cloned().unwrap_or_default();
        let place = |words: Range<usize>| reading.original(words);
        let own = self.own.into_iter().map(|((group, cue), (weight, words))| {
            let group = name(group);
            let reason =
                if cue == Cue::Imperative { Reason::Calls { group, cue } } else { Reason::Supports { group, cue } };
            Finding::at(reason, weight, words.into_iter().map(place))
        });
        let framed = self.framed.into_iter().map(|((group, frame), words)| {
            Finding::at(Reason::Framed { group: name(group), frame }, 0, words.into_iter().map(place))
        });
        own.chain(framed).collect()
    }
}

/// An entry of the matcher.
pub(crate) struct Entry {
    phrase: String,
    clitics: Clitics,
    sign: Sign,
    /// Its last word as it is folded.
    last: String,
}

/// A single Arabic noun with the alef of the accusative: «أبطالا». None for words that take none.
fn accusative(folded: &str) -> Option<String> {
    let bare = !folded.contains(' ') && !folded.is_ascii() && !folded.starts_with("ال") && folded.chars().count() > 2;
    let takes_none = ["ا", "ه", "ي", "و", "ون", "ين", "ات", "هم", "نا"].iter().any(|ending| folded.ends_with(ending));
    (bare && !takes_none).then(|| [folded, "ا"].concat())
}

/// A word of grammar stands alone or behind و and ف: other letters in front would make «أهل» of «هل» and «كما» of «ما».
fn behind_and(phrase: &str) -> Vec<String> {
    let mut all = spellings(phrase, false);
    if !phrase.is_ascii() {
        all.extend(["و", "ف"].map(|and| [and, phrase].concat()));
    }
    all
}

/// A plural in «ـين» with the other number of ي: «المثلين», «المعاقيين». Few know where two belong.
fn with_other_plural(phrase: &str) -> Option<String> {
    let phrase = folded(phrase, Level::Match);
    let stem = phrase.strip_suffix("ين").filter(|stem| stem.chars().count() > 3)?;
    Some(match stem.strip_suffix('ي') {
        Some(shorter) => [shorter, "ين"].concat(),
        None => [stem, "يين"].concat(),
    })
}

/// A phrase with either apostrophe, and a French name behind an elided article too: «l'Aube», «d'Aube».
fn spellings(phrase: &str, named: bool) -> Vec<String> {
    let mut all = alloc::vec![String::from(phrase)];
    let first = folded(phrase, Level::Match);
    if named && first.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'y']) {
        all.extend(["l'", "d'", "qu'"].map(|elided| [elided, phrase].concat()));
    }
    let curly: Vec<String> =
        all.iter().filter(|one| one.contains(['\'', '’'])).map(|one| one.replace('\'', "’")).collect();
    let plain: Vec<String> = curly.iter().map(|one| one.replace('’', "'")).collect();
    all.extend(curly.into_iter().chain(plain));
    all.sort_unstable();
    all.dedup();
    all
}

/// What a verb becomes where the first person threatens the one spoken to, written and in the dialects.
fn threats(verb: &str) -> impl Iterator<Item = String> {
    const STARTS: [&str; 12] = ["ا", "ن", "سا", "سن", "ها", "ه", "هن", "حا", "ح", "حن", "غن", "با"];
    const ENDS: [&str; 6] = ["ك", "كم", "كو", "كن", "وك", "وكم"];
    STARTS.into_iter().flat_map(move |start| ENDS.into_iter().map(move |end| [start, verb, end].concat()))
}

/// Every phrase of the rules with its meaning.
fn listed(raw: &Raw) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut put = |phrase: &str, clitics, sign| {
        let folded = folded(phrase, Level::Match);
        let last: String = words(&folded).last().map_or("", |word| word.text).into();
        let named = matches!(sign, Sign::Name { .. } | Sign::People { .. });
        let noun = matches!(
            sign,
            Sign::Praise | Sign::Good | Sign::Honour | Sign::Term | Sign::Label | Sign::Predicate | Sign::Against
        );
        if noun && let Some(accusative) = accusative(&folded) {
            // Behind و and ف alone: «لاحقا» is no «حقا».
            entries.extend(["", "و", "ف"].map(|and| {
                let phrase = [and, &accusative].concat();
                Entry { phrase, clitics: Clitics::None, sign, last: accusative.clone() }
            }));
        }
        let one_ya = if matches!(sign, Sign::People { .. }) { with_other_plural(phrase) } else { None };
        if let Some(phrase) = one_ya {
            entries.push(Entry {
                last: words(&phrase).last().map_or("", |word| word.text).into(),
                phrase,
                clitics,
                sign,
            });
        }
        let spelled = if clitics == Clitics::None { behind_and(phrase) } else { spellings(phrase, named) };
        entries.extend(spelled.into_iter().map(|phrase| Entry { phrase, clitics, sign, last: last.clone() }));
    };
    let mut homonyms = 0u16..;
    for (group, number) in raw.group.iter().zip(0u16..) {
        let guards: Vec<_> = group.homonyms.iter().zip(homonyms.by_ref().take(group.homonyms.len())).collect();
        for (homonym, guard) in &guards {
            homonym.needs.iter().for_each(|context| put(context.get_ref(), Clitics::Stem, Sign::Needs(*guard)));
            homonym.unless.iter().for_each(|context| put(context.get_ref(), Clitics::Before, Sign::Unless(*guard)));
        }
        for (kind, name) in group.names() {
            let homonym = guards.iter().find(|(homonym, _)| homonym.name.get_ref() == name.get_ref());
            let sign = Sign::Name { group: number, kind, homonym: homonym.map(|(_, guard)| *guard) };
            put(name.get_ref(), Clitics::Before, sign);
        }
    }
    for (people, number) in raw.people.iter().zip(0u16..) {
        let both = [(&people.names, false), (&people.slurs, true)];
        for (phrase, slur) in both.into_iter().flat_map(|(list, slur)| list.iter().map(move |phrase| (phrase, slur))) {
            put(phrase.get_ref(), Clitics::Before, Sign::People { people: number, slur });
        }
    }
    for (section, table) in raw.tables() {
        for (_, key, sign, clitics) in TABLES.iter().filter(|(known, ..)| *known == section) {
            for phrase in table.get(*key).into_iter().flatten() {
                match *key {
                    THREAT_VERBS => threats(phrase.get_ref()).for_each(|threat| put(&threat, *clitics, *sign)),
                    _ => put(phrase.get_ref(), *clitics, *sign),
                }
            }
        }
    }
    entries
}

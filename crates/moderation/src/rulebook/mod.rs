//! House rules: limits as numbers, and everything else that an editor may write in a rulebook.
//!
//! A rulebook is a TOML document that is laid over what Midad ships (`src/shipped/*.toml`): its numbers and switches
//! replace, its lists grow, its `without-words` takes shipped entries out. Whatever is wrong in it is told at once, each with
//! its line and column.

mod document;
pub(crate) mod fingerprint;
mod limits;
mod policy;
mod problem;
mod raw;

use crate::learned::Models;
use crate::words::Words;
use crate::{Head, Score, stance};
use alloc::{borrow::Cow, boxed::Box, collections::BTreeMap, string::String, sync::Arc, vec::Vec};
use fingerprint::Fingerprint;
use once_cell::race::OnceBox;
use raw::Raw;

pub use limits::LIMITS;
pub use policy::{Changes, Minute, Policy};
pub use problem::{Expected, Problem, ProblemKind};

/// What a paper sets. All lengths count grapheme clusters (what a reader calls a letter), not bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulebook {
    /// A text longer than this is noted. As shipped 2,000.
    pub long_text: usize,
    /// A single paste-like text (few line breaks, article length) longer than this is noted. As shipped 1,200.
    pub long_paste: usize,
    /// Links allowed without a finding. As shipped 0: every link is shown to the moderator.
    pub links_allowed: usize,
    /// Copies of the same text allowed before it is noted. As shipped 0.
    pub repeats_allowed: u32,
    /// Comments a visitor may send in a minute before it is noted. As shipped 3.
    pub per_minute: u32,
    /// Comments a visitor may send in an hour before it is noted. As shipped 20.
    pub per_hour: u32,
    /// A run of one character at least this long is noted. As shipped 12.
    pub flood_run: usize,
    /// Consecutive words shared with the story before a passage counts as copied from it. As shipped 12.
    pub story_paste_words: usize,
    /// Hundredths of the words that scripture and prayer must make up before they are noted. As shipped 30.
    pub scripture_percent: usize,
    /// A comment of at least so many words that shares none of weight with the story is noted. As shipped 25.
    pub off_topic_words: usize,
    /// Everything that is no number: switches, thresholds, lists, policies. Cheap to clone.
    pub laws: Laws,
    /// Groups, people, cues and frames. Cheap to clone.
    pub stance: stance::Rules,
}

/// The limits of [`Rulebook`] while a document is read; what they mean is written there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    long_text: usize,
    long_paste: usize,
    links_allowed: usize,
    repeats_allowed: u32,
    per_minute: u32,
    per_hour: u32,
    flood_run: usize,
    story_paste_words: usize,
    scripture_percent: usize,
    off_topic_words: usize,
}

/// From where a learned head's answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thresholds {
    /// From here on it is worth a look.
    pub hold: Score,
    /// From here on it is doubted. Learned answers alone never propose a refusal.
    pub propose: Score,
}

/// Switches, thresholds, word lists and policies, made ready once and shared.
#[derive(Debug, Clone)]
pub struct Laws(Arc<Made>, Arc<[String]>);

#[derive(Debug, Default)]
struct Made {
    house: Policy,
    policies: BTreeMap<String, Policy>,
    active: Vec<String>,
    words: Words,
    fingerprint: u64,
}

/// The rulebook that Midad ships, each file laid over the one before it.
pub const SHIPPED: [(&str, &str); 2] = [
    ("rulebook.toml", include_str!("../shipped/rulebook.toml")),
    ("words.toml", include_str!("../shipped/words.toml")),
];

impl Rulebook {
    /// The shipped rulebook with a document laid over it. Fails with everything that is wrong in the document.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut raw = shipped().map_err(|(_, problems)| problems)?;
        raw.lay(text)?;
        let stance = stance_of(text)?;
        Ok(Self::of(raw, stance))
    }

    /// A number that is the same for rulebooks by which every text is judged alike, whatever their comments and order of
    /// keys: FNV-1a over limits, switches, thresholds, entries and policies. Stored with every verdict.
    pub fn fingerprint(&self) -> u64 {
        let mut print = Fingerprint::new();
        let sizes = [
            self.long_text,
            self.long_paste,
            self.links_allowed,
            self.flood_run,
            self.story_paste_words,
            self.scripture_percent,
            self.off_topic_words,
        ];
        for size in sizes {
            print.number(size as u64);
        }
        for count in [self.repeats_allowed, self.per_minute, self.per_hour] {
            print.number(u64::from(count));
        }
        print.number(self.stance.fingerprint()).number(self.laws.0.fingerprint);
        if !self.laws.1.is_empty() {
            print.texts(&self.laws.1);
        }
        print.value()
    }

    /// The same at a minute of the paper's clock: policies whose time has not come or is over hold nowhere.
    pub fn at(&self, now: Minute) -> Self {
        Self { laws: self.laws.at(now), ..self.clone() }
    }

    fn of(raw: Raw, stance: stance::Rules) -> Self {
        let limits = &raw.limits;
        Self {
            long_text: limits.long_text,
            long_paste: limits.long_paste,
            links_allowed: limits.links_allowed,
            repeats_allowed: limits.repeats_allowed,
            per_minute: limits.per_minute,
            per_hour: limits.per_hour,
            flood_run: limits.flood_run,
            story_paste_words: limits.story_paste_words,
            scripture_percent: limits.scripture_percent,
            off_topic_words: limits.off_topic_words,
            stance,
            laws: Laws::of(raw),
        }
    }
}

/// What a document says of groups, people and cues, laid over the shipped rules.
fn stance_of(text: &str) -> Result<crate::stance::Rules, Vec<Problem>> {
    let raw = crate::stance::Raw::part_of(text);
    raw.and_then(|raw| crate::stance::Rules::compile(&raw))
        .map_err(|problems| problems.into_iter().map(|problem| Problem::of_stance(text, problem)).collect())
}

impl Default for Rulebook {
    /// What Midad ships. Made once, then shared.
    fn default() -> Self {
        static SHARED: OnceBox<Rulebook> = OnceBox::new();
        // A test reads the shipped files; they cannot be wrong here.
        let made = || {
            let raw = shipped().unwrap_or_default();
            let stance = stance::Rules::compile(&raw.stance).unwrap_or_default();
            Box::new(Self::of(raw, stance))
        };
        SHARED.get_or_init(made).clone()
    }
}

/// The shipped files, laid over one another; or the file that is wrong, and how.
fn shipped() -> Result<Raw, (&'static str, Vec<Problem>)> {
    let mut raw = Raw::default();
    for (name, text) in SHIPPED {
        raw.lay(text).map_err(|problems| (name, problems))?;
    }
    Ok(raw)
}

#[cfg(test)]
pub(crate) fn wrong_as_shipped() -> Option<(&'static str, Vec<Problem>)> {
    shipped().err()
}

impl Laws {
    fn of(raw: Raw) -> Self {
        let Raw { house, policies, active, entries, guards, scripture, frequent, .. } = raw;
        let words = Words::of(entries, &guards, &scripture, &frequent);
        let mut print = Fingerprint::new();
        print.number(words.fingerprint());
        house.take_print(&mut print);
        for (name, policy) in &policies {
            policy.take_print(print.text(name));
        }
        let fingerprint = print.texts(&active).value();
        Self(Arc::new(Made { house, policies, active, words, fingerprint }), Arc::default())
    }

    /// What holds under a section: the house's own, then the active policies in their order, then those of the section.
    pub fn policy(&self, section: &str) -> Cow<'_, Policy> {
        let now = |name: &&String| !self.1.contains(name);
        let active = self.0.active.iter().filter(now).filter_map(|name| self.0.policies.get(name));
        let in_time = self.0.policies.iter().filter(|(name, _)| now(name)).map(|(_, policy)| policy);
        let of_section = in_time.filter(|policy| policy.sections.iter().any(|slug| slug == section));
        let mut here = Cow::Borrowed(&self.0.house);
        for policy in active.chain(of_section) {
            here.to_mut().overlay(policy);
        }
        here
    }

    /// The names of all policies, and whether each is switched on everywhere.
    pub fn policies(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.policies.keys().map(|name| (name.as_str(), self.0.active.contains(name)))
    }

    /// The same at a minute: policies whose time has not come or is over hold nowhere.
    fn at(&self, now: Minute) -> Self {
        let out = self.0.policies.iter().filter(|(_, policy)| !policy.holds_at(now)).map(|(name, _)| name.clone());
        Self(Arc::clone(&self.0), out.collect())
    }

    /// A policy by its name, whether or not its time has come.
    pub fn named(&self, name: &str) -> Option<&Policy> {
        self.0.policies.get(name)
    }

    pub(crate) fn words(&self) -> &Words {
        &self.0.words
    }
}

impl PartialEq for Laws {
    fn eq(&self, other: &Self) -> bool {
        self.0.fingerprint == other.0.fingerprint && self.1 == other.1
    }
}

impl Eq for Laws {}

impl Policy {
    /// From where a head's answer counts here: as the rulebook says, else as the models do; never without models.
    pub fn thresholds(&self, head: Head, models: &Models) -> Thresholds {
        let never = Thresholds { hold: Score::of(1.0), propose: Score::of(1.0) };
        let own = || models.heads.as_ref().map(|heads| heads.numbers(head));
        let own = || own().map(|own| Thresholds { hold: Score::of(own.look), propose: Score::of(own.hold) });
        self.changes.heads.get(&head).copied().or_else(own).unwrap_or(never)
    }

    /// Another threshold that goes where an editor moved a head's own: as it is where nobody did, 1 where the head's is 1, and
    /// between them in proportion.
    pub(crate) fn moved(&self, head: Head, threshold: f32, models: &Models) -> f32 {
        let shipped = models.heads.as_ref().map_or(1.0, |heads| heads.numbers(head).look);
        let Some(set) = self.changes.heads.get(&head).map(|set| set.hold.probability()) else { return threshold };
        if set >= shipped {
            1.0 - (1.0 - threshold) * (1.0 - set) / (1.0 - shipped).max(f32::EPSILON)
        } else {
            threshold * set / shipped
        }
    }
}

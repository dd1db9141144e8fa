//! What stands in a rulebook, section by section, before anything is made of it.

use super::document::{Document, Part, Said};
use super::policy::{Changes, Policy};
use super::{Limits, Problem, ProblemKind};
use crate::matcher::Clitics;
use crate::phases::PHASES;
use crate::words::{Entry, Guards, Sign, Speech};
use crate::{Advice, Category, Head, List, Score, stance};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use serde::Deserialize;

/// The sections of a rulebook.
const SECTIONS: [&str; 19] = [
    "limits",
    "phases",
    "heads",
    "at-most",
    "percent",
    "words",
    "without-words",
    "guards",
    "scripture",
    "off-topic",
    "policy",
    "active",
    // Read by `crate::stance`.
    "without-names",
    "group",
    "people",
    "cues",
    "frames",
    "violence",
    "contempt",
];

/// The sections that say who is spoken of, and how.
const STANCE: [&str; 7] = ["without", "group", "people", "cues", "frames", "violence", "contempt"];

/// Everything that rulebooks say, one laid over the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub limits: Limits,
    pub house: Policy,
    pub entries: Vec<Entry>,
    /// What stands in each list already.
    known: BTreeSet<(List, String)>,
    pub guards: Guards,
    pub scripture: Speech,
    pub frequent: Vec<String>,
    /// Groups, people and cues, as the document on top has them.
    pub stance: stance::Raw,
    pub policies: BTreeMap<String, Policy>,
    pub active: Vec<String>,
}

impl Raw {
    /// Lays a document over what is there: numbers and switches replace, lists grow.
    pub fn lay(&mut self, text: &str) -> Result<(), Vec<Problem>> {
        let (mut document, table) = Document::new(text);
        let (read, whole) = (&mut document, Document::whole(&table));
        read.only(&whole, &[&SECTIONS[..], &STANCE].concat());
        if let Some(part) = read.part(&whole, "limits") {
            self.limits.lay(read, &part);
        }
        self.house.lay(read, &whole);
        self.leave_out(read, &whole);
        for part in read.parts(&whole, "words") {
            self.lay_words(read, &part);
        }
        if let Some(part) = read.part(&whole, "guards") {
            self.guards.lay(read, &part);
        }
        if let Some(part) = read.part(&whole, "scripture") {
            read.only(&part, &["formulas", "introductions", "endings"]);
            self.scripture.lay(read, &part);
        }
        if let Some(part) = read.part(&whole, "off-topic") {
            read.only(&part, &["frequent"]);
            self.frequent.extend(plain(read.phrases(&part, "frequent")));
        }
        self.lay_policies(read, &whole);
        self.lay_stance(read, &whole);
        let problems = document.problems();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Takes entries of the books below out.
    fn leave_out<'t>(&mut self, read: &mut Document<'t>, whole: &Part<'_, 't>) {
        for said in read.texts(whole, "without-words") {
            let before = self.entries.len();
            self.entries.retain(|entry| entry.phrase != said.text);
            self.known.retain(|(_, phrase)| *phrase != said.text);
            if self.entries.len() == before {
                let known = self.entries.iter().map(|entry| entry.phrase.as_str());
                read.unknown_name(whole, "without-words", &said, known);
            }
        }
    }

    /// One `[[words]]`: entries that have everything but their letters in common.
    fn lay_words<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        const KEYS: [&str; 11] = [
            "list",
            "weight",
            "addressed",
            "clitics",
            "languages",
            "what",
            "unless-near",
            "unless-story",
            "of-things",
            "sign",
            "entries",
        ];
        read.only(part, &KEYS);
        let list = read.one_of(part, "list", &List::ALL.map(|list| (list.name(), list)));
        if !part.has("list") {
            read.wrong(part.place.clone(), &part.path_of("list"), ProblemKind::Missing);
        }
        if !part.has("entries") {
            read.wrong(part.place.clone(), &part.path_of("entries"), ProblemKind::Missing);
        }
        let weight = small(read.number(part, "weight", 0..=1_000)).unwrap_or(WEIGHT);
        let model = Entry {
            phrase: String::new(),
            list: list.unwrap_or(List::House),
            weight,
            addressed: small(read.number(part, "addressed", 0..=1_000)).unwrap_or(weight),
            clitics: read.one_of(part, "clitics", &CLITICS).unwrap_or_default(),
            languages: plain(read.texts(part, "languages")),
            what: read.text(part, "what").map(|said| said.text).unwrap_or_default(),
            unless_near: plain(read.phrases(part, "unless-near")),
            unless_story: plain(read.phrases(part, "unless-story")),
            of_things: read.switch(part, "of-things").unwrap_or(false),
            sign: read.one_of(part, "sign", &SIGNS).unwrap_or_default(),
        };
        for said in read.phrases(part, "entries") {
            if !self.known.insert((model.list, said.text.clone())) {
                let kind = ProblemKind::Twice { name: said.text.clone() };
                read.wrong(said.place.clone(), &part.path_of("entries"), kind);
            }
            self.entries.push(Entry { phrase: said.text, ..model.clone() });
        }
    }

    /// Groups, people and cues are read and checked by the module that uses them.
    fn lay_stance<'t>(&mut self, read: &mut Document<'t>, whole: &Part<'_, 't>) {
        let mut wrong = Vec::new();
        match stance::Raw::deserialize(whole.only_keys(&STANCE)) {
            Ok(raw) => {
                wrong = raw.problems();
                self.stance = raw;
            }
            Err(error) => {
                let kind = stance::ProblemKind::Shape(error.message().into());
                wrong.push(stance::Problem { place: error.span().unwrap_or(0..0), kind });
            }
        }
        for problem in wrong {
            let (key, kind) = match problem.kind {
                stance::ProblemKind::Shape(said) => (String::new(), ProblemKind::Syntax { said }),
                stance::ProblemKind::UnknownKey(key) => (key, ProblemKind::UnknownKey { nearest: String::new() }),
                stance::ProblemKind::NoWord => (String::new(), ProblemKind::NoWord),
                stance::ProblemKind::SameId(name) => ("id".into(), ProblemKind::Twice { name }),
                stance::ProblemKind::UnknownName(name) => {
                    ("homonyms.name".into(), ProblemKind::UnknownName { name, nearest: String::new() })
                }
            };
            read.wrong(problem.place, &key, kind);
        }
    }

    fn lay_policies<'t>(&mut self, read: &mut Document<'t>, whole: &Part<'_, 't>) {
        if let Some(part) = read.part(whole, "policy") {
            for (name, part) in read.named_parts(&part) {
                read.only(&part, &["sections", "from", "until", "phases", "heads", "at-most", "percent"]);
                let policy = self.policies.entry(name.text).or_default();
                policy.sections.extend(plain(read.texts(&part, "sections")));
                policy.lay_times(read, &part);
                policy.lay(read, &part);
            }
        }
        if !whole.has("active") {
            return;
        }
        let active = read.texts(whole, "active");
        for said in &active {
            if !self.policies.contains_key(&said.text) {
                read.unknown_name(whole, "active", said, self.policies.keys().map(String::as_str));
            }
        }
        self.active = plain(active);
    }
}

/// What an entry weighs where its block names nothing: worth a look.
const WEIGHT: u16 = 300;

const CLITICS: [(&str, Clitics); 5] = [
    ("none", Clitics::None),
    ("before", Clitics::Before),
    ("after", Clitics::After),
    ("both", Clitics::Both),
    ("stem", Clitics::Stem),
];

const SIGNS: [(&str, Sign); 5] = [
    ("offer", Sign::Offer),
    ("call", Sign::Call),
    ("channel", Sign::Channel),
    ("price", Sign::Price),
    ("reader", Sign::Reader),
];

const ADVICE: [(&str, Advice); 4] =
    [("release", Advice::Release), ("look", Advice::Look), ("doubt", Advice::Doubt), ("refuse", Advice::Refuse)];

impl Policy {
    /// From when and until when; the end has to come after the beginning.
    fn lay_times<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        self.from = read.minute(part, "from").or(self.from);
        self.until = read.minute(part, "until").or(self.until);
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until <= from
        {
            read.unfit(part, "until", ProblemKind::EndsBefore);
        }
    }
}

impl Changes {
    /// Reads switches, thresholds, caps and scales.
    pub(super) fn lay<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        if let Some(phases) = read.part(part, "phases") {
            let names: Vec<&str> = PHASES.iter().map(|phase| phase.name).collect();
            read.only(&phases, &names);
            for phase in PHASES {
                if let Some(on) = read.switch(&phases, phase.name) {
                    self.phases.insert(phase.name, on);
                }
            }
        }
        if let Some(heads) = read.part(part, "heads") {
            read.only(&heads, &Head::ALL.map(Head::name));
            for head in Head::ALL {
                if let Some(part) = read.part(&heads, head.name()) {
                    self.lay_head(read, &part, head);
                }
            }
        }
    }

    fn lay_head<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>, head: Head) {
        read.only(part, &["hold", "propose"]);
        // A head that was not named yet counts from nowhere.
        let never = super::Thresholds { hold: Score::of(1.0), propose: Score::of(1.0) };
        let before = self.heads.get(&head).copied().unwrap_or(never);
        let hold = read.fraction(part, "hold").map_or(before.hold, Score::of);
        let propose = read.fraction(part, "propose").map_or(before.propose, Score::of);
        if hold > propose {
            read.wrong(part.place.clone(), &part.path_of("hold"), ProblemKind::HoldAbovePropose);
        }
        self.heads.insert(head, super::Thresholds { hold, propose });
    }
}

impl Policy {
    /// Reads what a policy may set, and a rulebook as a whole.
    fn lay<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        self.changes.lay(read, part);
        let names = Category::ALL.map(Category::name);
        if let Some(caps) = read.part(part, "at-most") {
            read.only(&caps, &names);
            for category in Category::ALL {
                if let Some(advice) = read.one_of(&caps, category.name(), &ADVICE) {
                    self.at_most.insert(category.name(), advice);
                }
            }
        }
        if let Some(scales) = read.part(part, "percent") {
            read.only(&scales, &names);
            for category in Category::ALL {
                if let Some(percent) = small(read.number(&scales, category.name(), 0..=300)) {
                    self.percent.insert(category.name(), percent);
                }
            }
        }
    }
}

impl Limits {
    fn lay<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        const MOST: u64 = 1_000_000;
        let sizes = [
            ("long-text", &mut self.long_text),
            ("long-paste", &mut self.long_paste),
            ("links-allowed", &mut self.links_allowed),
            ("flood-run", &mut self.flood_run),
            ("story-paste-words", &mut self.story_paste_words),
            ("scripture-percent", &mut self.scripture_percent),
            ("off-topic-words", &mut self.off_topic_words),
        ];
        let mut known: Vec<&str> = sizes.iter().map(|(key, _)| *key).collect();
        for (key, limit) in sizes {
            if let Some(number) = read.number(part, key, 0..=MOST) {
                *limit = usize::try_from(number).unwrap_or(usize::MAX);
            }
        }
        let counts = [
            ("repeats-allowed", &mut self.repeats_allowed),
            ("per-minute", &mut self.per_minute),
            ("per-hour", &mut self.per_hour),
        ];
        known.extend(counts.iter().map(|(key, _)| *key));
        for (key, limit) in counts {
            if let Some(number) = read.number(part, key, 0..=MOST) {
                *limit = u32::try_from(number).unwrap_or(u32::MAX);
            }
        }
        read.only(part, &known);
    }
}

impl Guards {
    fn lay<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        let lists = [
            ("denial", &mut self.denial),
            ("attribution", &mut self.attribution),
            ("address", &mut self.address),
            ("things", &mut self.things),
            ("people", &mut self.people),
            ("pointers", &mut self.pointers),
            ("minds", &mut self.minds),
            ("myself", &mut self.myself),
        ];
        read.only(part, &lists.each_ref().map(|(key, _)| *key));
        for (key, list) in lists {
            list.extend(plain(read.phrases(part, key)));
        }
    }
}

impl Speech {
    fn lay<'t>(&mut self, read: &mut Document<'t>, part: &Part<'_, 't>) {
        self.formulas.extend(plain(read.phrases(part, "formulas")));
        self.introductions.extend(plain(read.phrases(part, "introductions")));
        self.endings.extend(plain(read.phrases(part, "endings")));
    }
}

fn plain(said: Vec<Said>) -> Vec<String> {
    said.into_iter().map(|said| said.text).collect()
}

fn small(number: Option<u64>) -> Option<u16> {
    number.map(|number| u16::try_from(number).unwrap_or(u16::MAX))
}

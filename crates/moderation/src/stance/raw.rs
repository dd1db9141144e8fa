//! The rules as an editor writes them, and what can be wrong in them.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::signs::TABLES;

/// Phrases of one kind.
pub(crate) type Phrases = Vec<Spanned<String>>;
/// A table of cues: key to phrases.
pub(crate) type Table = BTreeMap<String, Phrases>;

/// The rules as they stand in TOML. What a paper writes is laid over what is shipped: its groups and people come to the
/// shipped ones (those of the same id replace them), its cues to the shipped cues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Raw {
    /// Ids of shipped groups and people that this paper leaves out.
    #[serde(rename = "without-names")]
    pub without: Vec<Spanned<String>>,
    /// Violent groups.
    pub group: Vec<RawGroup>,
    /// People who are protected from contempt.
    pub people: Vec<RawPeople>,
    /// Words for and against groups.
    pub cues: Table,
    /// Words that put others into somebody else's mouth.
    pub frames: Table,
    /// Calls to violence and threats.
    pub violence: Table,
    /// Words of contempt for people.
    pub contempt: Table,
}

/// A violent group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGroup {
    /// Short, for the log; its own among groups.
    pub id: Spanned<String>,
    /// How findings name it.
    pub name: Spanned<String>,
    /// By which lists it stands here: «UN 1267», «EU», a country's.
    #[serde(default)]
    pub listed: Vec<String>,
    /// What it calls itself in public.
    #[serde(default)]
    pub official: Phrases,
    /// Titles that hardly anybody but followers uses.
    #[serde(default)]
    pub adopted: Phrases,
    /// The media's names.
    #[serde(default)]
    pub neutral: Phrases,
    /// Names that opponents use.
    #[serde(default)]
    pub hostile: Phrases,
    /// Names that are ordinary words too.
    #[serde(default)]
    pub homonyms: Vec<RawHomonym>,
}

/// When a name is the group's and when it is an ordinary word.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawHomonym {
    /// One of the group's names, as it is written there.
    pub name: Spanned<String>,
    /// One of these must stand in the text, or another name of the group; not asked where there is none.
    #[serde(default)]
    pub needs: Phrases,
    /// None of these may stand directly beside it.
    #[serde(default)]
    pub unless: Phrases,
}

/// People who are protected from contempt.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPeople {
    /// Short, for the log; its own among people.
    pub id: Spanned<String>,
    /// How findings name them.
    pub name: Spanned<String>,
    /// Neutral nouns of kind.
    #[serde(default)]
    pub names: Phrases,
    /// Words of contempt, which count as the name beside another cue.
    #[serde(default)]
    pub slurs: Phrases,
}

/// The keys of [`Raw`].
const KEYS: [&str; 7] = ["without-names", "group", "people", "cues", "frames", "violence", "contempt"];

/// Something wrong in the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the text that was parsed.
    pub place: Range<usize>,
    /// What.
    pub kind: ProblemKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not TOML, or not the shape of the rules; with the parser's words.
    Shape(String),
    /// A key that is not known in that table.
    UnknownKey(String),
    /// A phrase without a word in it.
    NoWord,
    /// Two groups, or two kinds of people, with one id.
    SameId(String),
    /// A homonym that is none of its group's names.
    UnknownName(String),
}

impl Problem {
    /// Line and column in the text that was parsed, from 1; columns count characters.
    pub fn position(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.place.start.min(text.len())).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or("");
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

impl Raw {
    /// Reads TOML that holds these rules and nothing else.
    ///
    /// # Errors
    ///
    /// Says where the text is no TOML, has another shape or a key that is not known.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let raw = Self::part_of(text)?;
        let (table, _) = DeTable::parse_recoverable(text);
        let unknown = table.get_ref().keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref()));
        let problems: Vec<Problem> = unknown
            .map(|key| Problem { place: key.span(), kind: ProblemKind::UnknownKey(key.get_ref().to_string()) })
            .collect();
        if problems.is_empty() { Ok(raw) } else { Err(problems) }
    }

    /// Reads these rules out of TOML that may hold others too, as a paper's rulebook does.
    ///
    /// # Errors
    ///
    /// Says where the text is no TOML or has another shape.
    pub fn part_of(text: &str) -> Result<Self, Vec<Problem>> {
        toml::from_str(text).map_err(|error| {
            let kind = ProblemKind::Shape(error.message().to_string());
            alloc::vec![Problem { place: error.span().unwrap_or(0..0), kind }]
        })
    }

    /// Everything that is wrong in it, by place.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        same_ids(self.group.iter().map(|group| &group.id), &mut problems);
        same_ids(self.people.iter().map(|people| &people.id), &mut problems);
        for phrase in self.phrases() {
            if arabic::words::words(phrase.get_ref()).next().is_none() {
                problems.push(Problem { place: phrase.span(), kind: ProblemKind::NoWord });
            }
        }
        for (section, table) in self.tables() {
            for (key, phrases) in table {
                if !TABLES.iter().any(|(known, name, ..)| *known == section && name == key) {
                    let place = phrases.first().map_or(0..0, Spanned::span);
                    problems.push(Problem { place, kind: ProblemKind::UnknownKey(alloc::format!("{section}.{key}")) });
                }
            }
        }
        for group in &self.group {
            let unknown = group.homonyms.iter().filter(|homonym| !group.has_name(homonym.name.get_ref()));
            problems.extend(unknown.map(|homonym| {
                let kind = ProblemKind::UnknownName(homonym.name.get_ref().clone());
                Problem { place: homonym.name.span(), kind }
            }));
        }
        problems.sort_by_key(|problem| problem.place.start);
        problems
    }

    /// The names of all groups and people, in order.
    pub(crate) fn named(&self) -> Vec<&String> {
        let groups = self.group.iter().map(|group| group.name.get_ref());
        groups.chain(self.people.iter().map(|people| people.name.get_ref())).collect()
    }

    /// The four tables of cues with their names.
    pub(crate) fn tables(&self) -> [(&'static str, &Table); 4] {
        [("cues", &self.cues), ("frames", &self.frames), ("violence", &self.violence), ("contempt", &self.contempt)]
    }

    /// These rules laid over others.
    pub(crate) fn laid_over(&self, below: &Self) -> Self {
        let mut all = below.clone();
        let without: BTreeSet<&String> = self.without.iter().map(Spanned::get_ref).collect();
        let replaced = |id: &Spanned<String>, own: bool| own || without.contains(id.get_ref());
        all.group
            .retain(|group| !replaced(&group.id, self.group.iter().any(|own| own.id.get_ref() == group.id.get_ref())));
        all.people.retain(|p| !replaced(&p.id, self.people.iter().any(|own| own.id.get_ref() == p.id.get_ref())));
        all.group.extend(self.group.iter().cloned());
        all.people.extend(self.people.iter().cloned());
        let tables = [&mut all.cues, &mut all.frames, &mut all.violence, &mut all.contempt];
        for (table, (_, own)) in tables.into_iter().zip(self.tables()) {
            for (key, phrases) in own {
                table.entry(key.clone()).or_default().extend(phrases.iter().cloned());
            }
        }
        all
    }

    fn phrases(&self) -> impl Iterator<Item = &Spanned<String>> {
        let groups = self.group.iter().flat_map(|group| {
            let contexts = group.homonyms.iter().flat_map(|homonym| homonym.needs.iter().chain(&homonym.unless));
            core::iter::once(&group.name).chain(group.names().map(|(_, name)| name)).chain(contexts)
        });
        let people = self
            .people
            .iter()
            .flat_map(|people| core::iter::once(&people.name).chain(&people.names).chain(&people.slurs));
        groups.chain(people).chain(self.tables().into_iter().flat_map(|(_, table)| table.values().flatten()))
    }
}

/// Kinds of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// What the group calls itself in public.
    Official,
    /// A title that only followers use.
    Adopted,
    /// The media's.
    Neutral,
    /// Its opponents'.
    Hostile,
}

impl RawGroup {
    /// Every name with its kind.
    pub(crate) fn names(&self) -> impl Iterator<Item = (NameKind, &Spanned<String>)> {
        let of = |kind, names| core::iter::repeat(kind).zip(names);
        of(NameKind::Official, self.official.iter())
            .chain(of(NameKind::Adopted, self.adopted.iter()))
            .chain(of(NameKind::Neutral, self.neutral.iter()))
            .chain(of(NameKind::Hostile, self.hostile.iter()))
    }

    fn has_name(&self, name: &str) -> bool {
        self.names().any(|(_, own)| own.get_ref() == name)
    }
}

fn same_ids<'r>(ids: impl Iterator<Item = &'r Spanned<String>>, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.get_ref()) {
            problems.push(Problem { place: id.span(), kind: ProblemKind::SameId(id.get_ref().clone()) });
        }
    }
}

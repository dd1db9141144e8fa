//! The proof of a move: what was there, what came, and everything else by name. Keys and facts, no words.
//!
//! It checks itself ([`Report::problems`]): what was read is what came, what was there before, and what was left out with a
//! reason; the store is asked how much of this paper it has; and old addresses are asked for as readers will ask.

use super::left::{Left, Place, WhyChanged, WhyLeft};
use crate::markup;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many are named for each reason; the rest is counted.
const MOST_NAMED: usize = 1_000;
/// So many old addresses are asked for.
pub const SAMPLED: usize = 100;
/// Letters of a name.
const MOST_LETTERS: usize = 120;
/// So many names of unread values are told.
const MOST_METAS: usize = 300;

/// Something by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// What it is called.
    pub what: String,
    /// Where it stood.
    pub place: String,
}

/// How often something was, and the first of it by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lines {
    /// How often.
    pub count: u64,
    /// The first thousand.
    pub named: Vec<Named>,
}

/// What became of one kind of thing. `read` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Kinds {
    /// There were so many.
    pub read: u64,
    /// Came in, and readers have them (in a dry run: would).
    pub public: u64,
    /// Came in, and the staff has them: drafts, comments that wait.
    pub inside: u64,
    /// Were there already from an earlier move.
    pub known: u64,
    /// Were left out, each with a reason.
    pub left: u64,
}

impl Kinds {
    /// Every one of them is accounted for.
    pub fn is_whole(&self) -> bool {
        self.read == self.public + self.inside + self.known + self.left
    }
}

/// Pictures that stories name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Pictures {
    /// Files that the old paper knew.
    pub files: u64,
    /// Places in stories where one stands.
    pub used: u64,
    /// Of those, so many are in the library.
    pub supplied: u64,
    /// And so many are to be supplied.
    pub missing: u64,
    /// Without words for those who cannot see them.
    pub without_alt: u64,
    /// In stories that were there before: so many waited for a file and have it now (in a dry run: would).
    pub filled: u64,
    /// And so many wait for it still. Where no files are at hand none of these stories is looked at.
    pub waiting: u64,
}

/// Links between stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LinksWithin {
    /// To pages of the old paper.
    pub all: u64,
    /// To pages that are not in it.
    pub broken: u64,
}

/// An old address that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sampled {
    /// As readers had it, decoded.
    pub address: String,
    /// The story to which it leads now, by its address there; none: nowhere.
    pub leads: Option<String>,
}

/// Old addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Addresses {
    /// Lead to stories since this move.
    pub to_stories: u64,
    /// Lead to lists since this move.
    pub to_lists: u64,
    /// Asked for afterwards.
    pub sampled: Vec<Sampled>,
}

/// The report on a move.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// The format's word.
    pub format: String,
    /// The old paper's name.
    pub title: String,
    /// Its address.
    pub address: String,
    /// Nothing was kept: this is what would happen.
    pub dry_run: bool,
    /// Comments that readers had are public at once.
    pub released: bool,
    /// Stories.
    pub stories: Kinds,
    /// Pages.
    pub pages: Kinds,
    /// Comments.
    pub comments: Kinds,
    /// Pieces of kinds that do not come.
    pub others: u64,
    /// Writers who are named.
    pub writers: u64,
    /// Categories that there were, and sections that were made of them.
    pub sections: (u64, u64),
    /// Tags that there were.
    pub tags: u64,
    /// Pictures.
    pub pictures: Pictures,
    /// Links between stories.
    pub links: LinksWithin,
    /// Old addresses.
    pub addresses: Addresses,
    /// What was left out, by reason.
    pub left: BTreeMap<WhyLeft, Lines>,
    /// What came in otherwise than it was, by reason.
    pub changed: BTreeMap<WhyChanged, Lines>,
    /// What was removed from bodies or changed in them, by kind.
    pub bodies: BTreeMap<markup::What, Lines>,
    /// Values that extensions kept beside stories and that have no place here: how often each.
    pub unread: BTreeMap<String, u64>,
    /// Stories and comments of this old paper that the store has, as it says itself; none in a dry run.
    pub stored: Option<(u64, u64)>,
}

/// Something in a report that does not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// Stories that were read are not accounted for.
    Stories,
    /// Pages that were read are not accounted for.
    Pages,
    /// Comments that were read are not accounted for.
    Comments,
    /// The store has fewer stories or comments of it than came.
    Stored,
    /// An old address that was asked for leads nowhere.
    Addresses,
}

impl Problem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stories => "moved.problem.stories",
            Self::Pages => "moved.problem.pages",
            Self::Comments => "moved.problem.comments",
            Self::Stored => "moved.problem.stored",
            Self::Addresses => "moved.problem.addresses",
        }
    }
}

impl Lines {
    fn add(&mut self, what: &str, place: &Place, times: u64) {
        self.count += times;
        if self.named.len() < MOST_NAMED {
            let what = arabic::clean::line(what).chars().take(MOST_LETTERS).collect();
            self.named.push(Named { what, place: place.to_string() });
        }
    }
}

impl Report {
    /// Notes what was left out.
    pub fn leave(&mut self, left: &Left) {
        self.left.entry(left.why).or_default().add(&left.what, &left.place, 1);
    }

    /// The same, of one that is at hand.
    pub(crate) fn leave_out(&mut self, what: &str, why: WhyLeft, place: &Place) {
        self.left.entry(why).or_default().add(what, place, 1);
    }

    /// Notes what came in otherwise than it was.
    pub(crate) fn change(&mut self, what: &str, why: WhyChanged, place: &Place) {
        self.changed.entry(why).or_default().add(what, place, 1);
    }

    /// Notes what became of a body.
    pub(crate) fn note_body(&mut self, notes: &[markup::Noted], place: &Place) {
        for note in notes {
            self.bodies.entry(note.what).or_default().add(&note.excerpt, place, note.times);
        }
    }

    /// Notes values that have no place here.
    pub(crate) fn note_unread(&mut self, unread: &[(String, String)]) {
        for (name, _) in unread {
            if self.unread.len() < MOST_METAS || self.unread.contains_key(name) {
                *self.unread.entry(name.clone()).or_default() += 1;
            }
        }
    }

    /// Everything that does not agree; empty: the move is whole.
    pub fn problems(&self) -> Vec<Problem> {
        let came = |kinds: &Kinds| kinds.public + kinds.inside + kinds.known;
        let in_store = self.stored.is_none_or(|(stories, comments)| {
            stories >= came(&self.stories) + self.pages.inside && comments >= came(&self.comments)
        });
        let leads = self.dry_run || self.addresses.sampled.iter().all(|one| one.leads.is_some());
        let checks = [
            (self.stories.is_whole(), Problem::Stories),
            (self.pages.is_whole(), Problem::Pages),
            (self.comments.is_whole(), Problem::Comments),
            (in_store, Problem::Stored),
            (leads, Problem::Addresses),
        ];
        checks.into_iter().filter_map(|(holds, problem)| (!holds).then_some(problem)).collect()
    }
}

//! What the paper looks at before a story goes public. The house says of each point whether it keeps a story back, is said,
//! or is not looked at.

use super::{CommentPolicy, StoryText, Work};
use crate::body::{Block, Body};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most grapheme clusters of the headline, of the one of lists and of the one of telephones.
const MOST_HEADLINE: usize = 90;
const MOST_FRONT: usize = 70;
const MOST_PUSH: usize = 60;

/// Something that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// Every picture has words for those who cannot see it.
    AltText,
    /// Every picture says whose it is.
    Credit,
    /// It stands in a section.
    Section,
    /// It says where it has something from, or an editor says that this is known.
    Sources,
    /// Its headlines are short enough for their places.
    Headlines,
    /// What colleagues noted is settled.
    Notes,
    /// Somebody chose what readers may do under it, or its kind did.
    Comments,
}

/// What comes of a point that is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The story is kept back, from a person's hand as from the clock's.
    Blocks,
    /// It is said.
    Warns,
    /// Nothing: it is not looked at.
    Off,
}

/// What the house says of each point; what it does not speak of is as shipped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Checklist(pub BTreeMap<Point, Weight>);

/// A point as it was found at a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Which.
    pub point: Point,
    /// What comes of it.
    pub weight: Weight,
    /// How much of it is left to be done; nothing: it is met.
    pub left: u64,
}

impl Point {
    /// Every point, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::AltText, Self::Credit, Self::Section, Self::Sources, Self::Headlines, Self::Notes, Self::Comments];

    /// The word under which it is stored and translated (`check.alt-text` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::AltText => "alt-text",
            Self::Credit => "credit",
            Self::Section => "section",
            Self::Sources => "sources",
            Self::Headlines => "headlines",
            Self::Notes => "notes",
            Self::Comments => "comments",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.key() == key)
    }

    /// An editor may say that it is met, whatever is found.
    pub fn may_be_ticked(self) -> bool {
        matches!(self, Self::Sources | Self::Comments)
    }

    /// As the paper ships: what kept a story back before there was a list still does.
    fn shipped(self) -> Weight {
        match self {
            Self::AltText | Self::Section => Weight::Blocks,
            _ => Weight::Warns,
        }
    }
}

impl Weight {
    /// Every weight, the gravest first.
    pub const ALL: [Self; 3] = [Self::Blocks, Self::Warns, Self::Off];

    /// The word under which it is stored, sent and translated (`check.weight.blocks` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Warns => "warns",
            Self::Off => "off",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|weight| weight.key() == key)
    }
}

impl Looked {
    /// Keeps the story back.
    pub fn blocks(&self) -> bool {
        self.left > 0 && self.weight == Weight::Blocks
    }
}

impl Checklist {
    /// What comes of a point.
    pub fn weight(&self, point: Point) -> Weight {
        self.0.get(&point).copied().unwrap_or_else(|| point.shipped())
    }

    /// Every point that is looked at, as it is found at a story; `comments`: what a draft lets readers do, nothing where they
    /// have the story.
    pub fn look(&self, text: &StoryText, work: &Work, comments: Option<CommentPolicy>) -> Vec<Looked> {
        let points = Point::ALL.into_iter().map(|point| (point, self.weight(point)));
        let looked = points.filter(|(_, weight)| *weight != Weight::Off);
        let looked = looked.map(|(point, weight)| {
            let left = if work.ticked.contains(&point) { 0 } else { left(point, text, work, comments) };
            Looked { point, weight, left }
        });
        looked.collect()
    }

    /// The points that keep it back.
    pub fn blocked(&self, text: &StoryText, work: &Work, comments: Option<CommentPolicy>) -> Vec<Point> {
        let looked = self.look(text, work, comments);
        looked.into_iter().filter(Looked::blocks).map(|looked| looked.point).collect()
    }
}

fn left(point: Point, text: &StoryText, work: &Work, comments: Option<CommentPolicy>) -> u64 {
    let pictures = || text.pictures().filter(|picture| picture.is_supplied());
    match point {
        Point::AltText => count(pictures().filter(|picture| picture.alt.trim().is_empty()).count()),
        Point::Credit => {
            let credited = |credit: &Option<String>| credit.as_deref().is_some_and(|credit| !credit.trim().is_empty());
            count(pictures().filter(|picture| !credited(&picture.credit)).count())
        }
        Point::Section => u64::from(text.section.is_none()),
        Point::Sources => u64::from(!names_a_source(&text.body)),
        Point::Headlines => count(long_headlines(text)),
        Point::Notes => work.open_notes,
        // Where the kind closes them, open ones were somebody's choice.
        Point::Comments => {
            u64::from(comments == Some(CommentPolicy::default()) && comments == Some(text.kind.comments()))
        }
    }
}

/// How many of the headlines are longer than their place.
fn long_headlines(text: &StoryText) -> usize {
    let lines = [(&text.headline, MOST_HEADLINE), (&text.front_headline, MOST_FRONT), (&text.push_headline, MOST_PUSH)];
    lines.into_iter().filter(|(line, most)| arabic::runs::clusters(line) > *most).count()
}

/// Somebody is quoted by name, or something is led to.
fn names_a_source(body: &Body) -> bool {
    body.0.iter().any(|block| match block {
        Block::Quote { source, .. } => source.as_deref().is_some_and(|source| !source.trim().is_empty()),
        Block::LinkCard { .. } => true,
        Block::Paragraph { text } => text.iter().any(crate::body::Span::is_link),
        _ => false,
    })
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

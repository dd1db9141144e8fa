//! A story from draft to archive. States are types: a step consumes one and gives the next.

mod change;
mod checklist;
mod correction;
mod draft;
mod kind;
mod language;
mod note;
mod pictures;
mod timing;
mod typed;
mod work;

#[cfg(test)]
mod tests;

pub use change::Change;
pub use checklist::{Checklist, Looked, Point, Weight};
pub use correction::Correction;
pub use draft::{Draft, Missing, NotReady, NotYet};
pub use kind::StoryKind;
pub use language::StoryLanguage;
pub use note::{NewNote, NoteProblem, place_of};
pub use pictures::Instead;
pub use timing::{TimeProblem, Timing, TimingProblems, past};
pub use typed::{Field, TypedProblem, TypedStory};
pub use work::{HeldUp, LegalHold, MOVES, Move, Stage, Work};

use crate::body::{Body, Picture};
use crate::byline::Byline;
use crate::ids::{SectionId, StoryId};
use crate::section::Tag;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a story says, in whatever state it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoryText {
    /// What kind of story it is.
    #[serde(default, skip_serializing_if = "StoryKind::is_news")]
    pub kind: StoryKind,
    /// The story that it answers, or beside which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<StoryId>,
    /// It says in another language what that story says, and does not answer it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translates: bool,
    /// The line above the headline.
    #[serde(default)]
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The headline where it stands among others; empty: the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub front_headline: String,
    /// What a telephone shows of it in one line; empty: the headline.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub push_headline: String,
    /// The lines below it.
    #[serde(default)]
    pub standfirst: String,
    /// The body.
    pub body: Body,
    /// The picture at its head.
    #[serde(default)]
    pub lead: Option<Picture>,
    /// By whom and for whom, in order.
    #[serde(default)]
    pub bylines: Vec<Byline>,
    /// Where it was written: a place.
    #[serde(default)]
    pub dateline: String,
    /// Its section; none while a draft.
    #[serde(default)]
    pub section: Option<SectionId>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Its language; the paper's own when not said.
    #[serde(default)]
    pub language: StoryLanguage,
    /// Dated, visible changes since publication, oldest first.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

impl StoryText {
    /// Headline, standfirst and body without form: what a comment is compared with.
    pub fn plain_text(&self) -> String {
        format!("{}\n{}\n{}", self.headline, self.standfirst, self.body.plain_text())
    }

    /// The headline for lists and the front page.
    pub fn headline_of_lists(&self) -> &str {
        if self.front_headline.is_empty() { &self.headline } else { &self.front_headline }
    }
}

/// What readers may do under a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommentPolicy {
    /// Comments are taken and shown after review.
    #[default]
    OpenAfterReview,
    /// Comments are taken, and none that waits goes public, by nobody's ruling, until somebody lifts this.
    HeldBack,
    /// Those released stay, new ones are not taken.
    Closed,
    /// Neither shown nor taken.
    Hidden,
}

impl CommentPolicy {
    /// Every policy.
    pub const ALL: [Self; 4] = [Self::OpenAfterReview, Self::HeldBack, Self::Closed, Self::Hidden];

    /// The word under which it is stored and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::OpenAfterReview => "open-after-review",
            Self::HeldBack => "held-back",
            Self::Closed => "closed",
            Self::Hidden => "hidden",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.key() == key)
    }

    /// Whether comments are taken.
    pub fn takes_comments(self) -> bool {
        matches!(self, Self::OpenAfterReview | Self::HeldBack)
    }
}

/// A story that readers see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Which story.
    pub id: StoryId,
    /// In its address, decoded; never reused.
    pub slug: String,
    /// What it says.
    pub text: StoryText,
    /// When it went public first.
    pub published_at: Timestamp,
    /// When readers were last given something new of it, a correction or new facts; nothing: as it went public.
    pub updated_at: Option<Timestamp>,
    /// What readers may do under it.
    pub comments: CommentPolicy,
}

/// A story taken back. Its address says so (410) and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// What it was.
    pub was: Published,
    /// When it was taken back.
    pub withdrawn_at: Timestamp,
    /// The editor's note that stands in its place; may be empty.
    pub note: String,
}

/// A story in one of its states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Story {
    /// Not public yet.
    Draft(Draft),
    /// Public.
    Published(Published),
    /// Taken back.
    Withdrawn(Withdrawn),
}

impl Published {
    /// It is no story but the thread of a page of another site, which stands in no list of the paper.
    pub fn is_outside(&self) -> bool {
        self.slug.starts_with(crate::outside::MARK)
    }

    /// Takes it back with a note to readers.
    pub fn withdraw(self, note: &str, now: Timestamp) -> Withdrawn {
        Withdrawn { was: self, withdrawn_at: now, note: note.trim().to_owned() }
    }

    /// Adds a correction, dated now.
    pub fn correct(mut self, words: &str, now: Timestamp) -> Self {
        self.text.corrections.push(Correction { at: now, words: words.trim().to_owned() });
        self.updated(now)
    }

    /// Says that there is something new in it from now on.
    pub fn updated(mut self, now: Timestamp) -> Self {
        self.updated_at = Some(now);
        self
    }
}

impl Withdrawn {
    /// Makes it public again, at its old address and with its old date.
    pub fn restore(self) -> Published {
        self.was
    }
}

impl Story {
    /// Which story.
    pub fn id(&self) -> StoryId {
        match self {
            Self::Draft(draft) => draft.id,
            Self::Published(published) => published.id,
            Self::Withdrawn(withdrawn) => withdrawn.was.id,
        }
    }

    /// What it says.
    pub fn text(&self) -> &StoryText {
        match self {
            Self::Draft(draft) => &draft.text,
            Self::Published(published) => &published.text,
            Self::Withdrawn(withdrawn) => &withdrawn.was.text,
        }
    }
}

//! A story that is not public yet.

use super::{Checklist, CommentPolicy, Point, Published, StoryText, Work};
use crate::ids::StoryId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Grapheme clusters that a slug made of a headline may have (`reference`: cut at a word, about 60 is plenty).
const SLUG_CLUSTERS: usize = 60;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which story.
    pub id: StoryId,
    /// What it says so far.
    pub text: StoryText,
    /// What readers will be allowed to do under it.
    #[serde(default)]
    pub comments: CommentPolicy,
    /// When it was begun.
    pub begun_at: Timestamp,
}

/// What a draft lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// A headline.
    Headline,
    /// Any words in the body.
    Body,
    /// A section.
    Section,
    /// Words for those who cannot see a picture.
    AltText,
    /// The story that a right of reply answers.
    Answered,
}

impl Missing {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Headline => "missing.headline",
            Self::Body => "missing.body",
            Self::Section => "missing.section",
            Self::AltText => "missing.alt-text",
            Self::Answered => "missing.answered",
        }
    }
}

/// What stands in the way of a story that lacks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotYet {
    /// It is not to be public before this minute.
    Embargo(Timestamp),
    /// It was decided that it will not be printed.
    Killed,
    /// Nothing of it goes public, for a reason of law.
    LegalHold,
}

impl NotYet {
    /// The end of its keys in the locales (`held.embargo` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Embargo(_) => "embargo",
            Self::Killed => "killed",
            Self::LegalHold => "legal-hold",
        }
    }
}

/// The draft as it was, and everything that it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReady {
    /// Given back whole.
    pub draft: Box<Draft>,
    /// All of it at once.
    pub missing: Vec<Missing>,
    /// The points of the paper's list that keep it back.
    pub blocked: Vec<Point>,
}

impl NotReady {
    /// The keys of everything that stands in the way.
    pub fn keys(&self) -> Vec<String> {
        let missing = self.missing.iter().map(|what| what.key().to_owned());
        missing.chain(self.blocked.iter().map(|point| format!("check.{}", point.key()))).collect()
    }
}

impl Draft {
    /// Publishes the draft, or says everything that is missing. A picture that is still to be supplied is not shown and
    /// therefore needs no alt text yet.
    pub fn publish(self, now: Timestamp) -> Result<Published, NotReady> {
        let missing = self.text.missing();
        if !missing.is_empty() {
            return Err(NotReady { draft: Box::new(self), missing, blocked: Vec::new() });
        }
        Ok(self.into_published(now))
    }

    /// Publishes the draft if the paper's list of what is looked at lets it, or says everything that stands in the way.
    pub fn publish_by(self, list: &Checklist, work: &Work, now: Timestamp) -> Result<Published, NotReady> {
        let (missing, blocked) = (self.text.bare(), list.blocked(&self.text, work, Some(self.comments)));
        if !missing.is_empty() || !blocked.is_empty() {
            return Err(NotReady { draft: Box::new(self), missing, blocked });
        }
        Ok(self.into_published(now))
    }

    fn into_published(self, now: Timestamp) -> Published {
        let slug = arabic::slug::slug(&self.text.headline, SLUG_CLUSTERS).unwrap_or_else(|| self.id.short());
        Published { id: self.id, slug, text: self.text, published_at: now, updated_at: None, comments: self.comments }
    }
}

impl StoryText {
    /// What no list can do without: a headline, a body, and of a right of reply the story that it answers.
    pub fn bare(&self) -> Vec<Missing> {
        let mut missing = self.missing();
        missing.retain(|what| matches!(what, Missing::Headline | Missing::Body | Missing::Answered));
        missing
    }

    /// Everything that it lacks before readers may see it.
    pub fn missing(&self) -> Vec<Missing> {
        let blind = self.pictures().any(|picture| picture.is_supplied() && picture.alt.trim().is_empty());
        let checks = [
            (arabic::clean::line(&self.headline).is_empty(), Missing::Headline),
            (self.body.plain_text().trim().is_empty(), Missing::Body),
            (self.section.is_none(), Missing::Section),
            (blind, Missing::AltText),
            (self.kind.answers() && self.answers.is_none(), Missing::Answered),
        ];
        checks.into_iter().filter_map(|(lacks, what)| lacks.then_some(what)).collect()
    }
}

//! What kind of story it is. What is not news says so wherever readers see it, and some kinds stand beside another story.

use super::CommentPolicy;
use serde::{Deserialize, Serialize};

/// What kind of story it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoryKind {
    /// News, or a report: what a paper prints, and what needs no word of its own.
    #[default]
    News,
    /// What somebody thinks.
    Opinion,
    /// Somebody is asked and answers.
    Interview,
    /// What is behind the news.
    Explainer,
    /// What somebody who was named answers to a story of the paper.
    RightOfReply,
    /// Somebody has died.
    Obituary,
    /// What somebody makes known through the paper.
    Announcement,
}

impl StoryKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::News,
        Self::Opinion,
        Self::Interview,
        Self::Explainer,
        Self::RightOfReply,
        Self::Obituary,
        Self::Announcement,
    ];

    /// The word under which it is stored, sent and translated (`kind.opinion` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Opinion => "opinion",
            Self::Interview => "interview",
            Self::Explainer => "explainer",
            Self::RightOfReply => "right-of-reply",
            Self::Obituary => "obituary",
            Self::Announcement => "announcement",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// News needs no label; everything else has one wherever readers see it.
    pub fn is_news(&self) -> bool {
        *self == Self::News
    }

    /// It answers another story, and is nothing without that one.
    pub fn answers(self) -> bool {
        self == Self::RightOfReply
    }

    /// What readers may do under a story of this kind while nobody chose otherwise: under the name of somebody who has
    /// died, and under what somebody makes known, nobody talks.
    pub fn comments(self) -> CommentPolicy {
        match self {
            Self::Obituary | Self::Announcement => CommentPolicy::Closed,
            _ => CommentPolicy::default(),
        }
    }
}

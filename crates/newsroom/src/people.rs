//! Who works here and who comes by. Names are labels: the same name is not the same person.

use crate::ids::{StaffId, VisitorId};
use serde::{Deserialize, Serialize};

/// What a member of the staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// رئيس التحرير: everything.
    Owner,
    /// محرر: stories and comments.
    Editor,
    /// مراسل: own drafts.
    Reporter,
    /// مشرف تعليقات: comments.
    Moderator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Editor, Self::Reporter, Self::Moderator];

    /// The word under which it is stored, typed and translated (`role.owner` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::Reporter => "reporter",
            Self::Moderator => "moderator",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// May rule on comments.
    pub fn moderates(self) -> bool {
        matches!(self, Self::Owner | Self::Editor | Self::Moderator)
    }

    /// May publish and withdraw stories.
    pub fn publishes(self) -> bool {
        matches!(self, Self::Owner | Self::Editor)
    }
}

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// The name colleagues see.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Somebody who comments: a device with a signed key, named or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Visitor {
    /// Which device.
    pub id: VisitorId,
}

/// Who did something, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum Actor {
    /// A member of the staff.
    Staff(StaffId),
    /// A visitor.
    Visitor(VisitorId),
    /// The program itself: an import, the clock.
    Program,
}

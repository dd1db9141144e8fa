//! Who works here and who comes by. Names are labels: the same name is not the same person.

mod may;
mod measure;
mod reader;
mod scope;

#[cfg(test)]
mod tests;

pub use may::May;
pub use measure::{Measure, MeasureKind, MeasureProblem, Measures, too_long};
pub use reader::{EmailAddress, MailNotices, NoticeKind, Reader};
pub use scope::Scope;

use crate::acting::Acting;
use crate::ids::{SectionId, StaffId, VisitorId};
use serde::{Deserialize, Serialize};

/// What a member of the staff is here for; [`May`] says what that allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// رئيس التحرير: everything.
    Owner,
    /// محرر: stories and comments.
    Editor,
    /// مدقق: reads what others wrote before it goes public.
    SubEditor,
    /// مراسل: own drafts.
    Reporter,
    /// مشرف تعليقات: comments.
    Moderator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Editor, Self::SubEditor, Self::Reporter, Self::Moderator];

    /// The word under which it is stored, typed and translated (`role.owner` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::SubEditor => "sub-editor",
            Self::Reporter => "reporter",
            Self::Moderator => "moderator",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
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
    /// The sections that they are bound to; none: the whole paper. See [`Staff::bound_to`].
    #[serde(default)]
    pub sections: Vec<SectionId>,
}

impl Staff {
    /// The only sections that they answer for; `None`: the whole paper.
    pub fn bound_to(&self) -> Option<&[SectionId]> {
        (self.role.can_be_bound() && !self.sections.is_empty()).then_some(&self.sections)
    }

    /// Whether a measure of this kind is theirs to take and to take back. `there`: the reader has commented in a section that
    /// they answer for. A ban holds for the whole paper, so a moderator of some sections does not speak it.
    pub fn may_measure(&self, kind: MeasureKind, there: bool) -> bool {
        let bound = self.bound_to().is_some();
        let whole = kind != MeasureKind::Ban || !bound || self.role != Role::Moderator;
        self.role.may(May::MeasureReaders) && whole && (!bound || there)
    }

    /// Whether a story of this section is theirs to look after. What stands in no section is for those who are not bound.
    pub fn answers_for(&self, section: Option<SectionId>) -> bool {
        self.bound_to().is_none_or(|sections| section.is_some_and(|section| sections.contains(&section)))
    }
}

/// How a member of the staff likes the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskSettings {
    /// Long texts, and those that much speaks against, are blurred until asked for.
    pub blur: bool,
    /// One card at a time.
    pub one_card: bool,
}

/// Somebody who comments: a device with a signed key, or an account; named or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Visitor {
    /// Which device or account.
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
    /// A rule that an editor switched on.
    Rule(Acting),
    /// The program itself: an import, the clock.
    Program,
}

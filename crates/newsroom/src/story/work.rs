//! How far a story is on its way to readers, who has it in hand and by when. What stands here is for the house alone.

use super::{NotYet, Point};
use crate::ids::{SectionId, StaffId};
use crate::people::{May, Role, Staff};
use Role::{Editor, Owner, Reporter, SubEditor};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a story is that is not public yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// فكرة: somebody is to write it.
    Idea,
    /// مسودة: it is being written.
    #[default]
    Writing,
    /// تدقيق لغوي: somebody else reads it.
    Proof,
    /// جاهزة: it may go.
    Ready,
    /// أُلغيت: it will not be printed; why is kept.
    Killed,
}

/// A step from one stage to another, and who may take it.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// From where.
    pub from: Stage,
    /// To where.
    pub to: Stage,
    /// Who may, of those who may write it at all.
    pub roles: &'static [Role],
}

const DESK: &[Role] = &[Owner, Editor];
const PROOF: &[Role] = &[Owner, Editor, SubEditor];
const ALL: &[Role] = &[Owner, Editor, SubEditor, Reporter];

/// The table of steps: whatever is not in it cannot be done. Going public is no step of this table: an editor publishes
/// from any stage but [`Stage::Killed`]; an idea has no text, and its first words make it a draft.
pub const MOVES: &[Move] = &[
    Move { from: Stage::Idea, to: Stage::Writing, roles: ALL },
    Move { from: Stage::Idea, to: Stage::Killed, roles: DESK },
    Move { from: Stage::Writing, to: Stage::Proof, roles: ALL },
    Move { from: Stage::Writing, to: Stage::Ready, roles: PROOF },
    Move { from: Stage::Writing, to: Stage::Killed, roles: DESK },
    Move { from: Stage::Proof, to: Stage::Writing, roles: ALL },
    Move { from: Stage::Proof, to: Stage::Ready, roles: PROOF },
    Move { from: Stage::Proof, to: Stage::Killed, roles: DESK },
    Move { from: Stage::Ready, to: Stage::Proof, roles: PROOF },
    Move { from: Stage::Ready, to: Stage::Writing, roles: PROOF },
    Move { from: Stage::Ready, to: Stage::Killed, roles: DESK },
    Move { from: Stage::Killed, to: Stage::Writing, roles: DESK },
];

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::Idea, Self::Writing, Self::Proof, Self::Ready, Self::Killed];

    /// The word under which it is stored, sent and translated (`stage.proof` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Writing => "writing",
            Self::Proof => "proof",
            Self::Ready => "ready",
            Self::Killed => "killed",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// Where somebody of this role may take a story from here.
    pub fn moves(self, role: Role) -> Vec<Self> {
        let open = MOVES.iter().filter(|step| step.from == self && step.roles.contains(&role));
        open.map(|step| step.to).collect()
    }
}

/// The work on a story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// How far it is.
    pub stage: Stage,
    /// Who began it; nobody for what was brought in.
    pub begun_by: Option<StaffId>,
    /// Who is to write it, or to go on with it.
    pub assigned_to: Option<StaffId>,
    /// By when it is to be ready.
    pub due_at: Option<Timestamp>,
    /// Nobody, and no clock, makes it public before.
    pub embargo_until: Option<Timestamp>,
    /// When the clock makes it public.
    pub goes_at: Option<Timestamp>,
    /// Why it will not be printed; for the house alone.
    pub killed_why: String,
    /// The clock could not publish it.
    pub held_up: Option<HeldUp>,
    /// Nothing of it goes public, for a reason of law.
    pub legal_hold: Option<LegalHold>,
    /// Notes of colleagues that nobody has settled.
    pub open_notes: u64,
    /// Points of the paper's list that an editor says are met.
    pub ticked: Vec<Point>,
}

/// When the clock could not publish a story, and why: keys of the locales between spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldUp {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// Nothing of a story is published or timed, for a reason of law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalHold {
    /// The reason, for the house alone.
    pub why: String,
    /// Whose word it is.
    pub by: Option<StaffId>,
    /// Since when.
    pub at: Timestamp,
    /// The minute that the clock had for it, and has no more.
    pub goes_at: Option<Timestamp>,
}

impl Work {
    /// Somebody has it in hand: began it, or was given it.
    pub fn is_in_hands_of(&self, staff: StaffId) -> bool {
        self.begun_by == Some(staff) || self.assigned_to == Some(staff)
    }

    /// Whether somebody may write on it: the desk on whatever is not killed, a reporter on what is in their hands until
    /// somebody else reads it. `public`: readers have it, or had it.
    pub fn may_be_written_by(&self, staff: &Staff, public: bool) -> bool {
        let writes = staff.role.may(May::WriteStories) && (public || self.stage != Stage::Killed);
        let own = !public && self.is_in_hands_of(staff.id) && matches!(self.stage, Stage::Idea | Stage::Writing);
        writes && (staff.role.may(May::ReadStories) || own)
    }

    /// Whether somebody takes ideas where it stands: in their sections, or in their own hands.
    pub fn is_offered_to(&self, staff: &Staff, section: Option<SectionId>) -> bool {
        staff.role.may(May::TakeIdeas) && (staff.answers_for(section) || self.is_in_hands_of(staff.id))
    }

    /// Whether somebody may take it: an idea that nobody was given.
    pub fn may_be_taken_by(&self, staff: &Staff, section: Option<SectionId>) -> bool {
        self.stage == Stage::Idea && self.assigned_to.is_none() && self.is_offered_to(staff, section)
    }

    /// Whether it may go public at a time.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn may_go(&self, at: Timestamp) -> Result<(), NotYet> {
        if self.stage == Stage::Killed {
            return Err(NotYet::Killed);
        }
        if self.legal_hold.is_some() {
            return Err(NotYet::LegalHold);
        }
        match self.embargo_until {
            Some(until) if until > at => Err(NotYet::Embargo(until)),
            _ => Ok(()),
        }
    }

    /// What the desk calls its state: the stage, unless the law or an embargo holds it, or the clock will take it. An idea
    /// that somebody was given is called assigned.
    pub fn state_key(&self, now: Timestamp) -> &'static str {
        match self {
            Self { stage: Stage::Killed, .. } => "killed",
            Self { legal_hold: Some(_), .. } => "legal-hold",
            Self { goes_at: Some(_), .. } => "scheduled",
            Self { stage: Stage::Idea, assigned_to: Some(_), .. } => "assigned",
            Self { stage: Stage::Ready, embargo_until: Some(until), .. } if *until > now => "embargoed",
            Self { stage, .. } => stage.key(),
        }
    }
}

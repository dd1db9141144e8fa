//! Whom a happening concerns.

use super::DeskNotice;
use crate::happening::{Happening, What};
use crate::ids::{ChannelId, NoteId, StaffId, StoryId, StripId};
use crate::people::Actor;
use crate::story::Stage;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a colleague is told, by ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[allow(missing_docs)] // the fields are ids of what the variant names, and who did it
pub enum Told {
    /// A story was given to them.
    Given { story: StoryId, by: Option<StaffId> },
    /// A story of theirs is due at a time.
    Due { story: StoryId, at: Timestamp },
    /// It was due, and is not ready.
    Overdue { story: StoryId, at: Timestamp },
    /// Something was noted at a story of theirs.
    Noted { story: StoryId, note: NoteId, by: Option<StaffId> },
    /// A note was answered.
    Answered { story: StoryId, note: NoteId, by: Option<StaffId> },
    /// A story of theirs went to another stage.
    Moved { story: StoryId, stage: Stage, by: Option<StaffId> },
    /// A story of theirs went public; nobody did it where the clock did.
    Published { story: StoryId, by: Option<StaffId> },
    /// A story could not go public at its minute.
    HeldUp { story: StoryId },
    /// Breaking news was put over every page.
    Breaking { strip: StripId, by: Option<StaffId> },
    /// Comments wait longer than so many hours.
    Waiting { hours: u8 },
    /// A picture in a story may be shown until this day, and no longer.
    Rights { story: StoryId, day: Date },
    /// A channel was switched off, because nothing arrived there for days.
    ChannelOff { channel: ChannelId },
    /// More was sent to the paper than usual, from a time on.
    Attack { at: Timestamp },
    /// As much as usual again, from a time on.
    AttackOver { at: Timestamp },
    /// They want to see whether a way works.
    Trial,
}

/// What is known around a happening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Who has the story in hand: who began it, and who was given it.
    pub hands: Vec<StaffId>,
    /// Who has it to write.
    pub given: Option<StaffId>,
    /// Who wrote the note, or answered it before.
    pub noted: Vec<StaffId>,
    /// Who set the story's minute last.
    pub timed_by: Option<StaffId>,
    /// Everybody who works here.
    pub here: Vec<StaffId>,
}

impl Told {
    /// The choice under which it falls; none: it was asked for.
    pub fn choice(&self) -> Option<DeskNotice> {
        Some(match self {
            Self::Given { .. } => DeskNotice::Given,
            Self::Due { .. } | Self::Overdue { .. } => DeskNotice::Due,
            Self::Noted { .. } | Self::Answered { .. } => DeskNotice::Noted,
            Self::Moved { .. } | Self::Published { .. } => DeskNotice::Moved,
            Self::HeldUp { .. } => DeskNotice::HeldUp,
            Self::Breaking { .. } => DeskNotice::Breaking,
            Self::Waiting { .. } => DeskNotice::Waiting,
            Self::Rights { .. } => DeskNotice::Rights,
            Self::ChannelOff { .. } => DeskNotice::Channels,
            Self::Attack { .. } | Self::AttackOver { .. } => DeskNotice::Attack,
            Self::Trial => return None,
        })
    }

    /// The story it is about, if it is about one.
    pub fn story(&self) -> Option<StoryId> {
        match self {
            Self::Given { story, .. }
            | Self::Due { story, .. }
            | Self::Overdue { story, .. }
            | Self::Noted { story, .. }
            | Self::Answered { story, .. }
            | Self::Moved { story, .. }
            | Self::Published { story, .. }
            | Self::HeldUp { story }
            | Self::Rights { story, .. } => Some(*story),
            Self::Breaking { .. } | Self::Waiting { .. } | Self::ChannelOff { .. } => None,
            Self::Attack { .. } | Self::AttackOver { .. } | Self::Trial => None,
        }
    }

    /// Somebody may have changed their mind a moment later: it is told when that moment is over.
    pub fn can_wait(&self) -> bool {
        !matches!(
            self,
            Self::Breaking { .. } | Self::HeldUp { .. } | Self::Attack { .. } | Self::AttackOver { .. } | Self::Trial
        )
    }

    fn of(happening: &Happening) -> Option<Self> {
        let by = staff(happening.by);
        match happening.what {
            // One that is begun may be somebody else's to write from the first.
            What::StoryDrafted { story } | What::StoryAssigned { story, to: Some(_), .. } => {
                Some(Self::Given { story, by })
            }
            What::StoryNoted { story, note } => Some(Self::Noted { story, note, by }),
            What::NoteAnswered { story, note } => Some(Self::Answered { story, note, by }),
            What::StoryMoved { story, stage: stage @ (Stage::Writing | Stage::Ready | Stage::Killed) } => {
                Some(Self::Moved { story, stage, by })
            }
            What::StoryPublished { story } => Some(Self::Published { story, by }),
            What::StoryHeldUp { story } => Some(Self::HeldUp { story }),
            What::StripRaised { strip, .. } => Some(Self::Breaking { strip, by }),
            _ => None,
        }
    }
}

/// What a happening is told as, and to whom it could be; never to whoever did it. None: it concerns nobody.
pub fn concerned(happening: &Happening, around: &Around) -> Option<(Told, BTreeSet<StaffId>)> {
    let told = Told::of(happening)?;
    let mut whom: BTreeSet<StaffId> = match told {
        Told::Given { .. } => match happening.what {
            What::StoryAssigned { to, .. } => to.into_iter().collect(),
            _ => around.given.into_iter().collect(),
        },
        Told::Answered { .. } => around.hands.iter().chain(&around.noted).copied().collect(),
        Told::HeldUp { .. } => around.hands.iter().chain(&around.timed_by).copied().collect(),
        Told::Breaking { .. } => around.here.iter().copied().collect(),
        _ => around.hands.iter().copied().collect(),
    };
    whom.retain(|one| Some(*one) != staff(happening.by));
    Some((told, whom))
}

fn staff(actor: Actor) -> Option<StaffId> {
    match actor {
        Actor::Staff(staff) => Some(staff),
        Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => None,
    }
}

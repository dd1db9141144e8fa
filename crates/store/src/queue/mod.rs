//! What waits for a person, and what persons decided.

mod acts;
mod bars;
mod beside;
mod care;
mod claims;
mod entry;
mod find;
mod kin;
mod log;
mod pages;
mod places;
mod replay;
mod rulings;
mod stated;

pub use acts::{Carried, RULINGS_AT_ONCE};
pub use bars::{HELD_BACK, ORDERED};
pub use beside::{Beside, Note, OtherComment, StoryLately};
pub use care::{DisputedReason, Escalation};
pub use claims::Claim;
pub use entry::QueueEntry;
pub use find::{Asked, FoundComments};
pub use kin::KinSize;
pub use log::{LogOf, RulingLine};
pub use pages::QueuePage;
pub use places::DeskCounts;
pub use replay::Judged;
pub use rulings::{REWRITTEN, SENT_BEFORE};

pub(crate) use beside::{LATELY, NOTES, OTHERS};
pub(crate) use find::texts as find_texts;
pub(crate) use kin::{KIN_SIZE, SAME_PRINT, join_kin, leave_kin};
pub(crate) use log::{SETTLED, log_of};
pub(crate) use pages::{PLACES, REPORTED, STORY_BELOW, STORY_SAME, WAITING_BELOW, WAITING_SAME};
pub(crate) use places::{in_section, move_section, stand_anew};
pub(crate) use rulings::{LAST, NOBODY, carry_out};
pub(crate) use stated::{end_statement, forget_in_words};

use moderation::Category;
use newsroom::{CommentId, SectionId, StaffId, StoryId};

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Queue {
    /// Waiting: highest priority first, then oldest.
    #[default]
    Waiting,
    /// Waiting under one story.
    Story(StoryId),
    /// Waiting under the stories of one section.
    Section(SectionId),
    /// Waiting, with a finding of this kind.
    Finding(Category),
    /// Waiting, and copies of others.
    Copies,
    /// Waiting, and copies of this one, or of one another since this one.
    Kin(CommentId),
    /// Waiting for a second opinion.
    Escalated,
    /// Waiting for this member of the staff.
    Assigned(StaffId),
    /// Public and reported by readers, most recently reported first.
    Reported,
}

/// A place in a queue: (priority, received in ms, comment). Of what was reported the time of the last report stands in the
/// place of the priority.
pub type Place = (i64, i64, CommentId);

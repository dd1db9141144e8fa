//! Mail to readers: what happened becomes a job, a job becomes a letter when it is sent. Jobs carry ids and no word; a letter
//! is made from what is public, or the reader's own, at the minute in which it goes out. Who sends it stands in `server`.

mod follow;
mod letter;
mod newsletter;
mod unsubscribe;

#[cfg(test)]
mod tests;

pub use follow::{MailFollower, follow};
pub use letter::{Letter, letter, trial};
pub use newsletter::put_newsletter_trial;
#[cfg(test)]
pub use unsubscribe::key;
pub use unsubscribe::{ask, stop};

use newsroom::{AppealId, CommentId, ReaderLinkId, ReportId, RulingId, StaffId, StoryId, SubscriberId};
use serde::{Deserialize, Serialize};

/// The kind of the outbox's jobs that become letters.
pub const KIND: &str = "mail";

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Job {
    /// A link that was asked for.
    Link(ReaderLinkId),
    /// A public answer, to the author of what it answers.
    Reply(StoryId, CommentId),
    /// A ruling, to the comment's author.
    Decision(StoryId, CommentId, RulingId),
    /// What became of a report, to whoever sent it.
    Report(ReportId),
    /// What became of an objection, to whoever made it.
    Objection(StoryId, CommentId, AppealId),
    /// What was asked for of the newsletter, to its address.
    Newsletter(SubscriberId),
    /// How the newsletter would look, to a member of the staff.
    NewsletterTrial(StaffId),
}

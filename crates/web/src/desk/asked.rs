//! What is asked for many comments at once, as the forms send it, and what it would change.

use super::ruling::MOST_WHY;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State as CommentState};
use newsroom::{CommentId, RulingId, StoryId};
use store::queue::QueueEntry;

/// Comments decided about at once.
const MOST: u32 = 500;

/// What the forms send: a list of pairs, since a tick's name stands in it once for each comment.
pub type Pairs = Vec<(String, String)>;

/// What was asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// Each with the words that were read; none where nobody has read it yet.
    pub which: Vec<(StoryId, CommentId, Option<Revision>)>,
    /// A whole group of copies.
    pub kin: Option<CommentId>,
    /// What is to be done.
    pub act: String,
    /// By which house rule.
    pub reason: Option<RefusalReason>,
    /// In the moderator's own words, for colleagues.
    pub why: String,
    /// The name of the act.
    pub sent_as: String,
}

impl Asked {
    /// What cannot be read is as if it had not been said.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "which" => asked.which.extend(which(value)),
                "kin" => asked.kin = CommentId::from_short(value),
                "act" => asked.act.clone_from(value),
                "reason" => asked.reason = RefusalReason::from_key(value),
                "why" => asked.why = value.replace('\0', "").trim().to_owned(),
                "sent_as" => asked.sent_as.clone_from(value),
                _ => {}
            }
        }
        asked.which.truncate(MOST as usize);
        asked
    }

    /// The comments as they are, those of other people's sections left out.
    pub async fn entries(&self, app: &App, moderator: &Moderator) -> Result<Vec<QueueEntry>, PageError> {
        let which = match self.kin {
            Some(kin) => app.store.kin_members(kin, MOST).await?,
            None => self.which.iter().map(|(story, comment, _)| (*story, *comment)).collect(),
        };
        let mut entries = app.store.queue_entries(&which).await?;
        entries.retain(|entry| entry.is_in(moderator.sections()));
        Ok(entries)
    }

    /// It is this reason.
    pub fn is_for(&self, word: &str) -> bool {
        self.reason.is_some_and(|reason| reason.key() == word)
    }

    /// More is written for colleagues than is kept.
    pub fn says_too_much(&self) -> bool {
        arabic::runs::clusters(&self.why) > MOST_WHY
    }

    /// What is to be done, as the forms call it.
    pub fn word(&self) -> &'static str {
        match self.act.as_str() {
            "refuse" => "refuse",
            "release-collapsed" => "release-collapsed",
            _ => "release",
        }
    }

    /// The decision about a comment in this state; none where a reason is missing.
    pub fn decision(&self, state: CommentState) -> Option<Decision> {
        let reason = self.reason.filter(|reason| !reason.is_explained_to_author() || !self.why.is_empty());
        match (self.word(), state) {
            ("refuse", CommentState::Released) => reason.map(|reason| Decision::TakeDown { reason }),
            ("refuse", _) => reason.map(|reason| Decision::Refuse { reason }),
            (word, _) => Some(Decision::Release { collapsed: word == "release-collapsed", links: false }),
        }
    }

    /// What would change of a comment. One that is public already is not released again, and one whose text had its time is
    /// left as it is.
    pub fn changes(&self, moderator: &Moderator, entry: &QueueEntry) -> Option<(Decision, CommentState)> {
        let decision = self.decision(entry.state).filter(|_| !entry.gone)?;
        let asked_by_me = entry.escalated.as_ref().is_some_and(|asked| asked.not_alone == Some(moderator.staff.id));
        let after = decision.after(entry.state).ok().filter(|after| *after != entry.state && !asked_by_me)?;
        Some((decision, after))
    }

    /// The ruling on one of them; none where nothing changes, or nobody has read the words.
    pub fn ruling(&self, app: &App, moderator: &Moderator, entry: &QueueEntry) -> Option<(Ruling, Revision)> {
        let shown = self.which.iter().find(|(story, comment, _)| (*story, *comment) == (entry.story, entry.comment));
        let read = shown.and_then(|(_, _, read)| *read)?;
        let (decision, _) = self.changes(moderator, entry)?;
        let at = app.now();
        let id = RulingId(app.store.id(at));
        let (story, comment) = (entry.story, entry.comment);
        let by = RuledBy::Staff(moderator.staff.id);
        Some((Ruling { id, story, comment, decision, by, at, why: self.why.clone() }, read))
    }
}

/// A comment by the value of its tick: `STORY.COMMENT`, and `STORY.COMMENT.REVISION` where its words were shown.
pub fn which(value: &str) -> Option<(StoryId, CommentId, Option<Revision>)> {
    let mut parts = value.split('.');
    let (story, comment) = (StoryId::from_short(parts.next()?)?, CommentId::from_short(parts.next()?)?);
    Some((story, comment, parts.next().and_then(|revision| revision.parse().ok())))
}

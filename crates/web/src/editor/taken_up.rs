//! An idea that somebody begins to write: by a button, or because words of it are kept.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Member, Writer};
use newsroom::StaffId;
use newsroom::body::Body;
use newsroom::people::Actor;
use newsroom::story::{Stage, Story};
use store::StoreError;
use store::stories::OnDesk;

/// Whoever begins to write: at the desk, or by a program with their key.
#[derive(Debug, Clone, Copy)]
pub struct By(pub StaffId);

impl By {
    /// Makes a draft of an idea, in their hands where nobody was given it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is no idea any more.
    pub async fn takes_up(self, app: &App, story: &OnDesk) -> Result<(), StoreError> {
        let (id, me, now) = (story.story.id(), self.0, app.now());
        // Whoever is first has it: a colleague who took it in the same moment keeps it.
        if story.work.assigned_to.is_none() && story.work.begun_by != Some(me) {
            let taken = app.store.take_idea(id, story.work.due_at, me, now).await?;
            aftermath::tell(app, &taken).await;
        }
        let moved = app.store.move_story(id, (Stage::Idea, Stage::Writing), Actor::Staff(me), "", now).await?;
        aftermath::tell(app, &moved).await;
        Ok(())
    }

    /// The same when a text was kept of it that has words; another headline alone leaves it an idea.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn wrote(self, app: &App, story: &OnDesk, body: &Body) -> Result<(), StoreError> {
        if story.work.stage != Stage::Idea || body.plain_text().trim().is_empty() {
            return Ok(());
        }
        match self.takes_up(app, story).await {
            // A colleague took it up, or killed it, in the same moment: the words are kept.
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

/// Makes a draft of an idea, in the hands of whoever takes it up where nobody was given it.
///
/// # Errors
/// [`StoreError::Conflict`] when it is no idea any more.
pub async fn take_up(app: &App, writer: &Writer, story: &OnDesk) -> Result<(), StoreError> {
    By(writer.staff.id).takes_up(app, story).await
}

/// The same when a text was kept of it.
pub(super) async fn by_writing(app: &App, writer: &Writer, story: &OnDesk, body: &Body) -> Result<(), PageError> {
    Ok(By(writer.staff.id).wrote(app, story, body).await?)
}

/// Whose name stands above a draft that has neither words nor names yet: that of whoever opens it to write, if they have it
/// in hand.
pub(super) fn name_above(member: &Member, story: &OnDesk) -> Option<String> {
    let bare = story.text.bylines.is_empty() && story.text.body.plain_text().trim().is_empty();
    let theirs = story.work.assigned_to.or(story.work.begun_by) == Some(member.staff.id);
    (matches!(story.story, Story::Draft(_)) && bare && theirs).then(|| member.staff.name.clone())
}

//! What is written on a story before readers see it: a draft's own text, or beside a public story the text that is to
//! replace it. Whoever saves says which text they read; a later one is never written over unseen.

use super::revisions::{Kind, keep_working_revision};
use super::rows;
use super::worked::work;
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::pictures::note_written;
use crate::search::make_desk_words;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{CommentPolicy, Draft, Story, StoryText, Work};
use newsroom::{StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// A story as the desk has it.
#[derive(Debug, Clone, PartialEq)]
pub struct OnDesk {
    /// In the state it is in, with the text of that state.
    pub story: Story,
    /// What is written on it now.
    pub text: StoryText,
    /// Readers have another text than that.
    pub pending: bool,
    /// How far it is and who has it.
    pub work: Work,
    /// The number of the text; one more with every one that is kept.
    pub version: i64,
    /// Who kept the last one, by name, and when.
    pub saved: Option<(String, Timestamp)>,
}

/// A text as somebody wants it kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// The text.
    pub text: StoryText,
    /// What readers will be allowed to do under it, of a draft.
    pub comments: CommentPolicy,
    /// The number of the text that it was made from.
    pub read: i64,
    /// Somebody said that it is to be kept; else it was kept while they wrote.
    pub on_purpose: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Kept under this number.
    Kept(i64),
    /// Another one was kept since; this one was not.
    Overtaken,
}

impl Store {
    /// Begins a story: a draft with whoever begins it and whoever is to write it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is such a story already.
    pub async fn begin_story(
        &self,
        draft: &Draft,
        work: &Work,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (draft, work) = (Arc::new(draft.clone()), work.clone());
        let happening = self.happening(Actor::Staff(by), What::StoryDrafted { story: draft.id }, "", now);
        let write = self.engine.write(move |tx| {
            let (draft, work, happening) = (Arc::clone(&draft), work.clone(), happening.clone());
            Box::pin(async move {
                if tx.row("select 1 from stories where story_id = $1", values![draft.id]).await?.is_some() {
                    return Err(StoreError::Conflict("stories".to_owned()));
                }
                rows::keep_draft_row(tx, &draft, now).await?;
                tx.run(
                    "update stories set begun_by = $2, stage = $3, assigned_to = $4, due_at = $5, saved_by = $2,
                         saved_at = $6
                     where story_id = $1",
                    values![draft.id, by, work.stage.key(), work.assigned_to, work.due_at, now],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// A story as the desk has it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn on_desk(&self, id: StoryId) -> Result<OnDesk, StoreError> {
        self.engine.read(move |tx| Box::pin(on_desk(tx, id))).await
    }

    /// Keeps what is written on a story, if nothing was kept since it was read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn save_writing(
        &self,
        story: StoryId,
        writing: &Writing,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let writing = Arc::new(writing.clone());
        let revision = self.id(now);
        let write = self.engine.write(move |tx| {
            let writing = Arc::clone(&writing);
            Box::pin(async move {
                let saved = save(tx, story, &writing, by, now).await?;
                if let Saved::Kept(_) = saved {
                    let kind = if writing.on_purpose { Kind::Kept } else { Kind::Working };
                    keep_working_revision(tx, (story, revision), kind, &writing.text, by, now).await?;
                }
                Ok(saved)
            })
        });
        write.await
    }

    /// Takes back what was written on a public story since readers got it.
    pub async fn drop_writing(
        &self,
        story: StoryId,
        read: i64,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let Some((_, version)) = next_version(tx, story, read, by, now).await? else {
                    return Ok(Saved::Overtaken);
                };
                tx.run("delete from working_texts where story_id = $1", values![story]).await?;
                let stands = rows::story(tx, story).await?;
                note_written(tx, story, stands.text()).await?;
                make_desk_words(tx, story).await?;
                Ok(Saved::Kept(version))
            })
        });
        write.await
    }
}

/// Keeps a text under the next number.
async fn save(
    tx: &mut Tx,
    story: StoryId,
    writing: &Writing,
    by: StaffId,
    now: Timestamp,
) -> Result<Saved, StoreError> {
    let Some((state, version)) = next_version(tx, story, writing.read, by, now).await? else {
        return Ok(Saved::Overtaken);
    };
    if state == "draft" {
        let draft = Draft { id: story, text: writing.text.clone(), comments: writing.comments, begun_at: now };
        rows::keep_draft_row(tx, &draft, now).await?;
    } else {
        rows::keep_working_text(tx, story, &writing.text).await?;
        note_written(tx, story, &writing.text).await?;
    }
    Ok(Saved::Kept(version))
}

/// The state of a story and the next number of its text, if `read` is the last one; the row is held from here on.
async fn next_version(
    tx: &mut Tx,
    story: StoryId,
    read: i64,
    by: StaffId,
    now: Timestamp,
) -> Result<Option<(String, i64)>, StoreError> {
    let text = "update stories set version = version + 1, saved_by = $3, saved_at = $4, touched_at = $4
         where story_id = $1 and version = $2 returning state, version";
    if let Some(mut row) = tx.row(text, values![story, read, by, now]).await? {
        return Ok(Some((row.text(0)?, row.int(1)?)));
    }
    let exists = tx.row("select 1 from stories where story_id = $1", values![story]).await?.is_some();
    if exists { Ok(None) } else { Err(StoreError::NotFound) }
}

/// A story as the desk has it, within a transaction.
pub(super) async fn on_desk(tx: &mut Tx, id: StoryId) -> Result<OnDesk, StoreError> {
    let story = rows::story(tx, id).await?;
    if matches!(&story, Story::Published(published) if published.is_outside()) {
        return Err(StoreError::NotFound);
    }
    let text = concat!(
        "select s.version, f.name, s.saved_at, w.text, ",
        work_columns!(),
        " from stories s
         left join staff f on f.staff_id = s.saved_by
         left join working_texts w on w.story_id = s.story_id
         where s.story_id = $1"
    );
    let mut row = tx.row(text, values![id]).await?.ok_or(StoreError::NotFound)?;
    let written = row.maybe_text(3)?;
    let working: Option<StoryText> = written
        .map(|text| serde_json::from_str(&text).map_err(|problem| StoreError::Broken(problem.to_string())))
        .transpose()?;
    Ok(OnDesk {
        pending: working.is_some(),
        text: working.unwrap_or_else(|| story.text().clone()),
        story,
        work: work(&mut row, 4)?,
        version: row.int(0)?,
        saved: row.maybe_text(1)?.zip(row.maybe_time(2)?),
    })
}

//! What was brought in from elsewhere, so that bringing it in again changes nothing.

mod archive;

pub use archive::{Coming, Imported, ImportedComment, ImportedStory, Known};

use crate::comments::keep;
use crate::engine::{Tx, json, values};
use crate::happenings::write_down;
use crate::stories::keep_draft_row;
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::Held;
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::story::Draft;
use newsroom::{CommentId, HappeningId, StoryId, Timestamp};
use std::sync::Arc;

impl Store {
    /// Which story came from a source (`page:…`, `wxr:…`), if it did.
    pub async fn imported_story(&self, source: &str) -> Result<Option<StoryId>, StoreError> {
        let source = source.to_owned();
        let read = self.engine.read(move |tx| {
            let source = source.clone();
            Box::pin(async move {
                let text = "select story_id from imported where source = $1 and comment_id is null";
                tx.row(text, values![source]).await
            })
        });
        read.await?.map(|row| row.int(0).map(StoryId)).transpose()
    }

    /// Which comment came from a source, if it did.
    pub async fn imported_comment(&self, source: &str) -> Result<Option<(StoryId, CommentId)>, StoreError> {
        let source = source.to_owned();
        let read = self.engine.read(move |tx| {
            let source = source.clone();
            Box::pin(async move {
                let text = "select story_id, comment_id from imported where source = $1 and comment_id is not null";
                tx.row(text, values![source]).await
            })
        });
        read.await?.map(|row| Ok((StoryId(row.int(0)?), CommentId(row.int(1)?)))).transpose()
    }

    /// Keeps an imported draft with its source in one transaction; `false` when it is there already.
    pub async fn import_draft(
        &self,
        source: &str,
        draft: &Draft,
        by: Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (source, draft) = (source.to_owned(), Arc::new(draft.clone()));
        let happening = self.happening(by, What::StoryDrafted { story: draft.id }, "", now);
        let write = self.engine.write(move |tx| {
            let (source, draft, happening) = (source.clone(), Arc::clone(&draft), happening.clone());
            Box::pin(async move {
                if !is_new(tx, &source, draft.id, None).await? {
                    return Ok(false);
                }
                keep_draft_row(tx, &draft, now).await?;
                write_down(tx, &happening).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Keeps imported comments, each with its source, in one transaction; those that are there already are left out.
    /// How many were new. They wait, like every other; that they came in was the program's doing, says the log.
    pub async fn import_comments(&self, comments: &[(String, Held)]) -> Result<u64, StoreError> {
        let with_ids = comments.iter().map(|(source, held)| {
            let id = HappeningId(self.id(held.submitted.at));
            (source.clone(), held.clone(), id)
        });
        let comments: Arc<Vec<_>> = Arc::new(with_ids.collect());
        let write = self.engine.write(move |tx| {
            let comments = Arc::clone(&comments);
            Box::pin(async move {
                let mut kept = 0;
                for (source, held, id) in comments.iter() {
                    let sent = &held.submitted;
                    if is_new(tx, source, sent.story, Some(sent.id)).await? {
                        let (_, new) = keep(tx, held, Actor::Program, *id).await?;
                        kept += u64::from(new);
                    }
                }
                Ok(kept)
            })
        });
        write.await
    }

    /// Replaces the verdict beside a waiting comment (a replay with new rules).
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment or it no longer waits.
    pub async fn keep_verdict(&self, story: StoryId, comment: CommentId, verdict: &Verdict) -> Result<(), StoreError> {
        let (priority, verdict) = (i64::from(verdict.priority), json(verdict)?);
        let write = self.engine.write(move |tx| {
            let verdict = verdict.clone();
            Box::pin(async move {
                tx.run(
                    "update comments set verdict = $3, priority = $4
                     where story_id = $1 and comment_id = $2 and state = 'held'",
                    values![story, comment, verdict, priority],
                )
                .await
            })
        });
        if write.await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

/// Writes a source down; `false` when it is there already.
pub(crate) async fn is_new(
    tx: &mut Tx,
    source: &str,
    story: StoryId,
    comment: Option<CommentId>,
) -> Result<bool, StoreError> {
    let text =
        "insert into imported (source, story_id, comment_id) values ($1, $2, $3) on conflict (source) do nothing";
    Ok(tx.run(text, values![source, story, comment]).await? == 1)
}

//! A paper that is older than the index has texts without probes: they are made once, in the background.

use super::sweep::{COMMENTS_MS, REFUSED_MS};
use super::{is_refused, keep_comment_probes, keep_refused_probes, keep_story_probes};
use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, StoryId, Timestamp};

/// Texts in one transaction: few enough that no reader's comment waits long behind them.
const AT_A_TIME: i64 = 50;
/// Says that it was done, among what follows happenings.
const DONE: &str = "probes-of-old-papers";

/// Where it stands.
#[derive(Debug, Clone, Copy)]
enum Next {
    StoryAfter(i64),
    CommentAfter(i64),
}

impl Store {
    /// Makes the probes of all stories that were public and of the comments that are not too old for the index, where this was
    /// never done; whether it was done now. The paper goes on working meanwhile, and what has its probes keeps them.
    pub async fn make_old_probes(&self, now: Timestamp) -> Result<bool, StoreError> {
        let done = self
            .engine
            .read(|tx| Box::pin(async { tx.row("select 1 from cursors where follower = $1", values![DONE]).await }));
        if done.await?.is_some() {
            return Ok(false);
        }
        let now = now.as_millisecond();
        let mut next = Some(Next::StoryAfter(i64::MIN));
        while let Some(place) = next {
            let write = self.engine.write(move |tx| {
                Box::pin(async move {
                    match place {
                        Next::StoryAfter(after) => some_stories(tx, after).await,
                        Next::CommentAfter(after) => some_comments(tx, after, now).await,
                    }
                })
            });
            next = write.await?;
        }
        let write = self.engine.write(|tx| {
            Box::pin(async {
                let text =
                    "insert into cursors (follower, happening_id) values ($1, 0) on conflict (follower) do nothing";
                tx.run(text, values![DONE]).await
            })
        });
        write.await.map(|_| true)
    }
}

async fn some_stories(tx: &mut Tx, after: i64) -> Result<Option<Next>, StoreError> {
    let text = "select story_id, state, plain from stories where story_id > $1 order by story_id limit $2";
    let mut next = Next::CommentAfter(i64::MIN);
    for mut row in tx.rows(text, values![after, AT_A_TIME]).await? {
        let (story, state) = (row.int(0)?, row.text(1)?);
        if state != "draft" && state != crate::stories::OUTSIDE {
            keep_story_probes(tx, StoryId(story), None, &row.text(2)?).await?;
        }
        next = Next::StoryAfter(story);
    }
    Ok(Some(next))
}

async fn some_comments(tx: &mut Tx, after: i64, now: i64) -> Result<Option<Next>, StoreError> {
    let text = "select comment_id, state, received_at, text from comments where comment_id > $1
         order by comment_id limit $2";
    let mut next = None;
    for mut row in tx.rows(text, values![after, AT_A_TIME]).await? {
        let (comment, state, age) = (CommentId(row.int(0)?), row.text(1)?, now - row.int(2)?);
        next = Some(Next::CommentAfter(comment.0));
        let refused = is_refused(&state);
        if state == "withdrawn" || age >= if refused { REFUSED_MS } else { COMMENTS_MS } {
            continue;
        }
        let text = row.text(3)?;
        if refused {
            keep_refused_probes(tx, comment, &text).await?;
        } else {
            keep_comment_probes(tx, comment, &text).await?;
        }
    }
    Ok(next)
}

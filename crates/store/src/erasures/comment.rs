//! One comment loses everything that its author wrote, and everything that others wrote down about these words.

use crate::StoreError;
use crate::appeals::follow_withdrawal;
use crate::comments::{Standing, count_print, settle, take};
use crate::engine::{Tx, json, values};
use crate::queue::{forget_in_words, leave_kin};
use crate::retention::erase;
use crate::sealed_log;
use newsroom::comment::State;
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, StoryId, Timestamp, VisitorId};

/// What becomes of the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    /// The comment stays theirs.
    Stays,
    /// The comment is nobody's.
    Goes,
}

/// Takes a comment away from readers where it was public or waited, and empties it. What stays: that it was there, its
/// number, the decisions with their reasons; and of a refused one the number by which an exact copy is known.
pub(super) async fn erase_comment(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    (visitor, author): (Visitor, Author),
    now: Timestamp,
) -> Result<(), StoreError> {
    let taken = take(tx, story, comment, now).await?;
    if matches!(taken.stands.state, State::Held | State::Released) {
        settle(tx, &taken, Standing { state: State::Withdrawn, reason: None, ..taken.stands }).await?;
        follow_withdrawal(tx, (story, comment), now).await?;
    }
    let refused = matches!(taken.stands.state, State::Refused | State::TakenDown);
    if !refused {
        forget_print(tx, (story, comment), visitor).await?;
    }
    forget_suggestions(tx, (story, comment)).await?;
    erase(tx, (story, comment), now).await?;
    empty_what_quotes(tx, (story, comment), now).await?;
    leave_kin(tx, story, comment).await?;
    match author {
        Author::Goes => disown(tx, (story, comment), visitor.id, refused).await,
        Author::Stays => forget_name(tx, visitor.id).await,
    }
}

/// The number by which copies are known stays of what was refused, and of nothing else.
async fn forget_print(tx: &mut Tx, (story, comment): (StoryId, CommentId), visitor: Visitor) -> Result<(), StoreError> {
    let text = "select print, received_at from comments where story_id = $1 and comment_id = $2";
    let row = tx.row(text, values![story, comment]).await?.ok_or(StoreError::NotFound)?;
    count_print(tx, (story, visitor), row.int(0)?, row.time(1)?, -1).await?;
    let text = "update comments set print = 0 where story_id = $1 and comment_id = $2";
    tx.run(text, values![story, comment]).await?;
    let text = "update visitor_comments set print = 0 where visitor_id = $1 and comment_id = $2";
    tx.run(text, values![visitor.id, comment]).await.map(drop)
}

/// The same text, where the paper's own comments were also sent to its examination as another system's.
async fn forget_suggestions(tx: &mut Tx, (story, comment): (StoryId, CommentId)) -> Result<(), StoreError> {
    if tx.row("select 1 from suggestions limit 1", values![]).await?.is_none() {
        return Ok(());
    }
    tx.run(
        "delete from suggestions where text in (
             select text from comments where story_id = $1 and comment_id = $2 and text <> ''
             union all
             select text from comment_revisions where story_id = $1 and comment_id = $2)",
        values![story, comment],
    )
    .await
    .map(drop)
}

/// Whatever somebody wrote about it may repeat it. Grounds, outcomes, times and who decided stay.
async fn empty_what_quotes(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    now: Timestamp,
) -> Result<(), StoreError> {
    for text in [
        "update rulings set why = '' where story_id = $1 and comment_id = $2 and why <> ''",
        "update happenings set why = '' where story_id = $1 and comment_id = $2 and why <> ''",
        "update reports set why = '', law = '' where story_id = $1 and comment_id = $2",
        "delete from comment_notes where story_id = $1 and comment_id = $2",
        "update comment_care set note = '' where story_id = $1 and comment_id = $2",
    ] {
        tx.run(text, values![story, comment]).await?;
    }
    sealed_log::forget_words_of(tx, story, comment).await?;
    forget_in_words(tx, (story, comment), None).await?;
    tx.run(
        "update appeals set text = '', answer = '', decided_at = coalesce(decided_at, $3),
             state = case when state = 'open' then 'settled' else state end
         where story_id = $1 and comment_id = $2",
        values![story, comment, now],
    )
    .await
    .map(drop)
}

/// The comment is nobody's any more; what was counted of its author is counted without it.
async fn disown(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    visitor: VisitorId,
    refused: bool,
) -> Result<(), StoreError> {
    tx.run("update comments set visitor_id = 0 where story_id = $1 and comment_id = $2", values![story, comment])
        .await?;
    if refused {
        tx.run("update visitors set refused = refused - 1 where visitor_id = $1", values![visitor]).await?;
    }
    forget_actor(tx, (story, comment), visitor).await?;
    // Its author alone does these, also from a device whose history went to an account since.
    let text = "update happenings set by_actor = $3, why = '' where story_id = $1 and comment_id = $2
         and kind in ('comment-held', 'comment-rewritten', 'comment-withdrawn')";
    tx.run(text, values![story, comment, json(&Actor::Visitor(VisitorId(0)))?]).await?;
    sealed_log::forget_words_of(tx, story, comment).await?;
    let text = "delete from visitor_comments where visitor_id = $1 and comment_id = $2";
    tx.run(text, values![visitor, comment]).await.map(drop)
}

/// What happened to a comment by a visitor happened by nobody, and without their words.
pub(super) async fn forget_actor(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    visitor: VisitorId,
) -> Result<(), StoreError> {
    let (nobody, somebody) = (json(&Actor::Visitor(VisitorId(0)))?, json(&Actor::Visitor(visitor))?);
    tx.run(
        "update happenings set by_actor = $3, why = '' where story_id = $1 and comment_id = $2 and by_actor = $4",
        values![story, comment, nobody, somebody],
    )
    .await?;
    // Behind it: what is being sealed meanwhile has been waited for.
    sealed_log::forget_words_of(tx, story, comment).await
}

/// The name beside a visitor is the one signed with last: it goes when it was this comment's alone.
async fn forget_name(tx: &mut Tx, visitor: VisitorId) -> Result<(), StoreError> {
    tx.run(
        "update visitors set name = coalesce((
             select c.name from visitor_comments v
             join comments c on c.story_id = v.story_id and c.comment_id = v.comment_id
             where v.visitor_id = $1 and c.name <> '' order by v.received_at desc limit 1), '')
         where visitor_id = $1",
        values![visitor],
    )
    .await
    .map(drop)
}

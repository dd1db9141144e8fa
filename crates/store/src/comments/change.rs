//! A comment changes its state: the one place where that is written, with everything that counts states.

use super::counters::{OnDesk, count_on_desk, count_under_story};
use super::{reason, state};
use crate::StoreError;
use crate::engine::{Row, Tx, values};
use crate::meaning::{comment_is_due, drop_comment};
use crate::probes::keep_refused_probes;
use crate::queue::stand_anew;
use crate::talk::{note_released, note_unreleased};
use newsroom::comment::{RefusalReason, State};
use newsroom::{CommentId, StoryId, Timestamp, VisitorId};
use serde::{Deserialize, Serialize};

/// Of a chain of answers to comments that were never public, this many are followed upwards.
const LONGEST_CHAIN: usize = 32;

/// What a ruling changes of a comment, and what undoing it brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(crate) state: State,
    pub(crate) reason: Option<RefusalReason>,
    pub(crate) collapsed: bool,
    pub(crate) links: bool,
    /// Reported by readers since the last ruling.
    pub(crate) reports_open: bool,
}

/// A comment that nobody else can change until the end of the transaction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) story: StoryId,
    pub(crate) comment: CommentId,
    pub(crate) visitor: VisitorId,
    reply_to: Option<CommentId>,
    pub(crate) number: Option<i64>,
    pub(crate) stands: Standing,
    /// Its text had its time: nobody reads it again.
    gone: bool,
    /// How often its author has rewritten it.
    pub(crate) revision: i64,
    /// When it was taken: [`settle`] writes that it changed then.
    at: Timestamp,
}

/// Takes a comment to change it. The write comes first, on purpose: it waits for whoever is changing the same comment, and
/// what it gives back is what that one left. Taken alone, nothing of it is changed, not even when it changed last.
pub(crate) async fn take(tx: &mut Tx, story: StoryId, comment: CommentId, now: Timestamp) -> Result<Taken, StoreError> {
    let row = tx
        .row(
            "update comments set changed_at = changed_at where story_id = $1 and comment_id = $2
             returning visitor_id, reply_to, number, state, reason, collapsed, links, reports_open, gone_at, revision",
            values![story, comment],
        )
        .await?;
    taken(row.ok_or(StoreError::NotFound)?, (story, comment), now)
}

/// Holds a comment until the end of the transaction, so that what is read of it now still holds then.
pub(crate) async fn hold(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    let text = "update comments set changed_at = changed_at where story_id = $1 and comment_id = $2";
    tx.run(text, values![story, comment]).await.map(drop)
}

fn taken(mut row: Row, (story, comment): (StoryId, CommentId), at: Timestamp) -> Result<Taken, StoreError> {
    let stands = Standing {
        state: state(row.text(3)?)?,
        reason: reason(row.maybe_text(4)?)?,
        collapsed: row.yes(5)?,
        links: row.yes(6)?,
        reports_open: row.yes(7)?,
    };
    Ok(Taken {
        story,
        comment,
        visitor: VisitorId(row.int(0)?),
        reply_to: row.maybe_int(1)?.map(CommentId),
        number: row.maybe_int(2)?,
        stands,
        gone: row.maybe_int(8)?.is_some(),
        revision: row.int(9)?,
        at,
    })
}

/// Writes what a comment is from now on, gives it its number at its first release, and moves every counter. The number it
/// has afterwards, if it has one. What the paper has chosen stays chosen only while it is public all the while.
pub(crate) async fn settle(tx: &mut Tx, taken: &Taken, after: Standing) -> Result<Option<i64>, StoreError> {
    if taken.gone && after.state != taken.stands.state {
        return Err(StoreError::Conflict("gone".to_owned()));
    }
    let place = match taken.number {
        None if after.state == State::Released => Some(first_place(tx, taken).await?),
        _ => None,
    };
    let (root, number) = place.unzip();
    tx.run(
        "update comments set state = $3, reason = $4, collapsed = $5, links = $6, reports_open = $7,
             root = coalesce(root, $8), number = coalesce(number, $9), changed_at = $10,
             featured = case when state = 'released' and $3 = 'released' then featured else 0 end
         where story_id = $1 and comment_id = $2",
        values![
            taken.story,
            taken.comment,
            after.state.key(),
            after.reason.map(RefusalReason::key),
            after.collapsed,
            after.links,
            after.reports_open,
            root,
            number,
            taken.at,
        ],
    )
    .await?;
    move_counters(tx, taken, after, number.is_some()).await?;
    if is_refused(after) && !is_refused(taken.stands) {
        let text = "select text from comments where story_id = $1 and comment_id = $2";
        let row = tx.row(text, values![taken.story, taken.comment]).await?;
        keep_refused_probes(tx, taken.comment, &row.ok_or(StoreError::NotFound)?.text(0)?).await?;
    }
    Ok(taken.number.or(number))
}

/// Root and number of a comment that goes public for the first time.
async fn first_place(tx: &mut Tx, taken: &Taken) -> Result<(i64, i64), StoreError> {
    let row = tx
        .row(
            "insert into threads (story_id, last_number, released) values ($1, 1, 1)
             on conflict (story_id) do update
             set last_number = threads.last_number + 1, released = threads.released + 1
             returning last_number",
            values![taken.story],
        )
        .await?;
    let number = row.ok_or(StoreError::NotFound)?.int(0)?;
    Ok((root_above(tx, taken).await?.unwrap_or(number), number))
}

/// The root of the nearest comment above that has a place in the thread. One that was never public has none: what answers
/// it stands under what it answers itself.
async fn root_above(tx: &mut Tx, taken: &Taken) -> Result<Option<i64>, StoreError> {
    let mut above = taken.reply_to;
    for _ in 0..LONGEST_CHAIN {
        let Some(comment) = above else { return Ok(None) };
        let text = "select root, reply_to from comments where story_id = $1 and comment_id = $2";
        let Some(row) = tx.row(text, values![taken.story, comment]).await? else { return Ok(None) };
        if let Some(root) = row.maybe_int(0)? {
            return Ok(Some(root));
        }
        above = row.maybe_int(1)?.map(CommentId);
    }
    Ok(None)
}

async fn move_counters(tx: &mut Tx, taken: &Taken, after: Standing, counted: bool) -> Result<(), StoreError> {
    let before = taken.stands;
    let moved = |counts: fn(Standing) -> bool| i64::from(counts(after)) - i64::from(counts(before));
    let (released, refused) = (moved(is_released), moved(is_refused));
    if released != 0 && !counted {
        let text = "update threads set released = released + $2 where story_id = $1";
        tx.run(text, values![taken.story, released]).await?;
    }
    match released {
        1 => note_released(tx, (taken.story, taken.comment), taken.at).await?,
        -1 => note_unreleased(tx, taken.comment).await?,
        _ => {}
    }
    let waiting = moved(is_waiting);
    match waiting {
        1 => comment_is_due(tx, (taken.story, taken.comment)).await?,
        -1 => drop_comment(tx, (taken.story, taken.comment)).await?,
        _ => {}
    }
    if waiting != 0 {
        count_under_story(tx, (taken.story, taken.comment), waiting, 0).await?;
        count_on_desk(tx, OnDesk::Waiting, taken.comment, waiting).await?;
    }
    let reported = moved(is_reported);
    count_on_desk(tx, OnDesk::Reported, taken.comment, reported).await?;
    if (waiting, reported) != (0, 0) {
        stand_anew(tx, taken.story, taken.comment).await?;
    }
    if (released, refused) != (0, 0) {
        let text = "update visitors set released = released + $2, refused = refused + $3 where visitor_id = $1";
        tx.run(text, values![taken.visitor, released, refused]).await?;
    }
    Ok(())
}

fn is_waiting(stands: Standing) -> bool {
    stands.state == State::Held
}

fn is_released(stands: Standing) -> bool {
    stands.state == State::Released
}

fn is_refused(stands: Standing) -> bool {
    matches!(stands.state, State::Refused | State::TakenDown)
}

fn is_reported(stands: Standing) -> bool {
    stands.state == State::Released && stands.reports_open
}

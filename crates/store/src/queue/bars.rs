//! What keeps a ruling, or its undoing, from being carried out although it fits the state of the comment.

use super::care::may_settle;
use super::rulings::NOBODY;
use crate::StoreError;
use crate::engine::{Tx, values};
use crate::orders::is_held_by_an_order;
use newsroom::comment::{Decision, Ruling, State};
use newsroom::people::Actor;
use newsroom::story::CommentPolicy;
use newsroom::{CommentId, RulingId, StaffId, StoryId};

/// The conflict of an undoing with whoever had ruled before: a colleague reversed them.
const REVERSED: &str = "reversed";
/// The conflict of a release with an authority's order.
pub const ORDERED: &str = "order";
/// The conflict of a release with a thread that is held back.
pub const HELD_BACK: &str = "held-back";

/// What keeps a ruling that fits the state from being carried out: an authority has ordered the comment away, the thread is
/// held back, or whoever rules has asked for somebody else's opinion. An order itself is kept by none of it.
pub(super) async fn may_rule(tx: &mut Tx, ruling: &Ruling, is: State, ordered: bool) -> Result<(), StoreError> {
    let about = (ruling.story, ruling.comment);
    let releases = matches!(ruling.decision, Decision::Release { .. });
    if releases && is_held_by_an_order(tx, about).await? {
        return Err(StoreError::Conflict(ORDERED.to_owned()));
    }
    let goes_public = releases && is != State::Released;
    if (goes_public || ruling.by.rule().is_some()) && is_held_back(tx, ruling.story).await? {
        return Err(StoreError::Conflict(HELD_BACK.to_owned()));
    }
    match is {
        State::Held if !ordered => may_settle(tx, about, ruling.by).await,
        _ => Ok(()),
    }
}

async fn is_held_back(tx: &mut Tx, story: StoryId) -> Result<bool, StoreError> {
    let row = tx.row("select comment_policy from stories where story_id = $1", values![story]).await?;
    Ok(row.map(|mut row| row.text(0)).transpose()?.as_deref() == Some(CommentPolicy::HeldBack.key()))
}

/// What an authority has ordered away stays away, and whoever ruled first does not take a colleague's reversal back: they may
/// rule anew, and say why.
pub(super) async fn may_undo(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    ruling: RulingId,
    by: Actor,
) -> Result<(), StoreError> {
    if is_held_by_an_order(tx, (story, comment)).await? {
        return Err(StoreError::Conflict(ORDERED.to_owned()));
    }
    let Actor::Staff(who) = by else { return Ok(()) };
    let text = "select by_id from rulings where story_id = $1 and comment_id = $2 and undone_at is null
         and ruling_id <= $3 order by ruling_id desc limit 2";
    let rows = tx.rows(text, values![story, comment, ruling]).await?;
    let made_by = rows.iter().map(|row| row.int(0).map(StaffId)).collect::<Result<Vec<_>, _>>()?;
    match made_by[..] {
        [last, before] if last != who && last != NOBODY && before == who => {
            Err(StoreError::Conflict(REVERSED.to_owned()))
        }
        _ => Ok(()),
    }
}

//! Comments that are copies of one another, or nearly so, across visitors and stories: one card at the desk. A group has
//! the id of the comment that it began with, whatever has become of that one.

use super::places::of_kin;
use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, StoryId};

/// Of a group so many are looked at to say how large it is.
const MOST_COUNTED: i64 = 200;

/// How large a group of copies is, as far as it still waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KinSize {
    /// Waiting comments in it.
    pub comments: i64,
    /// Visitors who sent them.
    pub visitors: i64,
    /// Stories under which they wait.
    pub stories: i64,
    /// It is larger: counting stopped.
    pub more: bool,
}

pub(crate) const SAME_PRINT: &str = "select comment_id, story_id from comments
     where state = 'held' and print <> 0 and print = $1 and comment_id <> $2 order by comment_id limit 1";

pub(crate) const KIN_SIZE: &str = "select count(*), count(distinct c.visitor_id), count(distinct q.story_id)
     from (select story_id, comment_id from queue_places where queue = $1 limit $2) q
     join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id";

/// Notes that a comment that came in is a copy of a waiting one, or nearly the same as a known one (`near`). The one it
/// copies belongs to the group as well; when that one did not belong to it before, it is given back.
pub(crate) async fn join_kin(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    print: i64,
    near: Option<CommentId>,
) -> Result<Option<(StoryId, CommentId)>, StoreError> {
    let same = match print {
        0 => None,
        _ => tx.row(SAME_PRINT, values![print, comment]).await?.map(|row| row.int(0)).transpose()?.map(CommentId),
    };
    let Some(other) = same.or(near).filter(|other| *other != comment) else { return Ok(None) };
    let known = tx.row("select kin_id from kin where comment_id = $1 limit 1", values![other]).await?;
    let kin = known.as_ref().map(|row| row.int(0)).transpose()?.unwrap_or(other.0);
    let text = "insert into kin (story_id, comment_id, kin_id) values ($1, $2, $3)
         on conflict (story_id, comment_id) do update set kin_id = excluded.kin_id";
    tx.run(text, values![story, comment, kin]).await?;
    if known.is_some() {
        return Ok(None);
    }
    let row = tx.row("select story_id from comments where comment_id = $1 limit 1", values![other]).await?;
    let Some(row) = row else { return Ok(None) };
    let above = StoryId(row.int(0)?);
    tx.run(text, values![above, other, kin]).await?;
    Ok(Some((above, other)))
}

/// The comment leaves its group: it was rewritten.
pub(crate) async fn leave_kin(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    tx.run("delete from kin where story_id = $1 and comment_id = $2", values![story, comment]).await.map(drop)
}

/// How large a group is.
pub(super) async fn size(tx: &mut Tx, kin: CommentId) -> Result<KinSize, StoreError> {
    let row = tx.row(KIN_SIZE, values![of_kin(kin), MOST_COUNTED + 1]).await?;
    let row = row.ok_or_else(|| StoreError::Broken("no count".to_owned()))?;
    let comments = row.int(0)?;
    let more = comments > MOST_COUNTED;
    Ok(KinSize { comments: comments.min(MOST_COUNTED), visitors: row.int(1)?, stories: row.int(2)?, more })
}

/// The comment of a group that stands first among those that wait.
pub(super) async fn head(tx: &mut Tx, kin: CommentId) -> Result<Option<CommentId>, StoreError> {
    let text = "select comment_id from queue_places where queue = $1 order by rank, received_at, comment_id limit 1";
    tx.row(text, values![of_kin(kin)]).await?.map(|row| row.int(0).map(CommentId)).transpose()
}

impl Store {
    /// How large a group of copies is, as far as it still waits.
    pub async fn kin_size(&self, kin: CommentId) -> Result<KinSize, StoreError> {
        self.engine.read(move |tx| Box::pin(size(tx, kin))).await
    }
}

//! Counters beside comments. Each is sixteen rows whose sum counts, so that posts at the same moment do not wait for one
//! row; on one file that costs nothing.

use crate::StoreError;
use crate::engine::{Tx, Value, values};
use newsroom::{CommentId, StoryId};

/// Counters of the whole desk.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OnDesk {
    /// Comments that wait.
    Waiting,
    /// Public comments reported since the last ruling on them.
    Reported,
}

/// Which of the sixteen rows a comment is counted in. Ids carry milliseconds from bit 22 on and a sequence that is mostly
/// zero in the lowest bits (`newsroom::ids`): both have their say.
fn slot(comment: CommentId) -> i64 {
    (comment.0 ^ (comment.0 >> 22)) & 15
}

/// Adds to the counters of a story.
pub(crate) async fn count_under_story(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    waiting: i64,
    received: i64,
) -> Result<(), StoreError> {
    tx.run(
        "insert into story_counts (story_id, slot, waiting, received) values ($1, $2, $3, $4)
         on conflict (story_id, slot) do update
         set waiting = story_counts.waiting + excluded.waiting, received = story_counts.received + excluded.received",
        values![story, slot(comment), waiting, received],
    )
    .await
    .map(drop)
}

/// Adds to a counter of the desk.
pub(crate) async fn count_on_desk(tx: &mut Tx, what: OnDesk, comment: CommentId, n: i64) -> Result<(), StoreError> {
    if n == 0 {
        return Ok(());
    }
    let name = match what {
        OnDesk::Waiting => "waiting",
        OnDesk::Reported => "reported",
    };
    tx.run(
        "insert into desk_counts (name, slot, n) values ($1, $2, $3)
         on conflict (name, slot) do update set n = desk_counts.n + excluded.n",
        values![name, slot(comment), n],
    )
    .await
    .map(drop)
}

/// Adds to the counters of some queues of the desk, each in its row of the comment's slot.
pub(crate) async fn count_queues(tx: &mut Tx, queues: &[String], comment: CommentId, n: i64) -> Result<(), StoreError> {
    if queues.is_empty() || n == 0 {
        return Ok(());
    }
    let rows = (0..queues.len()).map(|at| format!("(${}, $1, $2)", at + 3)).collect::<Vec<_>>().join(", ");
    let text = format!(
        "insert into desk_counts (name, slot, n) values {rows}
         on conflict (name, slot) do update set n = desk_counts.n + excluded.n"
    );
    let names = queues.iter().map(Value::from).collect::<Vec<_>>();
    tx.run(&text, &[values![slot(comment), n], &names].concat()).await.map(drop)
}

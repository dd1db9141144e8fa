//! What a ruling, its undoing and an author's withdrawal mean for those who reported the comment or objected. Called in the
//! transaction in which they happen.

use crate::StoreError;
use crate::engine::{Tx, values};
use crate::queue::LAST;
use newsroom::comment::{ReportOutcome, State};
use newsroom::{CommentId, RulingId, StoryId, Timestamp};

/// Answers every report of the comment, and settles objections that were given what they asked for.
pub(crate) async fn follow_ruling(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    ruling: RulingId,
    now_stands: State,
    at: Timestamp,
) -> Result<(), StoreError> {
    let outcome = outcome_in(now_stands);
    tx.run(
        "update reports set outcome = $3, decided_at = $4, ruling_id = $5
         where story_id = $1 and comment_id = $2 and outcome <> $3",
        values![story, comment, outcome.key(), at, ruling],
    )
    .await?;
    let side = if now_stands == State::Released { "author" } else { "reporter" };
    tx.run(
        "update appeals set state = 'settled', decided_at = $4
         where story_id = $1 and comment_id = $2 and side = $3 and state = 'open'",
        values![story, comment, side, at],
    )
    .await
    .map(drop)
}

/// The ruling counts no more: its reports wait again or have the answer of the ruling before, objections to it are settled,
/// and an objection that it had answered is open again.
pub(crate) async fn follow_undo(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    ruling: RulingId,
    (now_stands, reports_open): (State, bool),
    at: Timestamp,
) -> Result<(), StoreError> {
    let before = tx.row(LAST, values![story, comment]).await?.map(|row| row.int(0)).transpose()?;
    let (outcome, decided_at, before) = match before.filter(|_| !reports_open) {
        Some(before) => (outcome_in(now_stands), Some(at), Some(RulingId(before))),
        None => (ReportOutcome::Open, None, None),
    };
    tx.run(
        "update reports set outcome = $3, decided_at = $4, ruling_id = $5
         where story_id = $1 and comment_id = $2 and ruling_id = $6",
        values![story, comment, outcome.key(), decided_at, before, ruling],
    )
    .await?;
    tx.run(
        "update appeals set state = 'settled', decided_at = $4
         where story_id = $1 and comment_id = $2 and ruling_id = $3 and state = 'open'",
        values![story, comment, ruling, at],
    )
    .await?;
    tx.run(
        "update appeals set state = 'open', decided_by = null, decided_at = null, answer = '', same_person = 0,
             reversal_id = null
         where story_id = $1 and comment_id = $2 and reversal_id = $3",
        values![story, comment, ruling],
    )
    .await
    .map(drop)
}

/// Its author took the comment back: there is nothing left to decide.
pub(crate) async fn follow_withdrawal(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "update reports set outcome = 'withdrawn', decided_at = $3
         where story_id = $1 and comment_id = $2 and outcome = 'open'",
        values![story, comment, at],
    )
    .await?;
    tx.run(
        "update appeals set state = 'settled', decided_at = $3
         where story_id = $1 and comment_id = $2 and state = 'open'",
        values![story, comment, at],
    )
    .await
    .map(drop)
}

/// What a reporter is told of a comment in this state.
fn outcome_in(state: State) -> ReportOutcome {
    match state {
        State::Released => ReportOutcome::Kept,
        State::Refused | State::TakenDown => ReportOutcome::TakenDown,
        State::Withdrawn => ReportOutcome::Withdrawn,
        State::Held => ReportOutcome::Open,
    }
}

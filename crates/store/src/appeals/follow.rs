//! What a ruling, its undoing and an author's withdrawal mean for those who reported the comment or objected. Called in the
//! transaction in which they happen.

use crate::StoreError;
use crate::accounts::uncount_appeal;
use crate::engine::{Tx, values};
use newsroom::comment::{AppealState, ReportOutcome, State};
use newsroom::{CommentId, RulingId, StoryId, Timestamp};

const LAST_BEFORE: &str = "select ruling_id, at from rulings
     where story_id = $1 and comment_id = $2 and undone_at is null order by ruling_id desc limit 1";

/// Answers every report of the comment, those that were answered before too: the answer that holds is the last one, and it
/// is the one that can be objected to. Settles objections that were given what they asked for.
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
         where story_id = $1 and comment_id = $2",
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

/// The ruling counts no more: reports that the ruling before had answered have its answer again, others wait again;
/// objections to it are settled, and an objection that it had answered is open again, and counted as decided no more.
pub(crate) async fn follow_undo(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    ruling: RulingId,
    now_stands: State,
    at: Timestamp,
) -> Result<(), StoreError> {
    let before = tx.row(LAST_BEFORE, values![story, comment]).await?;
    let (before, ruled_at) = match before {
        Some(row) => (Some(row.int(0)?), row.int(1)?),
        None => (None, 0),
    };
    tx.run(
        "update reports set outcome = 'open', decided_at = null, ruling_id = null
         where story_id = $1 and comment_id = $2 and ruling_id = $3 and at > $4",
        values![story, comment, ruling, ruled_at],
    )
    .await?;
    tx.run(
        "update reports set outcome = $4, decided_at = $5, ruling_id = $6
         where story_id = $1 and comment_id = $2 and ruling_id = $3",
        values![story, comment, ruling, outcome_in(now_stands).key(), ruled_at, before],
    )
    .await?;
    tx.run(
        "update appeals set state = 'settled', decided_at = $4
         where story_id = $1 and comment_id = $2 and ruling_id = $3 and state = 'open'",
        values![story, comment, ruling, at],
    )
    .await?;
    let reversed = "select side, decided_at from appeals where story_id = $1 and comment_id = $2 and reversal_id = $3";
    for mut row in tx.rows(reversed, values![story, comment, ruling]).await? {
        uncount_appeal(tx, comment, (&row.text(0)?, AppealState::Reversed.key()), row.time(1)?).await?;
    }
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

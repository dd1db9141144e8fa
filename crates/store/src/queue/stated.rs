//! Statements of reasons: made with a ruling, ended with the restriction, resumed when what ended it is undone.

use crate::accounts::Stated;
use crate::comments::Taken;
use crate::engine::{Tx, json, values};
use crate::reasons::reason_words;
use crate::reports::brought_up;
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::{KnownOf, Ruling, Source, Statement};
use newsroom::order::OrderNamed;
use newsroom::{CommentId, RulingId, StoryId, Timestamp};

const OF_LAST: &str = "select ruling_id, statement from rulings
     where story_id = $1 and comment_id = $2 and undone_at is null order by ruling_id desc limit 1";

impl Store {
    /// The statement of reasons of a ruling; none where nothing was restricted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such ruling.
    pub async fn statement(&self, ruling: RulingId) -> Result<Option<Statement>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select statement from rulings where ruling_id = $1";
                let mut row = tx.row(text, values![ruling]).await?.ok_or(StoreError::NotFound)?;
                row.maybe_text(0)?.map(|text| serde_json::from_str(&text)).transpose().map_err(broken)
            })
        });
        read.await
    }
}

/// The restriction of the last ruling that holds ends now: another ruling takes its place, or the author took the comment
/// back. Called before the other ruling is written.
pub(crate) async fn end_statement(tx: &mut Tx, about: (StoryId, CommentId), now: Timestamp) -> Result<(), StoreError> {
    until(tx, about, Some(now)).await
}

/// What ended the restriction of the last ruling that holds is undone: it holds again.
pub(super) async fn resume_statement(tx: &mut Tx, about: (StoryId, CommentId)) -> Result<(), StoreError> {
    until(tx, about, None).await
}

async fn until(tx: &mut Tx, (story, comment): (StoryId, CommentId), end: Option<Timestamp>) -> Result<(), StoreError> {
    let Some(mut row) = tx.row(OF_LAST, values![story, comment]).await? else { return Ok(()) };
    let Some(text) = row.maybe_text(1)? else { return Ok(()) };
    let mut statement: Statement = serde_json::from_str(&text).map_err(broken)?;
    if statement.end_date.is_some() == end.is_some() {
        return Ok(());
    }
    statement.end_date = end;
    let text = "update rulings set statement = $2 where ruling_id = $1";
    tx.run(text, values![row.int(0)?, json(&statement)?]).await.map(drop)
}

/// Empties what was written for the author with the decisions about a comment, or with one of them: it may repeat what somebody
/// wrote who is not to be repeated.
pub(crate) async fn forget_in_words(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    only: Option<RulingId>,
) -> Result<(), StoreError> {
    let text = "select ruling_id, statement from rulings
         where story_id = $1 and comment_id = $2 and statement is not null";
    for mut row in tx.rows(text, values![story, comment]).await? {
        let (ruling, mut statement) = (RulingId(row.int(0)?), row.json::<Statement>(1)?);
        if only.is_some_and(|only| only != ruling) || statement.in_words.is_empty() {
            continue;
        }
        statement.in_words.clear();
        let text = "update rulings set statement = $2 where ruling_id = $1";
        tx.run(text, values![ruling, json(&statement)?]).await?;
    }
    Ok(())
}

/// The decision as a statement of reasons, of what was known at this moment, and what is counted of it.
pub(super) async fn stated(
    tx: &mut Tx,
    ruling: &Ruling,
    taken: &Taken,
    order: Option<(OrderNamed, Timestamp)>,
) -> Result<Stated, StoreError> {
    let text = "select received_at, verdict from comments where story_id = $1 and comment_id = $2";
    let mut row = tx.row(text, values![ruling.story, ruling.comment]).await?.ok_or(StoreError::NotFound)?;
    let (received_at, verdict) = (row.time(0)?, row.json::<Verdict>(1)?);
    let about = (ruling.story, ruling.comment);
    let brought = brought_up(tx, about).await?.filter(|_| taken.stands.reports_open);
    let (source, brought_up_at) = match (&order, brought) {
        (Some((_, at)), _) => (Source::Order, *at),
        (None, Some((source, at))) => (source, at),
        (None, None) => (Source::Own, received_at),
    };
    let words = reason_words(tx, ruling.decision.reason()).await?;
    let order = order.as_ref().map(|(order, _)| order);
    let statement = Statement::of(ruling, KnownOf { received_at, verdict: &verdict, source, words: &words, order });
    let detected = verdict.findings.iter().any(|finding| finding.weight > 0);
    Ok(Stated { statement, source, detected, advice: verdict.advice.name(), brought_up_at })
}

#[allow(clippy::needless_pass_by_value, reason = "the form that map_err wants")]
pub(super) fn broken(problem: serde_json::Error) -> StoreError {
    StoreError::Broken(problem.to_string())
}

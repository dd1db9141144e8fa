//! What the moderators of other comment systems decided: kept for learning, shown on no page.

use crate::engine::{Row, json, values};
use crate::{Store, StoreError};
use newsroom::{ApiClientId, SuggestionId, Timestamp};
use std::collections::BTreeMap;

/// One decision about one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Whose moderators.
    pub client: ApiClientId,
    /// When it came in.
    pub at: Timestamp,
    /// The text, as they sent it.
    pub text: String,
    /// What they say of it: attribute → 0 (not so) to 1 (so).
    pub scores: BTreeMap<String, f64>,
    /// Their own mark of the comment; empty where they gave none.
    pub token: String,
    /// Which of their communities; empty where they gave none.
    pub community: String,
    /// What they said around it: addresses and ids, in their own form.
    pub context: Vec<String>,
}

/// How many suggestions are kept, and how long.
#[derive(Debug, Clone, Copy)]
pub struct Ceiling {
    /// What was said last before this is forgotten.
    pub before: Timestamp,
    /// Of each client so many, the newest.
    pub of_a_client: u32,
    /// In one transaction so many are taken out.
    pub at_a_time: u32,
}

/// What is too old, the oldest first.
const OLD: &str = "delete from suggestions where suggestion_id in
     (select suggestion_id from suggestions where at < $1 order by at limit $2)";
/// The newest of a client's that is one too many.
const ONE_TOO_MANY: &str = "select suggestion_id from suggestions where client_id = $1
     order by suggestion_id desc limit 1 offset $2";
const TOO_MANY: &str = "delete from suggestions where suggestion_id in
     (select suggestion_id from suggestions where client_id = $1 and suggestion_id <= $2 order by suggestion_id limit $3)";

/// SHA-256 over a suggestion's token and text, in hexadecimal: by it the same is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionMark(pub String);

impl Store {
    /// Keeps a suggestion. The same text under the same mark again is one row, with what was said last: moderators change
    /// their minds.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such client.
    pub async fn keep_suggestion(
        &self,
        suggestion: &Suggestion,
        mark: &SuggestionMark,
    ) -> Result<SuggestionId, StoreError> {
        let id = SuggestionId(self.id(suggestion.at));
        let (suggestion, mark) = (suggestion.clone(), mark.0.clone());
        let write = self.engine.write(move |tx| {
            let (suggestion, mark) = (suggestion.clone(), mark.clone());
            Box::pin(async move {
                let kept = tx
                    .row(
                        "insert into suggestions
                             (suggestion_id, client_id, mark, at, text, scores, token, community, context)
                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                         on conflict (client_id, mark) do update set at = excluded.at, scores = excluded.scores
                         returning suggestion_id",
                        values![
                            id,
                            suggestion.client,
                            mark,
                            suggestion.at,
                            suggestion.text,
                            json(&suggestion.scores)?,
                            suggestion.token,
                            suggestion.community,
                            json(&suggestion.context)?,
                        ],
                    )
                    .await?;
                kept.ok_or(StoreError::NotFound)?.int(0).map(SuggestionId)
            })
        });
        write.await
    }

    /// Forgets suggestions that are too old or too many; how many. Nothing is left to forget when it is none.
    pub async fn sweep_suggestions(&self, ceiling: Ceiling) -> Result<u64, StoreError> {
        let limit = i64::from(ceiling.at_a_time);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let mut gone = tx.run(OLD, values![ceiling.before, limit]).await?;
                for client in tx.rows("select client_id from api_clients order by client_id", values![]).await? {
                    let client = client.int(0)?;
                    let most = i64::from(ceiling.of_a_client);
                    if let Some(row) = tx.row(ONE_TOO_MANY, values![client, most]).await? {
                        gone += tx.run(TOO_MANY, values![client, row.int(0)?, limit]).await?;
                    }
                }
                Ok(gone)
            })
        });
        write.await
    }

    /// Suggestions after one of them, in the order in which they first came in.
    pub async fn suggestions_after(
        &self,
        after: SuggestionId,
        limit: u32,
    ) -> Result<Vec<(SuggestionId, Suggestion)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select suggestion_id, client_id, at, text, scores, token, community, context
                     from suggestions where suggestion_id > $1 order by suggestion_id limit $2";
                tx.rows(text, values![after, i64::from(limit)]).await
            })
        });
        read.await?.into_iter().map(suggestion).collect()
    }
}

fn suggestion(mut row: Row) -> Result<(SuggestionId, Suggestion), StoreError> {
    let suggestion = Suggestion {
        client: ApiClientId(row.int(1)?),
        at: row.time(2)?,
        text: row.text(3)?,
        scores: row.json(4)?,
        token: row.text(5)?,
        community: row.text(6)?,
        context: row.json(7)?,
    };
    Ok((SuggestionId(row.int(0)?), suggestion))
}

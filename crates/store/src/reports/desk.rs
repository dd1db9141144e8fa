//! What the desk reads of reports: each of a comment's, trusted flaggers first.

use super::outcome_of;
use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::comment::ReportOutcome;
use newsroom::{CommentId, StoryId, Timestamp};

/// A report before a person who decides about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportLine {
    /// Its reference in words.
    pub reference: String,
    /// The word of the house rule, or `law`; empty on old ones.
    pub ground: String,
    /// Which law.
    pub law: String,
    /// The reporter's words.
    pub words: String,
    /// Who reports, where they said so, and where an answer reaches them.
    pub from: (String, String),
    /// When it came in.
    pub at: Timestamp,
    /// The trusted flagger whose key it carries.
    pub flagger: Option<String>,
    /// What became of it.
    pub outcome: ReportOutcome,
}

pub(crate) const OF_COMMENT: &str =
    "select r.reference, r.ground, r.law, r.why, r.name, r.email, r.at, f.name, r.outcome, l.decision
     from (select * from reports where story_id = $1 and comment_id = $2 limit 200) r
     left join trusted_flaggers f on f.flagger_id = r.flagger_id
     left join rulings l on l.ruling_id = r.ruling_id
     order by case when r.flagger_id is null then 1 else 0 end, r.ground, r.at, r.report_id limit $3";

impl Store {
    /// The reports of a comment: trusted flaggers' first, then by ground, then by time.
    pub async fn reports_of(
        &self,
        story: StoryId,
        comment: CommentId,
        limit: u32,
    ) -> Result<Vec<ReportLine>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(OF_COMMENT, values![story, comment, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(line).collect()
    }
}

fn line(mut row: Row) -> Result<ReportLine, StoreError> {
    let outcome = row.text(8)?;
    let decision = row.maybe_text(9)?.map(|text| serde_json::from_str(&text)).transpose();
    let decision = decision.map_err(|problem: serde_json::Error| StoreError::Broken(problem.to_string()))?;
    Ok(ReportLine {
        reference: row.text(0)?,
        ground: row.text(1)?,
        law: row.text(2)?,
        words: row.text(3)?,
        from: (row.text(4)?, row.text(5)?),
        at: row.time(6)?,
        flagger: row.maybe_text(7)?,
        outcome: outcome_of(outcome, decision)?,
    })
}

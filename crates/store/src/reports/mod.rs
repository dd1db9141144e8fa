//! Readers' reports of public comments: taken, shown to the desk, and answered.

mod desk;

pub(crate) use desk::OF_COMMENT;
pub use desk::ReportLine;

use crate::comments::{OnDesk, count_on_desk};
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::listings::CardFace;
use crate::people::TokenHash;
use crate::queue::stand_anew;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, NewReport, ReportOutcome, Source};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, FlaggerId, ReportId, RulingId, StoryId, Timestamp, VisitorId};
use std::sync::Arc;

/// Signs of a reference: no two look alike.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// What came of sending a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Reported {
    /// It was taken, with its happening.
    Taken(ReportId, Happening),
    /// This visitor had reported this comment already: that report.
    Before(ReportId),
}

/// A report as whoever sent it may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportStatus {
    /// Which.
    pub id: ReportId,
    /// Its reference in words.
    pub reference: String,
    /// Of which comment; under which story.
    pub about: (StoryId, CommentId),
    /// The comment's number.
    pub number: i64,
    /// The story's headline.
    pub headline: String,
    /// The story's address, while it is public.
    pub slug: Option<String>,
    /// The word of the house rule, or `law`.
    pub ground: String,
    /// Which law.
    pub law: String,
    /// The reporter's words.
    pub words: String,
    /// When it came in.
    pub at: Timestamp,
    /// Who sent it.
    pub visitor: VisitorId,
    /// What became of it.
    pub outcome: ReportOutcome,
    /// When that was decided.
    pub decided_at: Option<Timestamp>,
    /// By which ruling, and what it says.
    pub ruling: Option<(RulingId, Decision)>,
}

const STATUS: &str = "select r.report_id, r.reference, r.story_id, r.comment_id, c.number, s.card,
         case when s.state = 'published' then s.slug end, r.ground, r.law, r.why, r.at, r.visitor_id, r.outcome,
         r.decided_at, r.ruling_id, l.decision
     from (select * from reports where report_id = $1) r
     join comments c on c.story_id = r.story_id and c.comment_id = r.comment_id
     join stories s on s.story_id = r.story_id
     left join rulings l on l.ruling_id = r.ruling_id";

impl Store {
    /// Records a report of a public comment; a second one by the same visitor changes nothing. `flagger`: the hash of the
    /// key of a trusted flagger, where the reporter carries one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the comment is not public.
    pub async fn report_comment(
        &self,
        (story, comment): (StoryId, CommentId),
        by: Visitor,
        report: impl Into<NewReport>,
        flagger: Option<&TokenHash>,
        now: Timestamp,
    ) -> Result<Reported, StoreError> {
        let (report, reference) = (report.into(), reference(now)?);
        let why = if report.words.is_empty() { report.ground.key().to_owned() } else { report.words.clone() };
        let taken = Arc::new(Taking {
            id: ReportId(self.id(now)),
            happening: self.happening(Actor::Visitor(by.id), What::CommentReported { story, comment }, &why, now),
            flagger: flagger.map(|hash| hash.0.clone()),
            report,
            reference,
            by,
        });
        let write = self.engine.write(move |tx| {
            let taken = Arc::clone(&taken);
            Box::pin(async move { taken.take(tx, (story, comment)).await })
        });
        write.await
    }

    /// A report as whoever sent it may see it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such report.
    pub async fn report_status(&self, report: ReportId) -> Result<ReportStatus, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(STATUS, values![report]).await }));
        read.await?.map(status).ok_or(StoreError::NotFound)?
    }
}

/// A report on its way in.
struct Taking {
    id: ReportId,
    by: Visitor,
    report: NewReport,
    reference: String,
    flagger: Option<String>,
    happening: Happening,
}

impl Taking {
    async fn take(&self, tx: &mut Tx, (story, comment): (StoryId, CommentId)) -> Result<Reported, StoreError> {
        let now = self.happening.at;
        let public = "select reports_open from comments
             where story_id = $1 and comment_id = $2 and state = 'released'";
        tx.row(public, values![story, comment]).await?.ok_or(StoreError::NotFound)?;
        if self.record(tx, (story, comment)).await? == 0 {
            let text = "select report_id from reports where story_id = $1 and comment_id = $2 and visitor_id = $3";
            let row = tx.row(text, values![story, comment, self.by.id]).await?.ok_or(StoreError::NotFound)?;
            return Ok(Reported::Before(ReportId(row.int(0)?)));
        }
        // The write gives back what it found open: a second reader at the same moment counts nothing twice.
        let counted = "update comments set reports = reports + 1, reported_at = $3
             where story_id = $1 and comment_id = $2 and state = 'released' returning reports_open";
        let row = tx.row(counted, values![story, comment, now]).await?.ok_or(StoreError::NotFound)?;
        if !row.yes(0)? {
            let open = "update comments set reports_open = 1 where story_id = $1 and comment_id = $2";
            tx.run(open, values![story, comment]).await?;
            count_on_desk(tx, OnDesk::Reported, comment, 1).await?;
        }
        stand_anew(tx, story, comment).await?;
        write_down(tx, &self.happening).await?;
        Ok(Reported::Taken(self.id, self.happening.clone()))
    }

    async fn record(&self, tx: &mut Tx, (story, comment): (StoryId, CommentId)) -> Result<u64, StoreError> {
        let flagger = match &self.flagger {
            Some(hash) => {
                let text = "select flagger_id from trusted_flaggers where key_hash = $1 and revoked_at is null";
                tx.row(text, values![hash]).await?.map(|row| row.int(0).map(FlaggerId)).transpose()?
            }
            None => None,
        };
        let NewReport { ground, words, name, email, good_faith } = &self.report;
        tx.run(
            "insert into reports (story_id, comment_id, visitor_id, report_id, why, at, reference, ground, law, name,
                                  email, good_faith, flagger_id, outcome)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open')
             on conflict (story_id, comment_id, visitor_id) do nothing",
            values![
                story,
                comment,
                self.by.id,
                self.id,
                words,
                self.happening.at,
                &self.reference,
                ground.key(),
                ground.law(),
                name,
                email,
                *good_faith,
                flagger,
            ],
        )
        .await
    }
}

/// Who brought a comment up by reports that nobody has answered: the weightiest of them, and when the first came in.
pub(crate) async fn brought_up(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
) -> Result<Option<(Source, Timestamp)>, StoreError> {
    let text =
        "select max(case when flagger_id is not null then 3 when ground = 'law' and good_faith = 1 then 2 else 1 end),
             min(at)
         from reports where story_id = $1 and comment_id = $2 and outcome = 'open'";
    let Some(row) = tx.row(text, values![story, comment]).await? else { return Ok(None) };
    let Some(weight) = row.maybe_int(0)? else { return Ok(None) };
    let source = match weight {
        3 => Source::Flagger,
        2 => Source::Notice,
        _ => Source::Report,
    };
    Ok(Some((source, row.time(1)?)))
}

/// The day, and five signs of the system's randomness.
fn reference(now: Timestamp) -> Result<String, StoreError> {
    let mut bytes = [0_u8; 5];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    let sign = |byte: u8| char::from(SIGNS[usize::from(byte) % SIGNS.len()]);
    Ok(format!("{}-{}", now.strftime("%y%m%d"), bytes.into_iter().map(sign).collect::<String>()))
}

fn status(mut row: Row) -> Result<ReportStatus, StoreError> {
    let face: CardFace = row.json(5)?;
    let outcome = row.text(12)?;
    let ruling: Option<(RulingId, Decision)> = match row.maybe_int(14)? {
        Some(ruling) => Some((RulingId(ruling), row.json(15)?)),
        None => None,
    };
    Ok(ReportStatus {
        id: ReportId(row.int(0)?),
        reference: row.text(1)?,
        about: (StoryId(row.int(2)?), CommentId(row.int(3)?)),
        number: row.maybe_int(4)?.unwrap_or_default(),
        headline: face.headline,
        slug: row.maybe_text(6)?,
        ground: row.text(7)?,
        law: row.text(8)?,
        words: row.text(9)?,
        at: row.time(10)?,
        visitor: VisitorId(row.int(11)?),
        outcome: outcome_of(outcome, ruling.map(|(_, decision)| decision))?,
        decided_at: row.maybe_time(13)?,
        ruling,
    })
}

/// The outcome a stored word stands for, with the decision that made it. Whether what stays public stays so folded is told by
/// the decision alone.
pub(crate) fn outcome_of(word: String, decision: Option<Decision>) -> Result<ReportOutcome, StoreError> {
    let outcome = ReportOutcome::from_key(&word);
    let outcome = outcome.ok_or_else(|| StoreError::Broken(format!("no outcome of a report: {word}")))?;
    Ok(decision.map_or(outcome, |decision| outcome.by(decision)))
}

//! Accounts of what was decided: counted day by day as it happens, read by period, and the statements of reasons themselves.

use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, RefusalReason, Ruling, Side, Source, Statement};
use newsroom::ids::first_id_at;
use newsroom::{CommentId, RulingId, Timestamp};

/// Steps of the time until a decision, in minutes.
pub const STEPS: [i64; 13] = [1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880, 4_320, 10_080];

/// Counted as the source of what a rule decided by itself, beside the words of [`Source`].
pub const BY_RULE: &str = "rule";

/// What is known of a ruling besides itself.
pub(crate) struct Stated {
    pub(crate) statement: Option<Statement>,
    pub(crate) source: Source,
    pub(crate) detected: bool,
    pub(crate) advice: &'static str,
    /// When the comment came in, or the first report that nobody had answered.
    pub(crate) brought_up_at: Timestamp,
}

/// How often something was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// `release`, `fold`, `refuse`, `take-down`, `undo`.
    pub act: String,
    /// The word of a house rule; empty where none was broken.
    pub reason: String,
    /// Who brought it up: `own`, `report`, `notice`, `flagger`; `rule`: a rule decided by itself.
    pub source: String,
    /// The examination had pointed at something.
    pub detected: bool,
    /// What the examination advised; empty on rulings from before that was counted.
    pub advice: String,
    /// Minutes until it was decided, at most: a step of [`STEPS`]; 0: longer, or not known.
    pub took: i64,
    /// How often.
    pub n: i64,
}

/// How often there were objections: side (`author`, `reporter`), what (`made`, `upheld`, `reversed`), how often.
pub type Objected = (String, String, i64);

/// A decision as everybody may know of it: without a word of the text, and without names.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicRuling {
    /// Which.
    pub id: RulingId,
    /// When.
    pub at: Timestamp,
    /// Under which story: headline and address; none where it is not public.
    pub story: Option<(String, String)>,
    /// What was decided.
    pub decision: Decision,
    /// It was undone since.
    pub undone: bool,
}

pub(crate) const DAYS: &str = "select act, reason, source, detected, advice, took, cast(sum(n) as bigint)
     from ruling_days where day >= $1 and day <= $2 group by act, reason, source, detected, advice, took
     order by act, reason, source, detected, advice, took";
pub(crate) const STATEMENTS: &str = "select ruling_id, statement from rulings
     where ruling_id > $1 and ruling_id < $2 and statement is not null order by ruling_id limit $3";
pub(crate) const PUBLIC: &str = "select q.ruling_id, q.at, q.decision, q.undone_at, s.card,
         case when s.state = 'published' and s.comment_policy <> 'hidden' then s.slug end
     from (select r.ruling_id, r.story_id, r.comment_id, r.at, r.decision, r.undone_at from rulings r
           where r.ruling_id < $1 and not exists
               (select 1 from order_comments x join orders o on o.order_id = x.order_id
                where x.story_id = r.story_id and x.comment_id = r.comment_id and x.ruling_id = r.ruling_id
                    and o.silent_until > $3)
           order by r.ruling_id desc limit $2) q
     join stories s on s.story_id = q.story_id order by q.ruling_id desc";

impl Store {
    /// What was decided on the days from one to another (`YYYY-MM-DD`, both counted), and what was objected to.
    pub async fn accounts(&self, from: &str, to: &str) -> Result<(Vec<Decided>, Vec<Objected>), StoreError> {
        let (from, to) = (from.to_owned(), to.to_owned());
        let read = self.engine.read(move |tx| {
            let (from, to) = (from.clone(), to.clone());
            Box::pin(async move {
                let decided = tx.rows(DAYS, values![&from, &to]).await?;
                let text = "select side, what, cast(sum(n) as bigint) from appeal_days where day >= $1 and day <= $2
                     and n > 0 group by side, what order by side, what";
                Ok((decided, tx.rows(text, values![&from, &to]).await?))
            })
        });
        let (decided, objected) = read.await?;
        let decided = decided.into_iter().map(|mut row| {
            Ok(Decided {
                act: row.text(0)?,
                reason: row.text(1)?,
                source: row.text(2)?,
                detected: row.yes(3)?,
                advice: row.text(4)?,
                took: row.int(5)?,
                n: row.int(6)?,
            })
        });
        let objected = objected.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?, row.int(2)?)));
        Ok((decided.collect::<Result<_, StoreError>>()?, objected.collect::<Result<_, StoreError>>()?))
    }

    /// Statements of reasons of a period, after one, in the order in which they were made.
    pub async fn statements(
        &self,
        (from, to): (Timestamp, Timestamp),
        after: Option<RulingId>,
        limit: u32,
    ) -> Result<Vec<(RulingId, Statement)>, StoreError> {
        let after = after.map_or(first_id_at(from) - 1, |after| after.0);
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(STATEMENTS, values![after, first_id_at(to), i64::from(limit)]).await })
        });
        read.await?.into_iter().map(|mut row| Ok((RulingId(row.int(0)?), row.json(1)?))).collect()
    }

    /// Decisions as everybody may know of them, newest first: those of an order whose authors are not told yet are left out.
    pub async fn public_rulings(
        &self,
        before: Option<RulingId>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<PublicRuling>, StoreError> {
        let before = before.unwrap_or(RulingId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(PUBLIC, values![before, i64::from(limit), now]).await }));
        let rows = read.await?;
        let line = |mut row: Row| {
            let face: CardFace = row.json(4)?;
            Ok(PublicRuling {
                id: RulingId(row.int(0)?),
                at: row.time(1)?,
                decision: row.json(2)?,
                undone: row.maybe_int(3)?.is_some(),
                story: row.maybe_text(5)?.map(|slug| (face.headline, slug)),
            })
        };
        rows.into_iter().map(line).collect()
    }
}

/// Counts a ruling on its day.
pub(crate) async fn count_ruling(tx: &mut Tx, ruling: &Ruling, stated: &Stated) -> Result<(), StoreError> {
    let act = match ruling.decision {
        Decision::Release { collapsed: true, .. } => "fold",
        Decision::Release { .. } => "release",
        Decision::Refuse { .. } => "refuse",
        Decision::TakeDown { .. } => "take-down",
    };
    let minutes = (ruling.at.as_millisecond() - stated.brought_up_at.as_millisecond()) / 60_000;
    let took = STEPS.into_iter().find(|step| minutes < *step).unwrap_or(0);
    let day = (ruling.at, ruling.comment);
    let source = if ruling.by.rule().is_some() { BY_RULE } else { stated.source.key() };
    let how = (source, stated.detected, stated.advice, took);
    count(tx, day, (act, ruling.decision.reason()), how).await
}

/// Counts the undoing of a ruling on its own day: what was counted stays.
pub(crate) async fn count_undo(
    tx: &mut Tx,
    comment: CommentId,
    decision: Decision,
    now: Timestamp,
) -> Result<(), StoreError> {
    count(tx, (now, comment), ("undo", decision.reason()), ("own", false, "", 0)).await
}

async fn count(
    tx: &mut Tx,
    (at, comment): (Timestamp, CommentId),
    (act, reason): (&str, Option<RefusalReason>),
    (source, detected, advice, took): (&str, bool, &str, i64),
) -> Result<(), StoreError> {
    let reason = reason.map_or("", RefusalReason::key);
    tx.run(
        "insert into ruling_days (day, act, reason, source, detected, advice, took, slot, n)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
         on conflict (day, act, reason, source, detected, advice, took, slot) do update set n = ruling_days.n + 1",
        values![day_of(at), act, reason, source, detected, advice, took, comment.0 & 15],
    )
    .await
    .map(drop)
}

/// Counts an objection that came in, or what became of one.
pub(crate) async fn count_appeal(
    tx: &mut Tx,
    comment: CommentId,
    side: Side,
    what: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "insert into appeal_days (day, side, what, slot, n) values ($1, $2, $3, $4, 1)
         on conflict (day, side, what, slot) do update set n = appeal_days.n + 1",
        values![day_of(at), side.key(), what, comment.0 & 15],
    )
    .await
    .map(drop)
}

/// What became of an objection was undone: it will be decided anew, and is counted once, then. Taken from the day on which it
/// was counted.
pub(crate) async fn uncount_appeal(
    tx: &mut Tx,
    comment: CommentId,
    (side, what): (&str, &str),
    counted_at: Timestamp,
) -> Result<(), StoreError> {
    let text = "update appeal_days set n = n - 1 where day = $1 and side = $2 and what = $3 and slot = $4 and n > 0";
    tx.run(text, values![day_of(counted_at), side, what, comment.0 & 15]).await.map(drop)
}

fn day_of(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

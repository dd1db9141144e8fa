//! What rules may decide by themselves, version by version. Versions are added and never changed; the newest holds, and
//! without one no rule acts.

use crate::comments::state;
use crate::engine::{Row, Tx, json, values};
use crate::happenings::write_down;
use crate::listings::CardFace;
use crate::{Store, StoreError};
use jiff::SignedDuration;
use moderation::Verdict;
use newsroom::acting::ActingRules;
use newsroom::comment::State;
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::policy::Record;
use newsroom::{ActingId, CommentId, StaffId, StoryId, Timestamp, VisitorId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A version of what rules may decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActingVersion {
    /// Which.
    pub id: ActingId,
    /// Since when it held.
    pub at: Timestamp,
    /// Who switched it on.
    pub by_name: String,
    /// Why, in their words.
    pub why: String,
    /// Where each rule acts.
    pub rules: ActingRules,
}

/// A version to be kept.
#[derive(Debug, Clone)]
pub struct NewActing {
    /// The version that its author saw; none when there was none.
    pub was: Option<ActingId>,
    /// Where each rule acts.
    pub rules: ActingRules,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub why: String,
}

/// A comment of those that came in last, for trying rules on it.
#[derive(Debug, Clone, PartialEq)]
pub struct CameIn {
    /// Under which story.
    pub story: StoryId,
    /// Which comment.
    pub comment: CommentId,
    /// From which device.
    pub visitor: VisitorId,
    /// What became of it.
    pub state: State,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What the engine advised then, and what it was told of.
    pub verdict: Verdict,
    /// The slug of the story's section; empty where it has none.
    pub section: String,
    /// The ruling that holds is a rule's, not a person's.
    pub by_rule: bool,
}

const NEWEST: &str = "select a.acting_id, a.at, s.name, a.why, a.settings
     from acting a join staff s on s.staff_id = a.by_id order by a.acting_id desc limit 1";

const VERSIONS: &str = "select a.acting_id, a.at, s.name, a.why, a.settings
     from acting a join staff s on s.staff_id = a.by_id where a.acting_id < $1 order by a.acting_id desc limit $2";

/// Whatever the staff holds against a reader, no rule trusts them meanwhile.
const MEASURED: &str = "select measure_id from measures
     where visitor_id = $1 and ended_at is null and (until_at is null or until_at > $2) limit 1";

/// Refusals of what a visitor sent since a time. Asked of those only who were ever refused.
pub(crate) const REFUSED_LATELY: &str = "select count(*) from visitor_comments v
     join comments c on c.story_id = v.story_id and c.comment_id = v.comment_id
     where v.visitor_id = $1 and v.received_at > $2 and c.state in ('refused', 'taken-down')";

/// What became of a visitor's comments, of which the last thousand count.
const HISTORY: &str = "select v.comment_id, v.received_at, c.state from
         (select story_id, comment_id, received_at from visitor_comments
          where visitor_id = $1 order by received_at desc limit 1000) v
     join comments c on c.story_id = v.story_id and c.comment_id = v.comment_id";

const CAME_IN_LAST: &str =
    "select c.story_id, c.comment_id, c.visitor_id, c.state, c.name, c.text, c.received_at, c.verdict, s.card,
         (select l.rule from rulings l
          where l.story_id = c.story_id and l.comment_id = c.comment_id and l.undone_at is null
          order by l.ruling_id desc limit 1)
     from (select story_id, comment_id, visitor_id, state, name, text, received_at, verdict from comments
           order by comment_id desc limit $1) c
     join stories s on s.story_id = c.story_id order by c.comment_id desc";

impl Store {
    /// The version that holds; none while no rule was ever switched on.
    pub async fn acting(&self) -> Result<Option<ActingVersion>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(NEWEST, values![]).await }));
        read.await?.map(version).transpose()
    }

    /// Versions before one, the newest first.
    pub async fn acting_versions(
        &self,
        before: Option<ActingId>,
        limit: u32,
    ) -> Result<Vec<ActingVersion>, StoreError> {
        let before = before.unwrap_or(ActingId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(VERSIONS, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(version).collect()
    }

    /// Switches a version on, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another version was switched on since its author looked.
    pub async fn keep_acting(&self, new: NewActing, now: Timestamp) -> Result<(ActingId, Happening), StoreError> {
        let id = ActingId(self.id(now));
        let happening = self.happening(Actor::Staff(new.by), What::ActingChanged { acting: id }, &new.why, now);
        let kept = Arc::new((new, happening));
        let write = self.engine.write_alone(move |tx| {
            let kept = Arc::clone(&kept);
            Box::pin(async move {
                let (new, happening) = &*kept;
                let newest = "select acting_id from acting order by acting_id desc limit 1";
                let newest = tx.row(newest, values![]).await?.map(|row| row.int(0)).transpose()?;
                if newest != new.was.map(|was| was.0) {
                    return Err(StoreError::Conflict("acting".to_owned()));
                }
                let text = "insert into acting (acting_id, at, by_id, why, settings) values ($1, $2, $3, $4, $5)";
                tx.run(text, values![id, now, new.by, &new.why, json(&new.rules)?]).await?;
                write_down(tx, happening).await?;
                Ok((id, happening.clone()))
            })
        });
        write.await
    }

    /// What became of a visitor's comments and of those that came in lately, and whether a measure of the staff holds.
    pub async fn record_of(
        &self,
        visitor: Visitor,
        lately: SignedDuration,
        now: Timestamp,
    ) -> Result<Record, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { record(tx, visitor, lately, now).await }));
        read.await
    }

    /// The records of visitors as they were before these comments of theirs, for trying a rule on the past.
    pub async fn records_before(
        &self,
        comments: Vec<(VisitorId, CommentId, Timestamp)>,
        lately: SignedDuration,
    ) -> Result<BTreeMap<CommentId, Record>, StoreError> {
        let comments = Arc::new(comments);
        let read = self.engine.read(move |tx| {
            let comments = Arc::clone(&comments);
            Box::pin(async move { records_before(tx, &comments, lately).await })
        });
        read.await
    }

    /// The comments that came in last, the newest first, as rules would meet them.
    pub async fn came_in_last(&self, limit: u32) -> Result<Vec<CameIn>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(CAME_IN_LAST, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(came_in).collect()
    }
}

async fn record(tx: &mut Tx, visitor: Visitor, lately: SignedDuration, now: Timestamp) -> Result<Record, StoreError> {
    let since = now.checked_sub(lately).unwrap_or(Timestamp::MIN);
    let row = tx.row("select released, refused from visitors where visitor_id = $1", values![visitor.id]).await?;
    let (released, ever) = row.map_or(Ok((0, 0)), |row| Ok::<_, StoreError>((row.int(0)?, row.int(1)?)))?;
    let refused = match ever {
        0 => 0,
        _ => tx.row(REFUSED_LATELY, values![visitor.id, since]).await?.map_or(Ok(0), |row| row.int(0))?,
    };
    let always_review = tx.row(MEASURED, values![visitor.id, now]).await?.is_some();
    let few = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    Ok(Record { released: few(released), refused_lately: few(refused), always_review })
}

async fn records_before(
    tx: &mut Tx,
    comments: &[(VisitorId, CommentId, Timestamp)],
    lately: SignedDuration,
) -> Result<BTreeMap<CommentId, Record>, StoreError> {
    let mut histories: BTreeMap<VisitorId, Vec<(CommentId, Timestamp, State)>> = BTreeMap::new();
    let mut records = BTreeMap::new();
    for (visitor, comment, at) in comments {
        if !histories.contains_key(visitor) {
            let rows = tx.rows(HISTORY, values![*visitor]).await?;
            let history = rows
                .into_iter()
                .map(|mut row| Ok::<_, StoreError>((CommentId(row.int(0)?), row.time(1)?, state(row.text(2)?)?)));
            histories.insert(*visitor, history.collect::<Result<_, _>>()?);
        }
        let history = histories.get(visitor).map(Vec::as_slice).unwrap_or_default();
        let since = at.checked_sub(lately).unwrap_or(Timestamp::MIN);
        let mut record = Record::default();
        for (_, received_at, state) in history.iter().filter(|(other, sent_at, _)| other != comment && sent_at < at) {
            match state {
                State::Released => record.released += 1,
                State::Refused | State::TakenDown if *received_at > since => record.refused_lately += 1,
                State::Refused | State::TakenDown | State::Held | State::Withdrawn => {}
            }
        }
        records.insert(*comment, record);
    }
    Ok(records)
}

fn version(mut row: Row) -> Result<ActingVersion, StoreError> {
    Ok(ActingVersion {
        id: ActingId(row.int(0)?),
        at: row.time(1)?,
        by_name: row.text(2)?,
        why: row.text(3)?,
        rules: row.json(4)?,
    })
}

fn came_in(mut row: Row) -> Result<CameIn, StoreError> {
    let face: CardFace = row.json(8)?;
    Ok(CameIn {
        story: StoryId(row.int(0)?),
        comment: CommentId(row.int(1)?),
        visitor: VisitorId(row.int(2)?),
        state: state(row.text(3)?)?,
        name: row.text(4)?,
        text: row.text(5)?,
        at: row.time(6)?,
        verdict: row.json(7)?,
        section: face.section.map(|(slug, _)| slug).unwrap_or_default(),
        by_rule: row.maybe_text(9)?.is_some(),
    })
}

//! The log: what was decided, newest first, of everybody or of one.

use super::rulings::{NOBODY, ruled_by};
use crate::comments::state;
use crate::engine::{Row, Tx, Value, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::acting::ActingRule;
use newsroom::comment::{Ruling, State};
use newsroom::ids::first_id_at;
use newsroom::people::Actor;
use newsroom::{CommentId, RulingId, StaffId, StoryId, Timestamp};
use std::collections::HashMap;

/// A decision in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct RulingLine {
    /// The ruling.
    pub ruling: Ruling,
    /// The moderator's name; empty where a rule decided.
    pub by_name: String,
    /// The story's headline.
    pub headline: String,
    /// The comment's name.
    pub name: String,
    /// The comment's text.
    pub text: String,
    /// When and by whom it was undone.
    pub undone: Option<(Timestamp, String)>,
    /// It is the last ruling on its comment and can be undone.
    pub can_be_undone: bool,
    /// Whose ruling it came over, where that one still counts: they do not undo it.
    pub over: Option<StaffId>,
}

/// Whose decisions the log tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogOf {
    /// Everybody's, and those of rules.
    #[default]
    All,
    /// Those of one member of the staff.
    Staff(StaffId),
    /// Those of one rule.
    Rule(ActingRule),
}

pub(crate) const LOG: &str = "select r.ruling_id, r.story_id, r.comment_id, r.decision, r.by_id, r.at, r.why,
         r.undone_at, r.undone_by, s.card, c.name, c.text, c.state,
         (select l.ruling_id from rulings l
          where l.story_id = r.story_id and l.comment_id = r.comment_id and l.undone_at is null
          order by l.ruling_id desc limit 1), r.rule, r.acting_id,
         (select l.by_id from rulings l
          where l.story_id = r.story_id and l.comment_id = r.comment_id and l.undone_at is null
              and l.ruling_id < r.ruling_id
          order by l.ruling_id desc limit 1)
     from (select ruling_id, story_id, comment_id, decision, by_id, at, why, undone_at, undone_by, rule, acting_id
           from rulings
           where ruling_id < $1 order by ruling_id desc limit $2) r
     join comments c on c.story_id = r.story_id and c.comment_id = r.comment_id
     join stories s on s.story_id = r.story_id
     order by r.ruling_id desc";

/// The same of one member of the staff, or of one rule.
pub(crate) fn log_of(of: LogOf) -> String {
    match of {
        LogOf::All => LOG.to_owned(),
        LogOf::Staff(_) => LOG.replacen("where ruling_id < $1", "where by_id = $3 and ruling_id < $1", 1),
        LogOf::Rule(_) => LOG.replacen("where ruling_id < $1", "where rule = $3 and ruling_id < $1", 1),
    }
}

pub(crate) const SETTLED: &str = "select r.comment_id, r.by_id, s.name
     from (select ruling_id, comment_id, by_id, undone_at from rulings where ruling_id > $1
           order by ruling_id desc limit $2) r
     join staff s on s.staff_id = r.by_id where r.undone_at is null order by r.ruling_id";

/// Decisions of the last while that a desk which begins to listen is told.
const MOST_SETTLED: i64 = 200;

impl Store {
    /// Comments that somebody of the staff decided since a time, by whom, the oldest first; those of a moment are told.
    pub async fn settled_since(&self, since: Timestamp) -> Result<Vec<(CommentId, StaffId, String)>, StoreError> {
        let after = first_id_at(since) - 1;
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(SETTLED, values![after, MOST_SETTLED]).await }));
        read.await?
            .into_iter()
            .map(|mut row| Ok((CommentId(row.int(0)?), StaffId(row.int(1)?), row.text(2)?)))
            .collect()
    }

    /// The log of rulings, newest first.
    pub async fn rulings(&self, before: Option<RulingId>, limit: u32) -> Result<Vec<RulingLine>, StoreError> {
        self.rulings_of(LogOf::All, before, limit).await
    }

    /// The same, of everybody or of one.
    pub async fn rulings_of(
        &self,
        of: LogOf,
        before: Option<RulingId>,
        limit: u32,
    ) -> Result<Vec<RulingLine>, StoreError> {
        let before = before.unwrap_or(RulingId(i64::MAX));
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let whose: Option<Value> = match of {
                    LogOf::All => None,
                    LogOf::Staff(staff) => Some(staff.into()),
                    LogOf::Rule(rule) => Some(rule.key().into()),
                };
                let given: Vec<Value> = [before.into(), i64::from(limit).into()].into_iter().chain(whose).collect();
                let rows = tx.rows(&log_of(of), &given).await?;
                let mut names = HashMap::new();
                let mut lines = Vec::with_capacity(rows.len());
                for row in rows {
                    lines.push(line(tx, row, &mut names).await?);
                }
                Ok(lines)
            })
        });
        read.await
    }
}

async fn line(tx: &mut Tx, mut row: Row, names: &mut HashMap<StaffId, String>) -> Result<RulingLine, StoreError> {
    let id = RulingId(row.int(0)?);
    let by = ruled_by(&mut row, (4, 14, 15))?;
    let undone = match row.maybe_time(7)? {
        Some(at) => Some((at, actor_name(tx, row.json(8)?, names).await?)),
        None => None,
    };
    let face: CardFace = row.json(9)?;
    let was_withdrawn = state(row.text(12)?)? == State::Withdrawn;
    Ok(RulingLine {
        by_name: actor_name(tx, by.into(), names).await?,
        over: row
            .maybe_int(16)?
            .map(StaffId)
            .filter(|over| *over != NOBODY && by.staff().is_some_and(|by| by != *over)),
        can_be_undone: undone.is_none() && !was_withdrawn && row.maybe_int(13)? == Some(id.0),
        ruling: Ruling {
            id,
            story: StoryId(row.int(1)?),
            comment: CommentId(row.int(2)?),
            decision: row.json(3)?,
            by,
            at: row.time(5)?,
            why: row.text(6)?,
        },
        headline: face.headline,
        name: row.text(10)?,
        text: row.text(11)?,
        undone,
    })
}

/// Visitors, rules and the program itself have no name here.
async fn actor_name(tx: &mut Tx, actor: Actor, names: &mut HashMap<StaffId, String>) -> Result<String, StoreError> {
    match actor {
        Actor::Staff(staff) => staff_name(tx, staff, names).await,
        Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => Ok(String::new()),
    }
}

/// Looked up once for each of the few who rule.
async fn staff_name(tx: &mut Tx, staff: StaffId, names: &mut HashMap<StaffId, String>) -> Result<String, StoreError> {
    if let Some(name) = names.get(&staff) {
        return Ok(name.clone());
    }
    let row = tx.row("select name from staff where staff_id = $1", values![staff]).await?;
    let name = row.map_or(Ok(String::new()), |mut row| row.text(0))?;
    names.insert(staff, name.clone());
    Ok(name)
}

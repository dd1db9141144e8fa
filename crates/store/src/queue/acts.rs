//! What one press of a button decided: one ruling or many, under one name that the browser made. What is sent twice is
//! carried out once, and what was decided at once is undone at once.

use super::bars::may_rule;
use super::rulings::{REWRITTEN, SENT_BEFORE, bring_back, carry_out};
use crate::comments::{keep, state};
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::comment::{Held, Revision, Ruling};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{CommentId, HappeningId, RulingId, StoryId, Timestamp};
use std::sync::Arc;

/// Rulings carried out in one transaction: nobody waits long for it.
pub const RULINGS_AT_ONCE: usize = 50;
/// Rulings of one act.
const MOST_OF_AN_ACT: i64 = 5_000;

/// What became of one ruling among many.
#[derive(Debug, Clone, PartialEq)]
pub enum Carried {
    /// Carried out.
    Out(Happening),
    /// It did not fit any more: the word of the comment's state, `escalated`, `rewritten`, `gone` (its text had its time),
    /// `held-back`, `order` or `sent-before`.
    Not(String),
}

impl Store {
    /// Carries a ruling out under the name of an act; see [`Store::rule`].
    ///
    /// # Errors
    /// As [`Store::rule`]; [`StoreError::Conflict`] with `escalated` when whoever rules has asked for a second opinion, and with
    /// `sent-before` when this act has ruled on the comment already.
    pub async fn rule_in_act(&self, ruling: &Ruling, read: Revision, act: &str) -> Result<Happening, StoreError> {
        let (ruling, act) = (Arc::new(ruling.clone()), act.to_owned());
        let id = HappeningId(self.id(ruling.at));
        let write = self.engine.write(move |tx| {
            let (ruling, act) = (Arc::clone(&ruling), act.clone());
            Box::pin(async move { carry_out(tx, &ruling, read, id, Some(&act)).await })
        });
        write.await
    }

    /// Carries some rulings out in one transaction, at most [`RULINGS_AT_ONCE`]; those that do not fit the state of their
    /// comment, or the words that it has by now, are left out and said so.
    pub async fn rule_many(&self, rulings: &[(Ruling, Revision)], act: &str) -> Result<Vec<Carried>, StoreError> {
        let with_ids = rulings.iter().map(|(ruling, read)| (ruling.clone(), *read, HappeningId(self.id(ruling.at))));
        let (rulings, act): (Arc<[_]>, _) = (with_ids.collect(), act.to_owned());
        let write = self.engine.write(move |tx| {
            let (rulings, act) = (Arc::clone(&rulings), act.clone());
            Box::pin(async move {
                let mut carried = Vec::with_capacity(rulings.len());
                for (ruling, read, id) in rulings.iter() {
                    carried.push(one_of_many(tx, ruling, *read, *id, &act).await?);
                }
                Ok(carried)
            })
        });
        write.await
    }

    /// The ruling on a comment that an act has made already.
    pub async fn ruling_of_act(
        &self,
        act: &str,
        (story, comment): (StoryId, CommentId),
    ) -> Result<Option<RulingId>, StoreError> {
        let act = act.to_owned();
        let read = self.engine.read(move |tx| {
            let act = act.clone();
            Box::pin(async move { made(tx, &act, story, comment).await })
        });
        read.await
    }

    /// How many rulings an act made, and how many of them are not undone.
    pub async fn act(&self, act: &str) -> Result<(i64, i64), StoreError> {
        let act = act.to_owned();
        let read = self.engine.read(move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let text = "select count(*), count(*) - count(undone_at) from rulings where act = $1";
                tx.row(text, values![act]).await?.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))
            })
        });
        read.await
    }

    /// The stories whose comments an act was about.
    pub async fn stories_of_act(&self, act: &str) -> Result<Vec<StoryId>, StoreError> {
        let act = act.to_owned();
        let read = self.engine.read(move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let text = "select distinct story_id from rulings where act = $1 order by story_id limit $2";
                tx.rows(text, values![act, MOST_OF_AN_ACT]).await
            })
        });
        read.await?.into_iter().map(|row| row.int(0).map(StoryId)).collect()
    }

    /// Undoes some of the rulings of an act, at most [`RULINGS_AT_ONCE`] after a ruling; those that cannot be undone any more
    /// (another one came after them, the author took the comment back) stay. What happened, and the last one looked at
    /// where there are more.
    pub async fn undo_some_of(
        &self,
        act: &str,
        after: RulingId,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Vec<Happening>, Option<RulingId>), StoreError> {
        let ids: Arc<[i64]> = (0..RULINGS_AT_ONCE).map(|_| self.id(now)).collect();
        let act = act.to_owned();
        let write = self.engine.write(move |tx| {
            let (ids, act) = (Arc::clone(&ids), act.clone());
            Box::pin(async move {
                let text = "select ruling_id, story_id from rulings
                     where act = $1 and ruling_id > $2 and undone_at is null order by ruling_id limit $3";
                let rows = tx.rows(text, values![act, after, ids.len() as i64]).await?;
                let last = rows.last().filter(|_| rows.len() == ids.len()).map(|row| row.int(0)).transpose()?;
                let mut happened = Vec::new();
                for (row, id) in rows.iter().zip(ids.iter()) {
                    let (ruling, story) = (RulingId(row.int(0)?), StoryId(row.int(1)?));
                    let comment = match bring_back(tx, ruling, story, by, now).await {
                        Ok(comment) => comment,
                        Err(StoreError::Conflict(_) | StoreError::NotFound) => continue,
                        Err(error) => return Err(error),
                    };
                    let what = What::RulingUndone { story, comment, ruling };
                    let happening = Happening { id: HappeningId(*id), at: now, by, what, why: String::new() };
                    write_down(tx, &happening).await?;
                    happened.push(happening);
                }
                Ok((happened, last.map(RulingId)))
            })
        });
        write.await
    }

    /// Keeps a comment of the paper itself and lets it through by its own ruling, in one transaction: the happening of its
    /// coming in, and that of its release.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there already; [`StoreError::NotFound`] when there is no such story.
    pub async fn reply_as_paper(&self, held: &Held, ruling: &Ruling) -> Result<[Happening; 2], StoreError> {
        let (held, ruling) = (Arc::new(held.clone()), Arc::new(ruling.clone()));
        let ids = [HappeningId(self.id(ruling.at)), HappeningId(self.id(ruling.at))];
        let write = self.engine.write(move |tx| {
            let (held, ruling) = (Arc::clone(&held), Arc::clone(&ruling));
            Box::pin(async move {
                let (came, new) = keep(tx, &held, ruling.by.into(), ids[0]).await?;
                if !new {
                    return Err(StoreError::Conflict("comments".to_owned()));
                }
                let text = "update comments set of_paper = 1 where story_id = $1 and comment_id = $2";
                tx.run(text, values![held.submitted.story, held.submitted.id]).await?;
                let released = carry_out(tx, &ruling, Revision::FIRST, ids[1], None).await?;
                Ok([came, released])
            })
        });
        write.await
    }
}

/// What does not fit is seen before anything is written.
async fn one_of_many(
    tx: &mut Tx,
    ruling: &Ruling,
    read: Revision,
    id: HappeningId,
    act: &str,
) -> Result<Carried, StoreError> {
    // The write comes first: a rewriting at this moment is waited for, and seen.
    let text = "update comments set changed_at = changed_at where story_id = $1 and comment_id = $2
         returning state, revision, gone_at";
    let row = tx.row(text, values![ruling.story, ruling.comment]).await?;
    let Some(mut row) = row.filter(|row| row.maybe_int(2).is_ok_and(|gone| gone.is_none())) else {
        return Ok(Carried::Not("gone".to_owned()));
    };
    if made(tx, act, ruling.story, ruling.comment).await?.is_some() {
        return Ok(Carried::Not(SENT_BEFORE.to_owned()));
    }
    let is = state(row.text(0)?)?;
    if Revision(row.int(1)?) != read {
        return Ok(Carried::Not(REWRITTEN.to_owned()));
    }
    if ruling.decision.after(is).is_err() {
        return Ok(Carried::Not(is.key().to_owned()));
    }
    match may_rule(tx, ruling, is, false).await {
        Ok(()) => carry_out(tx, ruling, read, id, Some(act)).await.map(Carried::Out),
        Err(StoreError::Conflict(why)) => Ok(Carried::Not(why)),
        Err(error) => Err(error),
    }
}

pub(super) async fn made(
    tx: &mut Tx,
    act: &str,
    story: StoryId,
    comment: CommentId,
) -> Result<Option<RulingId>, StoreError> {
    let text = "select ruling_id from rulings where act = $1 and story_id = $2 and comment_id = $3 limit 1";
    tx.row(text, values![act, story, comment]).await?.map(|row| row.int(0).map(RulingId)).transpose()
}

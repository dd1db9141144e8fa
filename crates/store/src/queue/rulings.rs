//! What was decided, by people or by rules that they switched on: carried out, undone, looked up.

use super::acts::made;
use super::bars::{may_rule, may_undo};
use super::stated::{broken, end_statement, resume_statement, stated};
use crate::accounts::{count_ruling, count_undo};
use crate::appeals::{follow_ruling, follow_undo};
use crate::comments::{Standing, Taken, settle, take};
use crate::engine::{Row, Tx, json, values};
use crate::happenings::write_down;
use crate::orders::ordering;
use crate::{Store, StoreError};
use newsroom::acting::{Acting, ActingRule};
use newsroom::comment::{Decision, Revision, RuledBy, Ruling, State, Statement};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{ActingId, CommentId, HappeningId, RulingId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// The conflict of a ruling with an author who has rewritten the comment since it was read.
pub const REWRITTEN: &str = "rewritten";

/// The conflict of a rule with whoever has ruled on the comment before.
const RULED_BEFORE: &str = "ruled";

/// The conflict of an act with itself: it has ruled on this comment already, and is sent again.
pub const SENT_BEFORE: &str = "sent-before";

/// Stands in the place of a rule where the decision is that of the paper from which a comment came.
pub(crate) const OLD_PAPER: &str = "old-paper";

/// Stands in the place of a member of the staff where a rule decided or the clock asked: no id
/// is 0.
pub(crate) const NOBODY: StaffId = StaffId(0);

pub(crate) const LAST: &str =
    "select ruling_id from rulings where story_id = $1 and comment_id = $2 and undone_at is null
     order by ruling_id desc limit 1";

impl Store {
    /// Carries a ruling out: state, number at first release, counters, standing, happening, in one transaction. A release
    /// of a comment that is public already folds or opens it, and answers the reports of it. It is about the words that were
    /// `read`: an author who rewrites them meanwhile is never ruled on for the earlier ones.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of the present state when the decision does not fit it (somebody else was
    /// faster, the author took it back), with `rewritten` when it has other words by now, with `held-back` when the thread
    /// is, and with `order` when an authority has ordered it away; [`StoreError::NotFound`].
    pub async fn rule(&self, ruling: &Ruling, read: Revision) -> Result<Happening, StoreError> {
        let ruling = Arc::new(ruling.clone());
        let id = HappeningId(self.id(ruling.at));
        let write = self.engine.write(move |tx| {
            let ruling = Arc::clone(&ruling);
            Box::pin(async move { carry_out(tx, &ruling, read, id, None).await })
        });
        write.await
    }

    /// The same for a ruling that a rule made of a text as it read it: it holds only while the comment still waits with
    /// this text. An author who was faster with other words is never ruled on for the earlier ones.
    ///
    /// # Errors
    /// As [`Store::rule`], and [`StoreError::Conflict`] when the comment does not wait any more, was rewritten, or was ever
    /// ruled on before, also where that was undone.
    pub async fn rule_as_read(&self, ruling: &Ruling, text: &str) -> Result<Happening, StoreError> {
        let read = Arc::new((ruling.clone(), text.to_owned()));
        let id = HappeningId(self.id(ruling.at));
        let write = self.engine.write(move |tx| {
            let read = Arc::clone(&read);
            Box::pin(async move {
                let (ruling, text) = &*read;
                let read = still_waits(tx, ruling, text).await?;
                carry_out(tx, ruling, read, id, None).await
            })
        });
        write.await
    }

    /// Undoes the last ruling on a comment: it is again what it was before. Its number, once given, stays its own. The last
    /// one is the last of those that are not undone, so that rulings can be undone one after the other.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not the last one or was undone already, the author has taken the comment back
    /// since, or a colleague ruled so over an earlier ruling of whoever undoes (`reversed`); [`StoreError::NotFound`].
    pub async fn undo(
        &self,
        ruling: RulingId,
        story: StoryId,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let comment = bring_back(tx, ruling, story, by, now).await?;
                let what = What::RulingUndone { story, comment, ruling };
                let happening = Happening { id, at: now, by, what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// A ruling as it was made.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such ruling.
    pub async fn ruling(&self, ruling: RulingId) -> Result<Ruling, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select story_id, comment_id, decision, by_id, at, why, rule, acting_id from rulings
                     where ruling_id = $1";
                tx.row(text, values![ruling]).await
            })
        });
        let mut row = read.await?.ok_or(StoreError::NotFound)?;
        Ok(Ruling {
            id: ruling,
            story: StoryId(row.int(0)?),
            comment: CommentId(row.int(1)?),
            decision: row.json(2)?,
            by: ruled_by(&mut row, (3, 6, 7))?,
            at: row.time(4)?,
            why: row.text(5)?,
        })
    }
}

/// Taken before it is looked at: whoever rewrites it at the same moment is waited for. What somebody has ruled on once, also
/// where that was undone, is for a person: no rule gives it the answer that a person took back.
async fn still_waits(tx: &mut Tx, ruling: &Ruling, text: &str) -> Result<Revision, StoreError> {
    let taken = take(tx, ruling.story, ruling.comment, ruling.at).await?;
    let stored = "select text from comments where story_id = $1 and comment_id = $2";
    let mut row = tx.row(stored, values![ruling.story, ruling.comment]).await?.ok_or(StoreError::NotFound)?;
    if taken.stands.state != State::Held || row.text(0)? != text {
        return Err(StoreError::Conflict(taken.stands.state.key().to_owned()));
    }
    let ruled = "select ruling_id from rulings where story_id = $1 and comment_id = $2 limit 1";
    if tx.row(ruled, values![ruling.story, ruling.comment]).await?.is_some() {
        return Err(StoreError::Conflict(RULED_BEFORE.to_owned()));
    }
    Ok(Revision(taken.revision))
}

/// Carries a ruling out in a transaction that may hold more: see [`Store::rule`]. Every ruling goes through here, and none
/// without saying which words were read.
/// `act` is the name under which it is sent again and undone together with others.
pub(crate) async fn carry_out(
    tx: &mut Tx,
    ruling: &Ruling,
    read: Revision,
    id: HappeningId,
    act: Option<&str>,
) -> Result<Happening, StoreError> {
    let taken = take(tx, ruling.story, ruling.comment, ruling.at).await?;
    if Revision(taken.revision) != read {
        return Err(StoreError::Conflict(REWRITTEN.to_owned()));
    }
    // Asked once the comment is taken: what the same press of a button has sent twice at once is carried out once.
    if let Some(act) = act
        && made(tx, act, ruling.story, ruling.comment).await?.is_some()
    {
        return Err(StoreError::Conflict(SENT_BEFORE.to_owned()));
    }
    let order = ordering(tx, ruling).await?;
    may_rule(tx, ruling, taken.stands.state, order.is_some()).await?;
    let next = ruling.decision.after(taken.stands.state);
    let next = next.map_err(|forbidden| StoreError::Conflict(forbidden.state.key().to_owned()))?;
    let (collapsed, links) = match ruling.decision {
        Decision::Release { collapsed, links } => (collapsed, links),
        Decision::Refuse { .. } | Decision::TakeDown { .. } => (taken.stands.collapsed, taken.stands.links),
    };
    let after = Standing { state: next, reason: ruling.decision.reason(), collapsed, links, reports_open: false };
    let number = settle(tx, &taken, after).await?;
    end_statement(tx, (ruling.story, ruling.comment), ruling.at).await?;
    let stated = stated(tx, ruling, &taken, order).await?;
    if ruling.by != RuledBy::OldPaper {
        count_ruling(tx, ruling, &stated).await?;
    }
    let statement = stated.statement;
    let rule = ruling.by.rule();
    tx.run(
        "insert into rulings (ruling_id, story_id, comment_id, decision, by_id, at, why, was, statement, act, rule,
             acting_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        values![
            ruling.id,
            ruling.story,
            ruling.comment,
            json(&ruling.decision)?,
            ruling.by.staff().unwrap_or(NOBODY),
            ruling.at,
            &ruling.why,
            json(&taken.stands)?,
            statement.as_ref().map(json).transpose()?,
            act,
            rule_word(ruling.by),
            rule.map(|acting| acting.under),
        ],
    )
    .await?;
    follow_ruling(tx, (ruling.story, ruling.comment), ruling.id, next, ruling.at).await?;
    let what = what(ruling, &taken, number)?;
    let happening = Happening { id, at: ruling.at, by: ruling.by.into(), what, why: ruling.why.clone() };
    write_down(tx, &happening).await?;
    Ok(happening)
}

/// What stands in a ruling's row where a person would not.
fn rule_word(by: RuledBy) -> Option<&'static str> {
    match by {
        RuledBy::Staff(_) => None,
        RuledBy::Rule(acting) => Some(acting.rule.key()),
        RuledBy::OldPaper => Some(OLD_PAPER),
    }
}

fn what(ruling: &Ruling, taken: &Taken, number: Option<i64>) -> Result<What, StoreError> {
    let (story, comment, by) = (ruling.story, ruling.comment, Some(ruling.id));
    Ok(match ruling.decision {
        // It was public before: nothing new for readers but how it is shown.
        Decision::Release { collapsed, .. } if taken.stands.state == State::Released => {
            What::CommentCollapsed { story, comment, collapsed }
        }
        Decision::Release { .. } => {
            let number = number.ok_or_else(|| StoreError::Broken("released without a number".to_owned()))?;
            What::CommentReleased { story, comment, number, ruling: by }
        }
        Decision::Refuse { reason } => What::CommentRefused { story, comment, reason, ruling: by },
        Decision::TakeDown { reason } => What::CommentTakenDown { story, comment, reason, ruling: by },
    })
}

pub(super) async fn bring_back(
    tx: &mut Tx,
    ruling: RulingId,
    story: StoryId,
    by: Actor,
    now: Timestamp,
) -> Result<CommentId, StoreError> {
    let text = "select comment_id, decision, was, statement from rulings where ruling_id = $1 and story_id = $2";
    let mut row = tx.row(text, values![ruling, story]).await?.ok_or(StoreError::NotFound)?;
    let (comment, decision, was) = (CommentId(row.int(0)?), row.json::<Decision>(1)?, row.json::<Standing>(2)?);
    let stated = row.maybe_text(3)?.map(|text| serde_json::from_str::<Statement>(&text)).transpose();
    let stated = stated.map_err(broken)?;
    // Taken before it is asked which ruling is the last: whoever rules at the same moment is waited for.
    let taken = take(tx, story, comment, now).await?;
    let last = tx.row(LAST, values![story, comment]).await?;
    if last.map(|row| row.int(0)).transpose()? != Some(ruling.0) {
        return Err(StoreError::Conflict("rulings".to_owned()));
    }
    if decision.after(was.state) != Ok(taken.stands.state) {
        return Err(StoreError::Conflict(taken.stands.state.key().to_owned()));
    }
    may_undo(tx, (story, comment), ruling, by).await?;
    let reports_open = was.reports_open || taken.stands.reports_open;
    settle(tx, &taken, Standing { reports_open, ..was }).await?;
    let ended = stated.map(|stated| Statement { end_date: Some(now), ..stated });
    let text = "update rulings set undone_at = $2, undone_by = $3, statement = $4 where ruling_id = $1";
    tx.run(text, values![ruling, now, json(&by)?, ended.as_ref().map(json).transpose()?]).await?;
    resume_statement(tx, (story, comment)).await?;
    count_undo(tx, comment, decision, now).await?;
    follow_undo(tx, (story, comment), ruling, was.state, now).await?;
    Ok(comment)
}

/// Out of the columns of the member of the staff, the rule and its version.
pub(super) fn ruled_by(row: &mut Row, (staff, rule, version): (usize, usize, usize)) -> Result<RuledBy, StoreError> {
    let Some(word) = row.maybe_text(rule)? else { return Ok(RuledBy::Staff(StaffId(row.int(staff)?))) };
    if word == OLD_PAPER {
        return Ok(RuledBy::OldPaper);
    }
    let rule = ActingRule::from_key(&word).ok_or_else(|| StoreError::Broken(format!("no acting rule: {word}")))?;
    Ok(RuledBy::Rule(Acting { rule, under: ActingId(row.maybe_int(version)?.unwrap_or_default()) }))
}

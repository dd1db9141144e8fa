//! A person decides about an objection: another one than whoever had ruled.

use crate::accounts::count_appeal;
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::queue::{carry_out, forget_in_words};
use crate::{Store, StoreError};
use newsroom::comment::{AppealState, RefusalReason, Revision, RuledBy, Ruling, Side};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Role};
use newsroom::{AppealId, CommentId, HappeningId, RulingId, SectionId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// What was decided about an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The ruling stands.
    Upheld,
    /// It is reversed. The rule counts where that takes a comment down.
    Reversed(RefusalReason),
}

/// A decision about an objection.
#[derive(Debug, Clone, PartialEq)]
pub struct AppealDecision {
    /// Which objection.
    pub appeal: AppealId,
    /// By whom.
    pub by: StaffId,
    /// The words of the comment that they read.
    pub read: Revision,
    /// What.
    pub outcome: Outcome,
    /// The answer to whoever objected.
    pub answer: String,
    /// Whoever ruled decides, since nobody else of these roles works here and answers for the story: said on purpose, and
    /// looked up.
    pub alone: Option<Vec<Role>>,
    /// When.
    pub at: Timestamp,
}

/// An objection that is taken to be decided.
struct Taken {
    story: StoryId,
    comment: CommentId,
    side: Side,
    same_person: bool,
}

impl Store {
    /// Decides an objection; a reversal is a ruling of its own, carried out in the same transaction, so that a comment that
    /// was public has its number again and one that never was gets its first.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: `same-person` when whoever decides had ruled and is not alone (or has not said so),
    /// `appeals` when it is not open any more, or the state of a comment that cannot be ruled on this way.
    pub async fn decide_appeal(&self, decision: &AppealDecision) -> Result<Vec<Happening>, StoreError> {
        let ids =
            (RulingId(self.id(decision.at)), HappeningId(self.id(decision.at)), HappeningId(self.id(decision.at)));
        let decision = Arc::new(decision.clone());
        let write = self.engine.write(move |tx| {
            let decision = Arc::clone(&decision);
            Box::pin(async move { decide(tx, &decision, ids).await })
        });
        write.await
    }
}

async fn decide(
    tx: &mut Tx,
    decision: &AppealDecision,
    (ruling, first, second): (RulingId, HappeningId, HappeningId),
) -> Result<Vec<Happening>, StoreError> {
    let taken = take(tx, decision).await?;
    let (story, comment) = (taken.story, taken.comment);
    let (state, reversal) = match decision.outcome {
        Outcome::Upheld => (AppealState::Upheld, None),
        Outcome::Reversed(_) => (AppealState::Reversed, Some(ruling)),
    };
    tx.run(
        "update appeals set state = $2, decided_by = $3, decided_at = $4, answer = $5, same_person = $6, reversal_id = $7
         where appeal_id = $1",
        values![
            decision.appeal,
            state.key(),
            decision.by,
            decision.at,
            &decision.answer,
            taken.same_person,
            reversal,
        ],
    )
    .await?;
    count_appeal(tx, comment, taken.side, state.key(), decision.at).await?;
    let mut happened = Vec::new();
    if let Outcome::Reversed(reason) = decision.outcome {
        let (by, at, why) = (decision.by, decision.at, decision.answer.clone());
        let ruling = Ruling {
            id: ruling,
            story,
            comment,
            decision: taken.side.reversal(reason),
            by: RuledBy::Staff(by),
            at,
            why,
        };
        happened.push(carry_out(tx, &ruling, decision.read, first, None).await?);
        // The answer is for whoever objected. The comment's author is told of the decision, and not of what a reporter is told.
        if taken.side == Side::Reporter {
            forget_in_words(tx, (story, comment), Some(ruling.id)).await?;
        }
    }
    let what = What::AppealDecided { story, comment, appeal: decision.appeal, reversed: reversal.is_some() };
    let (by, why) = (Actor::Staff(decision.by), decision.answer.clone());
    let decided = Happening { id: second, at: decision.at, by, what, why };
    write_down(tx, &decided).await?;
    happened.push(decided);
    Ok(happened)
}

/// The write comes first: whoever decides at the same moment is waited for.
async fn take(tx: &mut Tx, decision: &AppealDecision) -> Result<Taken, StoreError> {
    let text = "update appeals set answer = answer where appeal_id = $1
         returning story_id, comment_id, side, ruling_id, state";
    let mut row = tx.row(text, values![decision.appeal]).await?.ok_or(StoreError::NotFound)?;
    if row.text(4)? != AppealState::Open.key() {
        return Err(StoreError::Conflict("appeals".to_owned()));
    }
    let side = row.text(2)?;
    let side = Side::from_key(&side).ok_or_else(|| StoreError::Broken(format!("no side: {side}")))?;
    let text = "select by_id from rulings where ruling_id = $1";
    let ruled = tx.row(text, values![row.int(3)?]).await?.ok_or(StoreError::NotFound)?;
    let same_person = ruled.int(0)? == decision.by.0;
    let story = StoryId(row.int(0)?);
    if same_person && !is_alone(tx, decision, story).await? {
        return Err(StoreError::Conflict("same-person".to_owned()));
    }
    Ok(Taken { story, comment: CommentId(row.int(1)?), side, same_person })
}

const OTHERS: &str = "select staff_id from staff where role = $1 and staff_id <> $2 and disabled_at is null limit 1";
const OTHERS_THERE: &str = "select staff_id from staff s where role = $1 and staff_id <> $2 and disabled_at is null
         and (not exists (select 1 from staff_sections b where b.staff_id = s.staff_id)
              or exists (select 1 from staff_sections b where b.staff_id = s.staff_id and b.section_id = $3))
     limit 1";

/// Nobody else of the roles that are named works here now and answers for the story.
async fn is_alone(tx: &mut Tx, decision: &AppealDecision, story: StoryId) -> Result<bool, StoreError> {
    let Some(roles) = &decision.alone else { return Ok(false) };
    let row = tx.row("select section_id from stories where story_id = $1", values![story]).await?;
    let section = row.map(|row| row.maybe_int(0)).transpose()?.flatten().map(SectionId);
    for role in roles {
        let somebody = match role.can_be_bound() {
            false => tx.row(OTHERS, values![role.key(), decision.by]).await?,
            true => tx.row(OTHERS_THERE, values![role.key(), decision.by, section.map(|section| section.0)]).await?,
        };
        if somebody.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

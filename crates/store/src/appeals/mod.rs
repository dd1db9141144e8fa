//! Objections to rulings: taken in, read by the desk by their deadline, decided by another person than the first.

mod decide;
mod follow;
mod lists;

pub use decide::{AppealDecision, Outcome};
pub(crate) use follow::{follow_ruling, follow_undo, follow_withdrawal};
pub(crate) use lists::{COUNTED, names};

use crate::accounts::count_appeal;
use crate::comments::{MyAppeal, state};
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::{AppealState, Decision, Side, State, Statement, open_until};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::{AppealId, CommentId, ReportId, RulingId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// An objection as it comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAppeal {
    /// To which ruling.
    pub ruling: RulingId,
    /// Whose.
    pub side: Side,
    /// By which device.
    pub by: Visitor,
    /// The report whose outcome is objected to.
    pub report: Option<ReportId>,
    /// Why, in their words.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// When it is to be decided at the latest.
    pub due_at: Timestamp,
}

/// An objection with the ruling that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Appeal {
    /// Which.
    pub id: AppealId,
    /// Under which story.
    pub story: StoryId,
    /// About which comment.
    pub comment: CommentId,
    /// The story's headline.
    pub headline: String,
    /// Whose objection.
    pub side: Side,
    /// Why, in their words.
    pub text: String,
    /// When it came in, and when it is due.
    pub at: (Timestamp, Timestamp),
    /// How it stands.
    pub state: AppealState,
    /// When it was decided, with the answer to whoever objected.
    pub decided: Option<(Timestamp, String)>,
    /// Whoever had ruled decided it, since nobody else works here.
    pub same_person: bool,
    /// The ruling: by whom, when, what.
    pub ruling: (RulingId, StaffId, Timestamp, Decision),
    /// The name of whoever ruled.
    pub ruled_by: String,
    /// The ruling's reasons.
    pub statement: Option<Statement>,
}

impl Appeal {
    /// What whoever made it is told.
    pub fn for_its_maker(&self) -> MyAppeal {
        let answer = self.decided.as_ref().map(|(_, answer)| answer.clone()).unwrap_or_default();
        MyAppeal { ruling: self.ruling.0, at: self.at, state: self.state, answer, same_person: self.same_person }
    }
}

macro_rules! appeals {
    ($places:expr, $order:expr) => {
        concat!(
            "select q.appeal_id, q.story_id, q.comment_id, s.card, q.side, q.text, q.at, q.due_at, q.state, q.decided_at,
                    q.answer, q.same_person, r.ruling_id, r.by_id, r.at, r.decision, w.name, r.statement
             from (",
            $places,
            ") q join rulings r on r.ruling_id = q.ruling_id
             join stories s on s.story_id = q.story_id
             left join staff w on w.staff_id = r.by_id
             order by ",
            $order
        )
    };
}

/// `theirs!` follows a condition on objections under a name: of the sections that a parameter names, as `,1,2,`; of all where it is empty.
macro_rules! theirs {
    ($of:literal, $parameter:literal) => {
        concat!(
            "(",
            $parameter,
            " = '' or exists (select 1 from stories t where t.story_id = ",
            $of,
            ".story_id
                  and ",
            $parameter,
            " like '%,' || cast(t.section_id as text) || ',%'))"
        )
    };
}
pub(crate) use theirs;

pub(crate) const OPEN: &str = appeals!(
    concat!(
        "select * from appeals where state = 'open' and (due_at, appeal_id) > ($1, $2) and ",
        theirs!("appeals", "$4"),
        " order by due_at, appeal_id limit $3"
    ),
    "q.due_at, q.appeal_id"
);
/// Of the last five hundred.
pub(crate) const DECIDED: &str = appeals!(
    concat!(
        "select * from (select * from appeals where decided_at is not null
             order by decided_at desc, appeal_id desc limit 500) newest where ",
        theirs!("newest", "$2"),
        " order by decided_at desc, appeal_id desc limit $1"
    ),
    "q.decided_at desc, q.appeal_id desc"
);
const ONE: &str = appeals!("select * from appeals where appeal_id = $1", "q.appeal_id");
const OF_RULING: &str = appeals!(
    "select * from appeals where story_id = $1 and comment_id = $2 and ruling_id = $3 and side = $4
         and visitor_id = $5",
    "q.appeal_id"
);
/// Whoever objected to the last ruling may be asked about one that came since: the newest of the comment.
const NEWEST: &str = appeals!(
    "select * from appeals where story_id = $1 and comment_id = $2 and side = $3 and visitor_id = $4
     order by appeal_id desc limit 1",
    "q.appeal_id"
);

impl Store {
    /// Takes an objection in, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: `appeals` when this side has objected to this ruling before, `overtaken` when the ruling
    /// does not hold any more or is none to object to, `late` after six months, `gone` when its
    /// text is not kept any more; [`StoreError::NotFound`].
    pub async fn make_appeal(&self, appeal: &NewAppeal) -> Result<(AppealId, Happening), StoreError> {
        let id = AppealId(self.id(appeal.at));
        let happening_id = newsroom::HappeningId(self.id(appeal.at));
        let appeal = Arc::new(appeal.clone());
        let write = self.engine.write(move |tx| {
            let appeal = Arc::clone(&appeal);
            Box::pin(async move {
                let (story, comment) = objectionable(tx, &appeal).await?;
                let recorded = tx
                    .run(
                        "insert into appeals (appeal_id, story_id, comment_id, ruling_id, side, visitor_id, report_id,
                                              text, at, due_at, state, answer, same_person)
                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', '', 0)
                         on conflict (ruling_id, side, visitor_id) do nothing",
                        values![
                            id,
                            story,
                            comment,
                            appeal.ruling,
                            appeal.side.key(),
                            appeal.by.id,
                            appeal.report,
                            &appeal.text,
                            appeal.at,
                            appeal.due_at,
                        ],
                    )
                    .await?;
                if recorded == 0 {
                    return Err(StoreError::Conflict("appeals".to_owned()));
                }
                count_appeal(tx, comment, appeal.side, "made", appeal.at).await?;
                let what = What::AppealMade { story, comment, appeal: id };
                let by = Actor::Visitor(appeal.by.id);
                let happening = Happening { id: happening_id, at: appeal.at, by, what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// One objection.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn appeal(&self, id: AppealId) -> Result<Appeal, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(appeal).ok_or(StoreError::NotFound)?
    }

    /// The objection of a side to a ruling (`None`: to whichever ruling on the comment it objected to last).
    pub async fn appeal_of(
        &self,
        (story, comment): (StoryId, CommentId),
        ruling: Option<RulingId>,
        side: Side,
        by: Visitor,
    ) -> Result<Option<Appeal>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                match ruling {
                    Some(ruling) => tx.row(OF_RULING, values![story, comment, ruling, side.key(), by.id]).await,
                    None => tx.row(NEWEST, values![story, comment, side.key(), by.id]).await,
                }
            })
        });
        read.await?.map(appeal).transpose()
    }
}

/// The comment of a ruling that can be objected to now. Nobody objects to what is not theirs.
async fn objectionable(tx: &mut Tx, appeal: &NewAppeal) -> Result<(StoryId, CommentId), StoreError> {
    let text = "select r.story_id, r.comment_id, r.decision, r.at, c.state, c.visitor_id, r.undone_at, c.gone_at
         from rulings r join comments c on c.story_id = r.story_id and c.comment_id = r.comment_id
         where r.ruling_id = $1";
    let mut row = tx.row(text, values![appeal.ruling]).await?.ok_or(StoreError::NotFound)?;
    let (story, comment) = (StoryId(row.int(0)?), CommentId(row.int(1)?));
    let (decision, at, stands): (Decision, Timestamp, State) = (row.json(2)?, row.time(3)?, state(row.text(4)?)?);
    if appeal.side == Side::Author && row.int(5)? != appeal.by.id.0 {
        return Err(StoreError::NotFound);
    }
    let last = tx.row(crate::queue::LAST, values![story, comment]).await?.map(|row| row.int(0)).transpose()?;
    let holds = row.maybe_int(6)?.is_none() && last == Some(appeal.ruling.0);
    if row.maybe_int(7)?.is_some() {
        return Err(StoreError::Conflict("gone".to_owned()));
    }
    let ordered = crate::orders::is_held_by_an_order(tx, (story, comment)).await?;
    if !holds || ordered || !appeal.side.may_object_to(decision, stands) {
        return Err(StoreError::Conflict("overtaken".to_owned()));
    }
    if appeal.at > open_until(at) {
        return Err(StoreError::Conflict("late".to_owned()));
    }
    Ok((story, comment))
}

fn appeal(mut row: Row) -> Result<Appeal, StoreError> {
    let face: CardFace = row.json(3)?;
    let (side, stands) = (row.text(4)?, row.text(8)?);
    let decided = match row.maybe_time(9)? {
        Some(at) => Some((at, row.text(10)?)),
        None => None,
    };
    let statement = row.maybe_text(17)?.map(|text| serde_json::from_str(&text));
    Ok(Appeal {
        id: AppealId(row.int(0)?),
        story: StoryId(row.int(1)?),
        comment: CommentId(row.int(2)?),
        headline: face.headline,
        side: Side::from_key(&side).ok_or_else(|| StoreError::Broken(format!("no side: {side}")))?,
        text: row.text(5)?,
        at: (row.time(6)?, row.time(7)?),
        state: AppealState::from_key(&stands).ok_or_else(|| StoreError::Broken(format!("no state: {stands}")))?,
        decided,
        same_person: row.yes(11)?,
        ruling: (RulingId(row.int(12)?), StaffId(row.int(13)?), row.time(14)?, row.json(15)?),
        ruled_by: row.maybe_text(16)?.unwrap_or_default(),
        statement: statement
            .transpose()
            .map_err(|problem: serde_json::Error| StoreError::Broken(problem.to_string()))?,
    })
}

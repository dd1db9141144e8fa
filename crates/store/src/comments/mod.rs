//! Comments as they come in, and what their authors may do with them. What readers see is in [`crate::thread`].

mod change;
mod counters;
mod facts;
mod keep;
mod mine;

pub(crate) use change::{Standing, Taken, settle, take};
pub(crate) use counters::{OnDesk, count_on_desk, count_queues};
pub(crate) use facts::{ANSWERED, FACTS, SENT_SINCE, count_print};
pub(crate) use keep::{FIRST_HAPPENING, OfArchive, keep, keep_from, keep_of_archive};
pub(crate) use mine::MINE;
pub use mine::{Mine, MyAppeal, MyOrder, MyRuling};

use crate::appeals::follow_withdrawal;
use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::networks::SentFrom;
use crate::probes::KnownText;
use crate::queue::end_statement;
use crate::{Store, StoreError};
use moderation::{Alike, Facts, Repeats, StoryFacts, Verdict};
use newsroom::comment::{Held, RefusalReason, State, Submitted};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, HappeningId, StoryId, Timestamp};
use std::sync::Arc;

/// How long a visitor is shown a refusal.
const REFUSAL_SHOWN_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What the store knows about a submission before it is judged.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// Copies seen before.
    pub repeats: Repeats,
    /// Comments of this visitor in the last minute.
    pub sent_last_minute: u32,
    /// And in the last hour.
    pub sent_last_hour: u32,
    /// Headline, standfirst and body of the story without form.
    pub story_text: String,
    /// The story's headline alone.
    pub headline: String,
    /// The slug of the story's section; empty where it has none.
    pub section: String,
    /// The text of the comment that is answered; empty where none is.
    pub parent: String,
    /// Texts of the paper that share runs of words with it, the likeliest first, at most five.
    pub known: Vec<KnownText>,
    /// The day on which it was sent, in UTC: year, month, day.
    pub today: Option<(i16, u8, u8)>,
    /// It is near to the story in meaning; the store does not know, and whoever does says it here.
    pub is_near_the_story: bool,
}

impl Gathered {
    /// The known texts as the engine takes them; for [`Gathered::facts`].
    pub fn alike(&self) -> Vec<Alike<'_>> {
        let known = self.known.iter();
        known.map(|known| Alike { origin: known.origin, title: &known.title, text: &known.text }).collect()
    }

    /// Everything as the engine takes it.
    pub fn facts<'a>(&'a self, alike: &'a [Alike<'a>]) -> Facts<'a> {
        Facts {
            repeats: self.repeats,
            sent_last_minute: self.sent_last_minute,
            sent_last_hour: self.sent_last_hour,
            story: StoryFacts { section: &self.section, headline: &self.headline, text: &self.story_text },
            parent: &self.parent,
            alike,
            today: self.today,
            is_near_the_story: self.is_near_the_story,
        }
    }
}

/// A visitor's own comment, for that visitor only.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnComment {
    /// Which comment.
    pub id: CommentId,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Its state.
    pub state: State,
    /// By which rule it was refused or taken down.
    pub reason: Option<RefusalReason>,
    /// When it was sent.
    pub received_at: Timestamp,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// The comment it answers.
    pub reply_to: Option<CommentId>,
}

pub(crate) const OWN: &str = "select comment_id, name, text, state, reason, received_at, number, reply_to from comments
     where story_id = $1 and visitor_id = $2 and state in ('held', 'refused') and (state = 'held' or changed_at >= $3)
         and not exists (select 1 from order_comments x where x.story_id = comments.story_id
                         and x.comment_id = comments.comment_id and x.restored_at is null)
     order by received_at desc, comment_id desc limit 50";

impl Store {
    /// Everything the engine is told about a submission before it judges it: one read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn facts_about(&self, submitted: &Submitted) -> Result<Gathered, StoreError> {
        let submitted = Arc::new(submitted.clone());
        let read = self.engine.glance(move |tx| {
            let submitted = Arc::clone(&submitted);
            Box::pin(async move { facts::gather(tx, &submitted).await })
        });
        read.await
    }

    /// Keeps a comment with its verdict, its happening, its search row and every counter: one transaction.
    /// Keeping the same id twice changes nothing and gives the first happening back.
    pub async fn keep_comment(&self, held: &Held) -> Result<Happening, StoreError> {
        self.keep_comment_from(held, None).await
    }

    /// The same, with the network from where it came.
    pub async fn keep_comment_from(&self, held: &Held, from: Option<&SentFrom>) -> Result<Happening, StoreError> {
        let (held, from) = (Arc::new(held.clone()), from.map(|from| Arc::new(from.clone())));
        let id = HappeningId(self.id(held.submitted.at));
        let write = self.engine.write(move |tx| {
            let (held, from) = (Arc::clone(&held), from.clone());
            Box::pin(async move { keep_from(tx, &held, from.as_deref(), id).await })
        });
        write.await
    }

    /// Replaces the text of the visitor's own waiting comment; the earlier text is kept as a revision. The comment keeps its
    /// place: what it answers and when it came in stay as they were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs or no longer waits.
    pub async fn rewrite_comment(&self, held: &Held) -> Result<Happening, StoreError> {
        let held = Arc::new(held.clone());
        let submitted = &held.submitted;
        let what = What::CommentRewritten { story: submitted.story, comment: submitted.id };
        let happening = self.happening(Actor::Visitor(submitted.visitor.id), what, "", submitted.at);
        let write = self.engine.write(move |tx| {
            let (held, happening) = (Arc::clone(&held), happening.clone());
            Box::pin(async move {
                keep::rewrite(tx, &held).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The visitor takes the comment back, waiting or public.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs or is neither waiting nor public.
    pub async fn withdraw_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        visitor: Visitor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentWithdrawn { story, comment };
        let happening = self.happening(Actor::Visitor(visitor.id), what, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let taken = take(tx, story, comment, now).await?;
                if taken.visitor != visitor.id || !matches!(taken.stands.state, State::Held | State::Released) {
                    return Err(StoreError::NotFound);
                }
                let after = Standing { state: State::Withdrawn, reason: None, ..taken.stands };
                settle(tx, &taken, after).await?;
                end_statement(tx, (story, comment), now).await?;
                follow_withdrawal(tx, (story, comment), now).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The visitor's own comments under a story that are not public (waiting, and those refused in the last 30 days),
    /// newest first, at most 50.
    pub async fn own_comments(
        &self,
        story: StoryId,
        visitor: Visitor,
        now: Timestamp,
    ) -> Result<Vec<OwnComment>, StoreError> {
        let since = now.as_millisecond() - REFUSAL_SHOWN_MS;
        let read = self
            .engine
            .glance(move |tx| Box::pin(async move { tx.rows(OWN, values![story, visitor.id, since]).await }));
        read.await?.into_iter().map(own).collect()
    }

    /// One comment of the visitor's own, in whatever state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none or it is not theirs.
    pub async fn own_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        visitor: Visitor,
    ) -> Result<OwnComment, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                tx.row(
                    "select comment_id, name, text, state, reason, received_at, number, reply_to from comments
                     where story_id = $1 and comment_id = $2 and visitor_id = $3",
                    values![story, comment, visitor.id],
                )
                .await
            })
        });
        read.await?.map(own).ok_or(StoreError::NotFound)?
    }

    /// The verdict that stands beside a comment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment.
    pub async fn verdict_of(&self, story: StoryId, comment: CommentId) -> Result<Verdict, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select verdict from comments where story_id = $1 and comment_id = $2";
                tx.row(text, values![story, comment]).await
            })
        });
        read.await?.ok_or(StoreError::NotFound)?.json(0)
    }
}

fn own(mut row: Row) -> Result<OwnComment, StoreError> {
    Ok(OwnComment {
        id: CommentId(row.int(0)?),
        name: row.text(1)?,
        text: row.text(2)?,
        state: state(row.text(3)?)?,
        reason: reason(row.maybe_text(4)?)?,
        received_at: row.time(5)?,
        number: row.maybe_int(6)?,
        reply_to: row.maybe_int(7)?.map(CommentId),
    })
}

/// The state a stored word stands for.
pub(crate) fn state(word: String) -> Result<State, StoreError> {
    State::from_key(&word).ok_or_else(|| StoreError::Broken(format!("no state of a comment: {word}")))
}

/// The house rule a stored word stands for.
pub(crate) fn reason(word: Option<String>) -> Result<Option<RefusalReason>, StoreError> {
    let Some(word) = word else { return Ok(None) };
    let known = RefusalReason::from_key(&word);
    known.map(Some).ok_or_else(|| StoreError::Broken(format!("no reason of a refusal: {word}")))
}

//! What keeps a story back: the clock that could not publish it, a reason of law, and what an editor says is in order.

use crate::engine::{Value, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::Point;
use newsroom::{StoryId, Timestamp};

impl Store {
    /// Takes a story from the clock that may not be published when its minute came, and writes down why not.
    pub async fn hold_up(
        &self,
        story: StoryId,
        goes_at: Timestamp,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let text = "update stories set goes_at = null, touched_at = $3, held_up_at = $3, held_up_why = $4
             where story_id = $1 and goes_at = $2";
        self.note_held_up(text, story, goes_at, why, now).await
    }

    /// Writes down that a story could not be published when its minute came, though it may be: it is tried again. Nothing
    /// where the same is written down already.
    pub async fn note_failed_publication(
        &self,
        story: StoryId,
        goes_at: Timestamp,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let text = "update stories set held_up_at = $3, held_up_why = $4
             where story_id = $1 and goes_at = $2 and (held_up_why is null or held_up_why <> $4)";
        self.note_held_up(text, story, goes_at, why, now).await
    }

    async fn note_held_up(
        &self,
        text: &'static str,
        story: StoryId,
        goes_at: Timestamp,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::StoryHeldUp { story }, why, now);
        self.change(text, values![story, goes_at, now, why].to_vec(), happening).await
    }

    /// Nothing of a story goes public from now on, for a reason of law; a minute that the clock had for it is taken away, and
    /// kept beside the reason.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is held already, or not there.
    pub async fn hold_story(
        &self,
        story: StoryId,
        why: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StoryHeld { story, held: true }, why, now);
        let staff = match by {
            Actor::Staff(id) => Some(id),
            Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => None,
        };
        let text = "update stories set hold_why = $2, hold_by = $3, hold_at = $4, touched_at = $4,
                 hold_goes_at = goes_at, goes_at = null
             where story_id = $1 and hold_why is null";
        let done = self.change(text, values![story, why, staff, now].to_vec(), happening).await?;
        done.ok_or_else(|| StoreError::Conflict("legal-hold".to_owned()))
    }

    /// The reason of law is over; why, in the words of whoever says so.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not held, or not there.
    pub async fn lift_hold(
        &self,
        story: StoryId,
        why: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StoryHeld { story, held: false }, why, now);
        let text =
            "update stories set hold_why = null, hold_by = null, hold_at = null, hold_goes_at = null, touched_at = $2
             where story_id = $1 and hold_why is not null";
        let done = self.change(text, values![story, now].to_vec(), happening).await?;
        done.ok_or_else(|| StoreError::Conflict("legal-hold".to_owned()))
    }

    /// Changes a story's row and writes the happening down; neither where there is nothing to change.
    async fn change(
        &self,
        text: &'static str,
        given: Vec<Value>,
        happening: Happening,
    ) -> Result<Option<Happening>, StoreError> {
        let write = self.engine.write(move |tx| {
            let (given, happening) = (given.clone(), happening.clone());
            Box::pin(async move {
                if tx.run(text, &given).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// An editor says that a point of the paper's list is met at a story, or takes that back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn tick_story(
        &self,
        story: StoryId,
        (point, met): (Point, bool),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StoryTicked { story, point, met }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                // The write comes first and holds the row.
                let text = "update stories set touched_at = $2 where story_id = $1 returning ticked";
                let mut row = tx.row(text, values![story, now]).await?.ok_or(StoreError::NotFound)?;
                let was = row.text(0)?;
                let mut ticked: Vec<&str> = was.split_whitespace().filter(|key| *key != point.key()).collect();
                if met {
                    ticked.push(point.key());
                }
                tx.run("update stories set ticked = $2 where story_id = $1", values![story, ticked.join(" ")]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

//! How a story goes on its way before it is public: from stage to stage, into somebody's hands, to a minute of the clock.

use super::{places, rows};
use crate::engine::values;
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{Published, Stage};
use newsroom::{StaffId, StoryId, Timestamp};
use std::sync::Arc;

pub(crate) const TO_GO: &str = "select story_id, goes_at from stories
     where goes_at is not null and goes_at <= $1 and (goes_at, story_id) > ($2, $3) and state = 'draft'
     order by goes_at, story_id limit $4";

impl Store {
    /// Takes a story that is not public from one stage to another. One that is killed, or written on again, is taken from
    /// the clock.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is in another stage by now, or public.
    pub async fn move_story(
        &self,
        story: StoryId,
        (from, to): (Stage, Stage),
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = match (from, to) {
            (Stage::Idea, Stage::Writing) => What::StoryTakenUp { story },
            _ => What::StoryMoved { story, stage: to },
        };
        let happening = self.happening(by, what, why, now);
        let why = (to == Stage::Killed).then(|| why.to_owned());
        let write = self.engine.write(move |tx| {
            let (happening, why) = (happening.clone(), why.clone());
            Box::pin(async move {
                let keeps_time = i64::from(matches!(to, Stage::Proof | Stage::Ready));
                let text = "update stories set stage = $3, killed_why = $4, touched_at = $5,
                         goes_at = case when $6 = 1 then goes_at else null end,
                         held_up_at = case when $3 = 'killed' then null else held_up_at end,
                         held_up_why = case when $3 = 'killed' then null else held_up_why end
                     where story_id = $1 and stage = $2 and state = 'draft'";
                if tx.run(text, values![story, from.key(), to.key(), why, now, keeps_time]).await? == 0 {
                    return Err(StoreError::Conflict("stage".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Gives a story to somebody, or to nobody, to be ready at a time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not there or public by now.
    pub async fn assign_story(
        &self,
        story: StoryId,
        (to, due): (Option<StaffId>, Option<Timestamp>),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StoryAssigned { story, to, due }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update stories set assigned_to = $2, due_at = $3, touched_at = $4
                     where story_id = $1 and state = 'draft'";
                if tx.run(text, values![story, to, due, now]).await? == 0 {
                    return Err(StoreError::Conflict("state".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Gives an idea that nobody was given to whoever takes it; by when it is due stays.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody has it by now, or it is no idea any more.
    pub async fn take_idea(
        &self,
        story: StoryId,
        due: Option<Timestamp>,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::StoryAssigned { story, to: Some(by), due };
        let happening = self.happening(Actor::Staff(by), what, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update stories set assigned_to = $2, touched_at = $3
                     where story_id = $1 and state = 'draft' and stage = 'idea' and assigned_to is null";
                if tx.run(text, values![story, by, now]).await? == 0 {
                    return Err(StoreError::Conflict("assigned_to".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Says when the clock publishes a story, and before which minute nobody does; none of a time takes it away.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not there, killed or public by now, or a minute is set that the law forbids.
    pub async fn time_story(
        &self,
        story: StoryId,
        (goes_at, embargo): (Option<Timestamp>, Option<Timestamp>),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::StoryTimed { story, goes_at, embargo }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update stories set goes_at = $2, embargo_until = $3, touched_at = $4, held_up_at = null,
                         held_up_why = null
                     where story_id = $1 and state = 'draft' and stage <> 'killed'
                     and ($5 = 0 or hold_why is null)";
                let timed = i64::from(goes_at.is_some());
                if tx.run(text, values![story, goes_at, embargo, now, timed]).await? == 0 {
                    return Err(StoreError::Conflict("state".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The stories whose minute has come, the earliest first, from after `after` (exclusive).
    pub async fn stories_to_go(
        &self,
        now: Timestamp,
        after: Option<(StoryId, Timestamp)>,
        limit: u32,
    ) -> Result<Vec<(StoryId, Timestamp)>, StoreError> {
        let (story, time) = after.map_or((0, i64::MIN), |(story, time)| (story.0, time.as_millisecond()));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(TO_GO, values![now, time, story, i64::from(limit)]).await }));
        read.await?.into_iter().map(|row| Ok((StoryId(row.int(0)?), row.time(1)?))).collect()
    }

    /// Publishes a story because its minute has come; nothing when another process did, or somebody took it from the clock
    /// or wrote on it since it was read under this number. However many processes try, it is published once.
    pub async fn publish_on_time(
        &self,
        published: &Published,
        read: i64,
        goes_at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let published = Arc::new(published.clone());
        let revision = self.id(now);
        let happening = self.happening(Actor::Program, What::StoryPublished { story: published.id }, "", now);
        let write = self.engine.write(move |tx| {
            let (published, happening) = (Arc::clone(&published), happening.clone());
            Box::pin(async move {
                // The write comes first: another process that is at it holds the row until the story is no draft any more.
                let text = "update stories set goes_at = null
                     where story_id = $1 and goes_at = $2 and version = $3 and state = 'draft'";
                if tx.run(text, values![published.id, goes_at, read]).await? == 0 {
                    return Ok(None);
                }
                let before = places::take(tx, published.id, read, now).await?;
                let stored = places::place(tx, &published, before, now).await?;
                rows::keep_revision(tx, &stored, revision, Actor::Program, now).await?;
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}

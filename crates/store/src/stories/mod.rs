//! Stories: drafts, publication, correction, withdrawal. A card of each is kept ready for lists.

#[macro_use]
mod worked;
mod brought;
mod find;
mod held;
mod lines;
mod links;
mod notes;
#[macro_use]
mod plan;
mod opened;
mod places;
mod replace;
mod revisions;
mod rows;
mod slugs;
mod sought;
mod steps;
mod writing;

pub(crate) use brought::bring_published;
pub use find::Found;
pub(crate) use find::{BY_FOLDED, BY_SLUG};
pub use lines::StoryLine;
use lines::line;
pub(crate) use lines::{LINES, LINES_ASSIGNED_TO, LINES_BEGUN_BY, LINES_OF_SECTION, lines_text};
pub(crate) use links::{ANSWERING, each_language_once};
pub use links::{LinkedStory, Links};
pub(crate) use notes::{NOTES_OF_STORY, steps_text};
pub use notes::{NoteStep, StoryNote};
pub use opened::{OpenNow, Opened};
pub(crate) use places::{CORRECTIONS, day};
pub(crate) use plan::{DUE, EMBARGOED, HELD_UP, IDEAS, IN_HAND, LATE, OPEN_IDEAS, TIMED};
pub use plan::{Planned, Sees, Which};
pub use replace::CameLater;
pub(crate) use revisions::REVISIONS;
pub use revisions::{Kind as RevisionKind, RevisionLine};
pub(crate) use rows::{OUTSIDE, face_of, keep_draft_row, story as story_in};
pub(crate) use sought::{IN_STATE, LOOKED_THROUGH, UNDER_EMBARGO, words_texts};
pub use sought::{InState, Sought, SoughtLines};
pub(crate) use steps::TO_GO;
pub use writing::{OnDesk, Saved, Writing};

use crate::engine::values;
use crate::happenings::write_down;
use crate::pictures::{drop_card, note_taken_back, text_as_readers_see};
use crate::search::{drop_story_words, make_desk_words};
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{Change, CommentPolicy, Draft, Published, Story, Withdrawn};
use newsroom::{StoryId, Timestamp};
use std::sync::Arc;

impl Store {
    /// Keeps a new or changed draft.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of its state when the story is no draft any more.
    pub async fn keep_draft(&self, draft: &Draft, by: Actor, now: Timestamp) -> Result<Happening, StoreError> {
        let draft = Arc::new(draft.clone());
        let happening = self.happening(by, What::StoryDrafted { story: draft.id }, "", now);
        let write = self.engine.write(move |tx| {
            let (draft, happening) = (Arc::clone(&draft), happening.clone());
            Box::pin(async move {
                keep_draft_row(tx, &draft, now).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Publishes: text, revision, slug (made unique with `-2`, `-3`; the one given back in the address is the stored one),
    /// lists, tags, writers, search row and happening in one transaction. Also restores a withdrawn story.
    pub async fn publish(
        &self,
        published: &Published,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<(Published, Happening), StoreError> {
        self.publish_as_read(published, places::ANY, by, why, now).await
    }

    /// The same, if nothing was written on the story since it was read under this number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when something was.
    pub async fn publish_as_read(
        &self,
        published: &Published,
        read: i64,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<(Published, Happening), StoreError> {
        let published = Arc::new(published.clone());
        let revision = self.id(now);
        let happening = self.happening(by, What::StoryPublished { story: published.id }, why, now);
        let write = self.engine.write(move |tx| {
            let (published, happening) = (Arc::clone(&published), happening.clone());
            Box::pin(async move {
                let before = places::take(tx, published.id, read, now).await?;
                let stored = places::place(tx, &published, before, now).await?;
                rows::keep_revision(tx, &stored, revision, by, now).await?;
                write_down(tx, &happening).await?;
                Ok((stored, happening))
            })
        });
        write.await
    }

    /// Keeps a corrected story.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story or it is not public.
    pub async fn correct(
        &self,
        published: &Published,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::StoryCorrected { story: published.id };
        self.replace(published, places::ANY, self.happening(by, what, why, now)).await
    }

    /// Gives readers another text of a public story, as it was read under this number, and writes down what kind of change it
    /// was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not public, [`StoreError::Conflict`] when something was written since.
    pub async fn change_as_read(
        &self,
        published: &Published,
        read: i64,
        change: Change,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let story = published.id;
        let what = match change {
            Change::Correction => What::StoryCorrected { story },
            Change::Update => What::StoryUpdated { story },
            Change::Minor => What::StoryChanged { story },
        };
        self.replace(published, read, self.happening(by, what, "", now)).await
    }

    async fn replace(&self, published: &Published, read: i64, happening: Happening) -> Result<Happening, StoreError> {
        let published = Arc::new(published.clone());
        let (by, now) = (happening.by, happening.at);
        let revision = self.id(now);
        let write = self.engine.write(move |tx| {
            let (published, happening) = (Arc::clone(&published), happening.clone());
            Box::pin(async move {
                let before = places::take(tx, published.id, read, now).await?;
                if !before.as_ref().is_some_and(places::Before::is_public) {
                    return Err(StoreError::NotFound);
                }
                let stored = places::place(tx, &published, before, now).await?;
                rows::keep_revision(tx, &stored, revision, by, now).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Takes a story out of every list; its address stays and answers "withdrawn".
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story or it is not public.
    pub async fn withdraw(&self, withdrawn: &Withdrawn, by: Actor, why: &str) -> Result<Happening, StoreError> {
        let (story, at, note) = (withdrawn.was.id, withdrawn.withdrawn_at, withdrawn.note.clone());
        let happening = self.happening(by, What::StoryWithdrawn { story }, why, at);
        let write = self.engine.write(move |tx| {
            let (note, happening) = (note.clone(), happening.clone());
            Box::pin(async move {
                let text = "update stories set state = 'withdrawn', withdrawn_at = $2, withdrawn_note = $3,
                         led_at = null, touched_at = $2
                     where story_id = $1 and state = 'published' returning published_at";
                let row = tx.row(text, values![story, at, note]).await?.ok_or(StoreError::NotFound)?;
                places::unlist(tx, story, row.maybe_time(0)?).await?;
                drop_story_words(tx, story).await?;
                drop_card(tx, story, at).await?;
                make_desk_words(tx, story).await?;
                note_taken_back(tx, story).await?;
                links::note_taken_back(tx, story).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Changes what readers may do under a story.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn set_comment_policy(
        &self,
        story: StoryId,
        policy: CommentPolicy,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::CommentPolicyChanged { story }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update stories set comment_policy = $2,
                         touched_at = case when state = 'outside' then 0 else cast($3 as bigint) end where story_id = $1";
                if tx.run(text, values![story, policy.key(), now]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Puts a story at the head of the front page until another one is put there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story or it is not public.
    pub async fn lead_with(&self, story: StoryId, now: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let others = "update stories set led_at = null where led_at is not null and story_id <> $1";
                tx.run(others, values![story]).await?;
                let text = "update stories set led_at = $2 where story_id = $1 and state = 'published'";
                tx.run(text, values![story, now]).await
            })
        });
        if write.await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// A story in whatever state it is. For the newsroom only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn story(&self, id: StoryId) -> Result<Story, StoreError> {
        self.engine.read(move |tx| Box::pin(rows::story(tx, id))).await
    }

    /// A story by its id; a public one without the pictures that readers are not shown.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn story_as_readers_see(&self, id: StoryId) -> Result<Story, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let mut story = rows::story(tx, id).await?;
                if let Story::Published(published) = &mut story {
                    text_as_readers_see(tx, &mut published.text).await?;
                }
                Ok(story)
            })
        });
        read.await
    }

    /// What stands at an address, as readers see it: exact slug first, then an old slug, then the short id, then the folded
    /// slug. Drafts are never found here, nor pictures that readers are not shown.
    pub async fn find_story(&self, slug_or_id: &str) -> Result<Option<Found>, StoreError> {
        let asked = slug_or_id.to_owned();
        let read = self.engine.glance(move |tx| {
            let asked = asked.clone();
            Box::pin(async move {
                let mut found = find::find(tx, &asked).await?;
                if let Some(Found::Here(story)) = &mut found
                    && let Story::Published(published) = story.as_mut()
                {
                    text_as_readers_see(tx, &mut published.text).await?;
                }
                Ok(found)
            })
        });
        read.await
    }
}

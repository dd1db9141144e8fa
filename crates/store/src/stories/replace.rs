//! One picture in place of another, in everything that a story says: what readers have, and what is written on it. And files in
//! the places of pictures that wait for them.

use super::revisions::{Kind, keep_working_revision};
use super::{places, rows};
use crate::engine::{Tx, json, values};
use crate::happenings::write_down;
use crate::pictures::{note_withdrawn, note_written};
use crate::search::keep_desk_words;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{Draft, Instead, Published, Story, StoryText};
use newsroom::{StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// A file that came for a picture of stories that waited for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameLater {
    /// As what stories know the picture until its file is there.
    pub of: String,
    /// Its name in the library.
    pub name: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Who replaces (nobody: the program), when, and the numbers of the earlier texts that are kept of it.
#[derive(Debug, Clone, Copy)]
struct Hand {
    by: Option<StaffId>,
    now: Timestamp,
    revisions: [i64; 2],
}

impl Store {
    /// Puts a picture in place of another one in a story, if nothing was written on it since it was read under this number.
    /// Readers get it at once where they had the other one; what is written beside that goes on under a new number, so that
    /// whoever has it open is told.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when something was written since, or with `legal-hold` where readers have the story and
    /// nothing of it goes public; [`StoreError::NotFound`] when the other one is not in it.
    pub async fn replace_picture(
        &self,
        (story, read): (StoryId, i64),
        of: &str,
        instead: &Instead,
        (by, now): (StaffId, Timestamp),
    ) -> Result<Happening, StoreError> {
        let what = What::PictureReplaced { story, name: of.to_owned(), with: instead.picture.file.clone() };
        let happening = self.happening(Actor::Staff(by), what, "", now);
        let hand = Hand { by: Some(by), now, revisions: [self.id(now), self.id(now)] };
        let (of, instead) = (of.to_owned(), Arc::new(instead.clone()));
        let write = self.engine.write(move |tx| {
            let (of, instead, happening) = (of.clone(), Arc::clone(&instead), happening.clone());
            Box::pin(async move {
                let before = places::take(tx, story, read, now).await?;
                let (stands, written) = (rows::story(tx, story).await?, rows::working_text(tx, story).await?);
                let (mut text, mut written) = (stands.text().clone(), written);
                let in_written = written.as_mut().is_some_and(|written| written.put_instead(&of, &instead));
                if !text.put_instead(&of, &instead) && !in_written {
                    return Err(StoreError::NotFound);
                }
                keep(tx, stands, text, before, hand).await?;
                if let Some(written) = written {
                    write_beside(tx, story, &written, hand).await?;
                }
                let text = "update stories set saved_by = $2, saved_at = $3 where story_id = $1";
                tx.run(text, values![story, by, now]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Puts files in the places of pictures of a story that wait for them, in what readers have and in what is written on it,
    /// whatever was written meanwhile; of each that found a place what happened. The words with a picture stay as they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no picture of it waits for any; [`StoreError::Conflict`] with `legal-hold` where readers have
    /// the story and nothing of it goes public.
    pub async fn supply_pictures(
        &self,
        story: StoryId,
        came: &[CameLater],
        now: Timestamp,
    ) -> Result<Vec<Happening>, StoreError> {
        let told = |one: &CameLater| {
            let what = What::PictureReplaced { story, name: one.of.clone(), with: one.name.clone() };
            (one.clone(), self.happening(Actor::Program, what, "", now))
        };
        let came: Arc<Vec<_>> = Arc::new(came.iter().map(told).collect());
        let hand = Hand { by: None, now, revisions: [self.id(now), self.id(now)] };
        let write = self.engine.write(move |tx| {
            let came = Arc::clone(&came);
            Box::pin(async move {
                let before = places::take(tx, story, places::ANY, now).await?;
                let (stands, mut written) = (rows::story(tx, story).await?, rows::working_text(tx, story).await?);
                let mut text = stands.text().clone();
                let mut happened = Vec::new();
                for (CameLater { of, name, size }, happening) in came.iter() {
                    let in_written = written.as_mut().is_some_and(|written| written.supply(of, (name.as_str(), *size)));
                    if text.supply(of, (name.as_str(), *size)) || in_written {
                        happened.push(happening.clone());
                    }
                }
                if happened.is_empty() {
                    return Err(StoreError::NotFound);
                }
                keep(tx, stands, text, before, hand).await?;
                if let Some(written) = written {
                    write_beside(tx, story, &written, hand).await?;
                }
                for happening in &happened {
                    write_down(tx, happening).await?;
                }
                Ok(happened)
            })
        });
        write.await
    }
}

/// Keeps the text of a story in the state in which it stands, and beside the earlier ones.
async fn keep(
    tx: &mut Tx,
    stands: Story,
    text: StoryText,
    before: Option<places::Before>,
    hand: Hand,
) -> Result<(), StoreError> {
    let (now, revision) = (hand.now, hand.revisions[0]);
    match stands {
        Story::Draft(draft) => {
            let draft = Draft { text, ..draft };
            rows::keep_draft_row(tx, &draft, now).await?;
            keep_revision(tx, (draft.id, revision), &draft.text, hand).await
        }
        Story::Published(published) => {
            let published = Published { text, ..published };
            let stored = places::place(tx, &published, before, now).await?;
            rows::keep_revision(tx, &stored, revision, hand.by.map_or(Actor::Program, Actor::Staff), now).await
        }
        Story::Withdrawn(withdrawn) => {
            let (story, section) = (withdrawn.was.id, rows::section_of(tx, &text).await?);
            let face = json(&rows::face(&text, section))?;
            let sql = "update stories set text = $2, card = $3, plain = $4 where story_id = $1";
            tx.run(sql, values![story, json(&text)?, face, text.plain_text()]).await?;
            note_withdrawn(tx, story, &text).await?;
            keep_desk_words(tx, story, &text).await?;
            keep_revision(tx, (story, revision), &text, hand).await
        }
    }
}

/// Keeps what is written on a story that was public, beside what readers have.
async fn write_beside(tx: &mut Tx, story: StoryId, written: &StoryText, hand: Hand) -> Result<(), StoreError> {
    rows::keep_working_text(tx, story, written).await?;
    note_written(tx, story, written).await?;
    keep_revision(tx, (story, hand.revisions[1]), written, hand).await
}

/// Beside the earlier texts that somebody kept. What the program puts in is none of them.
async fn keep_revision(
    tx: &mut Tx,
    (story, revision): (StoryId, i64),
    said: &StoryText,
    hand: Hand,
) -> Result<(), StoreError> {
    match hand.by {
        Some(by) => keep_working_revision(tx, (story, revision), Kind::Kept, said, by, hand.now).await,
        None => Ok(()),
    }
}

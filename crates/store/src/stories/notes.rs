//! What colleagues note at a story, answer, settle and open again. Every one of these is a row; how many notes are open is
//! kept beside the story. Nothing here is read for readers.

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::NewNote;
use newsroom::{NoteId, StaffId, StoryId, Timestamp};

/// So many steps are read below a note.
const MOST_STEPS: i64 = 50;

/// A note, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryNote {
    /// Which.
    pub id: NoteId,
    /// Whose, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What is noted.
    pub text: String,
    /// The words of the story that it is about; empty: the whole story.
    pub quote: String,
    /// The block in which they stood.
    pub block: Option<usize>,
    /// Nobody has settled it.
    pub open: bool,
    /// What was answered, and how it was settled and opened again, in order.
    pub steps: Vec<NoteStep>,
}

/// Something that came of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteStep {
    /// A word: `answer`, `settled`, `reopened`.
    pub kind: String,
    /// Whose, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was answered.
    pub text: String,
}

pub(crate) const NOTES_OF_STORY: &str = "select n.note_id, coalesce(f.name, ''), n.at, n.text, n.quote, n.block, n.open
     from story_notes n left join staff f on f.staff_id = n.by_id
     where n.story_id = $1 and n.open = $2 and n.kind = 'note' order by n.note_id desc limit $3";

pub(crate) const NOTES_BELOW: &str = "select n.kind, coalesce(f.name, ''), n.at, n.text
     from story_notes n left join staff f on f.staff_id = n.by_id
     where n.root_id = $1 and n.kind <> 'note' order by n.note_id limit $2";

const INSERT: &str = "insert into story_notes
         (note_id, story_id, root_id, kind, by_id, at, text, quote, block, open)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

impl Store {
    /// Keeps a note.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn note_story(
        &self,
        story: StoryId,
        note: &NewNote,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(NoteId, Happening), StoreError> {
        let (id, note) = (NoteId(self.id(now)), note.clone());
        let happening = self.happening(Actor::Staff(by), What::StoryNoted { story, note: id }, "", now);
        let write = self.engine.write(move |tx| {
            let (note, happening) = (note.clone(), happening.clone());
            Box::pin(async move {
                count(tx, story, 1).await?;
                let block = note.block.and_then(|block| i64::try_from(block).ok());
                let row = values![id, story, id, "note", by, now, note.text, note.quote, block, 1];
                tx.run(INSERT, row).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Keeps an answer to a note.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such note at the story.
    pub async fn answer_note(
        &self,
        (story, note): (StoryId, NoteId),
        text: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, text) = (NoteId(self.id(now)), text.to_owned());
        let happening = self.happening(Actor::Staff(by), What::NoteAnswered { story, note }, "", now);
        let write = self.engine.write(move |tx| {
            let (text, happening) = (text.clone(), happening.clone());
            Box::pin(async move {
                let known = "select note_id from story_notes where note_id = $1 and story_id = $2 and kind = 'note'";
                tx.row(known, values![note, story]).await?.ok_or(StoreError::NotFound)?;
                let block: Option<i64> = None;
                tx.run(INSERT, values![id, story, note, "answer", by, now, text, "", block, 0]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Says that what was noted is settled, or open again.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is that already, or there is no such note at the story.
    pub async fn settle_note(
        &self,
        (story, note): (StoryId, NoteId),
        settled: bool,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let id = NoteId(self.id(now));
        let happening = self.happening(Actor::Staff(by), What::NoteSettled { story, note, settled }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update story_notes set open = $3
                     where note_id = $1 and story_id = $2 and kind = 'note' and open = $4";
                if tx.run(text, values![note, story, i64::from(!settled), i64::from(settled)]).await? == 0 {
                    return Err(StoreError::Conflict("note".to_owned()));
                }
                count(tx, story, if settled { -1 } else { 1 }).await?;
                let (kind, block) = (if settled { "settled" } else { "reopened" }, None::<i64>);
                tx.run(INSERT, values![id, story, note, kind, by, now, "", "", block, 0]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The last notes of a story, those that are open or those that are settled, the last first.
    pub async fn notes_of_story(&self, story: StoryId, open: bool, limit: u32) -> Result<Vec<StoryNote>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let rows = tx.rows(NOTES_OF_STORY, values![story, i64::from(open), i64::from(limit)]).await?;
                let mut notes = Vec::with_capacity(rows.len());
                for row in rows {
                    let mut note = note(row)?;
                    let steps = tx.rows(NOTES_BELOW, values![note.id, MOST_STEPS]).await?;
                    note.steps = steps.into_iter().map(step).collect::<Result<_, _>>()?;
                    notes.push(note);
                }
                Ok(notes)
            })
        });
        read.await
    }
}

/// The story's number of open notes, with this one more or less; its row is held from here on.
async fn count(tx: &mut Tx, story: StoryId, more: i64) -> Result<(), StoreError> {
    let text = "update stories set open_notes = open_notes + $2 where story_id = $1";
    if tx.run(text, values![story, more]).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

fn note(mut row: Row) -> Result<StoryNote, StoreError> {
    Ok(StoryNote {
        id: NoteId(row.int(0)?),
        by: row.text(1)?,
        at: row.time(2)?,
        text: row.text(3)?,
        quote: row.text(4)?,
        block: row.maybe_int(5)?.and_then(|block| usize::try_from(block).ok()),
        open: row.yes(6)?,
        steps: Vec::new(),
    })
}

fn step(mut row: Row) -> Result<NoteStep, StoreError> {
    Ok(NoteStep { kind: row.text(0)?, by: row.text(1)?, at: row.time(2)?, text: row.text(3)? })
}

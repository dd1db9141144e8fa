//! What colleagues note at a story, answer, settle and open again. Every one of these is a row; how many notes are open is
//! kept beside the story. Nothing here is read for readers.

use crate::engine::{Row, Tx, Value, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::NewNote;
use newsroom::{NoteId, StaffId, StoryId, Timestamp};
use std::collections::BTreeMap;

/// So many steps are shown below a note: the last ones.
const MOST_STEPS: usize = 50;
/// One more is read, to know whether there are earlier ones.
const READ_STEPS: i64 = 51;
/// So many notes have their steps read in one statement.
const AT_ONCE: usize = 51;

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
    /// What was answered, and how it was settled and opened again, in order; of many the last.
    pub steps: Vec<NoteStep>,
    /// There are earlier ones than these.
    pub earlier: bool,
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

/// The statement by which [`read_steps`] asks for the last steps below some notes: `$1` of each named by `$2` and on.
pub(crate) fn steps_text(notes: usize) -> String {
    let of = |n: usize| {
        format!(
            "select * from (select n.kind, coalesce(f.name, '') as name, n.at, n.text, n.root_id, n.note_id
                 from story_notes n left join staff f on f.staff_id = n.by_id
                 where n.root_id = ${} and n.kind <> 'note' order by n.note_id desc limit $1) as newest",
            n + 2
        )
    };
    (0..notes).map(of).collect::<Vec<_>>().join(" union all ")
}

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
                let mut notes = rows.into_iter().map(note).collect::<Result<Vec<_>, _>>()?;
                read_steps(tx, &mut notes).await?;
                Ok(notes)
            })
        });
        read.await
    }
}

/// Puts below each note what came of it.
async fn read_steps(tx: &mut Tx, notes: &mut [StoryNote]) -> Result<(), StoreError> {
    let mut below = BTreeMap::<i64, BTreeMap<i64, NoteStep>>::new();
    for some in notes.chunks(AT_ONCE) {
        let given = std::iter::once(READ_STEPS).chain(some.iter().map(|note| note.id.0));
        let given: Vec<Value> = given.map(Value::from).collect();
        for row in tx.rows(&steps_text(some.len()), &given).await? {
            let (root, id) = (row.int(4)?, row.int(5)?);
            below.entry(root).or_default().insert(id, step(row)?);
        }
    }
    for note in notes {
        note.steps = below.remove(&note.id.0).unwrap_or_default().into_values().collect();
        note.earlier = note.steps.len() > MOST_STEPS;
        if note.earlier {
            note.steps.remove(0);
        }
    }
    Ok(())
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
        earlier: false,
    })
}

fn step(mut row: Row) -> Result<NoteStep, StoreError> {
    Ok(NoteStep { kind: row.text(0)?, by: row.text(1)?, at: row.time(2)?, text: row.text(3)? })
}

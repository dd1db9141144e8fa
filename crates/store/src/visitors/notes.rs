//! What the staff writes down about a visitor.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{NoteId, StaffId, Timestamp, VisitorId};

/// Notes shown of one visitor.
const SHOWN: i64 = 100;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// Which one.
    pub id: NoteId,
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

pub(crate) const OF_VISITOR: &str = "select note_id, by_id, at, text from visitor_notes where visitor_id = $1
     order by note_id desc limit $2";

impl Store {
    /// Writes something down about a visitor.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such visitor.
    pub async fn note_visitor(
        &self,
        visitor: VisitorId,
        by: StaffId,
        text: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, text) = (NoteId(self.id(now)), text.to_owned());
        let happening = self.happening(Actor::Staff(by), What::VisitorNoted { visitor }, "", now);
        let write = self.engine.write(move |tx| {
            let (text, happening) = (text.clone(), happening.clone());
            Box::pin(async move {
                super::measures::there_is(tx, visitor).await?;
                tx.run(
                    "insert into visitor_notes (note_id, visitor_id, by_id, at, text) values ($1, $2, $3, $4, $5)",
                    values![id, visitor, by, now, text],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The last hundred notes about a visitor, newest first.
    pub async fn notes_of(&self, visitor: VisitorId) -> Result<Vec<NoteLine>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(OF_VISITOR, values![visitor, SHOWN]).await }));
        let note = |mut row: Row| {
            Ok(NoteLine { id: NoteId(row.int(0)?), by: StaffId(row.int(1)?), at: row.time(2)?, text: row.text(3)? })
        };
        read.await?.into_iter().map(note).collect()
    }
}

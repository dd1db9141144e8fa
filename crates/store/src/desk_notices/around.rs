//! What is asked around a happening, to know whom it concerns.

use crate::engine::{Tx, Value, values};
use crate::queue::in_section;
use crate::{Store, StoreError};
use newsroom::people::Actor;
use newsroom::{NoteId, SectionId, StaffId, StoryId, Timestamp};

pub(crate) const TIMED_BY: &str = "select by_actor from happenings where story_id = $1 and kind = 'story-timed'
     order by happening_id desc limit 1";
pub(crate) const WAITING_SINCE: &str = "select count(*) from (
         select 1 as one from comments where state = 'held' and received_at + 0 > 0 and received_at + 0 <= $1
         limit $2) few";
/// The same in one section, by its own queue.
pub(crate) const WAITING_IN: &str = "select count(*) from (
         select 1 as one from queue_places where queue = $1 and received_at <= $2 limit $3) few";
/// Colleagues below one note that are looked at.
const MOST_BELOW: i64 = 50;

impl Store {
    /// Who set a story's minute last, where a colleague did.
    pub async fn timed_by(&self, story: StoryId) -> Result<Option<StaffId>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(TIMED_BY, values![story]).await }));
        let Some(mut row) = read.await? else { return Ok(None) };
        Ok(match row.json(0)? {
            Actor::Staff(staff) => Some(staff),
            Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => None,
        })
    }

    /// Who wrote a note, and who answered it or settled it.
    pub async fn at_note(&self, note: NoteId) -> Result<Vec<StaffId>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select by_id from story_notes where root_id = $1 order by note_id limit $2";
                tx.rows(text, values![note, MOST_BELOW]).await
            })
        });
        read.await?.iter().map(|row| row.int(0).map(StaffId)).collect()
    }

    /// How many comments have waited since a time, in these sections where somebody is bound to some; counted to `most`.
    ///
    /// # Errors
    /// When the engine cannot answer.
    pub async fn waiting_since(
        &self,
        since: Timestamp,
        sections: Option<&[SectionId]>,
        most: u32,
    ) -> Result<i64, StoreError> {
        let (queues, most) = (sections.map(|ids| ids.iter().map(|id| in_section(*id)).collect()), i64::from(most));
        let read = self.engine.read(move |tx| {
            let queues: Option<Vec<String>> = queues.clone();
            Box::pin(async move {
                let Some(queues) = queues else { return count(tx, WAITING_SINCE, values![since, most]).await };
                let mut all = 0;
                for queue in queues {
                    all += count(tx, WAITING_IN, values![queue, since, most - all]).await?;
                }
                Ok(all)
            })
        });
        read.await
    }
}

async fn count(tx: &mut Tx, text: &str, given: &[Value]) -> Result<i64, StoreError> {
    tx.row(text, given).await?.ok_or(StoreError::NotFound)?.int(0)
}

//! What is asked around a happening, to know whom it concerns.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::people::Actor;
use newsroom::{NoteId, SectionId, StaffId, StoryId, Timestamp};

pub(crate) const TIMED_BY: &str = "select by_actor from happenings where story_id = $1 and kind = 'story-timed'
     order by happening_id desc limit 1";
pub(crate) const WAITING_SINCE: &str = "select s.section_id from (
         select story_id from comments where state = 'held' and received_at + 0 <= $1
         order by received_at + 0 limit $2
     ) few join stories s on s.story_id = few.story_id";
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

    /// The sections under whose stories comments have waited since a time, one for each comment, `limit` at most.
    pub async fn waiting_since(&self, since: Timestamp, limit: u32) -> Result<Vec<Option<SectionId>>, StoreError> {
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(WAITING_SINCE, values![since, i64::from(limit)]).await }));
        read.await?.iter().map(|row| Ok(row.maybe_int(0)?.map(SectionId))).collect()
    }
}

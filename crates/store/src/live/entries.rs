//! Updates as they are written, put right and removed. Whoever writes one holds the row of its coverage first, so that two
//! come one after the other and none comes after the end. No text of an update is ever lost: what it said before is a row.

use super::{conflict, may_be_covered};
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::happening::{Happening, What};
use newsroom::ids::first_id_at;
use newsroom::live::NewEntry;
use newsroom::people::Actor;
use newsroom::{LiveEntryId, StaffId, StoryId, Timestamp};

/// The same words by the same hand within so long are the same press.
const SAME_PRESS: SignedDuration = SignedDuration::from_mins(1);

pub(crate) const NEWEST: &str = "select entry_id, by_id, headline, text, at, removed_at, important from live_entries
     where story_id = $1 and entry_id > $2 order by entry_id desc limit 1";

impl Store {
    /// Puts an update before readers, while the story is covered. Nothing has happened where the same press came twice.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the coverage is over (`live_coverages`), or the story is not public any more or is
    /// held (`stories`).
    pub async fn write_live_entry(
        &self,
        story: StoryId,
        new: &NewEntry,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(LiveEntryId, Option<Happening>), StoreError> {
        let (entry, new) = (LiveEntryId(self.id(now)), new.clone());
        let happening = self.happening(Actor::Staff(by), What::LiveEntryWritten { story, entry }, "", now);
        let write = self.engine.write(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                let text = "update live_coverages set changed_at = $2
                     where story_id = $1 and ended_at is null and until_at > $2";
                if tx.run(text, values![story, now]).await? == 0 {
                    return Err(conflict("live_coverages"));
                }
                may_be_covered(tx, story).await?;
                if let Some(there) = same_press(tx, story, &new, (by, now)).await? {
                    return Ok((there, None));
                }
                let text =
                    "insert into live_entries (entry_id, story_id, headline, text, important, at, by_id, revision)
                     values ($1, $2, $3, $4, $5, $6, $7, 0)";
                tx.run(text, values![entry, story, new.headline, new.text, new.important, now, by]).await?;
                write_down(tx, &happening).await?;
                Ok((entry, Some(happening)))
            })
        });
        write.await
    }

    /// Puts an update right, also after the coverage; what it said stays as a row. Nothing has happened where it says the
    /// same.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has another text than was read, or is removed (`live_entries`), or the story is
    /// held or not public (`stories`).
    pub async fn change_live_entry(
        &self,
        (story, entry): (StoryId, LiveEntryId),
        read: i64,
        new: &NewEntry,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let new = new.clone();
        let happening = self.happening(Actor::Staff(by), What::LiveEntryChanged { story, entry }, "", now);
        let write = self.engine.write(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                let hold = "update live_entries set revision = revision + 1
                     where entry_id = $1 and story_id = $2 and revision = $3 and removed_at is null";
                if tx.run(hold, values![entry, story, read]).await? == 0 {
                    return Err(conflict("live_entries"));
                }
                may_be_covered(tx, story).await?;
                if says_the_same(tx, entry, &new).await? {
                    let back = "update live_entries set revision = $2 where entry_id = $1";
                    tx.run(back, values![entry, read]).await?;
                    return Ok(None);
                }
                put_right(tx, entry, &new, (by, now)).await?;
                let text = "update live_coverages set changed_at = $2 where coverage_id =
                     (select coverage_id from live_coverages where story_id = $1 order by coverage_id desc limit 1)";
                tx.run(text, values![story, now]).await?;
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// Removes an update from readers' sight: that there was one stays at its place, its words stay with the paper.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is removed already, or not there.
    pub async fn remove_live_entry(
        &self,
        (story, entry): (StoryId, LiveEntryId),
        why: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let why = why.to_owned();
        let happening = self.happening(Actor::Staff(by), What::LiveEntryRemoved { story, entry }, &why, now);
        let write = self.engine.write(move |tx| {
            let (why, happening) = (why.clone(), happening.clone());
            Box::pin(async move {
                let text = "update live_entries set removed_at = $3, removed_by = $4, removed_why = $5
                     where entry_id = $1 and story_id = $2 and removed_at is null";
                if tx.run(text, values![entry, story, now, by, why]).await? == 0 {
                    return Err(conflict("live_entries"));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

/// The newest update, when it is this one: the button was pressed twice.
async fn same_press(
    tx: &mut Tx,
    story: StoryId,
    new: &NewEntry,
    (by, now): (StaffId, Timestamp),
) -> Result<Option<LiveEntryId>, StoreError> {
    let before = first_id_at(now.saturating_sub(SAME_PRESS).unwrap_or(now)) - 1;
    let Some(mut row) = tx.row(NEWEST, values![story, before]).await? else { return Ok(None) };
    let same = row.int(1)? == by.0
        && row.text(2)? == new.headline
        && row.text(3)? == new.text
        && (row.int(6)? == 1) == new.important
        && now.duration_since(row.time(4)?) < SAME_PRESS
        && row.maybe_time(5)?.is_none();
    Ok(same.then_some(LiveEntryId(row.int(0)?)))
}

async fn says_the_same(tx: &mut Tx, entry: LiveEntryId, new: &NewEntry) -> Result<bool, StoreError> {
    let text = "select headline, text, important from live_entries where entry_id = $1";
    let mut row = tx.row(text, values![entry]).await?.ok_or(StoreError::NotFound)?;
    Ok(row.text(0)? == new.headline && row.text(1)? == new.text && row.yes(2)? == new.important)
}

/// The text as it was becomes a row; the new one stands in its place. The number of the text is the new one's already.
async fn put_right(
    tx: &mut Tx,
    entry: LiveEntryId,
    new: &NewEntry,
    (by, now): (StaffId, Timestamp),
) -> Result<(), StoreError> {
    let text = "insert into live_entry_revisions (entry_id, revision, headline, text, important, at, by_id)
         select entry_id, revision - 1, headline, text, important, coalesce(edited_at, at), coalesce(edited_by, by_id)
         from live_entries where entry_id = $1";
    tx.run(text, values![entry]).await?;
    let text = "update live_entries set headline = $2, text = $3, important = $4, edited_at = $5, edited_by = $6
         where entry_id = $1";
    tx.run(text, values![entry, &new.headline, &new.text, new.important, now, by]).await?;
    Ok(())
}

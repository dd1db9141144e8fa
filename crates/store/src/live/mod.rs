//! Live coverage of stories: for how long a story is covered, and the updates under it. One coverage of a story is open at
//! most; a later one begins where the same updates are. What readers may see of updates leaves through
//! [`Store::live_page`] and [`Store::live_entry`] alone, which read no word of one that was removed.

mod entries;
mod pages;

pub use pages::{DeskEntry, EarlierText, LiveEntry, LivePage, LivePlace, Removed, Shows};

pub(crate) use entries::NEWEST;
pub(crate) use pages::{ABOVE, BELOW, DESK_BELOW, DESK_ONE, EARLIER};

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{CoverageId, StaffId, StoryId, Timestamp};

pub(crate) const NEWEST_COVERAGE: &str =
    "select c.coverage_id, c.story_id, b.name, c.since_at, c.opened_at, c.until_at,
         c.ended_at, c.ended_by, e.name, c.changed_at
     from live_coverages c left join staff b on b.staff_id = c.by_id left join staff e on e.staff_id = c.ended_by
     where c.story_id = $1 order by c.coverage_id desc limit 1";
pub(crate) const OVER: &str = "select coverage_id, story_id from live_coverages
     where ended_at is null and until_at <= $1 order by until_at limit $2";

/// Readers may have what is written on the story: it is public, and no reason of law keeps it back.
const MAY_BE_COVERED: &str = "select story_id from stories
     where story_id = $1 and state = 'published' and hold_why is null";

/// For how long a story is covered, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Which.
    pub id: CoverageId,
    /// The story.
    pub story: StoryId,
    /// Who opened it, by name.
    pub by: String,
    /// When the story was covered first.
    pub since: Timestamp,
    /// When this coverage was opened.
    pub opened_at: Timestamp,
    /// Until when it is open, or was to be.
    pub until: Timestamp,
    /// When it came to its end; none while that is not written down.
    pub ended_at: Option<Timestamp>,
    /// Who ended it; none: it ended by itself.
    pub ended_by: Option<String>,
    /// When readers got the last update, or another text of one.
    pub changed_at: Option<Timestamp>,
}

impl Coverage {
    /// Updates can be written.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.until
    }

    /// When it came to its end, or is to.
    pub fn end(&self) -> Timestamp {
        self.ended_at.unwrap_or(self.until)
    }
}

impl Store {
    /// The coverage of a story that is open, or was last.
    pub async fn coverage_of(&self, story: StoryId) -> Result<Option<Coverage>, StoreError> {
        let read = self.engine.glance(move |tx| Box::pin(async move { tx.row(NEWEST_COVERAGE, values![story]).await }));
        read.await?.map(coverage).transpose()
    }

    /// Opens the coverage of a public story until a time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is open already (`live_coverages`), or the story is not public or is held
    /// (`stories`).
    pub async fn open_coverage(
        &self,
        story: StoryId,
        until: Timestamp,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(CoverageId, Happening), StoreError> {
        let id = CoverageId(self.id(now));
        let opened = What::CoverageOpened { story, coverage: id, until };
        let happening = self.happening(Actor::Staff(by), opened, "", now);
        let write = self.engine.write_alone(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                may_be_covered(tx, story).await?;
                let was = tx.row(NEWEST_COVERAGE, values![story]).await?.map(coverage).transpose()?;
                if was.as_ref().is_some_and(|was| was.is_open(now)) {
                    return Err(conflict("live_coverages"));
                }
                let since = was.map_or(now, |was| was.since);
                let text = "insert into live_coverages (coverage_id, story_id, by_id, since_at, opened_at, until_at)
                     values ($1, $2, $3, $4, $5, $6)";
                tx.run(text, values![id, story, by, since, now, until]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Gives an open coverage another end.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not open, or has another end than was seen.
    pub async fn prolong_coverage(
        &self,
        (story, coverage): (StoryId, CoverageId),
        (seen, until): (Timestamp, Timestamp),
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::CoverageProlonged { story, coverage, until }, "", now);
        let text = "update live_coverages set until_at = $4
             where coverage_id = $1 and story_id = $2 and until_at = $3 and ended_at is null and until_at > $5";
        let given = values![coverage, story, seen, until, now].to_vec();
        let write = self.engine.write(move |tx| {
            let (given, happening) = (given.clone(), happening.clone());
            Box::pin(async move {
                if tx.run(text, &given).await? == 0 {
                    return Err(conflict("live_coverages"));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Ends a coverage before its time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has ended.
    pub async fn end_coverage(
        &self,
        (story, coverage): (StoryId, CoverageId),
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::CoverageEnded { story, coverage }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update live_coverages set ended_at = $3, ended_by = $4
                     where coverage_id = $1 and story_id = $2 and ended_at is null and until_at > $3";
                if tx.run(text, values![coverage, story, now, by]).await? == 0 {
                    return Err(conflict("live_coverages"));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Coverages whose time is over and of which that is not written down yet, with their stories.
    pub async fn coverages_over(&self, now: Timestamp, limit: u32) -> Result<Vec<(StoryId, CoverageId)>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(OVER, values![now, i64::from(limit)]).await }));
        read.await?.into_iter().map(|row| Ok((StoryId(row.int(1)?), CoverageId(row.int(0)?)))).collect()
    }

    /// Writes down that a coverage has come to its end; nothing when another process did, or somebody changed its end.
    pub async fn end_coverage_on_time(
        &self,
        (story, coverage): (StoryId, CoverageId),
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::CoverageEnded { story, coverage }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update live_coverages set ended_at = until_at
                     where coverage_id = $1 and ended_at is null and until_at <= $2";
                if tx.run(text, values![coverage, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}

fn conflict(with: &str) -> StoreError {
    StoreError::Conflict(with.to_owned())
}

/// Readers may be given something under the story; a story that is held, or not public, gets nothing new.
async fn may_be_covered(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    tx.row(MAY_BE_COVERED, values![story]).await?.map(|_| ()).ok_or_else(|| conflict("stories"))
}

fn coverage(mut row: Row) -> Result<Coverage, StoreError> {
    Ok(Coverage {
        id: CoverageId(row.int(0)?),
        story: StoryId(row.int(1)?),
        by: row.maybe_text(2)?.unwrap_or_default(),
        since: row.time(3)?,
        opened_at: row.time(4)?,
        until: row.time(5)?,
        ended_at: row.maybe_time(6)?,
        ended_by: row.maybe_int(7)?.map(|_| row.maybe_text(8)).transpose()?.map(Option::unwrap_or_default),
        changed_at: row.maybe_time(9)?,
    })
}

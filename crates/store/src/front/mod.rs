//! Front pages as editors lay them out. A launch is a row and never changed but once: when readers get it, or when it is taken
//! from the clock. The page that readers have is the one launched last.

mod draft;
mod launch;

pub use draft::{FrontDraft, SavedDraft, Turn};
pub use launch::NewLaunch;

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::front::Layout;
use newsroom::{LaunchId, StaffId, Timestamp};

macro_rules! launches {
    ($rest:literal) => {
        concat!(
            "select l.launch_id, l.layout, l.by_id, s.name, l.made_at, l.goes_at, l.launched_at
             from front_launches l left join staff s on s.staff_id = l.by_id ",
            $rest
        )
    };
}

pub(crate) const IN_FORCE: &str =
    launches!("where l.launched_at is not null order by l.launched_at desc, l.launch_id desc limit 1");
pub(crate) const LAUNCHED: &str = launches!(
    "where l.launched_at is not null and (l.launched_at, l.launch_id) < ($1, $2)
     order by l.launched_at desc, l.launch_id desc limit $3"
);
pub(crate) const WAITING: &str = launches!(
    "where l.launched_at is null and l.called_off_at is null and l.goes_at <= $1
     order by l.goes_at, l.launch_id limit $2"
);
const ONE: &str = launches!("where l.launch_id = $1");

/// A front page that was launched, or is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Launch {
    /// Which.
    pub id: LaunchId,
    /// What stands where.
    pub layout: Layout,
    /// Who laid it out; none: the program.
    pub by: Option<StaffId>,
    /// Their name; empty for the program.
    pub by_name: String,
    /// When it was laid out.
    pub made_at: Timestamp,
    /// When the clock launches it, or did.
    pub goes_at: Option<Timestamp>,
    /// Since when readers have or had it.
    pub launched_at: Option<Timestamp>,
}

impl Store {
    /// The front page that readers have; none while nobody has launched one.
    pub async fn front_in_force(&self) -> Result<Option<Launch>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(IN_FORCE, values![]).await }));
        read.await?.map(launch_of).transpose()
    }

    /// One of them.
    pub async fn front_launch(&self, id: LaunchId) -> Result<Option<Launch>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(launch_of).transpose()
    }

    /// Pages that readers have or had, the last one first, from before a launch (exclusive).
    pub async fn front_launches(
        &self,
        before: Option<(Timestamp, LaunchId)>,
        limit: u32,
    ) -> Result<Vec<Launch>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_millisecond(), id.0));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(LAUNCHED, values![at, id, i64::from(limit)]).await }));
        read.await?.into_iter().map(launch_of).collect()
    }

    /// Pages that wait for their minute, the next one first: those of which it has come by a time, or all.
    pub async fn fronts_waiting(&self, by: Option<Timestamp>, limit: u32) -> Result<Vec<Launch>, StoreError> {
        let by = by.map_or(i64::MAX, Timestamp::as_millisecond);
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(WAITING, values![by, i64::from(limit)]).await }));
        read.await?.into_iter().map(launch_of).collect()
    }
}

pub(crate) fn launch_of(mut row: Row) -> Result<Launch, StoreError> {
    Ok(Launch {
        id: LaunchId(row.int(0)?),
        layout: row.json(1)?,
        by: row.maybe_int(2)?.map(StaffId),
        by_name: row.maybe_text(3)?.unwrap_or_default(),
        made_at: row.time(4)?,
        goes_at: row.maybe_time(5)?,
        launched_at: row.maybe_time(6)?,
    })
}

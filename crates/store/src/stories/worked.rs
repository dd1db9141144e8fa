//! The columns in which the work on a story stands.

use super::rows::no_such_word;
use crate::StoreError;
use crate::engine::Row;
use newsroom::story::{HeldUp, LegalHold, Point, Stage, Work};
use newsroom::{StaffId, Timestamp};

/// The columns that [`work`] reads, of `stories s`.
macro_rules! work_columns {
    () => {
        "s.stage, s.begun_by, s.assigned_to, s.due_at, s.embargo_until, s.goes_at, s.killed_why, s.held_up_at,
         s.held_up_why, s.hold_why, s.hold_by, s.hold_at, s.hold_goes_at, s.open_notes, s.ticked"
    };
}

/// The work on a story: fifteen columns from `first` on.
pub(super) fn work(row: &mut Row, first: usize) -> Result<Work, StoreError> {
    let stage = row.text(first)?;
    Ok(Work {
        stage: Stage::from_key(&stage).ok_or_else(|| no_such_word(&stage))?,
        begun_by: row.maybe_int(first + 1)?.map(StaffId),
        assigned_to: row.maybe_int(first + 2)?.map(StaffId),
        due_at: row.maybe_time(first + 3)?,
        embargo_until: row.maybe_time(first + 4)?,
        goes_at: row.maybe_time(first + 5)?,
        killed_why: row.maybe_text(first + 6)?.unwrap_or_default(),
        held_up: held_up(row.maybe_time(first + 7)?, row.maybe_text(first + 8)?),
        legal_hold: legal_hold(row, first + 9)?,
        open_notes: u64::try_from(row.int(first + 13)?).unwrap_or_default(),
        ticked: row.text(first + 14)?.split_whitespace().filter_map(Point::from_key).collect(),
    })
}

fn held_up(at: Option<Timestamp>, why: Option<String>) -> Option<HeldUp> {
    at.map(|at| HeldUp { at, why: why.unwrap_or_default() })
}

fn legal_hold(row: &mut Row, first: usize) -> Result<Option<LegalHold>, StoreError> {
    let (why, by, at) = (row.maybe_text(first)?, row.maybe_int(first + 1)?.map(StaffId), row.maybe_time(first + 2)?);
    let goes_at = row.maybe_time(first + 3)?;
    Ok(why.map(|why| LegalHold { why, by, at: at.unwrap_or(Timestamp::UNIX_EPOCH), goes_at }))
}

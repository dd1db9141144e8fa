//! The paper as it was printed: its issues by number and day. Readers have those that are public; their files stand part by
//! part in [`files`], so that nobody who reads one has a whole one in memory.

mod files;
mod steps;

pub use files::{IssueFile, NewIssueFile, PART_BYTES, PastFile};
pub(crate) use files::{PAGE, PART, PAST, WAITING};
pub(crate) use steps::TO_GO;

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use jiff::civil::Date;
use newsroom::{IssueFileId, IssueId, StaffId, Timestamp};

macro_rules! issues {
    ($rest:literal) => {
        concat!(
            "select i.issue_id, i.number, i.slug, i.day, i.state, i.by_id, coalesce(b.name, ''), i.made_at, i.goes_at,
                 i.published_at, i.withdrawn_at, coalesce(w.name, ''), i.withdrawn_why, i.version,
                 f.file_id, f.name, f.bytes, f.print, f.pages, f.width, f.height, f.drawn, f.acts, f.at
             from issues i join issue_files f on f.file_id = i.file_id
                 left join staff b on b.staff_id = i.by_id left join staff w on w.staff_id = i.withdrawn_by ",
            $rest
        )
    };
}

pub(crate) const BY_SLUG: &str = issues!("where i.slug = $1");
pub(crate) const MOVED: &str = issues!(
    "where i.issue_id =
         (select issue_id from former_numbers where slug = $1 order by until_at desc, issue_id desc limit 1)"
);
pub(crate) const PUBLIC: &str = issues!(
    "where i.state = 'public' and (i.day, i.issue_id) < ($1, $2) order by i.day desc, i.issue_id desc limit $3"
);
pub(crate) const NEXT: &str = "select number, slug from issues
     where state = 'public' and (day, issue_id) > ($1, $2) order by day, issue_id limit 1";
pub(crate) const PREVIOUS: &str = "select number, slug from issues
     where state = 'public' and (day, issue_id) < ($1, $2) order by day desc, issue_id desc limit 1";
pub(crate) const FIRST_DAY: &str = "select day from issues where state = 'public' order by day, issue_id limit 1";
pub(crate) const LAST_DAY: &str =
    "select day from issues where state = 'public' order by day desc, issue_id desc limit 1";
pub(crate) const OF_DESK: &str = issues!("where i.issue_id < $1 order by i.issue_id desc limit $2");

/// An issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Which.
    pub id: IssueId,
    /// Its number as it was typed.
    pub number: String,
    /// Its number as addresses have it.
    pub slug: String,
    /// The day that stands on it.
    pub day: Date,
    /// Who has it.
    pub stands: Stands,
    /// Who put it in, by id and name.
    pub by: (StaffId, String),
    /// When.
    pub made_at: Timestamp,
    /// Its file.
    pub file: IssueFile,
    /// Grows with each change.
    pub version: i64,
}

/// Who has an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// The desk alone; the clock has it for a minute, or nobody said when.
    Draft {
        /// The minute.
        goes_at: Option<Timestamp>,
    },
    /// Readers.
    Public {
        /// Since when.
        since: Timestamp,
    },
    /// Readers had it, and are told why no longer.
    Withdrawn {
        /// Since when.
        at: Timestamp,
        /// Who took it back.
        by: String,
        /// What readers are told.
        why: String,
    },
}

/// Another issue, for a link: its number and the number as addresses have it.
pub type Beside = Option<(String, String)>;

impl Store {
    /// An issue by its number as addresses have it, whoever has it.
    pub async fn issue_of_number(&self, slug: &str) -> Result<Option<Issue>, StoreError> {
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move { tx.row(BY_SLUG, values![slug]).await })
        });
        read.await?.map(issue).transpose()
    }

    /// The issue that was the last to be known by this, before its number was put right. Readers had it, or have it.
    pub async fn issue_moved(&self, slug: &str) -> Result<Option<Issue>, StoreError> {
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move { tx.row(MOVED, values![slug]).await })
        });
        read.await?.map(issue).transpose()
    }

    /// Public issues from before a place (exclusive), the latest day first. A place is a day and an issue of it.
    pub async fn public_issues(&self, before: Option<(Date, IssueId)>, limit: u32) -> Result<Vec<Issue>, StoreError> {
        let (day, id) = place(before);
        let read = self.engine.read(move |tx| {
            let day = day.clone();
            Box::pin(async move { tx.rows(PUBLIC, values![day, id, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(issue).collect()
    }

    /// The public issues before and after one.
    pub async fn issues_beside(&self, day: Date, id: IssueId) -> Result<(Beside, Beside), StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let before = tx.row(PREVIOUS, values![day.to_string(), id]).await?;
                Ok((before, tx.row(NEXT, values![day.to_string(), id]).await?))
            })
        });
        let named = |row: Option<Row>| row.map(|mut row| Ok((row.text(0)?, row.text(1)?))).transpose();
        let (before, after) = read.await?;
        Ok((named(before)?, named(after)?))
    }

    /// The days of the first and the last public issue; none while there is no issue.
    pub async fn issue_days(&self) -> Result<Option<(Date, Date)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move { Ok((tx.row(FIRST_DAY, values![]).await?, tx.row(LAST_DAY, values![]).await?)) })
        });
        match read.await? {
            (Some(mut first), Some(mut last)) => Ok(Some((day(&first.text(0)?)?, day(&last.text(0)?)?))),
            _ => Ok(None),
        }
    }

    /// Every issue from before one (exclusive), the one that came in last first.
    pub async fn issues(&self, before: Option<IssueId>, limit: u32) -> Result<Vec<Issue>, StoreError> {
        let before = before.unwrap_or(IssueId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(OF_DESK, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(issue).collect()
    }

    /// One issue.
    pub async fn issue(&self, id: IssueId) -> Result<Option<Issue>, StoreError> {
        const ONE: &str = issues!("where i.issue_id = $1");
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(issue).transpose()
    }
}

/// A place before which issues are read; without one, behind the last.
fn place(before: Option<(Date, IssueId)>) -> (String, IssueId) {
    before.map_or(("9999-12-31".to_owned(), IssueId(i64::MAX)), |(day, id)| (day.to_string(), id))
}

fn issue(mut row: Row) -> Result<Issue, StoreError> {
    let stands = stands(&mut row)?;
    Ok(Issue {
        id: IssueId(row.int(0)?),
        number: row.text(1)?,
        slug: row.text(2)?,
        day: day(&row.text(3)?)?,
        by: (StaffId(row.int(5)?), row.text(6)?),
        made_at: row.time(7)?,
        version: row.int(13)?,
        file: IssueFile {
            id: IssueFileId(row.int(14)?),
            name: row.text(15)?,
            bytes: whole(&row, 16)?,
            print: row.text(17)?,
            pages: whole(&row, 18)?,
            size: (whole(&row, 19)?, whole(&row, 20)?),
            drawn: row.yes(21)?,
            acts: row.yes(22)?,
            at: row.time(23)?,
        },
        stands,
    })
}

fn stands(row: &mut Row) -> Result<Stands, StoreError> {
    match row.text(4)?.as_str() {
        "draft" => Ok(Stands::Draft { goes_at: row.maybe_time(8)? }),
        "public" => Ok(Stands::Public { since: row.time(9)? }),
        "withdrawn" => {
            Ok(Stands::Withdrawn { at: row.time(10)?, by: row.text(11)?, why: row.maybe_text(12)?.unwrap_or_default() })
        }
        other => Err(StoreError::Broken(format!("no state of an issue: {other}"))),
    }
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Broken(format!("no day of an issue: {text}")))
}

/// A number that is never below nothing.
fn whole<N: TryFrom<i64>>(row: &Row, column: usize) -> Result<N, StoreError> {
    N::try_from(row.int(column)?).map_err(|_| StoreError::Broken(format!("column {column} is below nothing")))
}

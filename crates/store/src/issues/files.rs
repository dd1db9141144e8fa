//! Files of issues, part by part, and their first pages as pictures. A file that is replaced leaves a row that says what it
//! was and why, and no byte.

use super::whole;
use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::{IssueFileId, IssueId, StaffId, Timestamp};
use std::sync::Arc;

/// Bytes of a part; the last one of a file may be shorter.
pub const PART_BYTES: usize = 256 * 1024;
/// Parts that go in one transaction: others wait for it.
const PARTS_AT_ONCE: usize = 16;

pub(crate) const PART: &str = "select bytes from issue_parts where file_id = $1 and part = $2";
pub(crate) const PAGE: &str = "select bytes from issue_pages where file_id = $1 and width = $2";
pub(crate) const PAST: &str =
    "select f.file_id, f.name, f.bytes, f.at, f.replaced_at, coalesce(s.name, ''), f.replaced_why
     from issue_files f left join staff s on s.staff_id = f.replaced_by
     where f.issue_id = $1 and f.replaced_at is not null order by f.file_id desc limit $2";
pub(crate) const WAITING: &str =
    "select file_id from issue_files where issue_id is null and at < $1 order by at limit $2";

/// A file as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueFile {
    /// Which.
    pub id: IssueFileId,
    /// As its sender called it.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of them, in hexadecimal.
    pub print: String,
    /// Its pages.
    pub pages: u32,
    /// Width and height of its first page as a picture, in pixels.
    pub size: (u32, u32),
    /// That picture is the page; or the page could not be drawn, and something stands in.
    pub drawn: bool,
    /// Something in it acts when it is opened.
    pub acts: bool,
    /// When it came.
    pub at: Timestamp,
}

/// A file that came in and was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssueFile {
    /// As its sender called it.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// SHA-256 of it, in hexadecimal.
    pub print: String,
    /// Its pages.
    pub pages: u32,
    /// Width and height of its first page as a picture, in pixels.
    pub size: (u32, u32),
    /// That picture is the page.
    pub drawn: bool,
    /// Something in it acts when it is opened.
    pub acts: bool,
    /// The picture in its widths: pixels and bytes.
    pub pictures: Vec<(u32, Vec<u8>)>,
}

/// A file in whose place another one stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastFile {
    /// As its sender called it.
    pub name: String,
    /// How many bytes it had.
    pub bytes: u64,
    /// When it came.
    pub at: Timestamp,
    /// When it was replaced.
    pub replaced_at: Timestamp,
    /// Who did that.
    pub by: String,
    /// Why.
    pub why: String,
}

impl Store {
    /// Keeps a file of which nobody has said yet of which issue it is.
    pub async fn keep_issue_file(
        &self,
        new: NewIssueFile,
        by: StaffId,
        now: Timestamp,
    ) -> Result<IssueFileId, StoreError> {
        let (id, new) = (IssueFileId(self.id(now)), Arc::new(new));
        let file = Arc::clone(&new);
        let write = self.engine.write(move |tx| {
            let file = Arc::clone(&file);
            Box::pin(async move { put_file(tx, id, &file, (by, now)).await })
        });
        write.await?;
        // Should this break off, the row stays without its bytes, belongs to no issue, and is swept.
        let parts = new.bytes.len().div_ceil(PART_BYTES);
        for first in (0..parts).step_by(PARTS_AT_ONCE) {
            let file = Arc::clone(&new);
            let write = self.engine.write(move |tx| {
                let file = Arc::clone(&file);
                Box::pin(async move { put_parts(tx, id, &file.bytes, first).await })
            });
            write.await?;
        }
        Ok(id)
    }

    /// A file that belongs to no issue yet, by whoever sent it.
    pub async fn waiting_issue_file(&self, id: IssueFileId, by: StaffId) -> Result<Option<IssueFile>, StoreError> {
        let text = "select file_id, name, bytes, print, pages, width, height, drawn, acts, at
             from issue_files where file_id = $1 and issue_id is null and by_id = $2";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![id, by]).await }));
        read.await?.map(file).transpose()
    }

    /// A part of a file, from 0; none behind the last, and of a file that was replaced.
    pub async fn issue_part(&self, file: IssueFileId, part: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let part = i64::try_from(part).unwrap_or(i64::MAX);
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(PART, values![file, part]).await }));
        read.await?.map(|mut row| row.bytes(0)).transpose()
    }

    /// The first page of a file as a picture of a width.
    pub async fn issue_page(&self, file: IssueFileId, width: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let width = i64::from(width);
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(PAGE, values![file, width]).await }));
        read.await?.map(|mut row| row.bytes(0)).transpose()
    }

    /// The files in whose place others stand, the last one first.
    pub async fn past_issue_files(&self, issue: IssueId, limit: u32) -> Result<Vec<PastFile>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(PAST, values![issue, i64::from(limit)]).await }));
        read.await?.into_iter().map(past).collect()
    }

    /// Throws away files that came before a time and of which nobody said of which issue they are; how many.
    pub async fn sweep_issue_files(&self, before: Timestamp, limit: u32) -> Result<usize, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let mut gone = 0;
                for row in tx.rows(WAITING, values![before, i64::from(limit)]).await? {
                    let id = IssueFileId(row.int(0)?);
                    let text = "delete from issue_files where file_id = $1 and issue_id is null";
                    if tx.run(text, values![id]).await? > 0 {
                        empty(tx, id).await?;
                        gone += 1;
                    }
                }
                Ok(gone)
            })
        });
        write.await
    }
}

async fn put_file(
    tx: &mut Tx,
    id: IssueFileId,
    new: &NewIssueFile,
    (by, now): (StaffId, Timestamp),
) -> Result<(), StoreError> {
    let (bytes, pages) = (i64::try_from(new.bytes.len()).unwrap_or(i64::MAX), i64::from(new.pages));
    let (width, height) = (i64::from(new.size.0), i64::from(new.size.1));
    let text = "insert into issue_files (file_id, name, bytes, print, pages, width, height, drawn, acts, by_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let given = values![id, &new.name, bytes, &new.print, pages, width, height, new.drawn, new.acts, by, now];
    tx.run(text, given).await?;
    for (width, bytes) in &new.pictures {
        let text = "insert into issue_pages (file_id, width, bytes) values ($1, $2, $3)";
        tx.run(text, values![id, i64::from(*width), bytes.clone()]).await?;
    }
    Ok(())
}

async fn put_parts(tx: &mut Tx, id: IssueFileId, bytes: &[u8], first: usize) -> Result<(), StoreError> {
    let parts = bytes.chunks(PART_BYTES).enumerate().skip(first).take(PARTS_AT_ONCE);
    for (part, bytes) in parts {
        let part = i64::try_from(part).unwrap_or(i64::MAX);
        let text = "insert into issue_parts (file_id, part, bytes) values ($1, $2, $3)";
        tx.run(text, values![id, part, bytes.to_vec()]).await?;
    }
    Ok(())
}

/// Takes the bytes of a file, and of its pictures.
pub(super) async fn empty(tx: &mut Tx, id: IssueFileId) -> Result<(), StoreError> {
    tx.run("delete from issue_parts where file_id = $1", values![id]).await?;
    tx.run("delete from issue_pages where file_id = $1", values![id]).await.map(drop)
}

fn file(mut row: Row) -> Result<IssueFile, StoreError> {
    Ok(IssueFile {
        id: IssueFileId(row.int(0)?),
        name: row.text(1)?,
        bytes: whole(&row, 2)?,
        print: row.text(3)?,
        pages: whole(&row, 4)?,
        size: (whole(&row, 5)?, whole(&row, 6)?),
        drawn: row.yes(7)?,
        acts: row.yes(8)?,
        at: row.time(9)?,
    })
}

fn past(mut row: Row) -> Result<PastFile, StoreError> {
    Ok(PastFile {
        name: row.text(1)?,
        bytes: whole(&row, 2)?,
        at: row.time(3)?,
        replaced_at: row.time(4)?,
        by: row.text(5)?,
        why: row.maybe_text(6)?.unwrap_or_default(),
    })
}

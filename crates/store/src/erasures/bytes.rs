//! What the rows hold no more still stands in the files: in freed pages, in parts of the search index that were not merged,
//! in the log of writes. This takes it out of there too.
//!
//! PostgreSQL's own log of writes and every backup are the administrator's (docs/running/data.md).

use crate::engine::{Dialect, Tx, json, values};
use crate::{Store, StoreError};
use newsroom::people::Actor;
use newsroom::{ErasureId, Timestamp};

/// Tables that hold words of readers, or whose rows go with theirs: what PostgreSQL writes anew. A test compares them with
/// the list of what is personal.
pub(crate) const TOUCHED: &[&str] = &[
    "comments",
    "comment_revisions",
    "comment_words",
    "comment_vectors",
    "comment_vectors_due",
    "comment_notes",
    "comment_care",
    "reports",
    "appeals",
    "rulings",
    "happenings",
    "log_seals",
    "visitors",
    "visitor_comments",
    "visitor_prints",
    "visitor_notes",
    "measures",
    "probes",
    "kin",
    "queue_places",
    "suggestions",
    "jobs",
    "erasures",
    "visitor_networks",
    "readers",
    "reader_links",
    "reader_sign_ins",
    "reader_passkeys",
    "reader_guests",
    "subscribers",
    "network_looks",
    "outside_people",
    "fediverse_arrivals",
    "fediverse_people",
    "order_comments",
];

/// Pages of the search index merged in one transaction: others wait for it.
const PAGES_AT_ONCE: i64 = 200;
/// Steps of merging in one go; what is left is done the next time.
const MOST_STEPS: u32 = 2_000;
/// Erasures ticked off at once.
const MOST_AT_ONCE: i64 = 1_000;

/// How far the files were cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wiped {
    /// Freed space is overwritten, the search index merged, the log of writes emptied. Where rows were moved about, a copy of
    /// one may still stand in the unused part of a page.
    Swept,
    /// The files were written anew: nothing is in them but what the rows hold.
    Anew,
}

impl Store {
    /// Since when rows are done that may still stand in the files; none when nothing waits.
    pub async fn bytes_due_since(&self) -> Result<Option<Timestamp>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select rows_done_at from erasures where rows_done_at is not null and bytes_done_at is null
                     order by rows_done_at limit 1";
                tx.row(text, values![]).await
            })
        });
        read.await?.map(|row| row.time(0)).transpose()
    }

    /// How large the data are, in bytes.
    pub async fn size(&self) -> Result<i64, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = match tx.dialect() {
                    Dialect::Sqlite => "select page_count * page_size from pragma_page_count() c, pragma_page_size() s",
                    Dialect::Postgres => "select pg_database_size(current_database())",
                };
                tx.row(text, values![]).await
            })
        });
        read.await?.ok_or(StoreError::NotFound)?.int(0)
    }

    /// Takes what is gone from the rows out of the files, and ticks off the erasures that were waiting for it once the files
    /// were written anew; how many.
    ///
    /// Writing anew takes time that grows with the data, and whoever writes meanwhile waits: choose a quiet hour.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when somebody reads for so long that the log of writes cannot be emptied, or a table is not let
    /// go of: try again later.
    pub async fn wipe(&self, how: Wiped, now: Timestamp) -> Result<u64, StoreError> {
        let waiting = self.waiting_in_the_files().await?;
        self.merge_search().await?;
        self.engine.wipe(how == Wiped::Anew, TOUCHED).await?;
        if how == Wiped::Swept || waiting.is_empty() {
            return Ok(0);
        }
        let write = self.engine.write(move |tx| {
            let waiting = waiting.clone();
            Box::pin(async move {
                for id in &waiting {
                    tx.run("update erasures set bytes_done_at = $2 where erasure_id = $1", values![*id, now]).await?;
                }
                Ok(u64::try_from(waiting.len()).unwrap_or(u64::MAX))
            })
        });
        write.await
    }

    /// Only these are ticked off: what is done meanwhile may have come too late.
    async fn waiting_in_the_files(&self) -> Result<Vec<ErasureId>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select erasure_id from erasures where rows_done_at is not null and bytes_done_at is null
                     order by rows_done_at, erasure_id limit $1";
                tx.rows(text, values![MOST_AT_ONCE]).await
            })
        });
        read.await?.into_iter().map(|row| row.int(0).map(ErasureId)).collect()
    }

    /// Merges the search index into one part, which holds no word of a row that was replaced. In steps.
    async fn merge_search(&self) -> Result<(), StoreError> {
        for _ in 0..MOST_STEPS {
            let write = self.engine.write(|tx| {
                Box::pin(async move {
                    if tx.dialect() == Dialect::Postgres {
                        return Ok(false);
                    }
                    let changes = "select total_changes()";
                    let before = tx.row(changes, values![]).await?.ok_or(StoreError::NotFound)?.int(0)?;
                    let merge = "insert into comment_words (comment_words, rank) values ('merge', $1)";
                    tx.run(merge, values![-PAGES_AT_ONCE]).await?;
                    let after = tx.row(changes, values![]).await?.ok_or(StoreError::NotFound)?.int(0)?;
                    // SQLite's documentation of `merge`: less than two changes mean that there was nothing to do.
                    Ok(after - before >= 2)
                })
            });
            if !write.await? {
                break;
            }
        }
        Ok(())
    }

    /// Notes that the clock emptied so many comments, so that the files are cleaned of them as well.
    pub(crate) async fn note_swept(&self, comments: u64, now: Timestamp) -> Result<(), StoreError> {
        let id = ErasureId(self.id(now));
        let write = self.engine.write(move |tx| Box::pin(async move { note_emptied(tx, id, comments, now).await }));
        write.await
    }
}

/// Notes in the transaction that emptied so many comments that the files are to be cleaned of them.
pub(crate) async fn note_emptied(tx: &mut Tx, id: ErasureId, comments: u64, now: Timestamp) -> Result<(), StoreError> {
    let (by, comments) = (json(&Actor::Program)?, i64::try_from(comments).unwrap_or(i64::MAX));
    let text = "insert into erasures (erasure_id, visitor_id, kept_id, by_actor, why, asked_at, comments, rows_done_at)
         values ($1, 0, 0, $2, '', $3, $4, $3)";
    tx.run(text, values![id, by, now, comments]).await.map(drop)
}

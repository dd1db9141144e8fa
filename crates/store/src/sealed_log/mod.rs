//! The log under seal: a chain of digests over the happenings. Whoever changes, takes away or puts in a happening behind the program's
//! back breaks it, unless they make all later seals anew; against that helps whoever keeps a place and its seal elsewhere.
//!
//! What an erasure takes (who a reader was, words that may repeat theirs) is in the chain as a salted digest alone. The erasure
//! takes the salt too: nobody can try words out against the digest, and everything else of the happening stays proved.

mod look;
mod seal;
#[cfg(test)]
mod tests;

pub use look::{Anchor, LastSeal, LookedAt};
pub(crate) use seal::Seen;

use crate::StoreError;
use crate::engine::{Row, Tx, values};
use newsroom::{CommentId, StoryId};
use seal::Happened;

/// Seals of one transaction, and happenings of one look.
const AT_ONCE: u32 = 500;

/// Everything of a happening that is sealed: with these columns, and in this order.
const COLUMNS: &str = "h.happening_id, h.at, h.kind, h.story_id, h.comment_id, h.by_actor, h.what, h.why";

/// A happening out of [`COLUMNS`].
fn happened(row: &mut Row) -> Result<Happened, StoreError> {
    Ok(Happened {
        id: row.int(0)?,
        at: row.int(1)?,
        kind: row.text(2)?,
        story: row.maybe_int(3)?,
        comment: row.maybe_int(4)?,
        by: row.text(5)?,
        what: row.text(6)?,
        why: row.text(7)?,
    })
}

/// What happened to a comment no longer says who its author was and what was said of it.
pub(crate) async fn forget_words_of(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    let text = "update log_seals set salt = null where salt is not null and happening_id in
         (select happening_id from happenings where story_id = $1 and comment_id = $2)";
    tx.run(text, values![story, comment]).await.map(drop)
}

/// The same of one happening.
pub(crate) async fn forget_words(tx: &mut Tx, happening: i64) -> Result<(), StoreError> {
    tx.run("update log_seals set salt = null where happening_id = $1", values![happening]).await.map(drop)
}

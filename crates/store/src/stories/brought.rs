//! A story that comes in public, from a paper where readers had it already.

use super::{places, rows};
use crate::StoreError;
use crate::engine::Tx;
use crate::happenings::write_down;
use newsroom::Timestamp;
use newsroom::happening::Happening;
use newsroom::story::Published;

/// Puts it where readers find it, with its first text; the address given back is the one that it got.
pub(crate) async fn bring_published(
    tx: &mut Tx,
    published: &Published,
    revision: i64,
    happening: &Happening,
    now: Timestamp,
) -> Result<Published, StoreError> {
    let stored = places::place(tx, published, None, now).await?;
    rows::keep_revision(tx, &stored, revision, happening.by, now).await?;
    write_down(tx, happening).await?;
    Ok(stored)
}

//! A story that comes in public, from a paper where readers had it already.

use super::{places, rows};
use crate::StoreError;
use crate::engine::Tx;
use crate::happenings::write_down;
use crate::pictures::text_as_readers_see;
use crate::probes::probes_are_due;
use crate::search::StoryWords;
use newsroom::Timestamp;
use newsroom::happening::Happening;
use newsroom::story::Published;
use std::borrow::Cow;

/// Puts it where readers find it, with its first text; the address given back is the one that it got, beside the words that
/// whoever asks keeps in the same transaction. They are `cut`, unless readers are not shown all of it.
pub(crate) async fn bring_published<'w>(
    tx: &mut Tx,
    (published, cut): (&Published, &'w StoryWords),
    revision: i64,
    happening: &Happening,
    now: Timestamp,
) -> Result<(Published, Cow<'w, StoryWords>), StoreError> {
    let stored = places::place_bare(tx, published, None, now).await?;
    probes_are_due(tx, stored.id).await?;
    rows::keep_revision(tx, &stored, revision, happening.by, now).await?;
    write_down(tx, happening).await?;
    let mut seen = stored.text.clone();
    text_as_readers_see(tx, &mut seen).await?;
    // What is noted beside a picture says nothing by which a story is found.
    let words = match seen.pictures().count() == published.text.pictures().count() {
        true => Cow::Borrowed(cut),
        false => Cow::Owned(StoryWords::of(&seen, stored.published_at)),
    };
    words.note(tx, stored.id).await?;
    Ok((stored, words))
}

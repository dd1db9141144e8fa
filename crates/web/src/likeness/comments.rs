//! Comments that wait and are near in meaning to another one: for the desk, which looks at them together and decides of each.

use crate::app::App;
use crate::guard::Moderator;
use encoder::{Packed, scan};
use jiff::SignedDuration;
use newsroom::comment::{State, Submitted};
use newsroom::meaning::{NEAR_FROM, ON_TOPIC_FROM};
use newsroom::{CommentId, StoryId};
use store::StoreError;
use store::queue::QueueEntry;

/// Comments shown.
const MOST: usize = 10;
/// Some are in other people's sections, or copies, which are shown as such.
const LOOKED_UP: usize = 60;
/// Waiting comments looked through: those that came in last, of these days.
const LOOKED_THROUGH: u32 = 5_000;
const DAYS: i64 = 14;

/// The waiting comments that are nearest to one, the nearest first, of the sections for which a moderator works; its own copies
/// left out, which stand together anyway.
///
/// # Errors
/// When the store cannot answer.
pub async fn near_comments(app: &App, moderator: &Moderator, to: &QueueEntry) -> Result<Vec<QueueEntry>, StoreError> {
    let Some(weights) = app.meaning.weights() else { return Ok(Vec::new()) };
    let Some(own) = app.store.comment_vector(to.story, to.comment, weights).await? else { return Ok(Vec::new()) };
    let since = app.now() - SignedDuration::from_hours(24 * DAYS);
    let waiting = app.store.waiting_vectors(weights, since, LOOKED_THROUGH).await?;
    let waiting: Vec<((StoryId, CommentId), Vec<u8>)> =
        waiting.into_iter().map(|one| ((one.story, one.comment), one.vector)).collect();
    let looked = tokio::task::spawn_blocking(move || nearest(&own, &waiting)).await;
    let which: Vec<_> = looked.unwrap_or_default().into_iter().filter(|one| *one != (to.story, to.comment)).collect();
    let mut entries = app.store.queue_entries(&which).await?;
    let is_copy = |entry: &QueueEntry| entry.kin.is_some() && entry.kin == to.kin;
    entries.retain(|entry| entry.state == State::Held && entry.is_in(moderator.sections()) && !is_copy(entry));
    entries.truncate(MOST);
    Ok(entries)
}

/// Whether a comment is near in meaning to the story under which it stands. A short one is not read: nobody asks it for its
/// topic. What it was read as is remembered until the background keeps it.
pub async fn is_near_the_story(app: &App, sent: &Submitted) -> bool {
    if sent.text.split_whitespace().count() < app.rulebook_now().off_topic_words {
        return false;
    }
    let Some(vector) = app.meaning.stories().of(sent.story) else { return false };
    let Some(read) = app.meaning.read_soon(sent.text.clone()).await else { return false };
    app.meaning.0.heard.put(sent.id, &sent.text, read);
    read.likeness(&vector) >= ON_TOPIC_FROM
}

fn nearest(own: &[u8], waiting: &[((StoryId, CommentId), Vec<u8>)]) -> Vec<(StoryId, CommentId)> {
    let Some(own) = Packed::from_bytes(own) else { return Vec::new() };
    let (which, vectors): (Vec<_>, Vec<Packed>) =
        waiting.iter().filter_map(|(which, bytes)| Some((*which, Packed::from_bytes(bytes)?))).unzip();
    let near = scan(&vectors, &own, LOOKED_UP).into_iter().filter(|near| near.likeness >= NEAR_FROM);
    near.filter_map(|near| which.get(near.place).copied()).collect()
}

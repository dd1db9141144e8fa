//! Addresses of stories. An address once given belongs to its story for ever: an old one leads to the present one.

use crate::StoreError;
use crate::engine::{Tx, values};
use arabic::slug::same_slug_key;
use newsroom::StoryId;

/// `-2` to this; whoever wants the address after that gets the short id behind it.
const MOST_TRIES: u32 = 99;

/// Gives a story the address it wants, or the nearest one that no other story has. Its earlier ones lead there.
pub(super) async fn give(tx: &mut Tx, story: StoryId, wanted: &str) -> Result<String, StoreError> {
    let slug = free(tx, story, wanted).await?;
    let current = "update slugs set current = case when slug = $2 then 1 else 0 end where story_id = $1";
    tx.run(current, values![story, &slug]).await?;
    Ok(slug)
}

async fn free(tx: &mut Tx, story: StoryId, wanted: &str) -> Result<String, StoreError> {
    if claim(tx, story, wanted).await? {
        return Ok(wanted.to_owned());
    }
    for n in 2..=MOST_TRIES {
        let slug = format!("{wanted}-{n}");
        if claim(tx, story, &slug).await? {
            return Ok(slug);
        }
    }
    let slug = format!("{wanted}-{}", story.short());
    if claim(tx, story, &slug).await? { Ok(slug) } else { Err(StoreError::Conflict("slugs".to_owned())) }
}

/// Takes an address for a story, or finds that it is its own already. Of two stories at the same moment the second waits
/// for the first and then finds it taken.
async fn claim(tx: &mut Tx, story: StoryId, slug: &str) -> Result<bool, StoreError> {
    let text =
        "insert into slugs (slug, story_id, current, folded) values ($1, $2, 1, $3) on conflict (slug) do nothing";
    if tx.run(text, values![slug, story, same_slug_key(slug)]).await? == 1 {
        return Ok(true);
    }
    let owner = tx.row("select story_id from slugs where slug = $1", values![slug]).await?;
    Ok(owner.is_some_and(|row| row.int(0) == Ok(story.0)))
}

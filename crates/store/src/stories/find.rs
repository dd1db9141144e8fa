//! What stands at an address.

use super::rows;
use crate::StoreError;
use crate::engine::{Row, Tx, values};
use arabic::slug::same_slug_key;
use newsroom::StoryId;
use newsroom::story::Story;

/// What stands at an address.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The story, at its own address.
    Here(Box<Story>),
    /// The story has another address now (an old or a retyped slug, or its short id).
    Moved {
        /// Where it is: the slug of its present address.
        slug: String,
    },
}

pub(crate) const BY_SLUG: &str = "select story_id, current from slugs where slug = $1";
/// Of several that look alike, a present address goes before an old one and a newer story before an older one.
pub(crate) const BY_FOLDED: &str = "select story_id, current from slugs where folded = $1
     order by current desc, story_id desc limit 1";

pub(super) async fn find(tx: &mut Tx, asked: &str) -> Result<Option<Found>, StoreError> {
    if let Some(row) = tx.row(BY_SLUG, values![asked]).await? {
        let story = StoryId(row.int(0)?);
        return if row.yes(1)? { here(tx, story).await } else { moved(tx, story).await };
    }
    if let Some(story) = StoryId::from_short(asked)
        && let Some(found) = moved(tx, story).await?
    {
        return Ok(Some(found));
    }
    match tx.row(BY_FOLDED, values![same_slug_key(asked)]).await? {
        Some(row) => moved(tx, StoryId(row.int(0)?)).await,
        None => Ok(None),
    }
}

async fn here(tx: &mut Tx, id: StoryId) -> Result<Option<Found>, StoreError> {
    let story = rows::story(tx, id).await?;
    Ok((!matches!(story, Story::Draft(_))).then(|| Found::Here(Box::new(story))))
}

async fn moved(tx: &mut Tx, id: StoryId) -> Result<Option<Found>, StoreError> {
    let text = "select slug from stories where story_id = $1 and state <> 'draft' and slug is not null";
    let row: Option<Row> = tx.row(text, values![id]).await?;
    row.map(|mut row| Ok(Found::Moved { slug: row.text(0)? })).transpose()
}

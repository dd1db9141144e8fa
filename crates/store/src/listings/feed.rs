//! What a feed tells of a list: its newest stories, each with what was corrected in it.

use super::{CARD, List, StoryCard, card};
use crate::engine::values;
use crate::pictures::as_readers_see;
use crate::{Store, StoreError};
use newsroom::story::{Correction, StoryText};

/// A story as feeds tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedStory {
    /// The story as lists show it.
    pub card: StoryCard,
    /// What was corrected in it, the oldest first.
    pub corrections: Vec<Correction>,
}

/// The newest places of a list by the key of `listed`, then the card and the text of each.
pub(crate) fn feed_text() -> String {
    format!(
        "select {CARD}, s.text from (
             select published_at, story_id from listed where list = $1
             order by published_at desc, story_id desc limit $2
         ) l join stories s on s.story_id = l.story_id and s.state = 'published'
         left join threads t on t.story_id = l.story_id
         order by l.published_at desc, l.story_id desc"
    )
}

impl Store {
    /// The newest stories of a list, with their corrections.
    ///
    /// # Errors
    /// When the engine cannot answer.
    pub async fn feed(&self, list: &List, limit: u32) -> Result<Vec<FeedStory>, StoreError> {
        let list = list.key();
        let read = self.engine.read(move |tx| {
            let list = list.clone();
            Box::pin(async move {
                let (mut cards, mut corrections) = (Vec::new(), Vec::new());
                for mut row in tx.rows(&feed_text(), values![list, i64::from(limit)]).await? {
                    let text: StoryText = row.json(6)?;
                    corrections.push(text.corrections);
                    cards.push(card(row)?);
                }
                let cards = as_readers_see(tx, cards).await?;
                Ok(cards
                    .into_iter()
                    .zip(corrections)
                    .map(|(card, corrections)| FeedStory { card, corrections })
                    .collect())
            })
        });
        read.await
    }
}

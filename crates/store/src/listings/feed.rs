//! What a feed tells of a list: its newest stories, each with what was corrected in it.

use super::{CARD, List, StoryCard, card};
use crate::engine::{Tx, values};
use crate::pictures::{as_readers_see, text_as_readers_see};
use crate::{Store, StoreError};
use newsroom::body::Body;
use newsroom::story::{Correction, StoryText};

/// A story as feeds tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedStory {
    /// The story as lists show it.
    pub card: StoryCard,
    /// What was corrected in it, the oldest first.
    pub corrections: Vec<Correction>,
    /// Its body, where that was asked for.
    pub body: Option<Body>,
    /// What the file of its lead picture is, where readers see one.
    pub enclosure: Option<Enclosure>,
}

/// What programs are told of a file before they fetch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub bytes: i64,
}

/// How much of each story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMuch {
    /// What lists show, and what was corrected.
    Summary,
    /// The body too.
    Whole,
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

/// Neither engine reads the bytes themselves for their length.
pub(crate) const ENCLOSURE: &str = "select p.media_type, cast(coalesce(f.length, length(p.bytes)) as bigint)
     from pictures p left join picture_files f on f.name = p.name where p.name = $1";

impl Store {
    /// The newest stories of a list, with their corrections.
    ///
    /// # Errors
    /// When the engine cannot answer.
    pub async fn feed(&self, list: &List, limit: u32, how_much: HowMuch) -> Result<Vec<FeedStory>, StoreError> {
        let list = list.key();
        let read = self.engine.read(move |tx| {
            let list = list.clone();
            Box::pin(async move {
                let (mut cards, mut texts) = (Vec::new(), Vec::new());
                for mut row in tx.rows(&feed_text(), values![list, i64::from(limit)]).await? {
                    let text: StoryText = row.json(6)?;
                    texts.push(text);
                    cards.push(card(row)?);
                }
                if how_much == HowMuch::Whole {
                    for text in &mut texts {
                        text_as_readers_see(tx, text).await?;
                    }
                }
                let cards = as_readers_see(tx, cards).await?;
                let mut told = Vec::with_capacity(cards.len());
                for (card, StoryText { corrections, body, .. }) in cards.into_iter().zip(texts) {
                    let enclosure = enclosure(tx, &card).await?;
                    let body = (how_much == HowMuch::Whole).then_some(body);
                    told.push(FeedStory { card, corrections, body, enclosure });
                }
                Ok(told)
            })
        });
        read.await
    }
}

async fn enclosure(tx: &mut Tx, card: &StoryCard) -> Result<Option<Enclosure>, StoreError> {
    let Some(lead) = card.face.lead.as_ref().filter(|lead| lead.is_supplied()) else { return Ok(None) };
    let row = tx.row(ENCLOSURE, values![&*lead.file]).await?;
    row.map(|mut row| Ok(Enclosure { media_type: row.text(0)?, bytes: row.int(1)? })).transpose()
}

//! What was corrected in public stories, newest first.

use super::{CardFace, Place};
use crate::engine::{Row, values};
use crate::stories::CORRECTIONS;
use crate::{Store, StoreError};
use newsroom::story::StoryLanguage;
use newsroom::story::StoryText;
use newsroom::{StoryId, Timestamp};

/// A correction and its story.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionLine {
    /// Of which story.
    pub story: StoryId,
    /// Its address.
    pub slug: String,
    /// Its headline.
    pub headline: String,
    /// Its language.
    pub language: StoryLanguage,
    /// When.
    pub at: Timestamp,
    /// What was wrong and is now right.
    pub words: String,
}

pub(crate) const CORRECTED: &str = "select l.published_at, l.story_id, s.slug, s.card, s.text from
         (select published_at, story_id from listed where list = $1 and (published_at, story_id) < ($2, $3)
          order by published_at desc, story_id desc limit $4) l
     join stories s on s.story_id = l.story_id and s.state = 'published'
     order by l.published_at desc, l.story_id desc";

impl Store {
    /// Corrections of public stories, newest first, from after `before` (exclusive).
    pub async fn corrections(&self, before: Option<Place>, limit: u32) -> Result<Vec<CorrectionLine>, StoreError> {
        let (time, story) = super::place(before);
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(CORRECTED, values![CORRECTIONS, time, story, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(line).collect()
    }
}

/// The words are in the story's text: of two corrections of one moment they stand together.
fn line(mut row: Row) -> Result<CorrectionLine, StoreError> {
    let at = row.time(0)?;
    let (face, text): (CardFace, StoryText) = (row.json(3)?, row.json(4)?);
    let of_then = text.corrections.iter().filter(|one| one.at.as_millisecond() == at.as_millisecond());
    Ok(CorrectionLine {
        story: StoryId(row.int(1)?),
        slug: row.text(2)?,
        headline: face.headline,
        language: face.language,
        at,
        words: of_then.map(|one| one.words.as_str()).collect::<Vec<_>>().join(" "),
    })
}

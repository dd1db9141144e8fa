//! Which story answers which, or stands beside it. The rows are of public stories alone and are written in the transaction
//! that gives readers a text or takes it from them, so that nothing of a draft is found from the story that it answers.

use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::story::{Published, StoryKind};
use newsroom::{StoryId, Timestamp};

/// A story that shows more than this many others shows the latest of them.
const MOST: i64 = 50;

pub(crate) const ANSWERING: &str = "select s.story_id, s.slug, s.card, s.published_at
     from story_links l join stories s on s.story_id = l.story_id
     where l.answers_id = $1 and s.state = 'published' order by l.published_at desc, l.story_id desc limit $2";
const ANSWERED: &str = "select s.story_id, s.slug, s.card, s.published_at from stories s
     where s.story_id = $1 and s.state = 'published'";

/// A public story as another one names it.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedStory {
    /// Which.
    pub id: StoryId,
    /// Its address.
    pub slug: String,
    /// Its headline in lists.
    pub headline: String,
    /// What kind of story it is.
    pub kind: StoryKind,
    /// When it went public.
    pub published_at: Timestamp,
}

/// The public stories to which a story leads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Links {
    /// The one that it answers, or beside which it stands.
    pub answered: Option<LinkedStory>,
    /// Those that answer it or stand beside it, the latest first.
    pub answering: Vec<LinkedStory>,
}

/// Notes what a text that readers have from now on answers.
pub(super) async fn note_printed(tx: &mut Tx, published: &Published) -> Result<(), StoreError> {
    let Some(answers) = published.text.answers.filter(|answers| *answers != published.id) else {
        return note_taken_back(tx, published.id).await;
    };
    let text = "insert into story_links (story_id, answers_id, published_at) values ($1, $2, $3)
         on conflict (story_id) do update set answers_id = excluded.answers_id, published_at = excluded.published_at";
    tx.run(text, values![published.id, answers, published.published_at]).await.map(drop)
}

/// Notes that readers have a story no more.
pub(super) async fn note_taken_back(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    tx.run("delete from story_links where story_id = $1", values![story]).await.map(drop)
}

impl Store {
    /// The public stories to which a story leads: the one that it `answers`, and those that answer it.
    pub async fn links_of(&self, story: StoryId, answers: Option<StoryId>) -> Result<Links, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let answered = match answers {
                    Some(answers) => tx.row(ANSWERED, values![answers]).await?.map(linked).transpose()?,
                    None => None,
                };
                let answering = tx.rows(ANSWERING, values![story, MOST]).await?;
                let answering = answering.into_iter().map(linked).collect::<Result<_, StoreError>>()?;
                Ok(Links { answered, answering })
            })
        });
        read.await
    }
}

fn linked(mut row: Row) -> Result<LinkedStory, StoreError> {
    let face: CardFace = row.json(2)?;
    Ok(LinkedStory {
        id: StoryId(row.int(0)?),
        slug: row.text(1)?,
        headline: face.headline,
        kind: face.kind,
        published_at: row.time(3)?,
    })
}

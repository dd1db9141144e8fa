//! Which story answers which, or stands beside it. The rows are of public stories alone and are written in the transaction
//! that gives readers a text or takes it from them, so that nothing of a draft is found from the story that it answers.

use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::story::{Published, StoryKind, StoryLanguage, StoryText};
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
    /// In which language it is.
    pub language: StoryLanguage,
    /// It is a translation of the story to which it is linked.
    pub translates: bool,
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
    /// The same in other languages, each language once: what it is a translation of, its translations, and those of the same one.
    pub translations: Vec<LinkedStory>,
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
    /// The public stories to which a story of this text leads: the one that it answers or translates, and those that answer or
    /// translate it.
    pub async fn links_of(&self, story: StoryId, text: &StoryText) -> Result<Links, StoreError> {
        let (answers, translates, language) = (text.answers, text.translates, text.language);
        let read = self.engine.glance(move |tx| {
            Box::pin(async move {
                let answered = match answers {
                    Some(answers) => tx.row(ANSWERED, values![answers]).await?.map(linked).transpose()?,
                    None => None,
                };
                let (translated, answering) = around(tx, story, language).await?;
                // One of its own language is no translation, whatever somebody ticked.
                let (original, answered) = match answered {
                    Some(one) if translates && one.language != language => (Some(one), None),
                    other => (None, other),
                };
                let beside = match &original {
                    Some(original) => around(tx, original.id, original.language).await?.0,
                    None => Vec::new(),
                };
                let found = original.into_iter().chain(translated).chain(beside);
                let translations = each_language_once((story, language), found, |one| (one.id, one.language));
                Ok(Links { answered, answering, translations })
            })
        });
        read.await
    }
}

/// Of what was found beside a story the first of each other language; what is found tells which story it is, and its language.
pub(crate) fn each_language_once<T>(
    (story, language): (StoryId, StoryLanguage),
    found: impl Iterator<Item = T>,
    of: impl Fn(&T) -> (StoryId, StoryLanguage),
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for one in found {
        let (id, its_own) = of(&one);
        let is_there = kept.iter().any(|other| of(other).1 == its_own);
        if id != story && its_own != language && !is_there {
            kept.push(one);
        }
    }
    kept
}

/// The public stories that translate one in this language, and those that answer it or stand beside it.
async fn around(
    tx: &mut Tx,
    story: StoryId,
    language: StoryLanguage,
) -> Result<(Vec<LinkedStory>, Vec<LinkedStory>), StoreError> {
    let rows = tx.rows(ANSWERING, values![story, MOST]).await?;
    let all = rows.into_iter().map(linked).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(all.into_iter().partition(|one| one.translates && one.language != language))
}

fn linked(mut row: Row) -> Result<LinkedStory, StoreError> {
    let face: CardFace = row.json(2)?;
    Ok(LinkedStory {
        id: StoryId(row.int(0)?),
        slug: row.text(1)?,
        headline: face.headline,
        kind: face.kind,
        language: face.language,
        translates: face.translates,
        published_at: row.time(3)?,
    })
}

//! Which story holds which picture of the library. The rows are written in the transaction that writes a story's text, and
//! the library's counts with them.

use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::story::StoryText;
use newsroom::{SectionId, StaffId, StoryId};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const USES: &str = "select u.story_id, u.printed, u.written, s.state, s.slug, s.card, s.section_id,
         s.begun_by, s.assigned_to, w.text
     from picture_uses u join stories s on s.story_id = u.story_id
     left join working_texts w on w.story_id = u.story_id
     where u.name = $1 and u.story_id < $2 order by u.story_id desc limit $3";
pub(crate) const OF_STORY: &str = "select name, printed, written from picture_uses where story_id = $1";
const SHOWING: &str = "select story_id from picture_uses where name = $1 and printed = 2 limit $2";

/// A story that holds a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureUse {
    /// Which story.
    pub story: StoryId,
    /// Its headline in lists.
    pub headline: String,
    /// Its state: `draft`, `published`, `withdrawn`.
    pub state: String,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// Readers have the picture in it.
    pub is_public: bool,
    /// It stands in what is written on the story now.
    pub is_written: bool,
    /// Sections that it stands in, or will: those in which it must be answered for.
    pub sections: [Option<SectionId>; 2],
    /// Who began it, and who was given it.
    pub hands: [Option<StaffId>; 2],
}

/// A picture in the texts of a story: in what readers have (2) or had (1), and in what is written on it (1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct InStory {
    printed: i64,
    written: i64,
}

type Held = BTreeMap<String, InStory>;

/// Notes the pictures of what is written on a story now.
pub(crate) async fn note_written(tx: &mut Tx, story: StoryId, text: &StoryText) -> Result<(), StoreError> {
    let was = of_story(tx, story).await?;
    let mut is = was.clone();
    is.values_mut().for_each(|one| one.written = 0);
    names(text).for_each(|name| is.entry(name).or_default().written = 1);
    settle(tx, story, &was, &is).await
}

/// Notes the pictures of a text that readers have from now on, and that nothing is written beside.
pub(crate) async fn note_printed(tx: &mut Tx, story: StoryId, text: &StoryText) -> Result<(), StoreError> {
    note_both(tx, story, text, 2).await
}

/// The same of a story that was taken back.
pub(crate) async fn note_withdrawn(tx: &mut Tx, story: StoryId, text: &StoryText) -> Result<(), StoreError> {
    note_both(tx, story, text, 1).await
}

async fn note_both(tx: &mut Tx, story: StoryId, text: &StoryText, printed: i64) -> Result<(), StoreError> {
    let was = of_story(tx, story).await?;
    let is = names(text).map(|name| (name, InStory { printed, written: 1 })).collect();
    settle(tx, story, &was, &is).await
}

/// Notes that readers have a story no more.
pub(crate) async fn note_taken_back(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let was = of_story(tx, story).await?;
    let mut is = was.clone();
    is.values_mut().for_each(|one| one.printed = one.printed.min(1));
    settle(tx, story, &was, &is).await
}

fn names(text: &StoryText) -> impl Iterator<Item = String> {
    text.pictures().filter(|picture| picture.is_supplied()).map(|picture| picture.file.clone())
}

/// The story's own row is held by whoever calls: nobody else changes these.
async fn of_story(tx: &mut Tx, story: StoryId) -> Result<Held, StoreError> {
    let rows = tx.rows(OF_STORY, values![story]).await?;
    rows.into_iter().map(|mut row| Ok((row.text(0)?, InStory { printed: row.int(1)?, written: row.int(2)? }))).collect()
}

/// Brings rows and counts from what was to what is; in the order of names, so that two stories wait for each other in one.
async fn settle(tx: &mut Tx, story: StoryId, was: &Held, is: &Held) -> Result<(), StoreError> {
    let all: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for name in all {
        let before = was.get(name).copied();
        let after = is.get(name).copied().filter(|one| *one != InStory::default());
        if before == after {
            continue;
        }
        let public = |one: Option<InStory>| i64::from(one.is_some_and(|one| one.printed == 2));
        let (uses, shown) = (i64::from(after.is_some()) - i64::from(before.is_some()), public(after) - public(before));
        let text = "update picture_library set uses = uses + $2, public_uses = public_uses + $3 where name = $1";
        if tx.run(text, values![name, uses, shown]).await? == 0 {
            // Kept otherwise than in the library: nobody asks where it is used.
            continue;
        }
        match after {
            Some(one) => {
                let text = "insert into picture_uses (name, story_id, printed, written) values ($1, $2, $3, $4)
                     on conflict (name, story_id) do update set printed = excluded.printed, written = excluded.written";
                tx.run(text, values![name, story, one.printed, one.written]).await?;
            }
            None => {
                let text = "delete from picture_uses where name = $1 and story_id = $2";
                tx.run(text, values![name, story]).await?;
            }
        }
    }
    Ok(())
}

impl Store {
    /// The stories that hold a picture, latest first, from before `before` (exclusive).
    pub async fn picture_uses(
        &self,
        name: &str,
        before: Option<StoryId>,
        limit: u32,
    ) -> Result<Vec<PictureUse>, StoreError> {
        let (name, before) = (name.to_owned(), before.map_or(i64::MAX, |before| before.0));
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.rows(USES, values![name, before, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(one).collect()
    }

    /// Stories in which readers have a picture.
    pub async fn stories_showing(&self, name: &str, limit: u32) -> Result<Vec<StoryId>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.rows(SHOWING, values![name, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(|row| row.int(0).map(StoryId)).collect()
    }
}

fn one(mut row: Row) -> Result<PictureUse, StoreError> {
    let (face, section): (CardFace, _) = (row.json(5)?, row.maybe_int(6)?.map(SectionId));
    let written: Option<StoryText> = match row.maybe_text(9)? {
        Some(text) => Some(serde_json::from_str(&text).map_err(|problem| StoreError::Broken(problem.to_string()))?),
        None => None,
    };
    Ok(PictureUse {
        story: StoryId(row.int(0)?),
        is_public: row.int(1)? == 2,
        is_written: row.int(2)? == 1,
        state: row.text(3)?,
        slug: row.maybe_text(4)?,
        headline: face.headline,
        sections: [section, written.map_or(section, |text| text.section)],
        hands: [row.maybe_int(7)?.map(StaffId), row.maybe_int(8)?.map(StaffId)],
    })
}

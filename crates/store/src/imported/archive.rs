//! A whole archive comes in: hundreds of stories or comments in one transaction, each with the source it came from. What is
//! there already stays as it is, so that whoever is stopped goes on by beginning again.

use super::is_new;
use crate::comments::{OfArchive, keep_of_archive};
use crate::engine::{Tx, Value, values};
use crate::happenings::write_down;
use crate::probes::is_too_old;
use crate::queue::carry_out;
use crate::redirects;
use crate::search::{StoryWords, comment_words, keep_new_comment_words};
use crate::stories::{bring_published, keep_draft_row};
use crate::talk::note_released;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, Held, Revision, RuledBy, Ruling};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{Draft, Published};
use newsroom::{CommentId, HappeningId, RulingId, StoryId, Timestamp};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Sources that are asked for in one statement. Fewer are filled up, so that it stays one statement.
const AT_ONCE: usize = 64;

/// Where something came to that was brought in: a story, and one of its comments where it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The story.
    pub story: StoryId,
    /// The comment; none: it is the story itself.
    pub comment: Option<CommentId>,
}

/// In which state a story comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coming {
    /// Nobody but the staff has it.
    Draft(Draft),
    /// Readers have it, as they had it before.
    Published(Published),
}

/// A story of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedStory {
    /// Where it came from; the same whenever it comes.
    pub source: String,
    /// The story.
    pub story: Coming,
    /// Addresses that readers had of it, as they are compared: decoded, without a slash at the end.
    pub paths: Vec<String>,
    /// Of a public one: the words by which it is found.
    words: Option<StoryWords>,
}

impl ImportedStory {
    /// A story with its source and its old addresses. The words by which it is found are cut here, so that no transaction
    /// waits for them.
    pub fn new(source: String, story: Coming, paths: Vec<String>) -> Self {
        let words = match &story {
            Coming::Draft(_) => None,
            Coming::Published(published) => Some(StoryWords::of(&published.text, published.published_at)),
        };
        Self { source, story, paths, words }
    }
}

/// A comment of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedComment {
    /// Where it came from; the same whenever it comes.
    pub source: String,
    /// The comment. What it answers comes before it.
    pub held: Held,
    /// Readers of the old paper had it, and an administrator says that this holds: it goes public by a ruling of the old
    /// paper. Else it waits.
    pub released: bool,
    words: String,
}

impl ImportedComment {
    /// A comment with its source, and whether it goes public. The words by which the staff finds it are cut here, so that no
    /// transaction waits for them.
    pub fn new(source: String, held: Held, released: bool) -> Self {
        let words = comment_words(held.submitted.name.as_str(), &held.submitted.text);
        Self { source, held, released, words }
    }
}

impl Coming {
    /// Which story.
    pub fn id(&self) -> StoryId {
        match self {
            Self::Draft(draft) => draft.id,
            Self::Published(published) => published.id,
        }
    }
}

/// A story with the ids of what is written beside it.
struct Numbered {
    story: ImportedStory,
    revision: i64,
    happening: Happening,
}

/// A comment with the ids of what is written beside it.
struct NumberedComment {
    comment: ImportedComment,
    came: HappeningId,
    ruling: Option<(RulingId, HappeningId)>,
}

impl Store {
    /// Which of these sources were brought in before, and where to.
    pub async fn imported_among(&self, sources: &[String]) -> Result<HashMap<String, Known>, StoreError> {
        let sources = Arc::new(sources.to_vec());
        let read = self.engine.read(move |tx| {
            let sources = Arc::clone(&sources);
            Box::pin(async move {
                let mut found = HashMap::new();
                for some in sources.chunks(AT_ONCE) {
                    among(tx, some, &mut found).await?;
                }
                Ok(found)
            })
        });
        read.await
    }

    /// How many stories and how many comments were brought in from sources that begin so.
    pub async fn imported_count(&self, beginning: &str) -> Result<(u64, u64), StoreError> {
        let (from, to) = (beginning.to_owned(), format!("{beginning}\u{10FFFF}"));
        let read = self.engine.read(move |tx| {
            let (from, to) = (from.clone(), to.clone());
            Box::pin(async move {
                let text = "select count(*), count(comment_id) from imported where source >= $1 and source < $2";
                let row = tx.row(text, values![from, to]).await?.ok_or(StoreError::NotFound)?;
                Ok((row.int(0)?, row.int(1)?))
            })
        });
        let (all, comments) = read.await?;
        let many = |n: i64| u64::try_from(n).unwrap_or_default();
        Ok((many(all - comments), many(comments)))
    }

    /// Keeps stories of an archive in one transaction, each with its source and with its old addresses leading to it;
    /// for each the address that it got, none where it was there already or is a draft.
    pub async fn import_stories(
        &self,
        stories: Vec<ImportedStory>,
        by: Actor,
        now: Timestamp,
    ) -> Result<Vec<Imported>, StoreError> {
        Ok(self.import_archive((stories, Vec::new()), by, "", now).await?.0)
    }

    /// Keeps comments of an archive in one transaction, each with its source; whether each was new. Every one is kept as held
    /// first; those that are `released` are ruled on in the same transaction, on the one road of all rulings, with `why`.
    pub async fn import_archive_comments(
        &self,
        comments: Vec<ImportedComment>,
        why: &str,
        now: Timestamp,
    ) -> Result<Vec<bool>, StoreError> {
        Ok(self.import_archive((Vec::new(), comments), Actor::Program, why, now).await?.1)
    }

    /// Both in one transaction, the stories first. The probes of the stories are made by [`Store::make_due_probes`], once all of
    /// them are in.
    pub async fn import_archive(
        &self,
        (stories, comments): (Vec<ImportedStory>, Vec<ImportedComment>),
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<(Vec<Imported>, Vec<bool>), StoreError> {
        let stories = stories.into_iter().map(|story| {
            let id = story.story.id();
            let what = match story.story {
                Coming::Draft(_) => What::StoryDrafted { story: id },
                Coming::Published(_) => What::StoryPublished { story: id },
            };
            Numbered { story, revision: self.id(now), happening: self.happening(by, what, "", now) }
        });
        let comments = comments.into_iter().map(|comment| {
            let came = HappeningId(self.id(comment.held.submitted.at));
            let ruling = comment.released.then(|| (RulingId(self.id(now)), HappeningId(self.id(now))));
            NumberedComment { comment, came, ruling }
        });
        let all: Arc<(Vec<_>, Vec<_>, String)> = Arc::new((stories.collect(), comments.collect(), why.to_owned()));
        // A batch is megabytes in small pieces: they are given back here, where nobody waits for it, and not by who writes.
        let kept_here = Arc::clone(&all);
        let write = self.engine.write(move |tx| {
            let all = Arc::clone(&all);
            Box::pin(async move {
                let (stories, comments, why) = &*all;
                let (mut imported, mut words) = (Vec::with_capacity(stories.len()), Vec::new());
                for one in stories {
                    imported.push(story(tx, one, &mut words, now).await?);
                }
                let mut new = Vec::with_capacity(comments.len());
                for one in comments {
                    new.push(comment(tx, one, why, now).await?);
                }
                for (story, words) in words {
                    words.keep_new(tx, story).await?;
                }
                for (one, _) in comments.iter().zip(&new).filter(|(_, is_new)| **is_new) {
                    let sent = &one.comment.held.submitted;
                    keep_new_comment_words(tx, (sent.story, sent.id), &one.comment.words).await?;
                }
                Ok((imported, new))
            })
        });
        let written = write.await;
        drop(kept_here);
        written
    }
}

/// What became of a story of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// It was not there before.
    pub is_new: bool,
    /// Its address, where readers have it from now on.
    pub slug: Option<String>,
    /// Of its old addresses so many lead to it now.
    pub paths: u64,
}

/// The decision of the old paper, carried over.
fn as_before(held: &Held, id: RulingId, why: &str, now: Timestamp) -> Ruling {
    Ruling {
        id,
        story: held.submitted.story,
        comment: held.submitted.id,
        decision: Decision::Release { collapsed: false, links: false },
        by: RuledBy::OldPaper,
        at: now,
        why: why.to_owned(),
    }
}

/// Keeps it; the words by which it is found are added to those that are kept when all of them stand.
async fn story<'w>(
    tx: &mut Tx,
    one: &'w Numbered,
    kept: &mut Vec<(StoryId, Cow<'w, StoryWords>)>,
    now: Timestamp,
) -> Result<Imported, StoreError> {
    let ImportedStory { source, story, paths, words } = &one.story;
    if !is_new(tx, source, story.id(), None).await? {
        return Ok(Imported { is_new: false, slug: None, paths: 0 });
    }
    let slug = match (story, words) {
        (Coming::Published(published), Some(words)) => {
            let public = (published, words);
            let (stored, words) = bring_published(tx, public, one.revision, &one.happening, now).await?;
            kept.push((stored.id, words));
            Some(stored.slug)
        }
        (Coming::Published(_), None) => return Err(StoreError::Broken("a public story without words".to_owned())),
        (Coming::Draft(draft), _) => {
            keep_draft_row(tx, draft, now).await?;
            write_down(tx, &one.happening).await?;
            None
        }
    };
    let mut led = 0;
    for path in paths {
        led += u64::from(redirects::put(tx, path, story.id(), now).await?);
    }
    Ok(Imported { is_new: true, slug, paths: led })
}

/// Keeps it but its words; whether it is new.
async fn comment(tx: &mut Tx, one: &NumberedComment, why: &str, now: Timestamp) -> Result<bool, StoreError> {
    let NumberedComment { comment, came, ruling } = one;
    let sent = &comment.held.submitted;
    if !is_new(tx, &comment.source, sent.story, Some(sent.id)).await? {
        return Ok(false);
    }
    let archive = OfArchive { is_old: is_too_old(sent.at, now), is_ruled_on: comment.released };
    keep_of_archive(tx, &comment.held, *came, archive).await?;
    if let Some((ruling, happening)) = *ruling {
        let ruling = as_before(&comment.held, ruling, why, now);
        carry_out(tx, &ruling, Revision::FIRST, happening, None).await?;
        // Feeds of comments tell what is new, and this was read before.
        note_released(tx, (sent.story, sent.id), sent.at).await?;
    }
    Ok(true)
}

async fn among(tx: &mut Tx, some: &[String], found: &mut HashMap<String, Known>) -> Result<(), StoreError> {
    let marks = (1..=AT_ONCE).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let text = format!("select source, story_id, comment_id from imported where source in ({marks})");
    let Some(last) = some.last() else { return Ok(()) };
    let mut asked: Vec<Value> = some.iter().map(Value::from).collect();
    asked.resize(AT_ONCE, Value::from(last));
    for mut row in tx.rows(&text, &asked).await? {
        let known = Known { story: StoryId(row.int(1)?), comment: row.maybe_int(2)?.map(CommentId) };
        found.insert(row.text(0)?, known);
    }
    Ok(())
}

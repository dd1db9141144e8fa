//! What readers find of comments: those that are public now, under stories that show them. The words that are kept are those of
//! every comment; what a reader is shown comes out of the view `public_comments` by its key, and nothing else of a comment
//! leaves this file, not even that it is there.

use super::expression::Narrow;
use super::{asked, query};
use crate::engine::{Dialect, Row, Tx, values};
use crate::listings::{StoryCard, cards, cards_text};
use crate::thread::{BY_ID, Stands, ThreadEntry, entry};
use crate::{Store, StoreError};
use newsroom::search::{Query, Stemming, Wanted, reaches, terms};
use newsroom::{CommentId, StoryId};
use std::collections::BTreeMap;

/// Comments that are looked at in one step, and steps for a page.
const LOOKED_AT: i64 = 200;
const MOST_STEPS: usize = 10;
/// Of so many that came in last each is looked at before PostgreSQL's index is asked, which gathers every comment with a word before
/// it tells the last ones: a word that stands in one of twenty is found among these.
const LAST: i64 = 4_000;
/// Then the index is asked of about so many times as many, and at last of all.
const TIMES: i64 = 15;

/// A comment that was found, and the story under which it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundComment {
    /// As its thread has it.
    pub entry: ThreadEntry,
    /// Its story.
    pub story: StoryCard,
}

/// A page of them, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundComments {
    /// The comments.
    pub comments: Vec<FoundComment>,
    /// There may be more, before this one.
    pub next: Option<CommentId>,
}

impl Store {
    /// Public comments that have every word, newest first, from before one of them, at most `limit`.
    pub async fn search_comments(
        &self,
        asked: &super::readers::Asked,
        before: Option<CommentId>,
        limit: u32,
    ) -> Result<FoundComments, StoreError> {
        let asked = asked.clone();
        let read = self.engine.read(move |tx| {
            let asked = asked.clone();
            Box::pin(async move { page(tx, (&asked.query, &asked.narrow), before, limit).await })
        });
        read.await
    }
}

async fn page(
    tx: &mut Tx,
    (wanted, narrow): (&Query, &Narrow),
    before: Option<CommentId>,
    limit: u32,
) -> Result<FoundComments, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let Some(words) = words_of(tx.dialect(), wanted) else { return Ok(FoundComments::default()) };
    tx.plan_once().await?;
    let (mut found, mut stories) = (Vec::new(), BTreeMap::new());
    let mut before = before.unwrap_or(CommentId(i64::MAX));
    for _ in 0..MOST_STEPS {
        let rows = some(tx, &words, before).await?;
        let is_last = i64::try_from(rows.len()).unwrap_or(LOOKED_AT) < LOOKED_AT;
        for row in rows {
            let (story, comment) = (row.maybe_int(0)?.map(StoryId), CommentId(row.int(1)?));
            before = comment;
            let Some(story) = story else { continue };
            if let Some(one) = shown(tx, (story, comment), (wanted, narrow), &mut stories).await? {
                found.push(one);
            }
            if found.len() > limit {
                found.truncate(limit);
                let next = found.last().map(|last: &FoundComment| last.entry.id);
                return Ok(FoundComments { comments: found, next });
            }
        }
        if is_last {
            break;
        }
    }
    // Nothing is said of older ones: among those that were looked at are some that nobody released, and neither their number
    // nor the id of one may be told by a way on.
    Ok(FoundComments { comments: found, next: None })
}

/// The next comments with these words before one of them.
async fn some(tx: &mut Tx, words: &str, before: CommentId) -> Result<Vec<Row>, StoreError> {
    let given = values![words, before, LOOKED_AT].to_vec();
    if tx.dialect() == Dialect::Postgres {
        let rows = tx.rows(&among_last_text(), &given).await?;
        if is_enough(&rows) {
            return Ok(rows);
        }
        if let Some(from) = from(tx, before).await? {
            let rows = tx.rows(candidates_text(Dialect::Postgres), values![words, before, LOOKED_AT, from]).await?;
            if is_enough(&rows) {
                return Ok(rows);
            }
        }
        return tx.rows(candidates_text(Dialect::Postgres), values![words, before, LOOKED_AT, i64::MIN]).await;
    }
    tx.rows(candidates_text(Dialect::Sqlite), &given).await
}

fn is_enough(rows: &[Row]) -> bool {
    i64::try_from(rows.len()).is_ok_and(|found| found >= LOOKED_AT)
}

/// From which id on about [`TIMES`] times [`LAST`] comments came in; ids go by time, so that it need not be counted. None where there are
/// fewer.
async fn from(tx: &mut Tx, before: CommentId) -> Result<Option<i64>, StoreError> {
    let Some(row) = tx.row(LAST_SPAN, values![before, LAST]).await? else { return Ok(None) };
    let (newest, oldest): (i64, i64) = (row.int(0)?, row.int(1)?);
    Ok(Some(newest.saturating_sub(newest.saturating_sub(oldest).saturating_mul(TIMES))))
}

/// The newest comment before one, and the last of so many, where there are more.
pub(crate) const LAST_SPAN: &str =
    "select (select max(comment_id) from comment_words where comment_id < $1), comment_id
     from comment_words where comment_id < $1 order by comment_id desc limit 1 offset $2";

/// A comment as readers have it, where it is what they look for.
async fn shown(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    (wanted, narrow): (&Query, &Narrow),
    stories: &mut BTreeMap<StoryId, Option<(StoryCard, Option<i64>)>>,
) -> Result<Option<FoundComment>, StoreError> {
    let entry = tx.row(BY_ID, values![story, comment]).await?.map(entry).transpose()?;
    let Some(entry) = entry else { return Ok(None) };
    let Stands::Comment { name, text, received_at, .. } = &entry.stands else { return Ok(None) };
    let said = terms(&format!("{name}\n{text}"), Stemming::Whole);
    let is_it = |wanted: &Wanted| reaches(wanted, &said) > 0;
    let is_in_time =
        narrow.from.is_none_or(|from| *received_at >= from) && narrow.to.is_none_or(|to| *received_at < to);
    if !is_in_time || !wanted.wanted.iter().all(is_it) || wanted.without.iter().any(is_it) {
        return Ok(None);
    }
    let known = match stories.get(&story) {
        Some(known) => known.clone(),
        None => {
            let known = story_of(tx, story).await?;
            stories.insert(story, known.clone());
            known
        }
    };
    let Some((card, section)) = known else { return Ok(None) };
    let is_here = narrow.section.is_none_or(|wanted| Some(wanted.0) == section);
    Ok(is_here.then_some(FoundComment { entry, story: card }))
}

/// The story of a comment and its section, if it is public and shows its comments.
async fn story_of(tx: &mut Tx, story: StoryId) -> Result<Option<(StoryCard, Option<i64>)>, StoreError> {
    let text = "select section_id from stories
         where story_id = $1 and state = 'published' and comment_policy <> 'hidden'";
    let Some(row) = tx.row(text, values![story]).await? else { return Ok(None) };
    let section = row.maybe_int(0)?;
    let card = cards(tx, &cards_text(1), values![story]).await?.into_iter().next();
    Ok(card.map(|card| (card, section)))
}

/// Comments with these words, those received last first, without a story where they are not public: `$1` the words, `$2` before
/// this one, `$3` at most so many; on PostgreSQL `$4` from which one on.
pub(crate) fn candidates_text(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "with found as materialized (select rowid as comment_id from comment_words
                 where comment_words match $1 and rowid < $2 order by rowid desc limit $3)
             select c.story_id, f.comment_id from found f left join public_comments c on c.comment_id = f.comment_id
             order by f.comment_id desc"
        }
        Dialect::Postgres => {
            "with found as materialized (select story_id, comment_id from comment_words
                 where words @@ cast(cast($1 as text) as tsquery) and comment_id < $2 and comment_id >= $4
                 order by comment_id + 0 desc limit $3)
             select c.story_id, f.comment_id from found f
             left join public_comments c on c.story_id = f.story_id and c.comment_id = f.comment_id
             order by f.comment_id desc"
        }
    }
}

/// The same on PostgreSQL, of those alone that came in last.
pub(crate) fn among_last_text() -> String {
    format!(
        "with found as materialized (select w.story_id, w.comment_id from
                 (select story_id, comment_id, words from comment_words
                  where comment_id < $2 order by comment_id desc limit {LAST}) w
             where w.words @@ cast(cast($1 as text) as tsquery) order by w.comment_id desc limit $3)
         select c.story_id, f.comment_id from found f
         left join public_comments c on c.story_id = f.story_id and c.comment_id = f.comment_id
         order by f.comment_id desc"
    )
}

/// The words that a comment must have, as the engine is asked; phrases as their words, a word that is begun not at all.
fn words_of(dialect: Dialect, wanted: &Query) -> Option<String> {
    let whole = wanted.wanted.iter().filter(|wanted| wanted.begins.is_none());
    let terms: Vec<String> = whole.filter_map(|wanted| wanted.forms.first()).flatten().cloned().collect();
    let begun: Vec<String> = wanted.wanted.iter().filter_map(|wanted| wanted.begins.clone()).collect();
    if terms.is_empty() && begun.is_empty() {
        return None;
    }
    let begun = begun.iter().map(|word| match dialect {
        Dialect::Sqlite => format!("\"{}\" *", word.replace('"', "\"\"")),
        Dialect::Postgres => format!("{}:*", super::index::quoted(word)),
    });
    let parts: Vec<String> = terms.iter().map(|term| query(dialect, &asked(term))).chain(begun).collect();
    Some(parts.join(if dialect == Dialect::Sqlite { " AND " } else { " & " }))
}

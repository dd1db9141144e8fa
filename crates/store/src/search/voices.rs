//! What readers find of comments: those that are public now, under stories that show them. The words that are kept are those of
//! every comment; what a reader is shown comes out of the view `public_comments` by its key, and nothing else of a comment
//! leaves this file, not even that it is there.

use super::eras;
use super::expression::Narrow;
use super::{asked, query};
use crate::engine::{Dialect, Tx, Value, values};
use crate::listings::{StoryCard, cards, cards_text};
use crate::thread::{Stands, ThreadEntry, by_ids_text, entry};
use crate::{Store, StoreError};
use newsroom::search::{Query, Stemming, Wanted, reaches, terms};
use newsroom::{CommentId, StoryId, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Comments that are read at once: of those that came in last so many, which mostly fill a page; where these did not, more, since then
/// few of those that are looked at are meant.
const AT_ONCE: usize = 32;
const MORE_AT_ONCE: usize = 200;
/// Comments that are looked at in the first step and in each that follows, and for a page.
const LOOKED_AT: i64 = 200;
const THEN: i64 = 400;
const MOST: i64 = 2_400;
/// Of which comments is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Of those that came in last.
    Last,
    /// Of more of them.
    Later,
    /// Of all.
    All,
}

impl Reach {
    /// A word that is begun is gathered whole each time, with all words that begin so: there is no step between.
    fn wider(self, is_begun: bool) -> Self {
        if self == Self::Last && !is_begun { Self::Later } else { Self::All }
    }
}

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

/// Stories with their sections; none of one that readers do not have, or not its comments.
type Stories = BTreeMap<StoryId, Option<(StoryCard, Option<i64>)>>;

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
    let (mut found, mut stories) = (Vec::new(), Stories::new());
    let mut before = before.unwrap_or(CommentId(i64::MAX));
    let mut reach = if tx.dialect() == Dialect::Postgres { Reach::Last } else { Reach::All };
    let (mut at_once, mut some, mut left) = (AT_ONCE, LOOKED_AT, MOST);
    while left > 0 {
        let (places, next) = step(tx, (&words, narrow), (before, reach), some.min(left)).await?;
        left -= i64::try_from(places.len()).unwrap_or(MOST);
        let public: Vec<_> = places.iter().filter_map(|(story, comment)| Some(((*story)?, *comment))).collect();
        for public in public.chunks(at_once) {
            let mut entries = entries(tx, public, at_once).await?;
            let meant = |entry: &ThreadEntry| is_meant(entry, wanted, narrow);
            entries.retain(|_, entry| meant(entry));
            let meant: Vec<_> = public.iter().copied().filter(|(_, comment)| entries.contains_key(comment)).collect();
            // Not of all of them their stories: a few fill the page.
            for some in meant.chunks(AT_ONCE) {
                read_stories(tx, some, &mut stories).await?;
                for (story, comment) in some {
                    let Some(entry) = entries.remove(comment) else { continue };
                    let Some((card, section)) = stories.get(story).and_then(Option::as_ref) else { continue };
                    if narrow.section.is_none_or(|wanted| Some(wanted.0) == *section) {
                        found.push(FoundComment { entry, story: card.clone() });
                    }
                }
                if found.len() > limit {
                    found.truncate(limit);
                    let next = found.last().map(|last: &FoundComment| last.entry.id);
                    return Ok(FoundComments { comments: found, next });
                }
            }
        }
        let Some(next) = next else { break };
        (before, reach) = next;
        (at_once, some) = (MORE_AT_ONCE, THEN);
    }
    // Nothing is said of older ones: among those that were looked at are some that nobody released, and neither their number
    // nor the id of one may be told by a way on.
    Ok(FoundComments { comments: found, next: None })
}

/// Where the next step begins, and of which comments it asks.
type Next = (CommentId, Reach);
/// Comments with their stories, those that came in last first; without a story those that are not public.
type Places = Vec<(Option<StoryId>, CommentId)>;

/// The next comments with these words before one of them, and where it goes on.
async fn step(
    tx: &mut Tx,
    (words, narrow): (&Words, &Narrow),
    (before, reach): Next,
    most: i64,
) -> Result<(Places, Option<Next>), StoreError> {
    let (since, until) = (
        narrow.from.map_or(i64::MIN, Timestamp::as_millisecond),
        narrow.to.map_or(i64::MAX, Timestamp::as_millisecond),
    );
    let eras = match reach {
        Reach::Last => eras::of_comments_before(tx, before, false).await?,
        Reach::Later => eras::of_comments_before(tx, before, true).await?,
        Reach::All => None,
    };
    let floor = eras.as_ref().map(|(_, first)| *first);
    let all = eras.map_or_else(|| words.all.clone(), |(eras, _)| format!("({}) & {eras}", words.all));
    let mut given = values![all, before, most, since, until].to_vec();
    if tx.dialect() == Dialect::Postgres {
        given.push(Value::from(floor.unwrap_or(i64::MIN)));
    }
    let rows = tx.rows(candidates_text(tx.dialect()), &given).await?;
    let places = rows.iter().map(|row| Ok((row.maybe_int(0)?.map(StoryId), CommentId(row.int(1)?))));
    let places = places.collect::<Result<Places, StoreError>>()?;
    let next = match places.last() {
        Some((_, last)) if i64::try_from(places.len()).is_ok_and(|found| found >= most) => Some((*last, reach)),
        _ => floor.map(|floor| (CommentId(floor), reach.wider(words.is_begun))),
    };
    Ok((places, next))
}

/// Those of these comments that readers have, as they have them.
async fn entries(
    tx: &mut Tx,
    public: &[(StoryId, CommentId)],
    at_once: usize,
) -> Result<HashMap<CommentId, ThreadEntry>, StoreError> {
    let Some((_, last)) = public.last() else { return Ok(HashMap::new()) };
    // Always as many, so that it stays one statement.
    let mut ids: Vec<Value> = public.iter().map(|(_, comment)| Value::from(*comment)).collect();
    ids.resize(at_once, Value::from(*last));
    let rows = tx.rows(&by_ids_text(at_once), &ids).await?;
    rows.into_iter().map(|row| entry(row).map(|entry| (entry.id, entry))).collect()
}

/// It is what is looked for: a comment, of that time, with all the words and none of the others.
fn is_meant(entry: &ThreadEntry, wanted: &Query, narrow: &Narrow) -> bool {
    let Stands::Comment { name, text, received_at, .. } = &entry.stands else { return false };
    let said = terms(&format!("{name}\n{text}"), Stemming::Whole);
    let is_it = |wanted: &Wanted| reaches(wanted, &said) > 0;
    narrow.from.is_none_or(|from| *received_at >= from)
        && narrow.to.is_none_or(|to| *received_at < to)
        && wanted.wanted.iter().all(is_it)
        && !wanted.without.iter().any(is_it)
}

/// The stories of comments and their sections, those that are public and show their comments, each once.
async fn read_stories(tx: &mut Tx, of: &[(StoryId, CommentId)], stories: &mut Stories) -> Result<(), StoreError> {
    let new: BTreeSet<StoryId> =
        of.iter().map(|(story, _)| *story).filter(|story| !stories.contains_key(story)).collect();
    let Some(last) = new.last() else { return Ok(()) };
    let mut ids: Vec<Value> = new.iter().map(|story| Value::from(*story)).collect();
    ids.resize(AT_ONCE, Value::from(*last));
    let marks = (1..=AT_ONCE).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "select story_id, section_id from stories
         where story_id in ({marks}) and state = 'published' and comment_policy <> 'hidden'"
    );
    let sections = tx.rows(&text, &ids).await?.into_iter().map(|row| Ok((StoryId(row.int(0)?), row.maybe_int(1)?)));
    let sections = sections.collect::<Result<HashMap<_, _>, StoreError>>()?;
    stories.extend(new.iter().map(|story| (*story, None)));
    for card in cards(tx, &cards_text(AT_ONCE), &ids).await? {
        if let Some(section) = sections.get(&card.id) {
            stories.insert(card.id, Some((card, *section)));
        }
    }
    Ok(())
}

/// Comments with these words, those received last first, without a story where they are not public, or not of that time: `$1` the
/// words, `$2` before this one, `$3` at most so many, `$4` from and `$5` before which moment; on PostgreSQL `$6` from this one on.
pub(crate) fn candidates_text(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "with found as materialized (select rowid as comment_id from comment_words
                 where comment_words match $1 and rowid < $2 order by rowid desc limit $3)
             select c.story_id, f.comment_id from found f left join public_comments c on c.comment_id = f.comment_id
                 and c.received_at >= $4 and c.received_at < $5
             order by f.comment_id desc"
        }
        Dialect::Postgres => {
            "with found as materialized (select story_id, comment_id from comment_words
                 where words @@ cast(cast($1 as text) as tsquery) and comment_id + 0 < $2 and comment_id + 0 >= $6
                 order by comment_id + 0 desc limit $3)
             select c.story_id, f.comment_id from found f
             left join public_comments c on c.story_id = f.story_id and c.comment_id = f.comment_id
                 and c.received_at >= $4 and c.received_at < $5
             order by f.comment_id desc"
        }
    }
}

/// The words that a comment must have.
struct Words {
    /// As the engine is asked; phrases as their words.
    all: String,
    /// One of them is only begun.
    is_begun: bool,
}

fn words_of(dialect: Dialect, wanted: &Query) -> Option<Words> {
    let whole = wanted.wanted.iter().filter(|wanted| wanted.begins.is_none());
    let terms: Vec<String> = whole.filter_map(|wanted| wanted.forms.first()).flatten().cloned().collect();
    let begun: Vec<String> = wanted.wanted.iter().filter_map(|wanted| wanted.begins.clone()).collect();
    if terms.is_empty() && begun.is_empty() {
        return None;
    }
    let is_begun = !begun.is_empty();
    let begun = begun.iter().map(|word| match dialect {
        Dialect::Sqlite => format!("\"{}\" *", word.replace('"', "\"\"")),
        Dialect::Postgres => format!("{}:*", super::index::quoted(word)),
    });
    let parts: Vec<String> = terms.iter().map(|term| query(dialect, &asked(term))).chain(begun).collect();
    Some(Words { all: parts.join(if dialect == Dialect::Sqlite { " AND " } else { " & " }), is_begun })
}

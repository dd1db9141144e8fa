//! What readers find: public stories, the nearest first. Engines say which match, at most so many; in which order they stand
//! is `newsroom::search::rank`, the same on both. Where nothing matches, the slip that was probably made is put right, Arabic
//! in Latin letters is read, or stories that have some of the words are found.

use super::eras;
use super::expression::{Narrow, Tongue, any, head, whole};
use super::near::public_among;
use super::spelling::known_near;
use crate::engine::{Dialect, Tx, Value, values};
use crate::listings::{StoryCard, cards, cards_text};
use crate::pictures::text_as_readers_see;
use crate::{Store, StoreError};
use arabic::arabizi;
use arabic::fold::{Level, folded};
use arabic::words::article;
use newsroom::search::{Fields, Known, Query, Rank, Wanted, fused, likeliest, rank, slips};
use newsroom::story::StoryText;
use newsroom::{StoryId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Of the stories that match, this many are put in order: those begun last that have every word in headline, standfirst or
/// names, and those begun last that have them anywhere.
pub(crate) const CANDIDATES: i64 = 400;
/// Letters of a body that are handed out, to show where the words stand.
const MOST_OF_BODY: usize = 60_000;

/// A search of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is looked for.
    pub query: Query,
    /// Where.
    pub narrow: Narrow,
}

/// How what was found meets what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It has every word.
    AsAsked,
    /// Nothing had every word: words were put right, or read.
    PutRight,
    /// Nothing had every word: these have some.
    SomeWords,
    /// Nothing had any word: these are near in meaning.
    ByMeaning,
}

/// A story that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundStory {
    /// As lists show it.
    pub card: StoryCard,
    /// The words of its body, to show those that were looked for.
    pub body: String,
    /// It is near in meaning, and was found by none of the words.
    pub by_meaning: bool,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundStories {
    /// The nearest first.
    pub stories: Vec<FoundStory>,
    /// What they were found by: another query than was asked where words were put right.
    pub query: Query,
    /// How they meet what was asked.
    pub how: How,
    /// There are more, after this place.
    pub next: Option<(Rank, StoryId)>,
}

impl Store {
    /// Public stories that readers look for, from after a place, at most `limit`.
    pub async fn search_stories(
        &self,
        asked: &Asked,
        after: Option<(Rank, StoryId)>,
        limit: u32,
    ) -> Result<FoundStories, StoreError> {
        self.search_stories_near(asked, &[], after, limit).await
    }

    /// The same, with stories that somebody knows to be near in meaning, the nearest first: those that are public and where
    /// they are looked for are found as well, after what has every word.
    pub async fn search_stories_near(
        &self,
        asked: &Asked,
        near: &[StoryId],
        after: Option<(Rank, StoryId)>,
        limit: u32,
    ) -> Result<FoundStories, StoreError> {
        let (asked, near) = (asked.clone(), Arc::<[StoryId]>::from(near));
        let read = self.engine.read(move |tx| {
            let (asked, near) = (asked.clone(), Arc::clone(&near));
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            Box::pin(async move { page(tx, (&asked, &near), after, limit).await })
        });
        read.await
    }
}

async fn page(
    tx: &mut Tx,
    (asked, near): (&Asked, &[StoryId]),
    after: Option<(Rank, StoryId)>,
    limit: usize,
) -> Result<FoundStories, StoreError> {
    tx.plan_once().await?;
    let (query, how, mut words) = found(tx, asked).await?;
    words.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    let near = public_among(tx, near, &asked.narrow).await?;
    let by_words: BTreeSet<StoryId> = words.iter().map(|(_, story)| *story).collect();
    let how = if words.is_empty() && !near.is_empty() { How::ByMeaning } else { how };
    let mut places = fused(&words, &near, matches!(how, How::AsAsked | How::PutRight));
    places.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    places.retain(|place| after.is_none_or(|after| *place < after));
    let more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().copied().filter(|_| more);
    let mut stories = stories(tx, &places).await?;
    for story in &mut stories {
        story.by_meaning = !by_words.contains(&story.card.id);
    }
    Ok(FoundStories { stories, query, how, next })
}

type Places = Vec<(Rank, StoryId)>;

/// What is found, by which query, and how it meets what was asked.
async fn found(tx: &mut Tx, asked: &Asked) -> Result<(Query, How, Places), StoreError> {
    if asked.query.is_empty() {
        return Ok((asked.query.clone(), How::AsAsked, Places::new()));
    }
    let places = having_all(tx, &asked.query, &asked.narrow).await?;
    if !places.is_empty() {
        return Ok((asked.query.clone(), How::AsAsked, places));
    }
    let mut query = asked.query.clone();
    if let Some(right) = put_right(tx, asked).await? {
        let places = having_all(tx, &right, &asked.narrow).await?;
        if !places.is_empty() {
            return Ok((right, How::PutRight, places));
        }
        query = right;
    }
    let given = vec![any(Tongue::of(tx, &query).await?, &query, &asked.narrow)];
    let some = candidates(tx, &query, &asked.narrow, (Among::All, given), false).await?;
    Ok((query, How::SomeWords, some.into_iter().collect()))
}

async fn having_all(tx: &mut Tx, query: &Query, narrow: &Narrow) -> Result<Places, StoreError> {
    let (dialect, tongue) = (tx.dialect(), Tongue::of(tx, query).await?);
    let (all, in_head) = (whole(tongue, query, narrow), head(tongue, query));
    let is_plain = *narrow == Narrow::default() && query.without.is_empty();
    let is_plain = is_plain && query.wanted.iter().flat_map(|wanted| &wanted.forms).all(|form| form.len() == 1);
    let (place, given) = match dialect {
        Dialect::Sqlite => (Among::Head, vec![format!("({all}) AND {in_head}")]),
        Dialect::Postgres if is_plain => (Among::Head, vec![in_head]),
        Dialect::Postgres => (Among::HeadAndMore, vec![in_head, all.clone()]),
    };
    let mut places = candidates(tx, query, narrow, (place, given), true).await?;
    places.extend(candidates(tx, query, narrow, (Among::All, vec![all]), true).await?);
    Ok(places.into_iter().collect())
}

/// The stories that match, with their ranks: `given` is the words, as the engine is asked for them.
async fn candidates(
    tx: &mut Tx,
    query: &Query,
    narrow: &Narrow,
    (place, given): (Among, Vec<String>),
    all: bool,
) -> Result<BTreeSet<(Rank, StoryId)>, StoreError> {
    let rest = values![
        CANDIDATES,
        narrow.from.map_or(i64::MIN, Timestamp::as_millisecond),
        narrow.to.map_or(i64::MAX, Timestamp::as_millisecond),
    ];
    let text = candidates_text(tx.dialect(), place);
    let mut rows = Vec::new();
    for last in tries(tx).await? {
        let of_last =
            |words: &String| last.as_ref().map_or_else(|| words.clone(), |eras| format!("({words}) & {eras}"));
        let words: Vec<Value> = given.iter().map(of_last).map(Value::from).collect();
        rows = tx.rows(&text, &[&words[..], rest].concat()).await?;
        if i64::try_from(rows.len()).is_ok_and(|found| found >= CANDIDATES) {
            break;
        }
    }
    let ranked = rows.into_iter().map(|mut row| {
        let fields =
            Fields { headline: row.text(2)?, standfirst: row.text(3)?, names: row.text(4)?, captions: row.text(5)? };
        Ok((rank(query, &fields, row.time(1)?, all), StoryId(row.int(0)?)))
    });
    ranked.collect()
}

/// Of which stories is asked, one after the other until there are enough: on PostgreSQL of those begun last, then of all.
async fn tries(tx: &mut Tx) -> Result<Vec<Option<String>>, StoreError> {
    let last = if tx.dialect() == Dialect::Postgres { eras::last_of_stories(tx).await? } else { None };
    Ok(last.map(Some).into_iter().chain([None]).collect())
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    /// Everything that is kept.
    All,
    /// Headline, standfirst and names.
    Head,
    /// The same, where phrases, what must not be there or a narrow search ask for the rest as well.
    HeadAndMore,
}

/// The stories that match and their fields: `$1` the words (on PostgreSQL those of the head, and `$2` all of them, where both
/// are asked), then at most so many, from and before which moment.
pub(crate) fn candidates_text(dialect: Dialect, place: Among) -> String {
    let (found, next) = match (dialect, place) {
        (Dialect::Sqlite, _) => {
            ("select rowid as story_id from story_index where story_index match $1 order by rowid desc limit $2", 3)
        }
        // With a sum, so that it goes by the words and never through stories from the newest on.
        (Dialect::Postgres, Among::HeadAndMore) => (
            "select story_id from story_index where head @@ cast(cast($1 as text) as tsquery)
                 and words @@ cast(cast($2 as text) as tsquery) order by story_id + 0 desc limit $3",
            4,
        ),
        (Dialect::Postgres, Among::Head) => (
            "select story_id from story_index where head @@ cast(cast($1 as text) as tsquery)
             order by story_id + 0 desc limit $2",
            3,
        ),
        (Dialect::Postgres, Among::All) => (
            "select story_id from story_index where words @@ cast(cast($1 as text) as tsquery)
             order by story_id + 0 desc limit $2",
            3,
        ),
    };
    format!(
        "with found as materialized ({found})
         select s.story_id, s.published_at, s.headline, s.standfirst, s.names, s.captions
         from found f join story_fields s on s.story_id = f.story_id
         where s.published_at >= ${next} and s.published_at < ${}",
        next + 1
    )
}

/// The query with each word that no story has put right; none where nothing can be.
async fn put_right(tx: &mut Tx, asked: &Asked) -> Result<Option<Query>, StoreError> {
    let mut typed = asked.query.typed.clone();
    for wanted in &asked.query.wanted {
        if !is_anywhere(tx, wanted).await?
            && let Some(meant) = meant(tx, &wanted.typed).await?
        {
            typed = Query::read(&typed).with(&wanted.typed, &meant);
        }
    }
    Ok((typed != asked.query.typed).then(|| Query::read(&format!("{typed} "))))
}

async fn is_anywhere(tx: &mut Tx, wanted: &Wanted) -> Result<bool, StoreError> {
    let query = Query { wanted: vec![wanted.clone()], ..Query::default() };
    let words = whole(Tongue::of(tx, &query).await?, &query, &Narrow::default());
    let given = values![words, 1, i64::MIN, i64::MAX];
    Ok(tx.row(&candidates_text(tx.dialect(), Among::All), given).await?.is_some())
}

/// The word that was probably meant: a slip away, or read where it is Arabic in Latin letters.
async fn meant(tx: &mut Tx, typed: &str) -> Result<Option<String>, StoreError> {
    let word = folded(typed, Level::Search);
    let (before, rest) = article(&word);
    let near = likeliest(rest, known_near(tx, &slips(rest)).await?);
    if let Some(known) = near {
        return Ok(Some(format!("{before}{}", known.shown)));
    }
    let readings = arabizi::candidates(&word);
    let bares: Vec<&str> = readings.iter().map(|reading| article(reading).1).collect();
    let keys = bares.iter().flat_map(|reading| slips(reading)).collect();
    let known = known_near(tx, &keys).await?;
    Ok(read(&bares, known).map(|known| known.shown))
}

/// The known word that one of the readings is: the same, the same but for what Latin letters leave open, or a slip away.
fn read(readings: &[&str], known: Vec<Known>) -> Option<Known> {
    if let Some(same) = readings.iter().find_map(|reading| known.iter().find(|known| known.word == *reading)) {
        return Some(same.clone());
    }
    let bones: BTreeSet<String> = readings.iter().map(|reading| arabizi::skeleton(reading)).collect();
    let is_alike = |known: &&Known| {
        let bone = arabizi::skeleton(&known.word);
        bone.chars().count() >= 3 && bones.contains(&bone)
    };
    let alike = known.iter().filter(is_alike).max_by(|a, b| (a.stories, &b.word).cmp(&(b.stories, &a.word)));
    alike.cloned().or_else(|| readings.first().and_then(|reading| likeliest(reading, known.iter().cloned())))
}

/// The stories of a page with their bodies, in this order.
async fn stories(tx: &mut Tx, places: &[(Rank, StoryId)]) -> Result<Vec<FoundStory>, StoreError> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Value> = places.iter().map(|(_, story)| Value::from(*story)).collect();
    let mut found: BTreeMap<StoryId, StoryCard> =
        cards(tx, &cards_text(ids.len()), &ids).await?.into_iter().map(|card| (card.id, card)).collect();
    let numbers = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let texts = tx.rows(&format!("select story_id, text from stories where story_id in ({numbers})"), &ids).await?;
    let texts = texts.into_iter().map(|mut row| Ok((StoryId(row.int(0)?), row.json::<StoryText>(1)?)));
    let mut texts = texts.collect::<Result<BTreeMap<_, _>, StoreError>>()?;
    let mut stories = Vec::with_capacity(found.len());
    for (_, story) in places {
        let Some(card) = found.remove(story) else { continue };
        let mut text = texts.remove(story).ok_or(StoreError::NotFound)?;
        text_as_readers_see(tx, &mut text).await?;
        let body = text.body.plain_text();
        stories.push(FoundStory {
            card,
            body: body[..body.floor_char_boundary(MOST_OF_BODY)].to_owned(),
            by_meaning: false,
        });
    }
    Ok(stories)
}

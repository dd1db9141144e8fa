//! Words to find things by: folded and lightly stemmed by `arabic`, written in the same transaction as the text. SQLite
//! keeps them in FTS5, PostgreSQL in a tsvector made without any configuration: the two texts that are written twice.
//!
//! What readers look for in public stories has an index of its own, by field and with places (`index`), and the words of
//! which slips are put right (`spelling`). Here are the sets of words by which staff finds stories and comments.

mod eras;
mod expression;
mod index;
mod near;
mod readers;
mod spelling;
mod voices;

pub(crate) use eras::{BEFORE as ERAS_BEFORE, BEGIN_OF_COMMENTS, BEGIN_OF_STORIES, OF_COMMENT, OF_STORY, divide_anew};
pub use expression::Narrow;
pub(crate) use readers::{Among, CANDIDATES as PUT_IN_ORDER, candidates_text as readers_text};
pub use readers::{Asked, FoundStories, FoundStory, How};
pub(crate) use spelling::known_text;
pub(crate) use voices::candidates_text as voices_text;
pub use voices::{FoundComment, FoundComments};

use crate::engine::{Dialect, Tx, values};
use crate::listings::{CARD, StoryCard, cards};
use crate::meaning::{drop_story, story_is_due};
use crate::pictures::{draw_anew, text_as_readers_see};
use crate::{Store, StoreError};
use newsroom::story::StoryText;
use newsroom::{CommentId, StoryId, Timestamp};
use std::collections::BTreeSet;

/// Words of a query beyond these are not looked at.
const MOST_WORDS: usize = 16;
/// Characters of a word that are kept: PostgreSQL takes no lexeme of more than 2,046 bytes.
const LONGEST_WORD: usize = 64;
/// Bytes of words kept of one text: a tsvector holds one megabyte.
const MOST_BYTES: usize = 400_000;
/// Of the stories that match, this many are put in order: those begun last. Only words that stand in more stories than
/// this can lose an older one.
const CANDIDATES: i64 = 2_000;

impl Store {
    /// Published stories that hold every word asked for, newest first, at most `limit`.
    pub async fn find_stories(&self, words: &str, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        let terms = asked(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let read = self.engine.read(move |tx| {
            let query = query(tx.dialect(), &terms);
            Box::pin(async move {
                let text = stories_text(tx.dialect());
                cards(tx, &text, values![query, i64::from(limit), CANDIDATES]).await
            })
        });
        read.await
    }

    /// Comments in any state that hold every word asked for in name or text, newest first. For the staff only.
    pub async fn find_comments(&self, words: &str, limit: u32) -> Result<Vec<(StoryId, CommentId)>, StoreError> {
        let terms = asked(words);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let read = self.engine.read(move |tx| {
            let query = query(tx.dialect(), &terms);
            Box::pin(async move { tx.rows(comments_text(tx.dialect()), values![query, i64::from(limit)]).await })
        });
        let rows = read.await?;
        rows.into_iter().map(|row| Ok((StoryId(row.int(0)?), CommentId(row.int(1)?)))).collect()
    }
}

/// Whether something has words already: SQLite looks for them only where it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Had {
    None,
    Perhaps,
}

/// The words of a story, cut out of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoryWords {
    /// By which readers find it.
    index: index::Words,
    /// By which the staff does.
    set: String,
}

impl StoryWords {
    /// Those of a text that readers have since then.
    pub(crate) fn of(text: &StoryText, published_at: Timestamp) -> Self {
        let (index, said) = index::Words::of(text, published_at);
        Self { index, set: joined(said.iter().filter_map(|word| whole(word))) }
    }

    /// Notes what is kept beside them. Whoever keeps many stories does this for all of them first: on SQLite, statements on
    /// other tables make the index write down piecemeal what it has gathered.
    pub(crate) async fn note(&self, tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
        index::note(tx, story, &self.index).await?;
        story_is_due(tx, story).await
    }

    /// Keeps them, in place of those it had.
    pub(crate) async fn keep(&self, tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
        index::write(tx, story, &self.index, Had::Perhaps).await?;
        self.keep_set(tx, story, Had::Perhaps).await
    }

    /// Keeps those of a story that had none before.
    pub(crate) async fn keep_new(&self, tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
        index::write(tx, story, &self.index, Had::None).await?;
        self.keep_set(tx, story, Had::None).await
    }

    async fn keep_set(&self, tx: &mut Tx, story: StoryId, had: Had) -> Result<(), StoreError> {
        let sql = match (tx.dialect(), had) {
            (Dialect::Sqlite, Had::None) => "insert into story_words (rowid, words) values ($1, $2)",
            (Dialect::Sqlite, Had::Perhaps) => "insert or replace into story_words (rowid, words) values ($1, $2)",
            (Dialect::Postgres, _) => {
                "insert into story_words (story_id, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))
                 on conflict (story_id) do update set words = excluded.words"
            }
        };
        tx.run(sql, values![story, &self.set]).await.map(drop)
    }
}

/// Keeps the words of a published story as its row stands, in place of those it had.
pub(crate) async fn keep_story_words(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    // Held while its words are cut: they are those of its last text, and of none that was withdrawn meanwhile.
    let held = "update stories set state = state where story_id = $1 returning text, published_at, state";
    let mut row = tx.row(held, values![story]).await?.ok_or(StoreError::NotFound)?;
    if row.text(2)? != "published" {
        return drop_story_words(tx, story).await;
    }
    let (mut text, published_at): (StoryText, _) = (row.json(0)?, row.time(1)?);
    text_as_readers_see(tx, &mut text).await?;
    let words = StoryWords::of(&text, published_at);
    words.note(tx, story).await?;
    words.keep(tx, story).await
}

/// The stories that show a picture are cut anew soon, and their cards drawn anew: what stands below it is found while readers
/// have it, and no longer.
pub(crate) async fn cut_anew(tx: &mut Tx, picture: &str, now: Timestamp) -> Result<(), StoreError> {
    draw_anew(tx, picture, now).await?;
    let text = "insert into story_index_due (story_id)
         select u.story_id from picture_uses u join stories s on s.story_id = u.story_id
         where u.name = $1 and u.printed > 0 and s.state = 'published' on conflict (story_id) do nothing";
    tx.run(text, values![picture]).await.map(drop)
}

/// Keeps the words of what readers do not have, in place of those it had: for the desk alone.
pub(crate) async fn keep_desk_words(tx: &mut Tx, story: StoryId, text: &StoryText) -> Result<(), StoreError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "insert or replace into desk_words (rowid, words) values ($1, $2)",
        Dialect::Postgres => {
            "insert into desk_words (story_id, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))
             on conflict (story_id) do update set words = excluded.words"
        }
    };
    tx.run(sql, values![story, kept(&words_of(text))]).await.map(drop)
}

/// Readers have everything of a story that the desk has.
pub(crate) async fn drop_desk_words(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "delete from desk_words where rowid = $1",
        Dialect::Postgres => "delete from desk_words where story_id = $1",
    };
    tx.run(sql, values![story]).await.map(drop)
}

/// Makes the desk's words of a story again from its rows: what is being written, or else what readers do not have.
pub(crate) async fn make_desk_words(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let sql = "select coalesce(w.text, s.text) from stories s left join working_texts w on w.story_id = s.story_id
         where s.story_id = $1 and (w.text is not null or s.state not in ('published', 'outside'))";
    match tx.row(sql, values![story]).await? {
        Some(mut row) => keep_desk_words(tx, story, &row.json(0)?).await,
        None => drop_desk_words(tx, story).await,
    }
}

/// Everything a reader may look for: the text, and the names around it.
fn words_of(text: &StoryText) -> String {
    let names = text.bylines.iter().map(|byline| byline.name.as_str());
    let tags = text.tags.iter().map(|tag| tag.name.as_str());
    let around = [text.kicker.as_str(), text.dateline.as_str()].into_iter().chain(names).chain(tags);
    around.fold(text.plain_text(), |words, name| words + "\n" + name)
}

/// Takes a story's words away, and what they mean: it is found no more.
pub(crate) async fn drop_story_words(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    index::drop_words(tx, story).await?;
    drop_story(tx, story).await?;
    let sql = match tx.dialect() {
        Dialect::Sqlite => "delete from story_words where rowid = $1",
        Dialect::Postgres => "delete from story_words where story_id = $1",
    };
    tx.run(sql, values![story]).await.map(drop)
}

/// Keeps the words of a comment, its name among them, in place of those it had.
pub(crate) async fn keep_comment_words(
    tx: &mut Tx,
    comment: (StoryId, CommentId),
    name: &str,
    text: &str,
) -> Result<(), StoreError> {
    keep_cut_words(tx, comment, &comment_words(name, text), Had::Perhaps).await
}

/// Keeps what [`comment_words`] cut of a comment that had none before.
pub(crate) async fn keep_new_comment_words(
    tx: &mut Tx,
    comment: (StoryId, CommentId),
    words: &str,
) -> Result<(), StoreError> {
    keep_cut_words(tx, comment, words, Had::None).await
}

/// The words of a comment, its name among them, cut out of its text.
pub(crate) fn comment_words(name: &str, text: &str) -> String {
    kept(&format!("{name}\n{text}"))
}

async fn keep_cut_words(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    words: &str,
    had: Had,
) -> Result<(), StoreError> {
    match tx.dialect() {
        Dialect::Sqlite => {
            let sql = match had {
                Had::None => "insert into comment_words (rowid, words) values ($1, $2)",
                Had::Perhaps => "insert or replace into comment_words (rowid, words) values ($1, $2)",
            };
            tx.run(sql, values![comment, words]).await.map(drop)
        }
        Dialect::Postgres => {
            let words = format!("{} {words}", eras::of_comment(tx, comment).await?);
            let sql = "insert into comment_words (story_id, comment_id, words)
                 values ($1, $2, array_to_tsvector(string_to_array($3, ' ')))
                 on conflict (story_id, comment_id) do update set words = excluded.words";
            tx.run(sql, values![story, comment, words.trim_end()]).await.map(drop)
        }
    }
}

pub(crate) fn stories_text(dialect: Dialect) -> String {
    let found = match dialect {
        Dialect::Sqlite => {
            "select rowid as story_id from story_words where story_words match $1 order by rowid desc limit $3"
        }
        Dialect::Postgres => {
            "select story_id from story_words where words @@ cast(cast($1 as text) as tsquery)
             order by story_id desc limit $3"
        }
    };
    format!(
        "with found as materialized ({found})
         select {CARD} from found f join stories s on s.story_id = f.story_id
         left join threads t on t.story_id = s.story_id
         where s.state = 'published' order by s.published_at desc, s.story_id desc limit $2"
    )
}

/// Stories by words, those begun last first: `$1` the words, `$2` before this story, `$3` at most so many.
pub(crate) fn desk_texts(dialect: Dialect) -> [String; 2] {
    ["story_words", "desk_words"].map(|table| match dialect {
        Dialect::Sqlite => format!(
            "select rowid as story_id from {table} where {table} match $1 and rowid < $2 order by rowid desc limit $3"
        ),
        Dialect::Postgres => format!(
            // With a sum, so that it goes by the words and never through stories from the newest on.
            "select story_id from {table} where words @@ cast(cast($1 as text) as tsquery) and story_id + 0 < $2
             order by story_id + 0 desc limit $3"
        ),
    })
}

pub(crate) fn comments_text(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => {
            "with found as materialized
                 (select rowid as comment_id from comment_words where comment_words match $1 order by rowid desc limit $2)
             select c.story_id, c.comment_id from found f join comments c on c.comment_id = f.comment_id
             order by c.comment_id desc"
        }
        Dialect::Postgres => {
            "with found as materialized
                 (select story_id, comment_id from comment_words where words @@ cast(cast($1 as text) as tsquery))
             select story_id, comment_id from found order by comment_id desc limit $2"
        }
    }
}

/// The words of a query, as they are looked for.
pub(crate) fn asked(words: &str) -> Vec<String> {
    let terms: BTreeSet<String> = arabic::words::search_terms(words).iter().filter_map(|word| whole(word)).collect();
    terms.into_iter().take(MOST_WORDS).collect()
}

/// Every word must be there. A word is quoted, so that no sign in it is read as the query language's own.
pub(crate) fn query(dialect: Dialect, terms: &[String]) -> String {
    let quoted = terms.iter().map(|term| match dialect {
        Dialect::Sqlite => format!("\"{}\"", term.replace('"', "\"\"")),
        Dialect::Postgres => format!("'{}'", term.replace('\\', "\\\\").replace('\'', "''")),
    });
    let between = match dialect {
        Dialect::Sqlite => " ",
        Dialect::Postgres => " & ",
    };
    quoted.collect::<Vec<_>>().join(between)
}

/// The different words of a text with one space between them.
fn kept(text: &str) -> String {
    let terms: BTreeSet<String> = arabic::words::search_terms(text).iter().filter_map(|word| whole(word)).collect();
    joined(terms.into_iter())
}

fn joined(terms: impl Iterator<Item = String>) -> String {
    let mut words = String::new();
    for term in terms {
        if words.len() + term.len() > MOST_BYTES {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&term);
    }
    words
}

/// A word as one word: without what would cut it in two, and not longer than the engines take.
fn whole(word: &str) -> Option<String> {
    let signs = word.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let word: String = signs.take(LONGEST_WORD).collect();
    (!word.is_empty()).then_some(word)
}

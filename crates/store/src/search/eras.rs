//! Public stories in the order in which they were begun, and comments in that in which they came in, some thousand after another, on
//! PostgreSQL: its index of words tells none before it has gathered all that have a word, and leaves out at once what has another era
//! than those that are looked for.

use super::index::quoted;
use crate::StoreError;
use crate::engine::{Tx, values};
use newsroom::{CommentId, StoryId};

/// Stories of an era, and comments; those that are published later than others that were begun later make it larger.
const STORIES: i64 = 1_000;
const COMMENTS: i64 = 4_000;
/// Eras of stories that are looked at first: a word that stands in one of twenty stories needs no more.
const LAST_OF_STORIES: i64 = 9;
/// Eras of comments that are an age: of two ages is asked where two eras are not enough, since each mark that is asked for costs.
const AGE: i64 = 16;
/// One of so many comments looks whether the last era is full.
const LOOKS: i64 = 64;

/// Begins an era with a story, or a comment, that was begun after all others, when the last one is full.
///
/// The newest is asked for by itself, and what is counted in its order: an engine that guesses how many are newer reads the whole table.
pub(crate) const BEGIN_OF_STORIES: &str = "insert into story_index_eras (era, first_story)
     select e.era + 1, $1 from (select era, first_story from story_index_eras order by era desc limit 1) e
     where $1 > (select coalesce(max(story_id), -9223372036854775808) from story_index)
         and $2 = (select count(*) from (
             select 1 from story_index where story_id >= e.first_story order by story_id limit $2) s)
     on conflict (era) do nothing";
pub(crate) const BEGIN_OF_COMMENTS: &str = "insert into comment_words_eras (era, first_comment)
     select e.era + 1, $1 from (select era, first_comment from comment_words_eras order by era desc limit 1) e
     where $1 > (select coalesce(max(comment_id), -9223372036854775808) from comment_words)
         and $2 = (select count(*) from (
             select 1 from comment_words where comment_id >= e.first_comment order by comment_id limit $2) c)
     on conflict (era) do nothing";
pub(crate) const OF_STORY: &str = "select era from story_index_eras where first_story <= $1 order by era desc limit 1";
pub(crate) const OF_COMMENT: &str =
    "select era from comment_words_eras where first_comment <= $1 order by era desc limit 1";
/// None while stories wait for being cut anew, some of which may have no mark.
const LAST_ONES: &str = "select era from story_index_eras
     where not exists (select 1 from story_index_due) order by era desc limit $1";
/// The last era of comments before one of them, and where an era begins.
pub(crate) const BEFORE: &str =
    "select era from comment_words_eras where first_comment < $1 order by first_comment desc limit 1";
const FIRST: &str = "select first_comment from comment_words_eras where era = $1";
/// How those that are there are divided anew.
const DIVIDE: [&str; 6] = [
    "delete from story_index_eras",
    "delete from comment_words_eras",
    "insert into story_index_eras (era, first_story) values (1, -9223372036854775808)",
    "insert into comment_words_eras (era, first_comment) values (1, -9223372036854775808)",
    "insert into story_index_eras (era, first_story)
     select 1 + s.place / 1000, s.story_id from (
         select story_id, row_number() over (order by story_id) - 1 as place from stories where state = 'published'
     ) s where s.place > 0 and s.place % 1000 = 0",
    "insert into comment_words_eras (era, first_comment)
     select 1 + c.place / 4000, c.comment_id from (
         select comment_id, row_number() over (order by comment_id) - 1 as place from comments
     ) c where c.place > 0 and c.place % 4000 = 0",
];

/// The mark of a story's era, which is begun where it has to be.
pub(super) async fn of_story(tx: &mut Tx, story: StoryId) -> Result<String, StoreError> {
    tx.run(BEGIN_OF_STORIES, values![story, STORIES]).await?;
    let era = tx.row(OF_STORY, values![story]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    Ok(quoted(&mark(era)))
}

/// The marks of a comment's era, which is begun where it has to be, and of its age.
pub(super) async fn of_comment(tx: &mut Tx, comment: CommentId) -> Result<String, StoreError> {
    if (comment.0 ^ (comment.0 >> 22)) % LOOKS == 0 {
        tx.run(BEGIN_OF_COMMENTS, values![comment, COMMENTS]).await?;
    }
    let era = tx.row(OF_COMMENT, values![comment]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    Ok(format!("{} =a{}", mark(era), era / AGE))
}

/// The marks of the last eras, any of which a story must have to be of them; none where there are no more.
pub(super) async fn last_of_stories(tx: &mut Tx) -> Result<Option<String>, StoreError> {
    let eras = tx.rows(LAST_ONES, values![LAST_OF_STORIES]).await?;
    let eras = eras.iter().map(|row| row.int(0)).collect::<Result<Vec<i64>, _>>()?;
    Ok((i64::try_from(eras.len()).unwrap_or_default() == LAST_OF_STORIES).then(|| any(&eras)))
}

/// The last two eras of comments before one of them, or the last two ages: the marks, any of which a comment must have to be of them,
/// and with which comment they begin; none where there are no more. A comment that was written down while another one began an era
/// may have the mark of the era before, so that this one is asked for as well: what lies below the first is not of them.
pub(super) async fn of_comments_before(
    tx: &mut Tx,
    before: CommentId,
    by_age: bool,
) -> Result<Option<(String, i64)>, StoreError> {
    let last = tx.row(BEFORE, values![before]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    let (sign, long) = if by_age { ("=a", AGE) } else { ("=e", 1) };
    let (newer, older): (i64, i64) = (last / long, last / long - 1);
    let first = older * long;
    let Some(begins) = tx.row(FIRST, values![first]).await? else { return Ok(None) };
    // The first era has no beginning.
    let begins = begins.int(0)?;
    let marks = || format!("('{sign}{newer}' | '{sign}{older}' | {})", quoted(&mark(first - 1)));
    Ok((begins != i64::MIN).then(|| (marks(), begins)))
}

/// Divides anew what is there now, for all of its words are made again: until they are, a search may miss what came in last.
pub(crate) async fn divide_anew(tx: &mut Tx) -> Result<(), StoreError> {
    for sql in DIVIDE {
        tx.run(sql, values![]).await?;
    }
    Ok(())
}

fn any(eras: &[i64]) -> String {
    format!("({})", eras.iter().map(|era| quoted(&mark(*era))).collect::<Vec<_>>().join(" | "))
}

/// No word of a text begins with such a sign.
fn mark(era: i64) -> String {
    format!("=e{era}")
}

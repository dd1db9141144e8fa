//! The rows of search and the probes, made again from the texts; vectors are due then, and made in the background.

use crate::comments::state;
use crate::engine::{Dialect, Tx, values};
use crate::meaning::{comment_is_due, drop_comment};
use crate::probes::{keep_comment_probes, keep_refused_probes, keep_story_probes};
use crate::search::{divide_anew, drop_story_words, keep_comment_words, keep_story_words, make_desk_words};
use crate::stories::OUTSIDE;
use crate::{Store, StoreError};
use newsroom::comment::State;
use newsroom::{CommentId, StoryId};

/// Texts read and cut into words in one transaction: few enough that nobody waits long for it.
const TEXTS_AT_ONCE: i64 = 200;

impl Store {
    /// Makes every search row again from the texts, and probes where they are missing; after an import. The paper may go on working meanwhile.
    pub async fn rebuild_search(&self) -> Result<(), StoreError> {
        // Counted anew: what a damaged row said is not known.
        let write = self.engine.write(|tx| {
            Box::pin(async move {
                for sql in ["update story_fields set said = ''", "delete from word_slips", "delete from index_words"] {
                    tx.run(sql, values![]).await?;
                }
                if tx.dialect() == Dialect::Postgres { divide_anew(tx).await } else { Ok(()) }
            })
        });
        write.await?;
        let mut story = Some(StoryId(i64::MIN));
        while let Some(after) = story {
            let write = self.engine.write(move |tx| Box::pin(some_stories(tx, after)));
            story = write.await?;
        }
        let mut comment = Some((StoryId(i64::MIN), CommentId(i64::MIN)));
        while let Some(after) = comment {
            let write = self.engine.write(move |tx| Box::pin(some_comments(tx, after)));
            comment = write.await?;
        }
        Ok(())
    }

    /// Cuts the words of public stories by which readers could not look yet, once after the program was renewed. The paper goes on
    /// working meanwhile, and what is public last is found first.
    pub async fn make_old_story_index(&self) -> Result<(), StoreError> {
        let mut left = 1;
        while left > 0 {
            left = self.engine.write(|tx| Box::pin(some_public_due(tx))).await?;
        }
        Ok(())
    }

    /// Words of some public story are to be cut.
    pub async fn is_story_index_due(&self) -> Result<bool, StoreError> {
        let text = "select 1 from story_index_due limit 1";
        Ok(self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![]).await })).await?.is_some())
    }

    /// Cuts the words of stories by which the desk could not be asked for yet, once after the program was renewed. The paper
    /// goes on working meanwhile.
    pub async fn make_old_desk_words(&self) -> Result<(), StoreError> {
        let mut left = 1;
        while left > 0 {
            left = self.engine.write(|tx| Box::pin(some_due(tx))).await?;
        }
        Ok(())
    }
}

/// The words of public stories that are still to be cut, or to be cut anew, the newest first; how many they were.
async fn some_public_due(tx: &mut Tx) -> Result<usize, StoreError> {
    let text = "select d.story_id, s.state from story_index_due d join stories s on s.story_id = d.story_id
         order by d.story_id desc limit $1";
    let rows = tx.rows(text, values![TEXTS_AT_ONCE]).await?;
    let due = rows.len();
    for mut row in rows {
        let story = StoryId(row.int(0)?);
        // Either takes it off the list of what is due.
        match row.text(1)?.as_str() {
            "published" => keep_story_words(tx, story).await?,
            _ => drop_story_words(tx, story).await?,
        }
    }
    Ok(due)
}

/// The words of stories that an older program did not cut for the desk; how many they were.
async fn some_due(tx: &mut Tx) -> Result<usize, StoreError> {
    let rows =
        tx.rows("select story_id from desk_words_due order by story_id limit $1", values![TEXTS_AT_ONCE]).await?;
    for row in &rows {
        let story = StoryId(row.int(0)?);
        make_desk_words(tx, story).await?;
        tx.run("delete from desk_words_due where story_id = $1", values![story]).await?;
    }
    Ok(rows.len())
}

/// The words of some stories; the last of them, until there are no more.
async fn some_stories(tx: &mut Tx, after: StoryId) -> Result<Option<StoryId>, StoreError> {
    let text = "select story_id, state, plain from stories where story_id > $1 order by story_id limit $2";
    let mut last = None;
    for mut row in tx.rows(text, values![after, TEXTS_AT_ONCE]).await? {
        let story = StoryId(row.int(0)?);
        let state = row.text(1)?;
        if state == "published" {
            keep_story_words(tx, story).await?;
        } else {
            drop_story_words(tx, story).await?;
        }
        make_desk_words(tx, story).await?;
        if state != "draft" && state != OUTSIDE {
            keep_story_probes(tx, story, None, &row.text(2)?).await?;
        }
        last = Some(story);
    }
    Ok(last)
}

/// The words of some comments; the last of them, until there are no more.
async fn some_comments(tx: &mut Tx, after: (StoryId, CommentId)) -> Result<Option<(StoryId, CommentId)>, StoreError> {
    let text = "select story_id, comment_id, name, text, state from comments where (story_id, comment_id) > ($1, $2)
         order by story_id, comment_id limit $3";
    let mut last = None;
    for mut row in tx.rows(text, values![after.0, after.1, TEXTS_AT_ONCE]).await? {
        let comment = (StoryId(row.int(0)?), CommentId(row.int(1)?));
        let (name, text, state) = (row.text(2)?, row.text(3)?, state(row.text(4)?)?);
        keep_comment_words(tx, comment, &name, &text).await?;
        match state {
            State::Held => comment_is_due(tx, comment).await?,
            _ => drop_comment(tx, comment).await?,
        }
        match state {
            State::Refused | State::TakenDown => keep_refused_probes(tx, comment.1, &text).await?,
            State::Held | State::Released => keep_comment_probes(tx, comment.1, &text).await.map(drop)?,
            State::Withdrawn => {}
        }
        last = Some(comment);
    }
    Ok(last)
}

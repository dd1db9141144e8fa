//! Search over all comments, in whatever state, for the staff: by words, visitor, story, section, kind of finding, state and
//! time. What is read at once is bounded; a search that found less than a page says how far back it has looked.

use super::QueueEntry;
use super::entry::entry;
use super::pages::ONE;
use crate::comments::state;
use crate::engine::{Dialect, Row, Tx, Value, values};
use crate::search::{asked, query};
use crate::{Store, StoreError};
use moderation::Category;
use moderation::Verdict;
use newsroom::comment::State;
use newsroom::{CommentId, SectionId, StoryId, Timestamp, VisitorId};
use std::sync::Arc;

/// Comments that are looked at for a page.
const LOOKED_AT: i64 = 2_000;

/// What is looked for. Everything that is said must be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words of name or text.
    pub words: String,
    /// Whose.
    pub visitor: Option<VisitorId>,
    /// Under which story.
    pub story: Option<StoryId>,
    /// In which of these sections; `None`: in any.
    pub sections: Option<Vec<SectionId>>,
    /// With a finding of this kind.
    pub finding: Option<Category>,
    /// In which state.
    pub state: Option<State>,
    /// Came in at this time or later.
    pub from: Option<Timestamp>,
    /// Came in before this time.
    pub until: Option<Timestamp>,
    /// The page goes on after this comment.
    pub before: Option<CommentId>,
}

/// A page of what was found, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FoundComments {
    /// The comments.
    pub entries: Vec<QueueEntry>,
    /// There may be more, before this comment.
    pub next: Option<CommentId>,
}

/// Where the search begins: the narrowest of what was asked.
#[derive(Debug, Clone, Copy)]
enum From {
    Words,
    Visitor,
    Story,
    All,
}

/// The texts that look comments up, each with its name, for the test of the plans.
pub(crate) fn texts(dialect: Dialect) -> [(&'static str, String); 4] {
    [
        ("find.words", text(dialect, From::Words)),
        ("find.visitor", text(dialect, From::Visitor)),
        ("find.story", text(dialect, From::Story)),
        ("find.all", text(dialect, From::All)),
    ]
}

/// `$1`: what it begins with; `$2`: before this comment; `$3`: the verdicts are wanted. At most [`LOOKED_AT`], as a number in the
/// text: by it is planned that these few are read first.
fn text(dialect: Dialect, from: From) -> String {
    let candidates = match (from, dialect) {
        (From::Words, Dialect::Sqlite) => {
            "select rowid as comment_id from comment_words
             where comment_words match $1 and rowid < $2 order by rowid desc"
        }
        (From::Words, Dialect::Postgres) => {
            // With sums, so that it goes by the words and never through comments from the newest on.
            "select comment_id from comment_words
             where words @@ cast(cast($1 as text) as tsquery) and comment_id + 0 < $2 order by comment_id + 0 desc"
        }
        (From::Visitor, _) => {
            "select comment_id from visitor_comments
             where visitor_id = $1 and comment_id < $2 order by comment_id desc"
        }
        (From::Story, _) => {
            "select comment_id from comments
             where story_id = $1 and comment_id < $2 order by comment_id desc"
        }
        (From::All, _) => {
            "select comment_id from comments
             where cast($1 as bigint) is not null and comment_id < $2 order by comment_id desc"
        }
    };
    format!(
        "with found as materialized ({candidates} limit {LOOKED_AT})
         select c.comment_id, c.story_id, c.state, c.received_at, c.visitor_id, s.section_id,
             case when cast($3 as bigint) = 1 then c.verdict else '' end
         from found f join comments c on c.comment_id = f.comment_id
         join stories s on s.story_id = c.story_id order by c.comment_id desc"
    )
}

impl Store {
    /// A page of what is looked for, newest first. For the staff only.
    pub async fn find_for_desk(&self, asked: &Asked, limit: u32) -> Result<FoundComments, StoreError> {
        let asked = Arc::new(asked.clone());
        let read = self.engine.read(move |tx| {
            let asked = Arc::clone(&asked);
            Box::pin(async move { find(tx, &asked, limit as usize).await })
        });
        read.await
    }
}

async fn find(tx: &mut Tx, asked: &Asked, limit: usize) -> Result<FoundComments, StoreError> {
    let (from, what) = asked.beginning(tx.dialect());
    let before = asked.before.map_or(i64::MAX, |comment| comment.0);
    let given = [&[what][..], values![before, asked.finding.is_some()]].concat();
    let rows = tx.rows(&text(tx.dialect(), from), &given).await?;
    let all_seen = i64::try_from(rows.len()).is_ok_and(|rows| rows < LOOKED_AT);
    let (mut found, mut last) = (FoundComments::default(), None);
    for mut row in rows {
        let comment = CommentId(row.int(0)?);
        if asked.fits(&mut row)? {
            if found.entries.len() >= limit {
                return Ok(FoundComments { next: last, ..found });
            }
            let row = tx.row(ONE, values![row.int(1)?, comment]).await?;
            found.entries.extend(row.map(entry).transpose()?);
        }
        last = Some(comment);
    }
    Ok(FoundComments { next: last.filter(|_| !all_seen), ..found })
}

impl Asked {
    /// Where the search begins, and with what.
    fn beginning(&self, dialect: Dialect) -> (From, Value) {
        let terms = asked(&self.words);
        match (terms.is_empty(), self.visitor, self.story) {
            (false, ..) => (From::Words, query(dialect, &terms).into()),
            (true, Some(visitor), _) => (From::Visitor, visitor.into()),
            (true, None, Some(story)) => (From::Story, story.into()),
            (true, None, None) => (From::All, 0.into()),
        }
    }

    fn fits(&self, row: &mut Row) -> Result<bool, StoreError> {
        let (story, received_at) = (StoryId(row.int(1)?), row.time(3)?);
        let (visitor, section) = (VisitorId(row.int(4)?), row.maybe_int(5)?.map(SectionId));
        let plain = self.story.is_none_or(|asked| asked == story)
            && self.visitor.is_none_or(|asked| asked == visitor)
            && self.sections.as_ref().is_none_or(|of| section.is_some_and(|section| of.contains(&section)))
            && self.from.is_none_or(|from| from <= received_at)
            && self.until.is_none_or(|until| received_at < until);
        let in_state = match self.state {
            Some(asked) => state(row.text(2)?)? == asked,
            None => true,
        };
        Ok(plain && in_state && self.has_finding(row)?)
    }

    fn has_finding(&self, row: &mut Row) -> Result<bool, StoreError> {
        let Some(asked) = self.finding else { return Ok(true) };
        let verdict: Verdict = row.json(6)?;
        Ok(verdict.findings.iter().any(|finding| finding.category == asked))
    }
}

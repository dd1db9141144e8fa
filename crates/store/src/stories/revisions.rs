//! What a story said before: every text that readers had, every one that somebody kept, and where somebody stopped writing
//! for a while.

use super::rows;
use crate::engine::{Row, Tx, json, values};
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::story::StoryText;
use newsroom::{StaffId, StoryId, StoryRevisionId, Timestamp};

/// So long one and the same text is written on before the next one is kept beside it.
const WRITTEN_ON: SignedDuration = SignedDuration::from_mins(10);

/// Why an earlier text is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Readers had it.
    Public,
    /// Somebody said that it is to be kept.
    Kept,
    /// It was kept while somebody wrote.
    Working,
}

impl Kind {
    /// The word under which it is stored and translated (`revision.kept` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Kept => "kept",
            Self::Working => "working",
        }
    }

    fn from_key(key: &str) -> Result<Self, StoreError> {
        let known = [Self::Public, Self::Kept, Self::Working].into_iter().find(|kind| kind.key() == key);
        known.ok_or_else(|| rows::no_such_word(key))
    }
}

/// An earlier text, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionLine {
    /// Which one.
    pub id: StoryRevisionId,
    /// When it was kept last.
    pub at: Timestamp,
    /// Who kept it; nobody: the program.
    pub by: Option<String>,
    /// Why it is there.
    pub kind: Kind,
}

pub(crate) const REVISIONS: &str = "select r.revision_id, r.at, f.name, r.kind from story_revisions r
     left join staff f on f.staff_id = r.by_id and r.by_kind = 'staff'
     where r.story_id = $1 and r.revision_id < $2 order by r.revision_id desc limit $3";

impl Store {
    /// The earlier texts of a story, last first, from before `before`.
    pub async fn story_revisions(
        &self,
        story: StoryId,
        before: Option<StoryRevisionId>,
        limit: u32,
    ) -> Result<Vec<RevisionLine>, StoreError> {
        let before = before.map_or(i64::MAX, |before| before.0);
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(REVISIONS, values![story, before, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(line).collect()
    }

    /// One of them, and what it said.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn story_revision(
        &self,
        story: StoryId,
        revision: StoryRevisionId,
    ) -> Result<(RevisionLine, StoryText), StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select r.revision_id, r.at, f.name, r.kind, r.text from story_revisions r
                     left join staff f on f.staff_id = r.by_id and r.by_kind = 'staff'
                     where r.story_id = $1 and r.revision_id = $2";
                tx.row(text, values![story, revision]).await
            })
        });
        let mut row = read.await?.ok_or(StoreError::NotFound)?;
        let said = row.json(4)?;
        Ok((line(row)?, said))
    }
}

fn line(mut row: Row) -> Result<RevisionLine, StoreError> {
    let kind = row.text(3)?;
    Ok(RevisionLine {
        id: StoryRevisionId(row.int(0)?),
        at: row.time(1)?,
        by: row.maybe_text(2)?,
        kind: Kind::from_key(&kind)?,
    })
}

/// Keeps a text beside the earlier ones. While one and the same person writes on, the last working one is written over, for
/// some minutes.
pub(super) async fn keep_working_revision(
    tx: &mut Tx,
    (story, revision): (StoryId, i64),
    kind: Kind,
    said: &StoryText,
    by: StaffId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let said = json(said)?;
    let last = "select revision_id, kind, by_id, begun_at from story_revisions
         where story_id = $1 order by revision_id desc limit 1";
    if let Some(mut row) = tx.row(last, values![story]).await? {
        let same_hand = row.text(1)? == Kind::Working.key() && row.maybe_int(2)? == Some(by.0);
        let young = row.maybe_time(3)?.is_some_and(|begun| now.duration_since(begun) < WRITTEN_ON);
        if same_hand && young {
            let text =
                "update story_revisions set at = $3, text = $4, kind = $5 where story_id = $1 and revision_id = $2";
            return tx.run(text, values![story, row.int(0)?, now, said, kind.key()]).await.map(drop);
        }
    }
    tx.run(
        "insert into story_revisions (story_id, revision_id, at, by_kind, by_id, text, kind, begun_at)
         values ($1, $2, $3, 'staff', $4, $5, $6, $3)",
        values![story, revision, now, by, said, kind.key()],
    )
    .await
    .map(drop)
}

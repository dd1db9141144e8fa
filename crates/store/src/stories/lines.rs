//! The newsroom's list of its stories, last touched first: a line of each.

use super::rows::no_such_word;
use super::worked;
use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::story::{CommentPolicy, StoryKind, Work};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};

/// A line of the newsroom's list.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    /// Which story.
    pub id: StoryId,
    /// Its headline.
    pub headline: String,
    /// What kind of story it is.
    pub kind: StoryKind,
    /// Its state: `draft`, `published`, `withdrawn`.
    pub state: String,
    /// How far it is and who has it.
    pub work: Work,
    /// The name of whoever has it.
    pub in_hands: Option<String>,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// What readers may do under it.
    pub comments: CommentPolicy,
    /// When it was last touched.
    pub touched_at: Timestamp,
    /// Comments waiting under it.
    pub waiting: i64,
    /// Readers have it, with a correction.
    pub corrected: bool,
}

/// What [`line()`] reads.
macro_rules! line_columns {
    () => {
        concat!(
            "select s.story_id, s.card, s.state, s.slug, s.comment_policy, s.touched_at,
                 coalesce((select cast(sum(c.waiting) as bigint) from story_counts c where c.story_id = s.story_id), 0),
                 (select f.name from staff f where f.staff_id = coalesce(s.assigned_to, s.begun_by)),
                 coalesce((select cast(max(1) as bigint) from listed l
                     where l.story_id = s.story_id and l.list = 'corrections'), 0), ",
            work_columns!(),
            " from stories s where "
        )
    };
}

macro_rules! lines {
    ($which:literal) => {
        concat!(
            line_columns!(),
            $which,
            " s.touched_at > 0 and (s.touched_at, s.story_id) < ($1, $2) order by s.touched_at desc, s.story_id desc limit $3"
        )
    };
}

pub(crate) const LINES: &str = lines!("");
pub(crate) const LINES_OF_SECTION: &str = lines!("s.section_id = $4 and");
pub(crate) const LINES_BEGUN_BY: &str = lines!("s.begun_by = $4 and");
pub(crate) const LINES_ASSIGNED_TO: &str = lines!("s.assigned_to = $4 and");

/// The lines of so many stories.
pub(crate) fn lines_text(stories: usize) -> String {
    let numbers = (1..=stories).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    format!("{}s.story_id in ({numbers})", line_columns!())
}

impl Store {
    /// The newsroom's list, last touched first, from after `before` (exclusive); of these sections, where some are named.
    pub async fn story_lines(
        &self,
        sections: Option<&[SectionId]>,
        before: Option<(Timestamp, StoryId)>,
        limit: u32,
    ) -> Result<Vec<StoryLine>, StoreError> {
        let (time, story) = before.map_or((i64::MAX, i64::MAX), |(time, story)| (time.as_millisecond(), story.0));
        let sections = sections.map(<[SectionId]>::to_vec);
        let read = self.engine.read(move |tx| {
            let sections = sections.clone();
            Box::pin(async move {
                let Some(sections) = sections else {
                    return tx.rows(LINES, values![time, story, i64::from(limit)]).await;
                };
                // Each section by its index: what is read grows with the page and the sections, not with the archive.
                let mut rows = Vec::new();
                for section in sections {
                    rows.extend(tx.rows(LINES_OF_SECTION, values![time, story, i64::from(limit), section]).await?);
                }
                Ok(rows)
            })
        });
        in_order(read.await?, limit)
    }

    /// The same of what somebody began or was given.
    pub async fn story_lines_in_hands(
        &self,
        staff: StaffId,
        before: Option<(Timestamp, StoryId)>,
        limit: u32,
    ) -> Result<Vec<StoryLine>, StoreError> {
        let (time, story) = before.map_or((i64::MAX, i64::MAX), |(time, story)| (time.as_millisecond(), story.0));
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let mut rows = tx.rows(LINES_BEGUN_BY, values![time, story, i64::from(limit), staff]).await?;
                rows.extend(tx.rows(LINES_ASSIGNED_TO, values![time, story, i64::from(limit), staff]).await?);
                Ok(rows)
            })
        });
        in_order(read.await?, limit)
    }
}

/// Lines from several lists, each story once, last touched first.
fn in_order(rows: Vec<Row>, limit: u32) -> Result<Vec<StoryLine>, StoreError> {
    let mut lines = rows.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
    lines.sort_by_key(|line| std::cmp::Reverse((line.touched_at, line.id)));
    lines.dedup_by_key(|line| line.id);
    lines.truncate(limit as usize);
    Ok(lines)
}

/// A line as [`line_columns`] reads it.
pub(crate) fn line(mut row: Row) -> Result<StoryLine, StoreError> {
    let face: CardFace = row.json(1)?;
    let policy = row.text(4)?;
    Ok(StoryLine {
        id: StoryId(row.int(0)?),
        headline: face.headline,
        kind: face.kind,
        state: row.text(2)?,
        slug: row.maybe_text(3)?,
        comments: CommentPolicy::from_key(&policy).ok_or_else(|| no_such_word(&policy))?,
        touched_at: row.time(5)?,
        waiting: row.int(6)?,
        in_hands: row.maybe_text(7)?,
        corrected: row.int(8)? == 1,
        work: worked::work(&mut row, 9)?,
    })
}

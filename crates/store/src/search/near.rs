//! Stories that are near in meaning, narrowed as those are that have the words: one rule on both engines, without their languages.

use super::expression::Narrow;
use super::index::writer_marks;
use crate::StoreError;
use crate::engine::{Row, Tx, Value};
use crate::listings::CardFace;
use newsroom::{SectionId, StoryId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Those among these that are public and where they are looked for, in their order.
pub(super) async fn public_among(tx: &mut Tx, near: &[StoryId], narrow: &Narrow) -> Result<Vec<StoryId>, StoreError> {
    if near.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = (1..=near.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "select story_id, section_id, published_at, card from stories
         where state = 'published' and story_id in ({numbers})"
    );
    let given: Vec<Value> = near.iter().map(|story| Value::from(*story)).collect();
    let rows = tx.rows(&text, &given).await?.into_iter().map(standing).collect::<Result<BTreeMap<_, _>, _>>()?;
    let fits = |story: &&StoryId| rows.get(story).is_some_and(|stands| stands.is_within(narrow));
    Ok(near.iter().filter(fits).copied().collect())
}

/// By what a story is narrowed.
struct Stands {
    section: Option<SectionId>,
    published_at: Timestamp,
    writers: BTreeSet<String>,
}

fn standing(mut row: Row) -> Result<(StoryId, Stands), StoreError> {
    let face: CardFace = row.json(3)?;
    let stands = Stands {
        section: row.maybe_int(1)?.map(SectionId),
        published_at: row.time(2)?,
        writers: face.bylines.iter().flat_map(|byline| writer_marks(&byline.name)).collect(),
    };
    Ok((StoryId(row.int(0)?), stands))
}

impl Stands {
    fn is_within(&self, narrow: &Narrow) -> bool {
        narrow.section.is_none_or(|section| self.section == Some(section))
            && narrow.from.is_none_or(|from| self.published_at >= from)
            && narrow.to.is_none_or(|to| self.published_at < to)
            && writer_marks(&narrow.writer).iter().all(|mark| self.writers.contains(mark))
    }
}

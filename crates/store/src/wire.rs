//! Drafts of agencies' items: kept together with the embargo under which they were sent.

use crate::engine::values;
use crate::happenings::write_down;
use crate::imported::is_new;
use crate::stories::keep_draft_row;
use crate::{Store, StoreError};
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::story::Draft;
use newsroom::{StoryId, Timestamp};
use std::sync::Arc;

/// The most versions of an item that are looked for.
const MOST_VERSIONS: i64 = 50;

impl Store {
    /// The stories whose source begins so, the first sources first, at most 50. The beginning ends with a space.
    pub async fn imported_versions(&self, beginning: &str) -> Result<Vec<(String, StoryId)>, StoreError> {
        let from = beginning.to_owned();
        // The sign after the space.
        let to = format!("{}!", beginning.trim_end_matches(' '));
        let read = self.engine.read(move |tx| {
            let (from, to) = (from.clone(), to.clone());
            Box::pin(async move {
                let text = "select source, story_id from imported
                     where source >= $1 and source < $2 and comment_id is null order by source limit $3";
                tx.rows(text, values![from, to, MOST_VERSIONS]).await
            })
        });
        let rows = read.await?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, StoryId(row.int(1)?)))).collect()
    }

    /// Keeps a draft of a source with its embargo in one transaction, so that there is no moment in which anybody could
    /// publish it; `false` when the source is there already.
    pub async fn import_embargoed(
        &self,
        source: &str,
        draft: &Draft,
        embargo: Timestamp,
        by: Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (source, draft) = (source.to_owned(), Arc::new(draft.clone()));
        let drafted = self.happening(by, What::StoryDrafted { story: draft.id }, "", now);
        let timed = What::StoryTimed { story: draft.id, goes_at: None, embargo: Some(embargo) };
        let timed = self.happening(by, timed, "", now);
        let write = self.engine.write(move |tx| {
            let (source, draft, drafted, timed) = (source.clone(), Arc::clone(&draft), drafted.clone(), timed.clone());
            Box::pin(async move {
                if !is_new(tx, &source, draft.id, None).await? {
                    return Ok(false);
                }
                keep_draft_row(tx, &draft, now).await?;
                let text = "update stories set embargo_until = $2 where story_id = $1";
                tx.run(text, values![draft.id, embargo]).await?;
                write_down(tx, &drafted).await?;
                write_down(tx, &timed).await?;
                Ok(true)
            })
        });
        write.await
    }
}

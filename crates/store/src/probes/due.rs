//! Probes of an archive. They lie scattered over the whole index, so that those of one story touch a hundred places of it: they
//! are made of very many stories together, and kept in the order of the index.

use super::{AT_ONCE, UBIQUITOUS, by_probe, put, story_probes};
use crate::engine::{Tx, Value, values};
use crate::stories::OUTSIDE;
use crate::{Store, StoreError};
use newsroom::StoryId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Stories that are read at once.
const READ_AT_ONCE: i64 = 200;
/// Probes that are held in memory: 16 bytes each.
const MOST_HELD: usize = 1_500_000;
/// Probes in one transaction: few enough that no reader's comment waits long behind them.
const KEPT_AT_ONCE: usize = 10_000;

/// Notes that a story's probes are still to be made.
pub(crate) async fn probes_are_due(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let text = "insert into story_probes_due (story_id) values ($1) on conflict (story_id) do nothing";
    tx.run(text, values![story]).await.map(drop)
}

impl Store {
    /// Makes the probes of stories that came in with an archive, as far as they are still to be made; of how many stories. Whoever
    /// is stopped in the middle begins again.
    pub async fn make_due_probes(&self) -> Result<u64, StoreError> {
        let mut made = 0;
        let mut next = self.due_probes(i64::MIN).await?;
        while let Some(last) = next.0.last() {
            let after = *last;
            made += next.0.len() as u64;
            // The next ones are read and cut while these are written.
            let (written, read) = tokio::join!(self.keep_due(next), self.due_probes(after));
            written?;
            next = read?;
        }
        Ok(made)
    }

    async fn keep_due(&self, (stories, mut pairs): (Vec<i64>, Vec<(i64, i64)>)) -> Result<(), StoreError> {
        pairs.sort_unstable();
        let stories: Arc<[i64]> = stories.into();
        for some in pairs.chunks(KEPT_AT_ONCE) {
            let given: Arc<(Vec<_>, _)> = Arc::new((some.to_vec(), Arc::clone(&stories)));
            let write = self.engine.write(move |tx| {
                let given = Arc::clone(&given);
                Box::pin(async move {
                    let (some, stories) = &*given;
                    match no_longer_due(tx, stories).await? {
                        None => keep_in_order(tx, some).await,
                        Some(due) => {
                            let some: Vec<_> = some.iter().copied().filter(|(_, story)| due.contains(story)).collect();
                            keep_in_order(tx, &some).await
                        }
                    }
                })
            });
            write.await?;
        }
        let write = self.engine.write(move |tx| {
            let stories = Arc::clone(&stories);
            Box::pin(async move {
                for story in stories.iter() {
                    tx.run("delete from story_probes_due where story_id = $1", values![*story]).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// The probes of stories that are due, from after this one: of as many as are held at once.
    async fn due_probes(&self, mut after: i64) -> Result<(Vec<i64>, Vec<(i64, i64)>), StoreError> {
        let (mut stories, mut pairs) = (Vec::new(), Vec::new());
        while pairs.len() < MOST_HELD {
            let read = self.engine.read(move |tx| {
                let text = "select d.story_id, s.plain, s.state from story_probes_due d
                     left join stories s on s.story_id = d.story_id
                     where d.story_id > $1 order by d.story_id limit $2";
                Box::pin(async move { tx.rows(text, values![after, READ_AT_ONCE]).await })
            });
            let rows = read.await?;
            let Some(last) = rows.last() else { break };
            after = last.int(0)?;
            for mut row in rows {
                let story = row.int(0)?;
                stories.push(story);
                let state = row.maybe_text(2)?;
                if state.is_some_and(|state| state != "draft" && state != OUTSIDE) {
                    pairs.extend(story_probes(&row.text(1)?).into_iter().map(|probe| (probe, story)));
                }
                // Whoever else waits for this thread is let by.
                tokio::task::yield_now().await;
            }
        }
        Ok((stories, pairs))
    }
}

/// Which of these stories are still due, where some are not: whoever changed one meanwhile has made its probes, and those of
/// its earlier text must not come behind.
async fn no_longer_due(tx: &mut Tx, stories: &[i64]) -> Result<Option<BTreeSet<i64>>, StoreError> {
    let (Some(first), Some(last)) = (stories.first(), stories.last()) else { return Ok(None) };
    let text = "select count(*) from story_probes_due where story_id >= $1 and story_id <= $2";
    let due = tx.row(text, values![*first, *last]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    if usize::try_from(due).is_ok_and(|due| due == stories.len()) {
        return Ok(None);
    }
    let text = "select story_id from story_probes_due where story_id >= $1 and story_id <= $2";
    let rows = tx.rows(text, values![*first, *last]).await?;
    rows.into_iter().map(|row| row.int(0)).collect::<Result<_, _>>().map(Some)
}

/// Keeps probes with their sources, which come in the order of the index; none for more sources than it may have.
async fn keep_in_order(tx: &mut Tx, pairs: &[(i64, i64)]) -> Result<(), StoreError> {
    let mut rest = pairs;
    while !rest.is_empty() {
        // The sources of one probe stay together.
        let mut end = rest.len().min(AT_ONCE);
        while end < rest.len() && rest[end].0 == rest[end - 1].0 {
            end += 1;
        }
        let (some, behind) = rest.split_at(end);
        rest = behind;
        let mut asked: Vec<i64> = some.iter().map(|(probe, _)| *probe).collect();
        asked.dedup();
        let mut known = by_probe(tx, &asked).await?;
        let mut free = Vec::with_capacity(some.len());
        for (probe, source) in some {
            let sources = known.entry(*probe).or_default();
            if sources.len() < UBIQUITOUS && sources.insert(*source) {
                free.push((Value::Int(*probe), Value::Int(*source)));
            }
        }
        put(tx, free).await?;
    }
    Ok(())
}

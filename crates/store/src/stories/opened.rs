//! Who has a story open to write on it. It ends by itself, and keeps nobody from anything: colleagues are told.

use super::plan::Sees;
use crate::engine::values;
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::{StaffId, StoryId, Timestamp};

/// So many are told of at most.
const MOST_TOLD: i64 = 20;
/// So many are named of all that are open.
const MOST_OPEN: i64 = 100;

/// Somebody has a story open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Who.
    pub by: StaffId,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// A story that somebody has open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNow {
    /// Which.
    pub story: StoryId,
    /// Its headline.
    pub headline: String,
    /// Who has it open.
    pub opened: Opened,
}

impl Store {
    /// Notes that somebody has a story open until a time, and says who else has.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such story.
    pub async fn open_story(
        &self,
        story: StoryId,
        by: StaffId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Opened>, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "insert into open_stories (story_id, staff_id, since, until_at)
                     select story_id, $2, $3, $4 from stories where story_id = $1
                     on conflict (story_id, staff_id) do update set until_at = excluded.until_at,
                         since = case when open_stories.until_at < excluded.since then excluded.since
                             else open_stories.since end";
                if tx.run(text, values![story, by, now, until]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                let text =
                    "select o.staff_id, f.name, o.since from open_stories o join staff f on f.staff_id = o.staff_id
                     where o.story_id = $1 and o.staff_id <> $2 and o.until_at > $3 order by o.since limit $4";
                tx.rows(text, values![story, by, now, MOST_TOLD]).await
            })
        });
        let opened = write
            .await?
            .into_iter()
            .map(|mut row| Ok(Opened { by: StaffId(row.int(0)?), name: row.text(1)?, since: row.time(2)? }));
        opened.collect()
    }

    /// Who works on what now: the stories that somebody has open, of those that whoever asks sees, the last opened first.
    pub async fn stories_open_now(&self, now: Timestamp, sees: &Sees) -> Result<Vec<OpenNow>, StoreError> {
        let given = values![now, sees.sections(), sees.staff, MOST_OPEN].to_vec();
        let read = self.engine.read(move |tx| {
            let given = given.clone();
            Box::pin(async move {
                let text = concat!(
                    "select o.story_id, s.card, o.staff_id, f.name, o.since from open_stories o
                     join staff f on f.staff_id = o.staff_id join stories s on s.story_id = o.story_id
                     where o.until_at > $1 and ",
                    sees!("$2", "$3"),
                    " order by o.since desc limit $4"
                );
                tx.rows(text, &given).await
            })
        });
        let open = read.await?.into_iter().map(|mut row| {
            let face: CardFace = row.json(1)?;
            let opened = Opened { by: StaffId(row.int(2)?), name: row.text(3)?, since: row.time(4)? };
            Ok(OpenNow { story: StoryId(row.int(0)?), headline: face.headline, opened })
        });
        open.collect()
    }

    /// Forgets who closed a story long ago.
    pub async fn sweep_open_stories(&self, before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from open_stories where until_at < $1", values![before]).await })
        });
        write.await.map(drop)
    }
}

//! What those who follow are told. A message becomes one job of the outbox for each inbox where somebody is told it, in steps that
//! know where the one before them stopped: the list of those who follow is never held as a whole.

use super::FEDIVERSE_OUT;
use crate::engine::{Row, Tx, values};
use crate::outbox::put;
use crate::{Store, StoreError};
use newsroom::followers::Followed;
use newsroom::{FarMessageId, HappeningId, JobId, SectionId, StoryId, Timestamp};

/// What happened to a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// It went public.
    Published,
    /// There is another text of it.
    Changed,
    /// It was taken back.
    Withdrawn,
}

impl MessageKind {
    const ALL: [Self; 3] = [Self::Published, Self::Changed, Self::Withdrawn];

    /// The word under which it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Something that those who follow are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FarMessage {
    /// Which.
    pub id: FarMessageId,
    /// What happened.
    pub kind: MessageKind,
    /// To which story.
    pub story: StoryId,
    /// In which section it stood then.
    pub section: Option<SectionId>,
    /// When.
    pub at: Timestamp,
}

/// The first message that is not for all inboxes yet.
pub(crate) const UNFILLED: &str =
    "select message_id from fediverse_messages where filled_at is null and message_id > 0 order by message_id limit 1";

/// The next inboxes, each with whether somebody there follows the paper ($3), and the story's section ($4).
pub(crate) const TO_TELL: &str = "select inbox_id,
         case when exists (select 1 from fediverse_followers f where f.inbox_id = i.inbox_id and f.followed = $3)
             then 1 else 0 end,
         case when exists (select 1 from fediverse_followers f where f.inbox_id = i.inbox_id and f.followed = $4)
             then 1 else 0 end
     from fediverse_inboxes i where inbox_id > $1 order by inbox_id limit $2";

impl Store {
    /// Keeps what is to be told of a happening; `false`: it was kept before.
    pub async fn put_far_message(
        &self,
        happening: HappeningId,
        (kind, story, section): (MessageKind, StoryId, Option<SectionId>),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = FarMessageId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text =
                    "insert into fediverse_messages (message_id, once, kind, story_id, section_id, at, filled_to)
                     values ($1, $2, $3, $4, $5, $6, 0) on conflict (once) do nothing";
                let once = happening.0.to_string();
                tx.run(text, values![id, once, kind.key(), story, section, now]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// Looks at the next inboxes for the first message that is not for all yet, and makes jobs for those where somebody is told it;
    /// how many were looked at. 0: there is no such message.
    pub async fn fill_far_messages(&self, at_once: u32, now: Timestamp) -> Result<u64, StoreError> {
        let ids = self.ids.clone();
        let write = self.engine.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move {
                let text = format!(
                    "update fediverse_messages set filled_to = filled_to where message_id = ({UNFILLED})
                     returning message_id, filled_to, kind, section_id"
                );
                let Some(mut row) = tx.row(&text, values![]).await? else { return Ok(0) };
                let (id, from, kind) = (row.int(0)?, row.int(1)?, kind_of(&row.text(2)?)?);
                let section = row.maybe_int(3)?.unwrap_or(-1);
                let (mut last, mut many) = (from, 0);
                let given = values![from, i64::from(at_once), Followed::Paper.key(), section];
                for row in tx.rows(TO_TELL, given).await? {
                    (last, many) = (row.int(0)?, many + 1);
                    for by in tellers(kind, (row.yes(1)?, row.yes(2)?), section) {
                        let job = JobId(ids.make(now));
                        put_job(tx, job, (id, last, by), now).await?;
                    }
                }
                let over = (many < u64::from(at_once)).then_some(now);
                let text = "update fediverse_messages set filled_to = $2, filled_at = $3 where message_id = $1";
                tx.run(text, values![id, last, over]).await?;
                Ok(many.max(1))
            })
        });
        write.await
    }

    /// A message.
    pub async fn far_message(&self, id: FarMessageId) -> Result<Option<FarMessage>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select message_id, kind, story_id, section_id, at from fediverse_messages
                     where message_id = $1";
                tx.row(text, values![id]).await
            })
        });
        read.await?.map(message).transpose()
    }

    /// Forgets messages, lines of the log, and what came and was never looked at, from before a time; and what accounts said of
    /// themselves, from before another one.
    pub async fn sweep_fediverse(&self, before: Timestamp, said_before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from fediverse_messages where at < $1 and filled_at is not null";
                tx.run(text, values![before]).await?;
                tx.run("delete from fediverse_log where at < $1", values![before]).await?;
                tx.run("delete from fediverse_arrivals where at < $1", values![said_before]).await?;
                tx.run("delete from fediverse_actors where fetched_at < $1", values![said_before]).await
            })
        });
        write.await.map(drop)
    }
}

/// By whom an inbox is told. The paper tells what it publishes, and a section passes it on; what changes later, and what is taken
/// back, is told by the paper alone, wherever anybody was told of it.
fn tellers(kind: MessageKind, (paper, of_section): (bool, bool), section: i64) -> Vec<i64> {
    let by_paper = Followed::Paper.key();
    match kind {
        MessageKind::Published => {
            let both = [(paper, by_paper), (of_section, section)];
            both.into_iter().filter(|(told, _)| *told).map(|(_, by)| by).collect()
        }
        MessageKind::Changed | MessageKind::Withdrawn if paper || of_section => vec![by_paper],
        MessageKind::Changed | MessageKind::Withdrawn => Vec::new(),
    }
}

async fn put_job(
    tx: &mut Tx,
    job: JobId,
    (message, inbox, by): (i64, i64, i64),
    now: Timestamp,
) -> Result<(), StoreError> {
    let payload = format!(r#"{{"message":{message},"inbox":{inbox},"by":{by}}}"#);
    let once = format!("{FEDIVERSE_OUT}:{message}:{inbox}:{by}");
    put(tx, job, (FEDIVERSE_OUT, &payload), &once, now).await.map(drop)
}

fn kind_of(word: &str) -> Result<MessageKind, StoreError> {
    let known = MessageKind::ALL.into_iter().find(|kind| kind.key() == word);
    known.ok_or_else(|| StoreError::Broken(format!("no kind of a message: {word}")))
}

fn message(mut row: Row) -> Result<FarMessage, StoreError> {
    Ok(FarMessage {
        id: FarMessageId(row.int(0)?),
        kind: kind_of(&row.text(1)?)?,
        story: StoryId(row.int(2)?),
        section: row.maybe_int(3)?.map(SectionId),
        at: row.time(4)?,
    })
}

//! Where a comment stands in the desk's saved queues, and how many stand in each: written with every change of what puts
//! it there, so that a queue is read by its key and its length is a sum of sixteen rows.

use super::Queue;
use crate::comments::{count_queues, state};
use crate::engine::{Tx, Value, values};
use crate::{Store, StoreError};
use moderation::{Category, Verdict};
use newsroom::comment::State;
use newsroom::{CommentId, SectionId, StoryId};
use std::collections::{BTreeMap, BTreeSet};

const WHY_IT_STANDS: &str = "select c.state, c.priority, c.received_at, c.reports_open, c.reported_at, c.verdict,
         s.section_id, k.kin_id, e.escalated_at, e.assigned_to
     from comments c join stories s on s.story_id = c.story_id
     left join kin k on k.story_id = c.story_id and k.comment_id = c.comment_id
     left join comment_care e on e.story_id = c.story_id and e.comment_id = c.comment_id
     where c.story_id = $1 and c.comment_id = $2";

/// How many stand in each saved queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskCounts(BTreeMap<String, i64>);

impl DeskCounts {
    /// How many stand in a queue; of these sections where somebody is bound to some. Nothing where that is not kept.
    pub fn of(&self, queue: Queue, sections: Option<&[SectionId]>) -> Option<i64> {
        let kept = |name: &str| self.0.get(name).copied().unwrap_or_default();
        let in_each =
            |of: fn(SectionId) -> String, sections: &[SectionId]| sections.iter().map(|id| kept(&of(*id))).sum();
        match (queue, sections) {
            (Queue::Waiting, Some(sections)) => Some(in_each(in_section, sections)),
            (Queue::Reported, Some(sections)) => Some(in_each(reported_in, sections)),
            (Queue::Waiting, None) => Some(kept("waiting")),
            (Queue::Reported, None) => Some(kept("reported")),
            (Queue::Section(_) | Queue::Assigned(_), _) | (_, None) => queue.name().map(|name| kept(&name)),
            (_, Some(_)) => None,
        }
    }
}

impl Queue {
    /// The name under which its places are kept; none for those that are read from the comments themselves.
    pub(crate) fn name(self) -> Option<String> {
        match self {
            Self::Waiting | Self::Story(_) | Self::Reported => None,
            Self::Section(section) => Some(in_section(section)),
            Self::Finding(category) => Some(of_finding(category)),
            Self::Copies => Some("copies".to_owned()),
            Self::Kin(kin) => Some(of_kin(kin)),
            Self::Escalated => Some("escalated".to_owned()),
            Self::Assigned(staff) => Some(format!("assigned:{}", staff.0)),
        }
    }
}

pub(crate) fn in_section(section: SectionId) -> String {
    format!("section:{}", section.0)
}

pub(super) fn reported_in(section: SectionId) -> String {
    format!("reported:{}", section.0)
}

pub(super) fn of_kin(kin: CommentId) -> String {
    format!("{KIN}{}", kin.0)
}

/// Groups of copies are not counted on the desk: there is no end to them.
const KIN: &str = "kin:";

fn of_finding(category: Category) -> String {
    format!("finding:{}", category.name())
}

impl Store {
    /// How many stand in each saved queue.
    pub async fn desk_counts(&self) -> Result<DeskCounts, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select name, cast(sum(n) as bigint) from desk_counts group by name";
                tx.rows(text, values![]).await
            })
        });
        let pair = |mut row: crate::engine::Row| Ok((row.text(0)?, row.int(1)?));
        read.await?.into_iter().map(pair).collect::<Result<_, StoreError>>().map(DeskCounts)
    }
}

/// Takes a comment out of every queue and puts it where it belongs now.
pub(crate) async fn stand_anew(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    leave(tx, story, comment).await?;
    let row = tx.row(WHY_IT_STANDS, values![story, comment]).await?;
    let mut row = row.ok_or(StoreError::NotFound)?;
    let section = row.maybe_int(6)?.map(SectionId);
    let (rank, queues) = match state(row.text(0)?)? {
        State::Held => {
            let verdict: Verdict = row.json(5)?;
            let mut queues: BTreeSet<String> =
                verdict.findings.iter().map(|finding| of_finding(finding.category)).collect();
            queues.extend(section.map(in_section));
            if let Some(kin) = row.maybe_int(7)? {
                queues.extend(["copies".to_owned(), of_kin(CommentId(kin))]);
            }
            queues.extend(row.maybe_int(8)?.map(|_| "escalated".to_owned()));
            queues.extend(row.maybe_int(9)?.map(|staff| format!("assigned:{staff}")));
            (-row.int(1)?, queues)
        }
        State::Released if row.yes(3)? => {
            (-row.maybe_int(4)?.unwrap_or_default(), section.map(reported_in).into_iter().collect())
        }
        _ => return Ok(()),
    };
    let at = (story, comment, rank, row.int(2)?);
    stand(tx, at, queues.into_iter().collect()).await
}

async fn stand(
    tx: &mut Tx,
    (story, comment, rank, received_at): (StoryId, CommentId, i64, i64),
    queues: Vec<String>,
) -> Result<(), StoreError> {
    if queues.is_empty() {
        return Ok(());
    }
    let places = (0..queues.len()).map(|n| format!("(${}, $1, $2, $3, $4)", n + 5)).collect::<Vec<_>>().join(", ");
    let text = format!("insert into queue_places (queue, rank, received_at, comment_id, story_id) values {places}");
    let names = queues.iter().map(Value::from).collect::<Vec<_>>();
    tx.run(&text, &[values![rank, received_at, comment, story], &names].concat()).await?;
    count_queues(tx, &counted(queues), comment, 1).await
}

async fn leave(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    let text = "delete from queue_places where story_id = $1 and comment_id = $2 returning queue";
    let rows = tx.rows(text, values![story, comment]).await?;
    let queues = rows.into_iter().map(|mut row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    count_queues(tx, &counted(queues), comment, -1).await
}

fn counted(mut queues: Vec<String>) -> Vec<String> {
    queues.retain(|queue| !queue.starts_with(KIN));
    queues
}

/// The story stands in another section now: what waits under it, and what was reported, moves with it.
pub(crate) async fn move_section(
    tx: &mut Tx,
    story: StoryId,
    was: Option<SectionId>,
    is: Option<SectionId>,
) -> Result<(), StoreError> {
    if was == is {
        return Ok(());
    }
    let by_story = CommentId(story.0);
    if let Some(was) = was {
        for queue in [in_section(was), reported_in(was)] {
            let text = "delete from queue_places where story_id = $1 and queue = $2";
            let left = tx.run(text, values![story, &queue]).await?;
            count_queues(tx, &[queue], by_story, -many(left)).await?;
        }
    }
    if let Some(is) = is {
        let waiting = "insert into queue_places (queue, rank, received_at, comment_id, story_id)
             select $2, -priority, received_at, comment_id, story_id from comments
             where story_id = $1 and state = 'held'";
        let reported = "insert into queue_places (queue, rank, received_at, comment_id, story_id)
             select $2, -reported_at, received_at, comment_id, story_id from comments
             where story_id = $1 and state = 'released' and reports_open = 1";
        for (text, queue) in [(waiting, in_section(is)), (reported, reported_in(is))] {
            let came = tx.run(text, values![story, &queue]).await?;
            count_queues(tx, &[queue], by_story, many(came)).await?;
        }
    }
    Ok(())
}

fn many(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

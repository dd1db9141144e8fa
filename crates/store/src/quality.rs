//! A random part of a week's decisions, looked at a second time by somebody else who does not see the first decision.

use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, RefusalReason};
use newsroom::ids::first_id_at;
use newsroom::{RulingId, SectionId, StaffId, StoryId, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Decisions in a sample.
pub const SAMPLE: usize = 50;
/// Decisions of a week that are read at once, when it is drawn from.
const AT_ONCE: i64 = 5_000;

/// A decision without its words: let through, or refused by a house rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Settled(pub Option<&'static str>);

/// A card to be looked at again. It does not say what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondLook {
    /// The ruling that is looked at again.
    pub ruling: RulingId,
    /// Under which story.
    pub story: StoryId,
    /// The story's headline.
    pub headline: String,
    /// Signed with.
    pub name: String,
    /// As sent; empty where it is gone, or may be other words by now than those that were ruled on.
    pub text: String,
}

/// A card that was looked at twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The card.
    pub card: SecondLook,
    /// What was decided first.
    pub first: Settled,
    /// What the second one would have decided.
    pub second: Settled,
}

/// A week's rulings: half open, by ids that are ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first millisecond.
    pub from: Timestamp,
    /// The first one after it.
    pub to: Timestamp,
}

/// A ruling with its lot: lot, ruling, story, comment.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lot(u64, i64, i64, i64);

const DECIDED: &str = "select ruling_id, story_id, comment_id from rulings
     where ruling_id > $1 and ruling_id < $2 and undone_at is null and coalesce(rule, '') <> 'old-paper'
     order by ruling_id limit $3";

const NEXT: &str = "select q.ruling_id, q.story_id, s.card, c.name, c.text, s.section_id
     from quality_cards q
     join rulings r on r.ruling_id = q.ruling_id
     join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
     join stories s on s.story_id = q.story_id
     where q.week = $1 and q.second is null and r.by_id <> $2 and r.undone_at is null and c.gone_at is null
         and c.state <> 'withdrawn'
     order by q.place limit 50";

const LOOKED: &str = "select q.ruling_id, q.story_id, s.card, c.name,
         case when r.undone_at is null then c.text else '' end, r.decision, q.second
     from quality_cards q
     join rulings r on r.ruling_id = q.ruling_id
     join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
     join stories s on s.story_id = q.story_id
     where q.week = $1 and q.second is not null order by q.place";

impl Store {
    /// Draws a week's sample, once: every decision of the week that still holds has the same chance. The seed makes it
    /// reproducible. How many cards it has. The week is read in parts and without holding a writer up.
    pub async fn draw_sample(&self, week: Week, seed: u64) -> Result<i64, StoreError> {
        let drawn = self.engine.read(move |tx| Box::pin(async move { cards_of(tx, week).await })).await?;
        if drawn > 0 {
            return Ok(drawn);
        }
        let sample = Arc::new(self.sample(week, seed).await?);
        let write = self.engine.write_alone(move |tx| {
            let sample = Arc::clone(&sample);
            Box::pin(async move { keep(tx, week, &sample).await })
        });
        write.await
    }

    /// The decisions with the lowest lots.
    async fn sample(&self, week: Week, seed: u64) -> Result<BTreeSet<Lot>, StoreError> {
        let (mut sample, mut after) = (BTreeSet::new(), first_id_at(week.from) - 1);
        loop {
            let read = self.engine.read(move |tx| {
                Box::pin(async move { tx.rows(DECIDED, values![after, first_id_at(week.to), AT_ONCE]).await })
            });
            let rows = read.await?;
            for row in &rows {
                after = row.int(0)?;
                sample.insert(Lot(mixed(seed ^ after.unsigned_abs()), after, row.int(1)?, row.int(2)?));
                if sample.len() > SAMPLE {
                    sample.pop_last();
                }
            }
            if rows.len() < AT_ONCE as usize {
                return Ok(sample);
            }
        }
    }

    /// The next card of a week for a member of the staff: none that they decided themselves, none of sections that are not
    /// theirs (`None`: all are), and none whose words are not those that were ruled on: its ruling was undone since, so that
    /// its author could rewrite it, or its text had its time.
    pub async fn second_look(
        &self,
        week: Timestamp,
        who: StaffId,
        sections: Option<Vec<SectionId>>,
    ) -> Result<Option<SecondLook>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(NEXT, values![week, who]).await }));
        for mut row in read.await? {
            let section = row.maybe_int(5)?.map(SectionId);
            let theirs = sections.as_ref().is_none_or(|own| section.is_some_and(|section| own.contains(&section)));
            if theirs {
                return card(&mut row).map(Some);
            }
        }
        Ok(None)
    }

    /// Keeps what somebody would have decided.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else was faster, they decided it first themselves, or it was undone.
    pub async fn keep_second_look(
        &self,
        ruling: RulingId,
        second: Option<RefusalReason>,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let second = second.map_or("release", RefusalReason::key);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update quality_cards set second = $2, second_by = $3, second_at = $4
                     where ruling_id = $1 and second is null
                       and not exists (select 1 from rulings r where r.ruling_id = $1
                                       and (r.by_id = $3 or r.undone_at is not null))";
                tx.run(text, values![ruling, second, by, now]).await
            })
        });
        if write.await? == 1 { Ok(()) } else { Err(StoreError::Conflict("quality_cards".to_owned())) }
    }

    /// What was looked at twice, of a week.
    pub async fn looked_twice(&self, week: Timestamp) -> Result<Vec<Looked>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(LOOKED, values![week]).await }));
        read.await?.into_iter().map(looked).collect()
    }
}

async fn cards_of(tx: &mut Tx, week: Week) -> Result<i64, StoreError> {
    let count = "select count(*) from quality_cards where week = $1";
    tx.row(count, values![week.from]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Keeps a sample, unless another process was faster.
async fn keep(tx: &mut Tx, week: Week, sample: &BTreeSet<Lot>) -> Result<i64, StoreError> {
    let drawn = cards_of(tx, week).await?;
    if drawn > 0 {
        return Ok(drawn);
    }
    for (place, Lot(_, ruling, story, comment)) in sample.iter().enumerate() {
        let text =
            "insert into quality_cards (ruling_id, week, place, story_id, comment_id) values ($1, $2, $3, $4, $5)
             on conflict (ruling_id) do nothing";
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        tx.run(text, values![*ruling, week.from, place, *story, *comment]).await?;
    }
    Ok(i64::try_from(sample.len()).unwrap_or(i64::MAX))
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): each ruling gets a number as good as drawn.
fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn card(row: &mut Row) -> Result<SecondLook, StoreError> {
    let face: CardFace = row.json(2)?;
    Ok(SecondLook {
        ruling: RulingId(row.int(0)?),
        story: StoryId(row.int(1)?),
        headline: face.headline,
        name: row.text(3)?,
        text: row.text(4)?,
    })
}

fn looked(mut row: Row) -> Result<Looked, StoreError> {
    let (first, second) = (row.json::<Decision>(5)?, row.text(6)?);
    Ok(Looked {
        card: card(&mut row)?,
        first: Settled(first.reason().map(RefusalReason::key)),
        second: Settled(RefusalReason::from_key(&second).map(RefusalReason::key)),
    })
}

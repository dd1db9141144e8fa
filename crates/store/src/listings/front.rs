//! The front page, in as many statements whatever the number of rows: the layout, the masthead, which stories there are, the
//! cards of those that are shown, two rankings; and for each 32 pictures one that asks which readers may have.

use super::{CARD, FrontPage, FrontRow, FrontSlot, StoryCard, card};
use crate::StoreError;
use crate::engine::{Row, Tx, Value, values};
use crate::front::{IN_FORCE, launch_of};
use crate::pictures::{as_readers_see, readers_may_have};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use newsroom::front::{Filled, FilledRow, Layout, RowKind, Source};
use newsroom::readings::days_between;
use newsroom::section::Section;
use newsroom::{SectionId, StoryId, Timestamp};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Stories of a ranking.
const RANKED: u32 = 5;
/// Of each day so many stories are looked at for those most read in several.
const READ_OF_A_DAY: u32 = 100;
/// The span that rankings look at.
const RANKED_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Of the newest stories of that span so many are looked at for those most discussed.
const DISCUSSED_OF: i64 = 200;
/// Of the newest stories so many are looked at for those with a picture.
const PICTURED_OF: i64 = 60;
/// Of the newest stories so many are looked at for opinion.
const OPINION_OF: i64 = 200;
/// The list of those that are pinned.
const PINNED: &str = "pinned";
/// The list of those that have a picture.
const PICTURED: &str = "pictured";
/// The list of those that are opinion.
const OPINION: &str = "opinion";

pub(crate) const SECTIONS: &str =
    "select section_id, slug, name, position from sections order by position, section_id limit 100";

pub(crate) const LED: &str =
    "select story_id from stories where led_at > 0 and state = 'published' order by led_at desc limit 1";

/// The page by a layout; by the one that readers have where none is given.
pub(super) async fn front_page(tx: &mut Tx, layout: Option<Layout>, now: Timestamp) -> Result<FrontPage, StoreError> {
    let sections = tx.rows(SECTIONS, values![]).await?.into_iter().map(section).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
    let layout = match layout {
        Some(layout) => layout,
        None => match tx.row(IN_FORCE, values![]).await?.map(launch_of).transpose()? {
            Some(launch) => launch.layout,
            None => standard(tx, &ids).await?,
        },
    };
    let layout = layout.of_sections(&ids);
    let (public, newest) = candidates(tx, &layout, &sections).await?;
    let rows = layout.fill(&public, &newest);
    let mut cards = cards(tx, &rows).await?;
    let chosen = rows.iter().flat_map(|row| &row.slots).filter_map(|slot| slot.pin.as_ref()?.picture.as_ref());
    let may_have = readers_may_have(tx, &chosen.map(|picture| picture.file.as_str()).collect()).await?;
    let since = Timestamp::from_millisecond(now.as_millisecond() - RANKED_MS).unwrap_or(now);
    let mut shown = Vec::new();
    for row in rows {
        let slots = match row.kind {
            RowKind::MostRead => {
                let read = most_read(tx, days_around(since, now), RANKED).await?;
                ranked(read.into_iter().map(|(card, _)| card).collect())
            }
            RowKind::MostDiscussed => ranked(most_discussed(tx, since).await?),
            _ => row.slots.into_iter().map(|slot| in_slot(slot, &mut cards, &may_have)).collect(),
        };
        let section = row.kind.section().and_then(|id| sections.iter().find(|section| section.id == id).cloned());
        shown.push(FrontRow { kind: row.kind, section, slots });
    }
    let all = shown.iter().flat_map(|row| &row.slots).filter_map(|slot| slot.card.clone()).collect();
    let mut seen = as_readers_see(tx, all).await?.into_iter();
    for slot in shown.iter_mut().flat_map(|row| &mut row.slots).filter(|slot| slot.card.is_some()) {
        slot.card = seen.next();
    }
    Ok(FrontPage { rows: shown })
}

/// The page while nobody has launched one: led by the story that was put at its head, if one was.
pub(super) async fn standard(tx: &mut Tx, sections: &[SectionId]) -> Result<Layout, StoreError> {
    let led = tx.row(LED, values![]).await?.map(|row| row.int(0).map(StoryId)).transpose()?;
    let layout = Layout::standard(sections);
    Ok(match led {
        Some(story) => layout.led_by(story),
        None => layout,
    })
}

/// The days of a span wherever the paper is: its clock may be a day ahead.
fn days_around(since: Timestamp, now: Timestamp) -> (Date, Date) {
    let date = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    (date(since), date(now).saturating_add(1.day()))
}

/// What is public of the pinned, and the newest of every source.
type Candidates = (HashSet<StoryId>, HashMap<Source, Vec<StoryId>>);

async fn candidates(tx: &mut Tx, layout: &Layout, sections: &[Section]) -> Result<Candidates, StoreError> {
    let of: HashMap<String, Source> = layout
        .rows
        .iter()
        .filter_map(|row| row.kind.source())
        .filter_map(|source| {
            let list = match source {
                Source::All => "all".to_owned(),
                Source::Opinion => OPINION.to_owned(),
                Source::Pictured => PICTURED.to_owned(),
                Source::Section(id) => format!("section:{}", sections.iter().find(|section| section.id == id)?.slug),
            };
            Some((list, source))
        })
        .collect();
    let lists: Vec<&String> = of.keys().filter(|list| *list != PICTURED && *list != OPINION).collect();
    let pinned: Vec<StoryId> = layout.pinned().map(|pin| pin.story).collect();
    let text = candidates_text(lists.len(), pinned.len(), (of.contains_key(PICTURED), of.contains_key(OPINION)));
    let limit = i64::try_from(layout.enough()).unwrap_or(i64::MAX);
    let values: Vec<Value> = std::iter::once(Value::from(limit))
        .chain(lists.into_iter().map(|list| Value::from(list.as_str())))
        .chain(pinned.into_iter().map(Value::from))
        .collect();
    let (mut public, mut newest) = (HashSet::new(), HashMap::<Source, Vec<StoryId>>::new());
    for mut row in tx.rows(&text, &values).await? {
        let (list, story) = (row.text(0)?, StoryId(row.int(2)?));
        match of.get(&list) {
            Some(source) => newest.entry(*source).or_default().push(story),
            None => drop(public.insert(story)),
        }
    }
    Ok((public, newest))
}

/// Ids alone: `$1` of each list named by `$2` and on, then the pinned stories that are public, those with a picture
/// and those that are opinion.
pub(crate) fn candidates_text(lists: usize, pinned: usize, (pictured, opinion): (bool, bool)) -> String {
    let newest = (0..lists).map(|n| {
        format!(
            "select * from (select list, published_at, story_id from listed where list = ${}
                 order by published_at desc, story_id desc limit $1) as newest",
            n + 2
        )
    });
    let held = (pinned > 0).then(|| {
        format!(
            "select '{PINNED}' as list, published_at, story_id from stories
                 where state = 'published' and story_id in ({})",
            numbered(lists + 2, pinned)
        )
    });
    // A card says `"lead":null` where there is no picture, and its size is nothing while it is still to be supplied.
    let with_picture = "s.card like '%\"lead\":{%' and s.card not like '%\"size\":[0,0]%'";
    let with_picture = pictured.then(|| of_cards(PICTURED, PICTURED_OF, with_picture));
    // A card begins with its kind, where that is not news.
    let of_opinion = opinion.then(|| of_cards(OPINION, OPINION_OF, "s.card like '{\"kind\":\"opinion\"%'"));
    let parts: Vec<String> = newest.chain(held).chain(with_picture).chain(of_opinion).collect();
    format!(
        "select list, published_at, story_id from ({}) as few order by list, published_at desc, story_id desc",
        parts.join(" union all ")
    )
}

/// `$1` of a list that nobody keeps: of the newest `of`, those whose card is as it says.
fn of_cards(list: &str, of: i64, fits: &str) -> String {
    format!(
        "select * from (select '{list}' as list, l.published_at, l.story_id
             from (select published_at, story_id from listed where list = 'all'
                   order by published_at desc, story_id desc limit {of}) l
             join stories s on s.story_id = l.story_id
             where {fits}
             order by l.published_at desc, l.story_id desc limit $1) as newest"
    )
}

/// The cards of everything that stands in a slot.
async fn cards(tx: &mut Tx, rows: &[FilledRow]) -> Result<HashMap<StoryId, StoryCard>, StoreError> {
    let stories: Vec<Value> =
        rows.iter().flat_map(|row| &row.slots).filter_map(|slot| slot.story).map(Value::from).collect();
    if stories.is_empty() {
        return Ok(HashMap::new());
    }
    let cards = tx.rows(&cards_text(stories.len()), &stories).await?.into_iter().map(card);
    cards.map(|card| card.map(|card| (card.id, card))).collect()
}

pub(crate) fn cards_text(stories: usize) -> String {
    format!(
        "select {CARD} from stories s left join threads t on t.story_id = s.story_id
         where s.state = 'published' and s.story_id in ({})",
        numbered(1, stories)
    )
}

/// `$from, $from+1 …`, so many.
fn numbered(from: usize, many: usize) -> String {
    (from..from + many).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// A slot with its card: a pinned story by the headline and the picture that it was given here.
fn in_slot(slot: Filled, cards: &mut HashMap<StoryId, StoryCard>, may_have: &BTreeSet<String>) -> FrontSlot {
    let stands_in = slot.stands_in();
    let mut card = slot.story.and_then(|story| cards.remove(&story));
    if let (Some(card), Some(pin), false) = (&mut card, &slot.pin, stands_in) {
        if !pin.headline.is_empty() {
            card.face.headline.clone_from(&pin.headline);
        }
        // One that readers may not have, any more or yet, would be a hole: the story's own stays.
        if pin.picture.as_ref().is_some_and(|picture| may_have.contains(&picture.file)) {
            card.face.lead.clone_from(&pin.picture);
        }
    }
    FrontSlot { card, pin: slot.pin, stands_in }
}

fn ranked(cards: Vec<StoryCard>) -> Vec<FrontSlot> {
    cards.into_iter().map(|card| FrontSlot { card: Some(card), pin: None, stands_in: false }).collect()
}

/// The most read from one day to another, both among them, and how often. Withdrawn stories keep their reads; some more are
/// looked at, so that the list is full without them.
pub(crate) async fn most_read(
    tx: &mut Tx,
    (from, to): (Date, Date),
    limit: u32,
) -> Result<Vec<(StoryCard, i64)>, StoreError> {
    let days = days_between(from, to);
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "select {CARD}, r.all_reads from ({}) r join stories s on s.story_id = r.story_id
         left join threads t on t.story_id = r.story_id
         where s.state = 'published' order by r.all_reads desc, r.story_id desc limit {limit}",
        most_read_text(days.len())
    );
    let given: Vec<Value> = std::iter::once(Value::from(i64::from(limit) * 2 + 10))
        .chain(days.into_iter().map(|day| Value::from(day.to_string().as_str())))
        .collect();
    let rows = tx.rows(&text, &given).await?;
    rows.into_iter().map(|row| row.int(6).and_then(|reads| Ok((card(row)?, reads)))).collect()
}

/// The first of each day by the order of its index, added up: `$1` of them; the days are `$2` and on.
pub(crate) fn most_read_text(days: usize) -> String {
    let parts = (0..days).map(|n| {
        format!(
            "select * from (select story_id, reads from story_reads where day = ${}
                 order by reads desc, story_id desc limit {READ_OF_A_DAY}) as of_day",
            n + 2
        )
    });
    format!(
        "select story_id, cast(sum(reads) as bigint) as all_reads from ({}) as few
         group by story_id order by all_reads desc, story_id desc limit $1",
        parts.collect::<Vec<_>>().join(" union all ")
    )
}

/// By the kept number of released comments: what waits or was refused counts nothing.
async fn most_discussed(tx: &mut Tx, since: Timestamp) -> Result<Vec<StoryCard>, StoreError> {
    let rows = tx.rows(&most_discussed_text(), values![since, DISCUSSED_OF, i64::from(RANKED)]).await?;
    rows.into_iter().map(card).collect()
}

pub(crate) fn most_discussed_text() -> String {
    format!(
        "select {CARD} from (select published_at, story_id from listed where list = 'all' and published_at >= $1
             order by published_at desc, story_id desc limit $2) l
         join stories s on s.story_id = l.story_id join threads t on t.story_id = l.story_id
         where t.released > 0 and s.comment_policy <> 'hidden'
         order by t.released desc, l.published_at desc, l.story_id desc limit $3"
    )
}

fn section(mut row: Row) -> Result<Section, StoreError> {
    Ok(Section { id: SectionId(row.int(0)?), slug: row.text(1)?, name: row.text(2)?, position: row.int(3)? })
}

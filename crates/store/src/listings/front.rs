//! The front page, in four statements whatever the number of sections.

use super::{CARD, FrontPage, StoryCard, card, cards};
use crate::StoreError;
use crate::engine::{Row, Tx, Value, values};
use crate::pictures::as_readers_see;
use crate::stories::day;
use newsroom::section::Section;
use newsroom::{SectionId, Timestamp};
use std::collections::HashMap;

/// Stories in the box "most read".
const MOST_READ_SHOWN: u32 = 5;
/// The span it looks at.
const MOST_READ_MS: i64 = 7 * 24 * 60 * 60 * 1000;

pub(crate) const SECTIONS: &str =
    "select section_id, slug, name, position from sections order by position, section_id limit 100";

pub(crate) const MOST_READ: &str = "select story_id, cast(sum(reads) as bigint) as all_reads from story_reads
     where day >= $1 group by story_id order by all_reads desc, story_id desc limit $2";

pub(super) async fn front_page(
    tx: &mut Tx,
    latest: u32,
    per_section: u32,
    now: Timestamp,
) -> Result<FrontPage, StoreError> {
    let sections = tx.rows(SECTIONS, values![]).await?.into_iter().map(section).collect::<Result<Vec<_>, _>>()?;
    let mut cards = cards_of_lists(tx, &sections, latest, per_section).await?;
    let mut newest = cards.remove("all").unwrap_or_default();
    let lead = match led(tx).await? {
        Some(lead) => Some(lead),
        None => newest.first().cloned(),
    };
    newest.retain(|card| Some(card.id) != lead.as_ref().map(|lead| lead.id));
    newest.truncate(usize::try_from(latest).unwrap_or(usize::MAX));
    let shown = usize::try_from(per_section).unwrap_or(usize::MAX);
    let sections = sections.into_iter().filter_map(|section| {
        let mut cards = cards.remove(&format!("section:{}", section.slug))?;
        cards.retain(|card| Some(card.id) != lead.as_ref().map(|lead| lead.id));
        cards.truncate(shown);
        (!cards.is_empty()).then_some((section, cards))
    });
    let sections = sections.collect();
    let week_ago = Timestamp::from_millisecond(now.as_millisecond() - MOST_READ_MS).unwrap_or(now);
    Ok(FrontPage { lead, latest: newest, sections, most_read: most_read(tx, week_ago, MOST_READ_SHOWN).await? })
}

/// The newest of every list that the front page shows, by the list's key.
async fn cards_of_lists(
    tx: &mut Tx,
    sections: &[Section],
    latest: u32,
    per_section: u32,
) -> Result<HashMap<String, Vec<StoryCard>>, StoreError> {
    let keys = sections.iter().map(|section| Value::from(format!("section:{}", section.slug)));
    // One more of each: the one at the head is left out.
    let limits = [Value::from(i64::from(latest) + 1), Value::from(i64::from(per_section) + 1)];
    let values: Vec<Value> = limits.into_iter().chain(keys).collect();
    let (mut keys, mut all) = (Vec::new(), Vec::new());
    for mut row in tx.rows(&per_section_text(sections.len()), &values).await? {
        keys.push(row.text(6)?);
        all.push(card(row)?);
    }
    let mut lists: HashMap<String, Vec<StoryCard>> = HashMap::new();
    for (list, card) in keys.into_iter().zip(as_readers_see(tx, all).await?) {
        lists.entry(list).or_default().push(card);
    }
    Ok(lists)
}

/// `$1` of all stories, and `$2` of each list named by `$3` and on.
pub(crate) fn per_section_text(sections: usize) -> String {
    let newest = |list: String, limit: &str| {
        format!(
            "select * from (select list, published_at, story_id from listed where list = {list}
                 order by published_at desc, story_id desc limit {limit}) as newest"
        )
    };
    let of_sections = (0..sections).map(|n| newest(format!("${}", n + 3), "$2"));
    // `$2` is there even when there are no sections: an engine must know the type of every value it is given.
    let all = newest("'all' and cast($2 as bigint) is not null".to_owned(), "$1");
    let lists: Vec<String> = std::iter::once(all).chain(of_sections).collect();
    format!(
        "select {CARD}, l.list from ({}) as l
         join stories s on s.story_id = l.story_id left join threads t on t.story_id = l.story_id
         order by l.list, l.published_at desc, l.story_id desc",
        lists.join(" union all ")
    )
}

pub(crate) fn lead_text() -> String {
    format!(
        "select {CARD} from stories s left join threads t on t.story_id = s.story_id
         where s.led_at > 0 and s.state = 'published' order by s.led_at desc limit 1"
    )
}

async fn led(tx: &mut Tx) -> Result<Option<StoryCard>, StoreError> {
    Ok(cards(tx, &lead_text(), values![]).await?.pop())
}

/// Withdrawn stories keep their reads; some more are looked at, so that the list is full without them.
pub(super) async fn most_read(tx: &mut Tx, since: Timestamp, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
    let candidates = i64::from(limit) * 2 + 10;
    let text = format!(
        "select {CARD} from ({MOST_READ}) r join stories s on s.story_id = r.story_id
         left join threads t on t.story_id = r.story_id
         where s.state = 'published' order by r.all_reads desc, r.story_id desc limit $3"
    );
    cards(tx, &text, values![day(since), candidates, i64::from(limit)]).await
}

fn section(mut row: Row) -> Result<Section, StoreError> {
    Ok(Section { id: SectionId(row.int(0)?), slug: row.text(1)?, name: row.text(2)?, position: row.int(3)? })
}

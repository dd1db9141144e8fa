//! Where a published story stands: its address, its lists, its month, its tags and writers, its words.

use super::links;
use super::rows::{OUTSIDE, face, keep_published_row, section_of};
use super::slugs;
use crate::StoreError;
use crate::engine::{Tx, values};
use crate::pictures::{note_printed, want_card};
use crate::probes::keep_story_probes;
use crate::queue::move_section;
use crate::search::{drop_desk_words, keep_story_words};
use jiff::tz::TimeZone;
use newsroom::story::{Published, StoryText};
use newsroom::{SectionId, StoryId, Timestamp};
use std::collections::BTreeSet;

/// The list of what was corrected: a story stands there once for each correction, at its time.
pub(crate) const CORRECTIONS: &str = "corrections";

/// What a story was before it is placed.
#[derive(Debug)]
pub(super) struct Before {
    state: String,
    published_at: Option<Timestamp>,
    plain: String,
    section: Option<SectionId>,
    /// Nothing of it goes public, for a reason of law.
    is_held: bool,
}

impl Before {
    /// Readers see it.
    pub(super) fn is_public(&self) -> bool {
        self.state == "published"
    }
}

/// Whatever was written on it last.
pub(super) const ANY: i64 = -1;

/// Nothing of a story goes public while there is a reason of law: asked where the row is held, whoever publishes.
const LEGAL_HOLD: &str = "legal-hold";

/// Takes a story to change it; the write comes first, so that it waits for whoever is changing the same one. With the
/// number of a text, only while that is the last one.
pub(super) async fn take(tx: &mut Tx, story: StoryId, read: i64, now: Timestamp) -> Result<Option<Before>, StoreError> {
    let text = "update stories set touched_at = $2, version = version + 1
         where story_id = $1 and ($3 < 0 or version = $3)
         returning state, published_at, plain, section_id, hold_why";
    let row = tx.row(text, values![story, now, read]).await?;
    if row.is_none() && read >= 0 {
        return Err(StoreError::Conflict("version".to_owned()));
    }
    row.map(|mut row| {
        let state = row.text(0)?;
        if state == OUTSIDE {
            return Err(StoreError::NotFound);
        }
        let (section, is_held) = (row.maybe_int(3)?.map(SectionId), row.maybe_text(4)?.is_some());
        Ok(Before { state, published_at: row.maybe_time(1)?, plain: row.text(2)?, section, is_held })
    })
    .transpose()
}

/// Puts a story where readers find it, and takes it away from where it stood before.
///
/// # Errors
/// [`StoreError::Conflict`] with `legal-hold` while nothing of it goes public.
pub(super) async fn place(
    tx: &mut Tx,
    published: &Published,
    before: Option<Before>,
    now: Timestamp,
) -> Result<Published, StoreError> {
    let said = before.as_ref().filter(|before| before.state != "draft").map(|before| before.plain.clone());
    let stored = place_bare(tx, published, before, now).await?;
    keep_story_probes(tx, stored.id, said.as_deref(), &stored.text.plain_text()).await?;
    keep_story_words(tx, stored.id).await?;
    Ok(stored)
}

/// The same, but the words by which it is found and the probes by which copies of it are, which whoever asks keeps in the same
/// transaction.
pub(super) async fn place_bare(
    tx: &mut Tx,
    published: &Published,
    before: Option<Before>,
    now: Timestamp,
) -> Result<Published, StoreError> {
    if before.as_ref().is_some_and(|before| before.is_held) {
        return Err(StoreError::Conflict(LEGAL_HOLD.to_owned()));
    }
    let slug = slugs::give(tx, published.id, &published.slug).await?;
    let stored = Published { slug, ..published.clone() };
    let section = section_of(tx, &stored.text).await?;
    let lists = lists_of(&stored.text, section.as_ref().map(|(slug, _)| slug.as_str()));
    keep_published_row(tx, &stored, &face(&stored.text, section), now).await?;
    tx.run("delete from working_texts where story_id = $1", values![stored.id]).await?;
    if let Some(before) = &before {
        move_section(tx, stored.id, before.section, stored.text.section).await?;
    }
    if let Some(before) = before.filter(Before::is_public) {
        unlist(tx, stored.id, before.published_at).await?;
    }
    for list in lists {
        let text = "insert into listed (list, published_at, story_id) values ($1, $2, $3)";
        tx.run(text, values![list, stored.published_at, stored.id]).await?;
    }
    for corrected_at in stored.text.corrections.iter().map(|one| one.at.as_millisecond()).collect::<BTreeSet<_>>() {
        let text = "insert into listed (list, published_at, story_id) values ($1, $2, $3)";
        tx.run(text, values![CORRECTIONS, corrected_at, stored.id]).await?;
    }
    count_in_month(tx, stored.published_at, 1).await?;
    name_tags_and_writers(tx, &stored.text).await?;
    drop_desk_words(tx, stored.id).await?;
    want_card(tx, stored.id, stored.published_at).await?;
    note_printed(tx, stored.id, &stored.text).await?;
    links::note_printed(tx, &stored).await?;
    Ok(stored)
}

/// Takes a story out of every list and out of the archive.
pub(super) async fn unlist(tx: &mut Tx, story: StoryId, published_at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.run("delete from listed where story_id = $1", values![story]).await?;
    match published_at {
        Some(published_at) => count_in_month(tx, published_at, -1).await,
        None => Ok(()),
    }
}

fn lists_of(text: &StoryText, section: Option<&str>) -> BTreeSet<String> {
    let section = section.map(|slug| format!("section:{slug}"));
    let tags = text.tags.iter().map(|tag| format!("tag:{}", tag.slug));
    let writers = text.bylines.iter().map(|byline| format!("writer:{}", byline.slug));
    ["all".to_owned()].into_iter().chain(section).chain(tags).chain(writers).collect()
}

async fn count_in_month(tx: &mut Tx, published_at: Timestamp, n: i64) -> Result<(), StoreError> {
    tx.run(
        "insert into archive_months (month, stories) values ($1, $2)
         on conflict (month) do update set stories = archive_months.stories + excluded.stories",
        values![month(published_at), n],
    )
    .await
    .map(drop)
}

async fn name_tags_and_writers(tx: &mut Tx, text: &StoryText) -> Result<(), StoreError> {
    for tag in &text.tags {
        let sql = "insert into tags (slug, name) values ($1, $2) on conflict (slug) do update set name = excluded.name";
        tx.run(sql, values![&tag.slug, &tag.name]).await?;
    }
    for byline in &text.bylines {
        let sql =
            "insert into writers (slug, name) values ($1, $2) on conflict (slug) do update set name = excluded.name";
        tx.run(sql, values![&byline.slug, &byline.name]).await?;
    }
    Ok(())
}

/// The day of a time in UTC, as it is stored.
pub(crate) fn day(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string()
}

/// The month of a time in UTC, as it is stored.
fn month(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

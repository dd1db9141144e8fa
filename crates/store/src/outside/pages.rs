//! Pages of other sites and their threads.

use super::{OtherSite, SITE, site};
use crate::comments::keep_from;
use crate::engine::{Tx, json, values};
use crate::happenings::write_down;
use crate::networks::SentFrom;
use crate::stories::{OUTSIDE, face_of};
use crate::{Store, StoreError};
use arabic::slug::same_slug_key;
use newsroom::comment::Held;
use newsroom::happening::{Happening, What};
use newsroom::outside::{MARK, OutsidePage};
use newsroom::people::Actor;
use newsroom::story::{Published, Story, StoryText};
use newsroom::{HappeningId, OtherSiteId, SectionId, StoryId, Timestamp};
use std::sync::Arc;

/// Threads that come into being under the pages of a site in an hour, at most: a site that publishes a page a minute is
/// a large one, and what is more is somebody who makes addresses up.
pub const MOST_PAGES_AN_HOUR: i64 = 60;
const HOUR_MS: i64 = 60 * 60 * 1000;

pub(crate) const PAGE: &str = "select story_id from outside_pages where site_id = $1 and page = $2";
pub(crate) const COUNT: &str = "select t.released from outside_pages p
     join stories s on s.story_id = p.story_id and s.comment_policy <> 'hidden'
     join threads t on t.story_id = p.story_id where p.site_id = $1 and p.page = $2";

/// Why a page got no thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoThread {
    /// The site is closed.
    Closed,
    /// Too many came into being in this hour.
    TooMany,
}

/// What a first comment under a page makes.
#[derive(Debug, Clone)]
struct First {
    page: OutsidePage,
    title: String,
    story: StoryId,
}

impl Store {
    /// The thread of a page, where somebody wrote under it before.
    pub async fn outside_thread(&self, site: OtherSiteId, page: &OutsidePage) -> Result<Option<Published>, StoreError> {
        let key = page.key.clone();
        let read = self.engine.read(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                let Some(row) = tx.row(PAGE, values![site, key]).await? else { return Ok(None) };
                match crate::stories::story_in(tx, StoryId(row.int(0)?)).await? {
                    Story::Published(thread) => Ok(Some(thread)),
                    Story::Draft(_) | Story::Withdrawn(_) => Ok(None),
                }
            })
        });
        read.await
    }

    /// How many comments readers see under each of these pages, in their order.
    pub async fn outside_counts(&self, site: OtherSiteId, pages: &[OutsidePage]) -> Result<Vec<i64>, StoreError> {
        let keys: Arc<Vec<String>> = Arc::new(pages.iter().map(|page| page.key.clone()).collect());
        let read = self.engine.read(move |tx| {
            let keys = Arc::clone(&keys);
            Box::pin(async move {
                let mut counts = Vec::new();
                for key in keys.iter() {
                    let row = tx.row(COUNT, values![site, key]).await?;
                    counts.push(row.map_or(Ok(0), |row| row.int(0))?);
                }
                Ok(counts)
            })
        });
        read.await
    }

    /// The page of a thread: which site, and where readers find it.
    pub async fn outside_page(&self, story: StoryId) -> Result<Option<(OtherSite, String)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select site_id, address from outside_pages where story_id = $1";
                let Some(mut row) = tx.row(text, values![story]).await? else { return Ok(None) };
                let (id, address) = (row.int(0)?, row.text(1)?);
                let row = tx.row(SITE, values![id]).await?.ok_or(StoreError::NotFound)?;
                Ok(Some((site(row)?, address)))
            })
        });
        read.await
    }

    /// Gives a page its thread, if it has none yet; the happening of that, where this made it. Nobody but a comment that is
    /// about to be kept asks for it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such site.
    pub async fn open_outside_thread(
        &self,
        site: OtherSiteId,
        page: &OutsidePage,
        title: &str,
        now: Timestamp,
    ) -> Result<Result<(Published, Option<Happening>), NoThread>, StoreError> {
        let first = Arc::new(First { page: page.clone(), title: title.to_owned(), story: StoryId(self.id(now)) });
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            let first = Arc::clone(&first);
            Box::pin(async move { open(tx, site, &first, id, now).await })
        });
        match write.await {
            Err(StoreError::Conflict(why)) if why == TOO_MANY => Ok(Err(NoThread::TooMany)),
            Err(StoreError::Conflict(why)) if why == CLOSED => Ok(Err(NoThread::Closed)),
            other => other.map(Ok),
        }
    }

    /// Keeps a comment under a page as [`Store::keep_comment_from`] does, said by somebody whom a token of the site names.
    ///
    /// # Errors
    /// As [`Store::keep_comment`]; [`StoreError::Conflict`] when the token was used too often.
    pub async fn keep_named_comment(
        &self,
        held: &Held,
        (site, mark, until): (OtherSiteId, &str, Timestamp),
        from: Option<&SentFrom>,
    ) -> Result<Happening, StoreError> {
        let (held, mark) = (Arc::new(held.clone()), mark.to_owned());
        let from = from.map(|from| Arc::new(from.clone()));
        let now = held.submitted.at;
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            let (held, mark, from) = (Arc::clone(&held), mark.clone(), from.clone());
            Box::pin(async move {
                super::people::spend(tx, (site, &mark), until, now).await?;
                keep_from(tx, &held, from.as_deref(), id).await
            })
        });
        write.await
    }
}

const TOO_MANY: &str = "too-many-pages";
const CLOSED: &str = "closed";

async fn open(
    tx: &mut Tx,
    site: OtherSiteId,
    first: &First,
    id: HappeningId,
    now: Timestamp,
) -> Result<(Published, Option<Happening>), StoreError> {
    // The row of the site is held from here on: of two first comments at one moment the second finds the thread.
    let hour = now.as_millisecond() / HOUR_MS;
    let text = "update other_sites set hour_pages = case when hour = $2 then hour_pages + 1 else 1 end, hour = $2
         where site_id = $1 returning name, comment_policy, section_id, closed_at, hour_pages";
    let mut row = tx.row(text, values![site, hour]).await?.ok_or(StoreError::NotFound)?;
    if row.maybe_int(3)?.is_some() {
        return Err(StoreError::Conflict(CLOSED.to_owned()));
    }
    if let Some(known) = tx.row(PAGE, values![site, &first.page.key]).await? {
        tx.run("update other_sites set hour_pages = hour_pages - 1 where site_id = $1", values![site]).await?;
        return match crate::stories::story_in(tx, StoryId(known.int(0)?)).await? {
            Story::Published(thread) => Ok((thread, None)),
            Story::Draft(_) | Story::Withdrawn(_) => Err(StoreError::NotFound),
        };
    }
    if row.int(4)? > MOST_PAGES_AN_HOUR {
        return Err(StoreError::Conflict(TOO_MANY.to_owned()));
    }
    let (name, policy, section) = (row.text(0)?, row.text(1)?, row.maybe_int(2)?.map(SectionId));
    insert(tx, site, first, (&name, &policy, section), now).await?;
    let what = What::OutsidePageOpened { story: first.story, name };
    let happening = Happening { id, at: now, by: Actor::Program, what, why: String::new() };
    write_down(tx, &happening).await?;
    match crate::stories::story_in(tx, first.story).await? {
        Story::Published(thread) => Ok((thread, Some(happening))),
        Story::Draft(_) | Story::Withdrawn(_) => Err(StoreError::NotFound),
    }
}

async fn insert(
    tx: &mut Tx,
    site: OtherSiteId,
    first: &First,
    (name, policy, section): (&str, &str, Option<SectionId>),
    now: Timestamp,
) -> Result<(), StoreError> {
    // What readers may be told is the site. Title and address are what a stranger sent, until somebody has looked: they stand
    // in the second line, which the desk alone is shown.
    let address = &first.page.address;
    let standfirst = if first.title.is_empty() { address.clone() } else { format!("{} — {address}", first.title) };
    let text = StoryText { headline: name.to_owned(), standfirst, section, ..StoryText::default() };
    let slug = format!("{MARK}{}", first.story.short());
    let sql = "insert into stories
             (story_id, state, slug, text, card, plain, comment_policy, language, begun_at, published_at, touched_at,
              section_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, $10)";
    let (words, card) = (json(&text)?, json(&face_of(tx, &text).await?)?);
    let language = text.language.tag();
    let (plain, story) = (text.plain_text(), first.story);
    tx.run(sql, values![story, OUTSIDE, &slug, words, card, plain, policy, language, now, section]).await?;
    let sql = "insert into slugs (slug, story_id, current, folded) values ($1, $2, 1, $3)";
    tx.run(sql, values![&slug, story, same_slug_key(&slug)]).await?;
    let sql = "insert into outside_pages (story_id, site_id, page, address) values ($1, $2, $3, $4)";
    tx.run(sql, values![story, site, &first.page.key, &first.page.address]).await.map(drop)
}

//! Other sites, under whose pages readers talk here. Their pages are rows of `stories` in a state of their own: the whole
//! machinery of comments works on them, and no list of the paper knows them.

mod keys;
mod pages;
mod people;

pub use keys::{NewSiteKey, SiteKey};
pub use pages::{MOST_PAGES_AN_HOUR, NoThread};

use crate::engine::{Row, Tx, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::outside::Rules;
use newsroom::people::Actor;
use newsroom::story::CommentPolicy;
use newsroom::{OtherSiteId, SectionId, StaffId, Timestamp};
use std::sync::Arc;

/// More sites than any paper serves; so many are read.
const MOST_SITES: i64 = 500;

pub(crate) const SITE: &str = "select site_id, name, rules, comment_policy, section_id, added_at, closed_at
     from other_sites where site_id = $1";
const SITES: &str = "select site_id, name, rules, comment_policy, section_id, added_at, closed_at
     from other_sites order by name limit $1";

/// What is said of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidOfSite {
    /// As the desk calls it.
    pub name: String,
    /// Which pages.
    pub rules: Rules,
    /// What holds under a page from its first comment on.
    pub policy: CommentPolicy,
    /// Whose moderators see the comments; nobody's in particular where none is.
    pub section: Option<SectionId>,
}

/// Another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSite {
    /// Which.
    pub id: OtherSiteId,
    /// What is said of it.
    pub said: SaidOfSite,
    /// Since when it is known.
    pub added_at: Timestamp,
    /// Since when it shows no threads any more.
    pub closed_at: Option<Timestamp>,
}

impl Store {
    /// All sites, by name.
    pub async fn other_sites(&self) -> Result<Vec<OtherSite>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.rows(SITES, values![MOST_SITES]).await }));
        read.await?.into_iter().map(site).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn other_site(&self, id: OtherSiteId) -> Result<OtherSite, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(SITE, values![id]).await }));
        site(read.await?.ok_or(StoreError::NotFound)?)
    }

    /// Lets a site show threads, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one has the name.
    pub async fn add_other_site(
        &self,
        said: &SaidOfSite,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(OtherSiteId, Happening), StoreError> {
        let id = OtherSiteId(self.id(now));
        let happening = self.happening(Actor::Staff(by), changed(said, true), "", now);
        let new = Arc::new((said.clone(), happening));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                let (said, happening) = &*new;
                let text = "insert into other_sites (site_id, name, rules, comment_policy, section_id, added_at,
                         added_by, hour, hour_pages)
                     values ($1, $2, $3, $4, $5, $6, $7, 0, 0)";
                let (rules, policy) = (json(&said.rules)?, said.policy.key());
                tx.run(text, values![id, &said.name, rules, policy, said.section, now, by]).await?;
                write_down(tx, happening).await?;
                Ok((id, happening.clone()))
            })
        });
        write.await
    }

    /// Changes what holds for a site, or opens it again. Pages that have a thread keep policy and section as they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Conflict`] when another one has the name.
    pub async fn change_other_site(
        &self,
        id: OtherSiteId,
        said: &SaidOfSite,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), changed(said, true), "", now);
        let new = Arc::new((said.clone(), happening));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                let (said, happening) = &*new;
                let text = "update other_sites set name = $2, rules = $3, comment_policy = $4, section_id = $5,
                         closed_at = null
                     where site_id = $1";
                let (rules, policy) = (json(&said.rules)?, said.policy.key());
                if tx.run(text, values![id, &said.name, rules, policy, said.section]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, happening).await?;
                Ok(happening.clone())
            })
        });
        write.await
    }

    /// The site shows no threads any more; what was said under its pages stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or it was closed before.
    pub async fn close_other_site(
        &self,
        id: OtherSiteId,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (happening, by) = (self.id(now), Actor::Staff(by));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update other_sites set closed_at = $2 where site_id = $1 and closed_at is null
                     returning name";
                let row = tx.row(text, values![id, now]).await?;
                let name = row.ok_or(StoreError::NotFound)?.text(0)?;
                let what = What::OtherSiteChanged { name, open: false };
                let id = newsroom::HappeningId(happening);
                let happening = Happening { id, at: now, by, what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

fn changed(said: &SaidOfSite, open: bool) -> What {
    What::OtherSiteChanged { name: said.name.clone(), open }
}

async fn name_of(tx: &mut Tx, site: OtherSiteId) -> Result<String, StoreError> {
    let row = tx.row("select name from other_sites where site_id = $1", values![site]).await?;
    row.ok_or(StoreError::NotFound)?.text(0)
}

fn site(mut row: Row) -> Result<OtherSite, StoreError> {
    let policy = row.text(3)?;
    let policy = CommentPolicy::from_key(&policy)
        .ok_or_else(|| StoreError::Broken(format!("no policy of another site: {policy}")))?;
    let said =
        SaidOfSite { name: row.text(1)?, rules: row.json(2)?, policy, section: row.maybe_int(4)?.map(SectionId) };
    Ok(OtherSite { id: OtherSiteId(row.int(0)?), said, added_at: row.time(5)?, closed_at: row.maybe_time(6)? })
}

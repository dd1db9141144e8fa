//! Keys by which other sites say who of their members writes.

use super::name_of;
use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::outside::{MOST_LIVE_KEYS, Way};
use newsroom::people::Actor;
use newsroom::{HappeningId, OtherSiteId, StaffId, Timestamp};
use std::sync::Arc;

/// The conflict of a key with those that hold already.
const TOO_MANY: &str = "too-many";
/// More keys than a site has had.
const MOST_KEYS: i64 = 200;

/// A key of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteKey {
    /// Its name in the head of a token.
    pub kid: String,
    /// How it signs.
    pub way: Way,
    /// base64url: the shared secret, or the public key. Empty once it was taken away.
    pub material: String,
    /// Since when it holds.
    pub added_at: Timestamp,
    /// Since when it holds no more.
    pub removed_at: Option<Timestamp>,
}

/// A key to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSiteKey {
    /// Its name.
    pub kid: String,
    /// How it signs.
    pub way: Way,
    /// base64url.
    pub material: String,
}

impl std::fmt::Debug for NewSiteKey {
    /// Without what it signs by.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.way.name(), self.kid)
    }
}

impl Store {
    /// Every key that a site has or had, the newest first.
    pub async fn site_keys(&self, site: OtherSiteId) -> Result<Vec<SiteKey>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select kid, way, material, added_at, removed_at from other_site_keys where site_id = $1
                     order by added_at desc, kid limit $2";
                tx.rows(text, values![site, MOST_KEYS]).await
            })
        });
        read.await?.into_iter().map(key).collect()
    }

    /// The key of this name, while it holds.
    pub async fn live_site_key(&self, site: OtherSiteId, kid: &str) -> Result<Option<SiteKey>, StoreError> {
        let kid = kid.to_owned();
        let read = self.engine.read(move |tx| {
            let kid = kid.clone();
            Box::pin(async move {
                let text = "select kid, way, material, added_at, removed_at from other_site_keys
                     where site_id = $1 and kid = $2 and removed_at is null";
                tx.row(text, values![site, kid]).await
            })
        });
        read.await?.map(key).transpose()
    }

    /// Gives a site one more key, with its happening.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] without such a site; [`StoreError::Conflict`] when the name was given before, or with
    /// `too-many` while two keys hold.
    pub async fn add_site_key(
        &self,
        site: OtherSiteId,
        new: &NewSiteKey,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (new, id) = (Arc::new(new.clone()), HappeningId(self.id(now)));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                // The write comes first: whoever adds another one at the same moment waits here.
                tx.run("update other_sites set name = name where site_id = $1", values![site]).await?;
                let name = name_of(tx, site).await?;
                let text = "insert into other_site_keys (site_id, kid, way, material, added_at, added_by)
                     values ($1, $2, $3, $4, $5, $6)";
                tx.run(text, values![site, &new.kid, new.way.name(), &new.material, now, by]).await?;
                let live = "select count(*) from other_site_keys where site_id = $1 and removed_at is null";
                let live = tx.row(live, values![site]).await?.ok_or(StoreError::NotFound)?.int(0)?;
                if usize::try_from(live).unwrap_or(usize::MAX) > MOST_LIVE_KEYS {
                    return Err(StoreError::Conflict(TOO_MANY.to_owned()));
                }
                let what = What::OtherSiteKeyChanged { name, added: true };
                let happening = Happening { id, at: now, by: Actor::Staff(by), what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Takes a key away: what it signs is believed no more, and what it signed by is forgotten here.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none that holds.
    pub async fn remove_site_key(
        &self,
        site: OtherSiteId,
        kid: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (kid, id) = (kid.to_owned(), HappeningId(self.id(now)));
        let write = self.engine.write(move |tx| {
            let kid = kid.clone();
            Box::pin(async move {
                let text = "update other_site_keys set removed_at = $3, material = ''
                     where site_id = $1 and kid = $2 and removed_at is null";
                if tx.run(text, values![site, kid, now]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                let what = What::OtherSiteKeyChanged { name: name_of(tx, site).await?, added: false };
                let happening = Happening { id, at: now, by: Actor::Staff(by), what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

fn key(mut row: Row) -> Result<SiteKey, StoreError> {
    let way = row.text(1)?;
    let way = Way::from_name(&way).ok_or_else(|| StoreError::Broken(format!("no way of signing: {way}")))?;
    Ok(SiteKey {
        kid: row.text(0)?,
        way,
        material: row.text(2)?,
        added_at: row.time(3)?,
        removed_at: row.maybe_time(4)?,
    })
}

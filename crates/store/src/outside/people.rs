//! Members of other sites: as which visitor each of them comments, and how often a token of theirs was used.

use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::people::Visitor;
use newsroom::{OtherSiteId, Timestamp, VisitorId};

/// What one token may send: somebody who writes on one page for an hour, and nobody who found it later.
const MOST_USES: i64 = 20;
/// Rows of tokens that have ended, taken away with each use.
const SWEPT: &str = "delete from outside_tokens where until_at < $1";

impl Store {
    /// The visitor as whom a member of a site comments, by a keyed hash of what the site calls them; a new one the first time.
    pub async fn outside_person(&self, site: OtherSiteId, mark: &str, now: Timestamp) -> Result<Visitor, StoreError> {
        if let Some(known) = self.known_outside_person(site, mark).await? {
            return Ok(known);
        }
        let (mark, fresh) = (mark.to_owned(), VisitorId(self.id(now)));
        let write = self.engine.write(move |tx| {
            let mark = mark.clone();
            Box::pin(async move {
                let text = "insert into outside_people (site_id, mark, visitor_id) values ($1, $2, $3)
                     on conflict (site_id, mark) do update set visitor_id = outside_people.visitor_id
                     returning visitor_id";
                let row = tx.row(text, values![site, mark, fresh]).await?;
                Ok(Visitor { id: VisitorId(row.ok_or(StoreError::NotFound)?.int(0)?) })
            })
        });
        write.await
    }

    /// The same, where they have sent something before.
    pub async fn known_outside_person(&self, site: OtherSiteId, mark: &str) -> Result<Option<Visitor>, StoreError> {
        let mark = mark.to_owned();
        let read = self.engine.read(move |tx| {
            let mark = mark.clone();
            Box::pin(async move {
                let text = "select visitor_id from outside_people where site_id = $1 and mark = $2";
                tx.row(text, values![site, mark]).await
            })
        });
        read.await?.map(|row| Ok(Visitor { id: VisitorId(row.int(0)?) })).transpose()
    }
}

/// Counts one use of a token that holds until then.
///
/// # Errors
/// [`StoreError::Conflict`] when it was used too often.
pub(super) async fn spend(
    tx: &mut Tx,
    (site, mark): (OtherSiteId, &str),
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = "insert into outside_tokens (site_id, mark, until_at, uses) values ($1, $2, $3, 1)
         on conflict (site_id, mark) do update set uses = outside_tokens.uses + 1 returning uses";
    let row = tx.row(text, values![site, mark, until]).await?.ok_or(StoreError::NotFound)?;
    if row.int(0)? > MOST_USES {
        return Err(StoreError::Conflict("token".to_owned()));
    }
    tx.run(SWEPT, values![now]).await.map(drop)
}

//! One-time links and sign-ins.

use super::{ONE, TokenHash, bound_sections, one, staff_columns};
use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::people::Staff;
use newsroom::{SessionId, StaffId, Timestamp};

impl Store {
    /// Keeps a one-time sign-in link.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is such a link already, or no such member of the staff.
    pub async fn keep_sign_in_link(
        &self,
        token: &TokenHash,
        staff: StaffId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let token = token.0.clone();
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "insert into sign_in_links (token_hash, staff_id, until_at) values ($1, $2, $3)";
                tx.run(text, values![token, staff, until]).await
            })
        });
        write.await.map(drop)
    }

    /// Whom a link would sign in, without using it up.
    pub async fn sign_in_link(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Staff>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.read(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = concat!(
                    staff_columns!(),
                    " from sign_in_links l join staff s on s.staff_id = l.staff_id ",
                    bound_sections!(),
                    " where l.token_hash = $1 and l.used_at is null and l.until_at > $2 order by b.section_id"
                );
                one(tx.rows(text, values![token, now]).await?)
            })
        });
        read.await
    }

    /// Uses a link up and opens a session, in one transaction; `None` when it is unknown, used or too old. The happening
    /// is the caller's to note: see [`Store::note`].
    pub async fn sign_in(
        &self,
        link: &TokenHash,
        session: &TokenHash,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        let id = SessionId(self.id(now));
        let (link, session) = (link.0.clone(), session.0.clone());
        let write = self.engine.write(move |tx| {
            let (link, session) = (link.clone(), session.clone());
            Box::pin(async move {
                // Of two that come at once with one link, the second finds it used.
                let used = tx
                    .row(
                        "update sign_in_links set used_at = $2
                         where token_hash = $1 and used_at is null and until_at > $2 returning staff_id",
                        values![link, now],
                    )
                    .await?;
                let Some(used) = used else { return Ok(None) };
                let who = StaffId(used.int(0)?);
                tx.run(
                    "insert into sessions (token_hash, session_id, staff_id, begun_at, until_at)
                     values ($1, $2, $3, $4, $5)",
                    values![session, id, who, now, until],
                )
                .await?;
                one(tx.rows(ONE, values![who]).await?)
            })
        });
        write.await
    }

    /// Whose session it is, if it still runs.
    pub async fn session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<(SessionId, Staff)>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.read(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = concat!(
                    staff_columns!(),
                    ", o.session_id from sessions o join staff s on s.staff_id = o.staff_id ",
                    bound_sections!(),
                    " where o.token_hash = $1 and o.until_at > $2 order by b.section_id"
                );
                let rows = tx.rows(text, values![token, now]).await?;
                let session = rows.first().map(|row| row.int(4)).transpose()?.map(SessionId);
                Ok(session.zip(one(rows)?))
            })
        });
        read.await
    }

    /// Ends a session. One that has ended already is no error.
    pub async fn sign_out(&self, session: SessionId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from sessions where session_id = $1", values![session]).await })
        });
        write.await.map(drop)
    }

    /// Removes links and sessions that ended before `now`; how many.
    pub async fn sweep_sign_ins(&self, now: Timestamp) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let links = tx.run("delete from sign_in_links where until_at <= $1", values![now]).await?;
                Ok(links + tx.run("delete from sessions where until_at <= $1", values![now]).await?)
            })
        });
        write.await
    }
}

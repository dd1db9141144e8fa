//! Sign-ins: what opens one, how long it runs, and how it ends. What is shown at the door is used up in the transaction that
//! opens it.

use super::proof::{Opening, Proof, use_up};
use super::{ONE, TokenHash, bound_sections, one, staff_columns};
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Staff};
use newsroom::profile::Language;
use newsroom::{SessionId, StaffId, Timestamp};

/// A sign-in to be opened.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the browser will carry.
    pub token: TokenHash,
    /// When it ends, however much it is used.
    pub until: Timestamp,
    /// From where, in coarse words: `firefox/android`.
    pub device: String,
}

/// A sign-in that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// When it was used last, give or take some minutes.
    pub seen_at: Timestamp,
    /// When its owner last showed that it is they.
    pub proven_at: Timestamp,
    /// In which language its owner reads the desk; none: in the paper's.
    pub language: Option<Language>,
}

/// A sign-in in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Which.
    pub id: SessionId,
    /// Since when.
    pub begun_at: Timestamp,
    /// Used last, give or take some minutes.
    pub seen_at: Timestamp,
    /// From where, in coarse words.
    pub device: String,
    /// By which way, a word: `passkey`; empty where that was not written down.
    pub how: String,
}

impl Store {
    /// Keeps a one-time sign-in link, with its happening where somebody of the staff made it.
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
                    " where l.token_hash = $1 and l.used_at is null and l.until_at > $2 and s.disabled_at is null
                     order by b.section_id"
                );
                one(tx.rows(text, values![token, now]).await?)
            })
        });
        read.await
    }

    /// Uses a link up and opens a session; `None` when it is unknown, used or too old.
    pub async fn sign_in(
        &self,
        link: &TokenHash,
        session: NewSession,
        now: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        let (id, link, happening) = (SessionId(self.id(now)), link.0.clone(), self.signed_in(now));
        let write = self.engine.write(move |tx| {
            let (link, session, happening) = (link.clone(), session.clone(), happening.clone());
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
                let opening = Opening { how: "link", proven_at: now };
                open(tx, (StaffId(used.int(0)?), id), (&session, opening), happening).await
            })
        });
        write.await
    }

    /// Opens a session for somebody who showed who they are; `None` when what they showed was used before, or they work here
    /// no more. Failures before it are forgotten.
    pub async fn enter(
        &self,
        (who, tried): (StaffId, &TokenHash),
        proof: Proof,
        session: NewSession,
        now: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        let (id, tried, happening) = (SessionId(self.id(now)), tried.0.clone(), self.signed_in(now));
        let write = self.engine.write(move |tx| {
            let (proof, session) = (proof.clone(), session.clone());
            let (tried, happening) = (tried.clone(), happening.clone());
            Box::pin(async move {
                if !use_up(tx, who, &proof, now).await? {
                    return Ok(None);
                }
                tx.run("delete from sign_in_tries where who_hash = $1", values![tried]).await?;
                open(tx, (who, id), (&session, proof.opening(now)), happening).await
            })
        });
        write.await
    }

    /// Notes that the owner of a session has shown again that it is they; `false` when what they showed was used before.
    pub async fn prove(
        &self,
        session: SessionId,
        who: StaffId,
        proof: Proof,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let write = self.engine.write(move |tx| {
            let proof = proof.clone();
            Box::pin(async move {
                if !use_up(tx, who, &proof, now).await? {
                    return Ok(false);
                }
                let proven_at = proof.opening(now).proven_at;
                let text = "update sessions set proven_at = $3 where session_id = $1 and staff_id = $2";
                Ok(tx.run(text, values![session, who, proven_at]).await? == 1)
            })
        });
        write.await
    }

    /// Whose session it is, if it still runs and was used after `idle_since`.
    pub async fn session(
        &self,
        token: &TokenHash,
        idle_since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<(Session, Staff)>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.glance(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = concat!(
                    staff_columns!(),
                    ", o.session_id, coalesce(o.seen_at, o.begun_at), coalesce(o.proven_at, o.begun_at), s.language
                     from sessions o join staff s on s.staff_id = o.staff_id ",
                    bound_sections!(),
                    " where o.token_hash = $1 and o.until_at > $2 and coalesce(o.seen_at, o.begun_at) > $3
                         and s.disabled_at is null
                     order by b.section_id"
                );
                let mut rows = tx.rows(text, values![token, now, idle_since]).await?;
                let Some(row) = rows.first_mut() else { return Ok(None) };
                let language = row.maybe_text(7)?.and_then(|tag| Language::from_tag(&tag));
                let (id, seen_at) = (SessionId(row.int(4)?), row.time(5)?);
                let session = Session { id, seen_at, proven_at: row.time(6)?, language };
                Ok(one(rows)?.map(|staff| (session, staff)))
            })
        });
        read.await
    }

    /// Notes that a session is used.
    pub async fn touch_session(&self, session: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("update sessions set seen_at = $2 where session_id = $1", values![session, now]).await
            })
        });
        write.await.map(drop)
    }

    /// The sessions of somebody that run, the one used last first.
    pub async fn sessions_of(
        &self,
        who: StaffId,
        idle_since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<SessionLine>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text =
                    "select session_id, begun_at, coalesce(seen_at, begun_at), coalesce(device, ''), coalesce(how, '')
                     from sessions
                     where staff_id = $1 and until_at > $2 and coalesce(seen_at, begun_at) > $3
                     order by 3 desc, session_id desc limit 100";
                let mut lines = Vec::new();
                for mut row in tx.rows(text, values![who, now, idle_since]).await? {
                    lines.push(SessionLine {
                        id: SessionId(row.int(0)?),
                        begun_at: row.time(1)?,
                        seen_at: row.time(2)?,
                        device: row.text(3)?,
                        how: row.text(4)?,
                    });
                }
                Ok(lines)
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

    /// Ends one session of somebody; another one's is not touched.
    pub async fn end_session(&self, session: SessionId, of: StaffId) -> Result<(), StoreError> {
        let text = "delete from sessions where session_id = $1 and staff_id = $2";
        let write = self.engine.write(move |tx| Box::pin(async move { tx.run(text, values![session, of]).await }));
        write.await.map(drop)
    }

    /// Ends every session of somebody, and takes back their links.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff.
    pub async fn end_sessions(&self, of: StaffId, by: Actor, now: Timestamp) -> Result<Happening, StoreError> {
        let happening = self.happening(by, What::SessionsEnded { name: String::new() }, "", now);
        let write = self.engine.write(move |tx| {
            let mut happening = happening.clone();
            Box::pin(async move {
                let staff = one(tx.rows(ONE, values![of]).await?)?.ok_or(StoreError::NotFound)?;
                end_all(tx, of).await?;
                happening.what = What::SessionsEnded { name: staff.name };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Removes links, sessions, tickets and counts that are over before `now`; how many.
    pub async fn sweep_sign_ins(&self, now: Timestamp) -> Result<u64, StoreError> {
        let day_ago = now.saturating_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from spent_tickets where until_at <= $1", values![now]).await?;
                tx.run("delete from sign_in_tries where last_at <= $1", values![day_ago]).await?;
                let links = tx.run("delete from sign_in_links where until_at <= $1", values![now]).await?;
                Ok(links + tx.run("delete from sessions where until_at <= $1", values![now]).await?)
            })
        });
        write.await
    }

    /// The happening of a sign-in; by whom is filled in when that is known.
    fn signed_in(&self, now: Timestamp) -> Happening {
        self.happening(Actor::Program, What::SignedIn, "", now)
    }
}

/// Ends every session and takes back every link of somebody.
pub(super) async fn end_all(tx: &mut Tx, of: StaffId) -> Result<(), StoreError> {
    tx.run("delete from sessions where staff_id = $1", values![of]).await?;
    tx.run("delete from sign_in_links where staff_id = $1 and used_at is null", values![of]).await.map(drop)
}

async fn open(
    tx: &mut Tx,
    (who, id): (StaffId, SessionId),
    (session, opening): (&NewSession, Opening),
    mut happening: Happening,
) -> Result<Option<Staff>, StoreError> {
    let here = tx.row("select staff_id from staff where staff_id = $1 and disabled_at is null", values![who]).await?;
    if here.is_none() {
        return Ok(None);
    }
    let now = happening.at;
    tx.run(
        "insert into sessions (token_hash, session_id, staff_id, begun_at, until_at, seen_at, proven_at, device, how)
         values ($1, $2, $3, $4, $5, $4, $7, $6, $8)",
        values![&session.token.0, id, who, now, session.until, &session.device, opening.proven_at, opening.how],
    )
    .await?;
    happening.by = Actor::Staff(who);
    write_down(tx, &happening).await?;
    one(tx.rows(ONE, values![who]).await?)
}

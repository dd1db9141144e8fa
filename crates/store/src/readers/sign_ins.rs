//! Where a reader is signed in.

use super::{NewReader, ONE, history, reader, reader_columns};
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::people::{NewSession, SessionLine, TokenHash, spend};
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Reader};
use newsroom::{PasskeyId, ReaderId, SessionId, Timestamp, VisitorId};

/// A way in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What the browser will carry.
    pub session: NewSession,
    /// The device's own key: its history goes to the account.
    pub guest: Option<VisitorId>,
    /// The number under which measures go on that were taken on the device before its data were erased.
    pub kept: Option<VisitorId>,
}

/// Somebody who came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// Who.
    pub reader: Reader,
    /// What happened: the account was made, a device's history moved.
    pub happenings: Vec<Happening>,
}

/// A sign-in that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReaderSession {
    /// Which.
    pub id: SessionId,
    /// When it was used last, give or take some minutes.
    pub seen_at: Timestamp,
}

/// A passkey that answered; the caller has checked it, the store uses it up.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Which.
    pub id: PasskeyId,
    /// Its own counter; 0 where it has none.
    pub count: i64,
    /// What was asked of it, and until when that holds.
    pub ticket: (TokenHash, Timestamp),
}

pub(crate) const RUNNING: &str = reader_columns!(
    ", o.session_id, o.seen_at from reader_sign_ins o join readers r on r.reader_id = o.reader_id
     where o.token_hash = $1 and o.until_at > $2 and o.seen_at > $3"
);

impl Store {
    /// Opens the account of a passkey's owner; `None` when what was shown had been used.
    pub async fn enter_by_passkey(
        &self,
        id: ReaderId,
        shown: Shown,
        entry: Entry,
        now: Timestamp,
    ) -> Result<Option<Entered>, StoreError> {
        let new = NewReader::new(self, now);
        let write = self.engine.write(move |tx| {
            let (shown, entry) = (shown.clone(), entry.clone());
            Box::pin(async move {
                if !spend(tx, &shown.ticket.0, shown.ticket.1).await? {
                    return Ok(None);
                }
                // A counter that does not grow is that of a copy; many passkeys have none and always say 0.
                let text = "update reader_passkeys set sign_count = $3, used_at = $4
                     where passkey_id = $1 and reader_id = $2 and (sign_count < $3 or (sign_count = 0 and $3 = 0))";
                if tx.run(text, values![shown.id, id, shown.count, now]).await? == 0 {
                    return Ok(None);
                }
                open(tx, (id, false), &entry, &new, now).await.map(Some)
            })
        });
        write.await
    }

    /// Whose sign-in it is, if it still runs and was used after `idle_since`.
    pub async fn reader_session(
        &self,
        token: &TokenHash,
        idle_since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<(ReaderSession, Reader)>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.glance(move |tx| {
            let token = token.clone();
            Box::pin(async move { tx.row(RUNNING, values![token, now, idle_since]).await })
        });
        let Some(row) = read.await? else { return Ok(None) };
        let session = ReaderSession { id: SessionId(row.int(8)?), seen_at: row.time(9)? };
        Ok(Some((session, reader(row)?)))
    }

    /// Notes that a sign-in is used.
    pub async fn touch_reader_session(&self, session: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update reader_sign_ins set seen_at = $2 where session_id = $1";
                tx.run(text, values![session, now]).await
            })
        });
        write.await.map(drop)
    }

    /// A reader's sign-ins that run, the one used last first.
    pub async fn reader_sessions(
        &self,
        of: ReaderId,
        idle_since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<SessionLine>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select session_id, begun_at, seen_at, device from reader_sign_ins
                     where reader_id = $1 and until_at > $2 and seen_at > $3
                     order by seen_at desc, session_id desc limit 100";
                tx.rows(text, values![of, now, idle_since]).await
            })
        });
        let mut lines = Vec::new();
        for mut row in read.await? {
            let (id, begun_at, seen_at) = (SessionId(row.int(0)?), row.time(1)?, row.time(2)?);
            lines.push(SessionLine { id, begun_at, seen_at, device: row.text(3)?, how: String::new() });
        }
        Ok(lines)
    }

    /// Ends one sign-in of a reader, or all of them. One that has ended already is no error.
    pub async fn end_reader_sessions(&self, of: ReaderId, which: Option<SessionId>) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                match which {
                    Some(id) => {
                        let text = "delete from reader_sign_ins where reader_id = $1 and session_id = $2";
                        tx.run(text, values![of, id]).await
                    }
                    None => tx.run("delete from reader_sign_ins where reader_id = $1", values![of]).await,
                }
            })
        });
        write.await.map(drop)
    }
}

/// Opens a sign-in and lets the device's history come along.
pub(super) async fn open(
    tx: &mut Tx,
    (id, is_new): (ReaderId, bool),
    entry: &Entry,
    new: &NewReader,
    now: Timestamp,
) -> Result<Entered, StoreError> {
    let text = "update readers set seen_at = $2 where reader_id = $1 returning visitor_id";
    let visitor = tx.row(text, values![id, now]).await?.ok_or(StoreError::NotFound)?;
    let (visitor, mut happenings) = (VisitorId(visitor.int(0)?), Vec::new());
    let happened = |id, what| Happening { id, at: now, by: Actor::Visitor(visitor), what, why: String::new() };
    if is_new {
        happenings.push(happened(new.joined, What::ReaderJoined { reader: id, visitor }));
    }
    let guest = entry.guest.filter(|guest| *guest != visitor);
    if let Some(guest) = guest
        && history::take_along(tx, (guest, entry.kept), (id, visitor), now).await?
    {
        happenings.push(happened(new.moved, What::HistoryMoved { from: guest, to: visitor }));
    }
    for happening in &happenings {
        write_down(tx, happening).await?;
    }
    let session = &entry.session;
    tx.run(
        "insert into reader_sign_ins (token_hash, session_id, reader_id, begun_at, until_at, seen_at, device)
         values ($1, $2, $3, $4, $5, $4, $6)",
        values![&session.token.0, new.session, id, now, session.until, &session.device],
    )
    .await?;
    let reader = tx.row(ONE, values![id]).await?.map(reader).ok_or(StoreError::NotFound)??;
    Ok(Entered { reader, happenings })
}

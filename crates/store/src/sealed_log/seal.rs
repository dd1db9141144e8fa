//! Putting seals on, and what one is made of.

use super::{AT_ONCE, COLUMNS, happened};
use crate::engine::{Dialect, Tx, values};
use crate::hex;
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::ids::first_id_at;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A happening is sealed when no other one can be committed before it any more: longer than any transaction lasts.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_secs(120);
/// The same where it is counted without the clock.
const SEEN_FOR: Duration = Duration::from_secs(120);
const SALT_BYTES: usize = 16;
/// A work that lasts long (an archive that moves in) gives its happenings ids of its beginning: what is so much older than the last
/// under seal is sealed behind it. 24 hours, as ids count.
pub(super) const LATE: i64 = (24 * 60 * 60 * 1_000) << 22;
/// Before the first seal.
pub(super) const BEGINNING: &str = "";

pub(crate) const LAST: &str = "select place, (select max(happening_id) from log_seals), chain from log_seals
     order by place desc limit 1";

/// A happening as it is sealed.
pub(super) struct Happened {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) kind: String,
    pub(super) story: Option<i64>,
    pub(super) comment: Option<i64>,
    pub(super) by: String,
    pub(super) what: String,
    pub(super) why: String,
}

impl Happened {
    /// The digest of what an erasure may take.
    pub(super) fn words(&self, salt: &str) -> String {
        digest(&[salt, &self.by, &self.what, &self.why])
    }

    /// The seal of this one at a place, behind another.
    pub(super) fn chain(&self, before: &str, place: i64, words: &str) -> String {
        let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let (place, id, at) = (place.to_string(), self.id.to_string(), self.at.to_string());
        digest(&[before, &place, &id, &at, &self.kind, &number(self.story), &number(self.comment), words])
    }
}

/// SHA-256 over the parts, each behind its length, so that no two lists of parts are the same bytes.
fn digest(parts: &[&str]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    hex::write(&sha.finalize())
}

/// What this process saw of the log, and since when: where the clock was set back, ids run ahead of it until it gets there, and what they
/// number has settled all the same.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<Option<Newest>>);

#[derive(Debug, Clone, Copy)]
struct Newest {
    settled: i64,
    newest: i64,
    since: Instant,
}

impl Seen {
    /// Up to which happening everything was seen so long ago that it has settled; 0 at first.
    pub(super) fn settled(&self, newest: i64, now: Instant) -> i64 {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let look = seen.get_or_insert(Newest { settled: 0, newest, since: now });
        if now.duration_since(look.since) >= SEEN_FOR {
            *look = Newest { settled: look.newest, newest, since: now };
        }
        look.settled
    }
}

impl Store {
    /// Seals what has settled, some hundred at a time; how many.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn seal_log(&self, now: Timestamp) -> Result<u32, StoreError> {
        let settled = self.seen.settled(self.newest_happening().await?.0, Instant::now());
        let by_clock = first_id_at(now.checked_sub(SETTLED_AFTER).unwrap_or(now));
        // By what was seen alone where this process numbers ahead of its clock: of several nodes one with a wrong clock must not lead
        // the others on.
        let until = if self.ids.is_ahead(now) { by_clock.max(settled.saturating_add(1)) } else { by_clock };
        let write = self.engine.write_alone(move |tx| Box::pin(seal(tx, until)));
        write.await
    }
}

async fn seal(tx: &mut Tx, until: i64) -> Result<u32, StoreError> {
    let (mut place, last, mut chain) = match tx.row(LAST, values![]).await? {
        Some(mut row) => (row.int(0)?, row.int(1)?, row.text(2)?),
        None => (0, 0, BEGINNING.to_owned()),
    };
    // An erasure that runs at the same time waits, or is waited for: a seal holds words that stand, or a salt that it takes.
    let held = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "for share of h",
    };
    let text = format!(
        "select {COLUMNS} from happenings h where h.happening_id > $1 and h.happening_id < $2
         and not exists (select 1 from log_seals s where s.happening_id = h.happening_id)
         order by h.happening_id limit $3 {held}"
    );
    let mut sealed = 0;
    for mut row in tx.rows(&text, values![last - LATE, until, i64::from(AT_ONCE)]).await? {
        let happened = happened(&mut row)?;
        let mut salt = [0_u8; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        let salt = hex::write(&salt);
        place += 1;
        let words = happened.words(&salt);
        chain = happened.chain(&chain, place, &words);
        let text = "insert into log_seals (place, happening_id, salt, words, chain) values ($1, $2, $3, $4, $5)";
        tx.run(text, values![place, happened.id, salt, words, &chain]).await?;
        sealed += 1;
    }
    Ok(sealed)
}

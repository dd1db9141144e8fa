//! Looking whether the seals are whole.

use super::seal::{BEGINNING, LAST, LATE};
use super::{AT_ONCE, COLUMNS, happened};
use crate::checkup::Disagreement;
use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::Timestamp;

/// A seal that somebody keeps elsewhere: a place, and the seal that stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Its place, from 1 on.
    pub place: i64,
    /// The seal, 64 letters of hex.
    pub chain: String,
}

/// The last seal of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSeal {
    /// To be kept elsewhere.
    pub anchor: Anchor,
    /// When what is under it happened.
    pub at: Option<Timestamp>,
    /// Since when something waits for its seal; minutes, where the clock is at work.
    pub unsealed_since: Option<Timestamp>,
}

/// What a look at the whole log found.
#[derive(Debug, Clone, PartialEq)]
pub struct LookedAt {
    /// Happenings under seal.
    pub sealed: i64,
    /// Of these, those whose words were erased.
    pub erased: i64,
    /// The last seal, to be kept elsewhere; none in a log without any.
    pub last: Option<Anchor>,
    /// What is not as it was sealed; empty: all is.
    pub found: Vec<Disagreement>,
}

/// No more is told: where the chain is broken once, all that follows is in doubt.
const MOST_TOLD: usize = 20;

impl Anchor {
    /// `PLACE:SEAL`, as [`Anchor`] is shown.
    pub fn read(text: &str) -> Option<Self> {
        let (place, chain) = text.trim().split_once(':')?;
        let place = place.parse().ok().filter(|place| *place > 0)?;
        let is_seal = chain.len() == 64 && chain.bytes().all(|letter| letter.is_ascii_hexdigit());
        is_seal.then(|| Self { place, chain: chain.to_ascii_lowercase() })
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.place, self.chain)
    }
}

/// Where a look stands.
struct Look {
    place: i64,
    chain: String,
    looked: LookedAt,
}

impl Store {
    /// The last seal, and whether what happened since goes under seal; none in a log without any.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn last_seal(&self) -> Result<Option<LastSeal>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select s.place, s.chain, h.at from log_seals s
                     left join happenings h on h.happening_id = s.happening_id order by s.place desc limit 1";
                let Some(mut last) = tx.row(text, values![]).await? else { return Ok(None) };
                let text = "select at from happenings where happening_id > (select max(happening_id) from log_seals)
                     order by happening_id limit 1";
                let unsealed_since = tx.row(text, values![]).await?.map(|row| row.time(0)).transpose()?;
                let anchor = Anchor { place: last.int(0)?, chain: last.text(1)? };
                Ok(Some(LastSeal { anchor, at: last.maybe_time(2)?, unsealed_since }))
            })
        });
        read.await
    }

    /// Looks at every seal and its happening, in their order, and whether the seal that somebody kept elsewhere still stands at its
    /// place.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn check_log(&self, kept: Option<Anchor>) -> Result<LookedAt, StoreError> {
        let looked = LookedAt { sealed: 0, erased: 0, last: None, found: Vec::new() };
        let mut look = Look { place: 0, chain: BEGINNING.to_owned(), looked };
        let mut met = kept.is_none();
        loop {
            let rows = self.seals_after(look.place).await?;
            let is_last = rows.len() < AT_ONCE as usize;
            for row in rows {
                look.at(row)?;
                met |= kept.as_ref().is_some_and(|kept| kept.place == look.place && kept.chain == look.chain);
            }
            if is_last || look.looked.found.len() >= MOST_TOLD {
                break;
            }
        }
        if let Some(kept) = kept.filter(|_| !met) {
            look.say(kept.place, "another seal stands here than the one that was kept");
        }
        for happening in self.put_in_later().await? {
            look.looked.found.push(Disagreement::new("log", format!("happening {happening} was put in behind a seal")));
        }
        look.looked.last = (look.place > 0).then(|| Anchor { place: look.place, chain: look.chain.clone() });
        look.looked.found.truncate(MOST_TOLD);
        Ok(look.looked)
    }

    async fn seals_after(&self, place: i64) -> Result<Vec<Row>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = format!(
                    "select {COLUMNS}, s.place, s.salt, s.words, s.chain, s.happening_id
                     from log_seals s left join happenings h on h.happening_id = s.happening_id
                     where s.place > $1 order by s.place limit $2"
                );
                tx.rows(&text, values![place, i64::from(AT_ONCE)]).await
            })
        });
        read.await
    }

    /// Happenings without a seal that are so much older than the last one under seal that no long work can have written them.
    async fn put_in_later(&self) -> Result<Vec<i64>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let Some(last) = tx.row(LAST, values![]).await? else { return Ok(Vec::new()) };
                let text = "select h.happening_id from happenings h where h.happening_id < $1
                     and not exists (select 1 from log_seals s where s.happening_id = h.happening_id)
                     order by h.happening_id limit $2";
                tx.rows(text, values![last.int(1)? - LATE, i64::try_from(MOST_TOLD).unwrap_or(i64::MAX)]).await
            })
        });
        read.await?.into_iter().map(|row| row.int(0)).collect()
    }
}

impl Look {
    /// The next seal and its happening.
    fn at(&mut self, mut row: Row) -> Result<(), StoreError> {
        let (place, salt, words, chain) = (row.int(8)?, row.maybe_text(9)?, row.text(10)?, row.text(11)?);
        if place != self.place + 1 {
            self.say(self.place + 1, "a seal is missing");
        }
        if row.maybe_int(0)?.is_none() {
            self.say(place, &format!("happening {} is missing", row.int(12)?));
        } else {
            let happened = happened(&mut row)?;
            match &salt {
                Some(salt) if happened.words(salt) != words => {
                    self.say(place, &format!("happening {} says something else than it was sealed with", happened.id));
                }
                Some(_) => {}
                None => self.looked.erased += 1,
            }
            if happened.chain(&self.chain, place, &words) != chain {
                self.say(place, &format!("the seal of happening {} does not fit the one before it", happened.id));
            }
        }
        self.looked.sealed += 1;
        (self.place, self.chain) = (place, chain);
        Ok(())
    }

    fn say(&mut self, place: i64, what: &str) {
        self.looked.found.push(Disagreement::new("log", format!("seal {place}: {what}")));
    }
}

//! Leases: which process does a clock's duty; and which processes there are.

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::ids::first_id_at;

/// Before the name of a process in its row: no duty begins so.
const PROCESS: &str = "process ";
/// More are not told.
const MOST_PROCESSES: i64 = 100;
/// Nobody takes a duty or a job for longer, but for the next backup.
const LONGEST_HELD: SignedDuration = SignedDuration::from_hours(1);
/// Who was not seen for so long is forgotten.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// A process of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenProcess {
    /// Its name among those on the same data.
    pub process: String,
    /// What it says of itself.
    pub says: String,
    /// It works at least until then, unless it broke off.
    pub until: Timestamp,
}

impl Store {
    /// Takes or renews a lease until a time; `false` when somebody else holds it at `now`.
    pub async fn take_lease(
        &self,
        duty: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let (duty, holder) = (duty.to_owned(), holder.to_owned());
        let write = self.engine.write(move |tx| {
            let (duty, holder) = (duty.clone(), holder.clone());
            Box::pin(async move {
                // One statement: whoever comes second sees the first one's row, or waits for it.
                tx.run(
                    "insert into leases (duty, holder, until_at) values ($1, $2, $3)
                     on conflict (duty) do update set holder = excluded.holder, until_at = excluded.until_at
                     where leases.holder = excluded.holder or leases.until_at <= $4",
                    values![duty, holder, until, now],
                )
                .await
            })
        });
        Ok(write.await? == 1)
    }

    /// Gives a lease back before its end. One that somebody else holds stays theirs.
    pub async fn give_lease_back(&self, duty: &str, holder: &str) -> Result<(), StoreError> {
        let (duty, holder) = (duty.to_owned(), holder.to_owned());
        let write = self.engine.write(move |tx| {
            let (duty, holder) = (duty.clone(), holder.clone());
            Box::pin(async move {
                tx.run("delete from leases where duty = $1 and holder = $2", values![duty, holder]).await
            })
        });
        write.await.map(drop)
    }

    /// Where the clock was set back since something happened last, nobody goes on holding what was taken by it as it stood then, neither a
    /// duty nor a job: it would be held until the clock gets there once more. Whether it was set back.
    pub async fn let_go_of_later_times(&self, now: Timestamp) -> Result<bool, StoreError> {
        let later = now.saturating_add(LONGEST_HELD).unwrap_or(now);
        if self.newest_happening().await?.0 < first_id_at(later) {
            return Ok(false);
        }
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from leases where until_at > $1", values![later]).await?;
                let text = "update jobs set claimed_until = 0
                     where claimed_until > $1 and done_at is null and dead_at is null";
                tx.run(text, values![later]).await
            })
        });
        write.await.map(|_| true)
    }

    /// A process works, and will until a time; those that were not seen for a day are forgotten.
    pub async fn show_process(
        &self,
        process: &str,
        says: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let (duty, says) = (format!("{PROCESS}{process}"), says.to_owned());
        let forgotten = now.saturating_sub(FORGOTTEN_AFTER).unwrap_or(now);
        let write = self.engine.write(move |tx| {
            let (duty, says) = (duty.clone(), says.clone());
            Box::pin(async move {
                let text = "insert into leases (duty, holder, until_at) values ($1, $2, $3)
                     on conflict (duty) do update set holder = excluded.holder, until_at = excluded.until_at";
                tx.run(text, values![duty, says, until]).await?;
                let text = "delete from leases where duty like $1 and until_at < $2";
                tx.run(text, values![format!("{PROCESS}%"), forgotten]).await
            })
        });
        write.await.map(drop)
    }

    /// A process ends well: it is not missed.
    pub async fn take_process_away(&self, process: &str) -> Result<(), StoreError> {
        let duty = format!("{PROCESS}{process}");
        let write = self.engine.write(move |tx| {
            let duty = duty.clone();
            Box::pin(async move { tx.run("delete from leases where duty = $1", values![duty]).await })
        });
        write.await.map(drop)
    }

    /// Every process that was seen within a day, the one that was seen last first.
    pub async fn processes(&self) -> Result<Vec<SeenProcess>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(seen_in(tx)));
        read.await
    }
}

/// The processes, in a transaction or out of one.
pub(crate) async fn seen_in(tx: &mut Tx) -> Result<Vec<SeenProcess>, StoreError> {
    let text = "select duty, holder, until_at from leases where duty like $1 order by until_at desc, duty limit $2";
    let rows = tx.rows(text, values![format!("{PROCESS}%"), MOST_PROCESSES]).await?;
    let seen = |mut row: Row| {
        let process = row.text(0)?.trim_start_matches(PROCESS).to_owned();
        Ok(SeenProcess { process, says: row.text(1)?, until: row.time(2)? })
    };
    rows.into_iter().map(seen).collect()
}

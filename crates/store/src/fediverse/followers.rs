//! Those who follow, and the inboxes where they are told: one for all of a server where it has one.

use super::FEDIVERSE_OUT;
use super::blocks::write_line;
use crate::engine::{Row, Tx, values};
use crate::outbox::put;
use crate::{Store, StoreError};
use newsroom::followers::{DROPPED_AFTER, Followed};
use newsroom::{FarFollowerId, FarInboxId, JobId, Timestamp};
use std::sync::Arc;

/// Those who follow, at most: whoever fills the table with inventions fills no disk.
const MOST_FOLLOWERS: i64 = 500_000;
/// Inboxes that a page of the desk shows.
const SHOWN: i64 = 50;

/// Somebody who asks to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFollower {
    /// Whom.
    pub followed: Followed,
    /// The address of the account.
    pub actor: String,
    /// Its host.
    pub host: String,
    /// Where it is told: the inbox that its whole server shares, where there is one.
    pub inbox: String,
    /// Its own inbox.
    pub own_inbox: String,
    /// The activity by which it asks.
    pub follow: String,
}

/// Somebody who follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// Whom.
    pub followed: Followed,
    /// The address of the account.
    pub actor: String,
    /// Its own inbox.
    pub own_inbox: String,
    /// The activity by which it asked.
    pub follow: String,
}

/// An inbox to which nothing can be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailingInbox {
    /// On which host.
    pub host: String,
    /// Since when.
    pub since: Timestamp,
    /// Why, as a word.
    pub why: String,
    /// How many are told there.
    pub followers: i64,
}

impl Store {
    /// Keeps a follower, with the job that answers; `false`: there are too many. Asking again is answered again.
    pub async fn keep_far_follower(&self, new: &NewFollower, now: Timestamp) -> Result<bool, StoreError> {
        let new = Arc::new(new.clone());
        let (inbox, follower) = (FarInboxId(self.id(now)), FarFollowerId(self.id(now)));
        let job = JobId(self.id(now));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move { keep(tx, &new, (inbox, follower, job), now).await })
        });
        write.await
    }

    /// One who follows.
    pub async fn far_follower(&self, id: FarFollowerId) -> Result<Option<Follower>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select followed, actor, own_inbox, follow from fediverse_followers where follower_id = $1";
                tx.row(text, values![id]).await
            })
        });
        read.await?.map(follower).transpose()
    }

    /// Somebody follows no more: the paper, one of its sections, or by the activity that is taken back. A second time is no error.
    pub async fn drop_far_follower(
        &self,
        actor: &str,
        whom: Result<Followed, &str>,
        (host, now): (&str, Timestamp),
    ) -> Result<(), StoreError> {
        let (actor, host) = (actor.to_owned(), host.to_owned());
        let (followed, follow) = match whom {
            Ok(followed) => (Some(followed.key()), String::new()),
            Err(follow) => (None, follow.to_owned()),
        };
        let line = self.id(now);
        let write = self.engine.write(move |tx| {
            let (actor, follow, host) = (actor.clone(), follow.clone(), host.clone());
            Box::pin(async move {
                let text = "delete from fediverse_followers where actor = $1 and (followed = $2 or follow = $3)";
                if tx.run(text, values![&actor, followed, &follow]).await? > 0 {
                    write_line(tx, line, now, ("unfollowed", &host, "")).await?;
                }
                drop_empty(tx, &host).await
            })
        });
        write.await
    }

    /// An account is no more: it follows nobody.
    pub async fn drop_far_account(&self, actor: &str, host: &str) -> Result<(), StoreError> {
        let (actor, host) = (actor.to_owned(), host.to_owned());
        let write = self.engine.write(move |tx| {
            let (actor, host) = (actor.clone(), host.clone());
            Box::pin(async move {
                tx.run("delete from fediverse_followers where actor = $1", values![&actor]).await?;
                tx.run("delete from fediverse_actors where actor = $1", values![&actor]).await?;
                drop_empty(tx, &host).await
            })
        });
        write.await
    }

    /// Whether an account follows anybody here.
    pub async fn follows_from_afar(&self, actor: &str) -> Result<bool, StoreError> {
        let actor = actor.to_owned();
        let read = self.engine.read(move |tx| {
            let actor = actor.clone();
            Box::pin(async move {
                tx.row("select 1 from fediverse_followers where actor = $1 limit 1", values![actor]).await
            })
        });
        Ok(read.await?.is_some())
    }

    /// How many follow the paper, or one of its sections.
    pub async fn count_far_followers(&self, followed: Followed) -> Result<i64, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select count(*) from fediverse_followers where followed = $1";
                tx.row(text, values![followed.key()]).await
            })
        });
        read.await?.map_or(Ok(0), |row| row.int(0))
    }

    /// The address of an inbox, with its host.
    pub async fn far_inbox(&self, id: FarInboxId) -> Result<Option<(String, String)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                tx.row("select address, host from fediverse_inboxes where inbox_id = $1", values![id]).await
            })
        });
        read.await?.map(|mut row| Ok((row.text(0)?, row.text(1)?))).transpose()
    }

    /// Something arrived there.
    pub async fn far_inbox_told(&self, id: FarInboxId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update fediverse_inboxes set failed_since = null, why = ''
                     where inbox_id = $1 and failed_since is not null";
                tx.run(text, values![id]).await
            })
        });
        write.await.map(drop)
    }

    /// Nothing arrived there, and why. One that is gone, or where nothing arrived for days, goes with all who are told there.
    pub async fn far_inbox_failed(
        &self,
        id: FarInboxId,
        (why, is_gone): (&str, bool),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (why, line) = (why.to_owned(), self.id(now));
        let long_ago = now.checked_sub(DROPPED_AFTER).unwrap_or(now);
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let text = "update fediverse_inboxes set failed_since = coalesce(failed_since, $2), why = $3
                     where inbox_id = $1 returning host, failed_since";
                let Some(mut row) = tx.row(text, values![id, now, &why]).await? else { return Ok(()) };
                let host = row.text(0)?;
                if !is_gone && row.time(1)? > long_ago {
                    return Ok(());
                }
                tx.run("delete from fediverse_followers where inbox_id = $1", values![id]).await?;
                tx.run("delete from fediverse_inboxes where inbox_id = $1", values![id]).await?;
                write_line(tx, line, now, ("dropped", &host, &why)).await
            })
        });
        write.await
    }

    /// Inboxes where nothing arrives, the longest first.
    pub async fn failing_far_inboxes(&self) -> Result<Vec<FailingInbox>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select host, failed_since, why,
                         (select count(*) from fediverse_followers f where f.inbox_id = i.inbox_id)
                     from fediverse_inboxes i where failed_since is not null order by failed_since, inbox_id limit $1";
                tx.rows(text, values![SHOWN]).await
            })
        });
        let failing = |mut row: Row| {
            Ok(FailingInbox { host: row.text(0)?, since: row.time(1)?, why: row.text(2)?, followers: row.int(3)? })
        };
        read.await?.into_iter().map(failing).collect()
    }
}

async fn keep(
    tx: &mut Tx,
    new: &NewFollower,
    (inbox, follower, job): (FarInboxId, FarFollowerId, JobId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let text = "insert into fediverse_inboxes (inbox_id, address, host, why) values ($1, $2, $3, '')
         on conflict (address) do update set host = excluded.host returning inbox_id";
    let inbox = tx.row(text, values![inbox, &new.inbox, &new.host]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    let many = tx.row("select count(*) from fediverse_followers", values![]).await?;
    if many.map_or(Ok(0), |row| row.int(0))? >= MOST_FOLLOWERS {
        return Ok(false);
    }
    let text = "insert into fediverse_followers (follower_id, followed, actor, inbox_id, own_inbox, follow, since_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (actor, followed) do update set inbox_id = excluded.inbox_id, own_inbox = excluded.own_inbox,
             follow = excluded.follow
         returning follower_id";
    let NewFollower { followed, actor, own_inbox, follow, .. } = new;
    let given = values![follower, followed.key(), actor, inbox, own_inbox, follow, now];
    let kept = tx.row(text, given).await?.ok_or(StoreError::NotFound)?.int(0)?;
    if kept == follower.0 {
        write_line(tx, job.0, now, ("followed", &new.host, "")).await?;
    }
    let payload = format!(r#"{{"accept":{kept}}}"#);
    put(tx, job, (FEDIVERSE_OUT, &payload), &format!("{FEDIVERSE_OUT}:accept:{}", job.0), now).await?;
    Ok(true)
}

/// Inboxes of a host where nobody is told any more.
pub(super) async fn drop_empty(tx: &mut Tx, host: &str) -> Result<(), StoreError> {
    let text = "delete from fediverse_inboxes where host = $1
         and not exists (select 1 from fediverse_followers f where f.inbox_id = fediverse_inboxes.inbox_id)";
    tx.run(text, values![host]).await.map(drop)
}

fn follower(mut row: Row) -> Result<Follower, StoreError> {
    Ok(Follower {
        followed: Followed::from_key(row.int(0)?),
        actor: row.text(1)?,
        own_inbox: row.text(2)?,
        follow: row.text(3)?,
    })
}

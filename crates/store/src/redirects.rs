//! Where addresses of before lead, and addresses that lead nowhere and are asked for all the same. An address stands here as
//! requests are compared: decoded and without a slash at its end.

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// Addresses that are kept of those that lead nowhere.
const MOST_MISSING: i64 = 500;
/// Of a condition that no row meets: no target is written like this.
const NOTHING: &str = "-";

macro_rules! redirects {
    ($rest:literal) => {
        concat!(
            "select r.path, r.story_id, r.target, r.at, r.hits, r.hit_at, s.slug, s.state
             from redirects r left join stories s on s.story_id = r.story_id where ",
            $rest
        )
    };
}

pub(crate) const OF_PATH: &str = redirects!("r.path = $1 and r.removed_at is null");
pub(crate) const LIST: &str =
    redirects!("r.path >= $1 and r.path > $2 and r.path < $3 and r.removed_at is null order by r.path limit $4");
pub(crate) const REMOVED: &str =
    redirects!("r.removed_at is not null order by r.removed_at desc, r.path desc limit $1");
pub(crate) const MISSING: &str = "select path, hits, outside, asked_at from missing_addresses where hits > 0
     order by hits desc, path desc limit $1";

const SET: &str = "insert into redirects (path, story_id, target, by_id, at, hits) values ($1, $2, $3, $4, $5, 0)
     on conflict (path) do update set story_id = excluded.story_id, target = excluded.target, by_id = excluded.by_id,
         at = excluded.at, removed_at = null
     where redirects.removed_at is not null
         or (coalesce(redirects.story_id, 0) = $6 and coalesce(redirects.target, '') = $7)";
const PUT: &str =
    "insert into redirects (path, story_id, at, hits) values ($1, $2, $3, 0) on conflict (path) do nothing";
const PUT_TO: &str =
    "insert into redirects (path, target, at, hits) values ($1, $2, $3, 0) on conflict (path) do nothing";

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To a story, at whatever address that has.
    Story(StoryId),
    /// To a path of the paper, decoded, or to a whole address elsewhere.
    To(String),
}

/// An address of before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Decoded, without a slash at its end.
    pub path: String,
    /// Where it leads.
    pub leads: Leads,
    /// The present address of the story to which it leads, once that has been public.
    pub slug: Option<String>,
    /// Readers have that story.
    pub is_public: bool,
    /// Since when it leads there.
    pub at: Timestamp,
    /// How often it was followed.
    pub hits: i64,
    /// When last.
    pub hit_at: Option<Timestamp>,
}

/// An address to be led somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRedirect {
    /// Decoded, without a slash at its end.
    pub path: String,
    /// Where it is to lead.
    pub leads: Leads,
    /// Where it led when whoever sets it read that; nothing: it led nowhere.
    pub was: Option<Leads>,
}

/// An address that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingAddress {
    /// Decoded, without a slash at its end.
    pub path: String,
    /// How often it was asked for.
    pub hits: i64,
    /// How often from a page of others.
    pub outside: i64,
    /// When last.
    pub asked_at: Timestamp,
}

/// Which of the addresses that lead somewhere: those that begin so, from after one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginning {
    /// How they begin; empty: any.
    pub with: String,
    /// After this one; empty: from the first.
    pub after: String,
}

impl Leads {
    fn columns(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Self::Story(story) => (Some(story.0), None),
            Self::To(target) => (None, Some(target)),
        }
    }
}

impl Store {
    /// The first of these addresses that leads somewhere.
    pub async fn redirect_of(&self, paths: &[String]) -> Result<Option<Redirect>, StoreError> {
        let paths = Arc::new(paths.to_vec());
        let read = self.engine.read(move |tx| {
            let paths = Arc::clone(&paths);
            Box::pin(async move {
                for path in paths.iter() {
                    if let Some(row) = tx.row(OF_PATH, values![path]).await? {
                        return Ok(Some(row));
                    }
                }
                Ok(None)
            })
        });
        read.await?.map(redirect).transpose()
    }

    /// The addresses that lead somewhere, in the order of their letters.
    pub async fn redirects(&self, beginning: &Beginning, limit: u32) -> Result<Vec<Redirect>, StoreError> {
        let Beginning { with, after } = beginning.clone();
        let end = format!("{with}\u{10FFFF}");
        let read = self.engine.read(move |tx| {
            let (with, after, end) = (with.clone(), after.clone(), end.clone());
            Box::pin(async move { tx.rows(LIST, values![with, after, end, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(redirect).collect()
    }

    /// Those that were removed, the last first.
    pub async fn removed_redirects(&self, limit: u32) -> Result<Vec<Redirect>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(REMOVED, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(redirect).collect()
    }

    /// Leads an address somewhere, with its happening; nobody misses it any more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it leads elsewhere by now than whoever sets it has read.
    pub async fn set_redirect(&self, new: NewRedirect, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::RedirectSet { path: new.path.clone() }, "", now);
        let new = Arc::new((new, happening));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                let (NewRedirect { path, leads, was }, happening) = &*new;
                let (story, target) = leads.columns();
                let (was_story, was_target) = match was {
                    Some(was) => (was.columns().0.unwrap_or_default(), was.columns().1.unwrap_or_default()),
                    None => (0, NOTHING),
                };
                let given = values![path, story, target, by, now, was_story, was_target];
                if tx.run(SET, given).await? == 0 {
                    return Err(StoreError::Conflict("redirects".to_owned()));
                }
                tx.run("delete from missing_addresses where path = $1", values![path]).await?;
                write_down(tx, happening).await?;
                Ok(happening.clone())
            })
        });
        write.await
    }

    /// Leads the address that a story had elsewhere to it, where nothing is known of that address; whether it does now.
    pub async fn put_redirect(&self, path: &str, story: StoryId, now: Timestamp) -> Result<bool, StoreError> {
        let path = path.to_owned();
        let write = self.engine.write(move |tx| {
            let path = path.clone();
            Box::pin(async move { tx.run(PUT, values![path, story, now]).await })
        });
        Ok(write.await? == 1)
    }

    /// Leads addresses that lists had elsewhere to paths of the paper, where nothing is known of them; how many do now.
    pub async fn put_redirects_to(&self, led: Vec<(String, String)>, now: Timestamp) -> Result<u64, StoreError> {
        let led = Arc::new(led);
        let write = self.engine.write(move |tx| {
            let led = Arc::clone(&led);
            Box::pin(async move {
                let mut put = 0;
                for (path, target) in led.iter() {
                    put += tx.run(PUT_TO, values![path, target, now]).await?;
                }
                Ok(put)
            })
        });
        write.await
    }

    /// Leads an address nowhere; where it led stays, to be put back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it leads nowhere.
    pub async fn remove_redirect(&self, path: &str, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let text = "update redirects set removed_at = $2 where path = $1 and removed_at is null";
        let what = What::RedirectRemoved { path: path.to_owned() };
        self.move_redirect(text, (path, Some(now)), self.happening(Actor::Staff(by), what, "", now)).await
    }

    /// Leads an address again where it led before it was removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was not removed.
    pub async fn return_redirect(&self, path: &str, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let text = "update redirects set removed_at = $2 where path = $1 and removed_at is not null";
        let what = What::RedirectReturned { path: path.to_owned() };
        self.move_redirect(text, (path, None), self.happening(Actor::Staff(by), what, "", now)).await
    }

    async fn move_redirect(
        &self,
        text: &'static str,
        (path, removed_at): (&str, Option<Timestamp>),
        happening: Happening,
    ) -> Result<Happening, StoreError> {
        let given = Arc::new((path.to_owned(), happening));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (path, happening) = &*given;
                let removed_at = removed_at.map(|at| at.as_millisecond());
                if tx.run(text, values![path, removed_at]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, happening).await?;
                Ok(happening.clone())
            })
        });
        write.await
    }

    /// Adds what a process has counted: addresses that were followed, each with how often, and addresses that lead nowhere.
    pub async fn count_addresses(
        &self,
        followed: Vec<(String, i64)>,
        missing: Vec<MissingAddress>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let counted = Arc::new((followed, missing));
        let write = self.engine.write(move |tx| {
            let counted = Arc::clone(&counted);
            Box::pin(async move {
                for (path, times) in &counted.0 {
                    let text = "update redirects set hits = hits + $2, hit_at = $3 where path = $1";
                    tx.run(text, values![path, *times, now]).await?;
                }
                count_missing(tx, &counted.1).await
            })
        });
        write.await
    }

    /// The addresses that lead nowhere, those that are asked for most first.
    pub async fn missing_addresses(&self, limit: u32) -> Result<Vec<MissingAddress>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(MISSING, values![i64::from(limit)]).await }));
        let missing = |mut row: Row| {
            let (path, hits, outside) = (row.text(0)?, row.int(1)?, row.int(2)?);
            Ok(MissingAddress { path, hits, outside, asked_at: row.time(3)? })
        };
        read.await?.into_iter().map(missing).collect()
    }

    /// Forgets addresses that nobody has asked for since.
    pub async fn sweep_missing_addresses(&self, before: Timestamp) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from missing_addresses where asked_at < $1", values![before]).await })
        });
        write.await
    }
}

/// Leads the address that a story had elsewhere to it, in a transaction that does more.
pub(crate) async fn put(tx: &mut Tx, path: &str, story: StoryId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.run(PUT, values![path, story, now]).await? == 1)
}

/// Of those that are asked for least, none stays beyond the few that are kept.
async fn count_missing(tx: &mut Tx, missing: &[MissingAddress]) -> Result<(), StoreError> {
    for one in missing {
        let text = "insert into missing_addresses (path, hits, outside, asked_at) values ($1, $2, $3, $4)
             on conflict (path) do update
             set hits = missing_addresses.hits + excluded.hits, outside = missing_addresses.outside + excluded.outside,
                 asked_at = excluded.asked_at";
        tx.run(text, values![&one.path, one.hits, one.outside, one.asked_at]).await?;
    }
    if !missing.is_empty() {
        let text = "delete from missing_addresses where path in (select path from missing_addresses
             order by hits desc, path desc limit 10000 offset $1)";
        tx.run(text, values![MOST_MISSING]).await?;
    }
    Ok(())
}

fn redirect(mut row: Row) -> Result<Redirect, StoreError> {
    let leads = match (row.maybe_int(1)?, row.maybe_text(2)?) {
        (Some(story), _) => Leads::Story(StoryId(story)),
        (None, Some(target)) => Leads::To(target),
        (None, None) => return Err(StoreError::Broken("a redirect leads nowhere".to_owned())),
    };
    Ok(Redirect {
        path: row.text(0)?,
        leads,
        slug: row.maybe_text(6)?,
        is_public: row.maybe_text(7)?.as_deref() == Some("published"),
        at: row.time(3)?,
        hits: row.int(4)?,
        hit_at: row.maybe_time(5)?,
    })
}

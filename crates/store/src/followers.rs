//! What is sent to those who follow the paper, part by part and version by version. Versions are added and never changed; the
//! newest holds, and without one nothing is sent.

use crate::engine::{Row, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::followers::FollowersPart;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{FollowersId, StaffId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A version of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowersVersion<T> {
    /// Which; none while nobody has said anything.
    pub id: Option<FollowersId>,
    /// Since when it holds, and who said so, by name.
    pub since: Option<(Timestamp, String)>,
    /// What holds.
    pub settings: T,
}

pub(crate) const NEWEST: &str = "select f.settings_id, f.at, coalesce(s.name, ''), f.settings from follower_settings f
     left join staff s on s.staff_id = f.by_id where f.part = $1 order by f.settings_id desc limit 1";

impl Store {
    /// What holds of a part.
    pub async fn follower_settings<T: DeserializeOwned + Default>(
        &self,
        part: FollowersPart,
    ) -> Result<FollowersVersion<T>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(NEWEST, values![part.key()]).await }));
        match read.await? {
            Some(row) => version(row),
            None => Ok(FollowersVersion { id: None, since: None, settings: T::default() }),
        }
    }

    /// Puts another version in its place; `was`: the one that its author saw.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one was put there since.
    pub async fn keep_follower_settings<T: Serialize>(
        &self,
        (part, was): (FollowersPart, Option<FollowersId>),
        settings: &T,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, settings) = (FollowersId(self.id(now)), json(settings)?);
        let happening = self.happening(Actor::Staff(by), What::FollowersChanged { part }, "", now);
        let write = self.engine.write_alone(move |tx| {
            let (settings, happening) = (settings.clone(), happening.clone());
            Box::pin(async move {
                let newest = tx.row(NEWEST, values![part.key()]).await?.map(|row| row.int(0)).transpose()?;
                if newest != was.map(|was| was.0) {
                    return Err(StoreError::Conflict("follower_settings".to_owned()));
                }
                let text = "insert into follower_settings (settings_id, part, at, by_id, settings)
                     values ($1, $2, $3, $4, $5)";
                tx.run(text, values![id, part.key(), now, by, settings]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

fn version<T: DeserializeOwned>(mut row: Row) -> Result<FollowersVersion<T>, StoreError> {
    let since = Some((row.time(1)?, row.text(2)?));
    Ok(FollowersVersion { id: Some(FollowersId(row.int(0)?)), since, settings: row.json(3)? })
}

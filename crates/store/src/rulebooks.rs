//! The paper's own rules of the examination, version by version. Versions are added and never changed; the newest holds.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{RulebookId, StaffId, Timestamp};
use std::sync::Arc;

/// A version with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookVersion {
    /// Who made it, when, why.
    pub line: RulebookLine,
    /// TOML, as it was written.
    pub text: String,
}

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookLine {
    /// Which.
    pub id: RulebookId,
    /// Since when it held.
    pub at: Timestamp,
    /// Who switched it on.
    pub by_name: String,
    /// Why, in their words.
    pub why: String,
    /// As verdicts name it: sixteen hexadecimal digits.
    pub fingerprint: String,
}

/// A version to be kept.
#[derive(Debug, Clone)]
pub struct NewRulebook {
    /// The version that its author saw; none when there was none.
    pub was: Option<RulebookId>,
    /// TOML.
    pub text: String,
    /// Sixteen hexadecimal digits.
    pub fingerprint: String,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub why: String,
}

const VERSION: &str = "select r.rulebook_id, r.at, s.name, r.why, r.fingerprint, r.text
     from rulebooks r join staff s on s.staff_id = r.by_id where r.rulebook_id = $1";

const NEWEST: &str = "select r.rulebook_id, r.at, s.name, r.why, r.fingerprint, r.text
     from rulebooks r join staff s on s.staff_id = r.by_id order by r.rulebook_id desc limit 1";

const LINES: &str = "select r.rulebook_id, r.at, s.name, r.why, r.fingerprint
     from rulebooks r join staff s on s.staff_id = r.by_id where r.rulebook_id < $1
     order by r.rulebook_id desc limit $2";

impl Store {
    /// The version that holds; none while the paper has no rules of its own.
    pub async fn rulebook(&self) -> Result<Option<RulebookVersion>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(NEWEST, values![]).await }));
        read.await?.map(version).transpose()
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this id.
    pub async fn rulebook_version(&self, id: RulebookId) -> Result<RulebookVersion, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(VERSION, values![id]).await }));
        read.await?.map_or(Err(StoreError::NotFound), version)
    }

    /// Versions before one, the newest first.
    pub async fn rulebooks(&self, before: Option<RulebookId>, limit: u32) -> Result<Vec<RulebookLine>, StoreError> {
        let before = before.unwrap_or(RulebookId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(LINES, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(|mut row| line(&mut row)).collect()
    }

    /// Switches a version on, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another version was switched on since its author looked.
    pub async fn keep_rulebook(&self, new: NewRulebook, now: Timestamp) -> Result<(RulebookId, Happening), StoreError> {
        let id = RulebookId(self.id(now));
        let by = Actor::Staff(new.by);
        let happening = self.happening(by, What::RulebookChanged { rulebook: id }, &new.why, now);
        let kept = Arc::new((new, happening));
        let write = self.engine.write_alone(move |tx| {
            let kept = Arc::clone(&kept);
            Box::pin(async move {
                let (new, happening) = &*kept;
                let newest = "select rulebook_id from rulebooks order by rulebook_id desc limit 1";
                let newest = tx.row(newest, values![]).await?.map(|row| row.int(0)).transpose()?;
                if newest != new.was.map(|was| was.0) {
                    return Err(StoreError::Conflict("rulebooks".to_owned()));
                }
                tx.run(
                    "insert into rulebooks (rulebook_id, at, by_id, why, text, fingerprint)
                     values ($1, $2, $3, $4, $5, $6)",
                    values![id, now, new.by, &new.why, &new.text, &new.fingerprint],
                )
                .await?;
                write_down(tx, happening).await?;
                Ok((id, happening.clone()))
            })
        });
        write.await
    }
}

fn line(row: &mut Row) -> Result<RulebookLine, StoreError> {
    Ok(RulebookLine {
        id: RulebookId(row.int(0)?),
        at: row.time(1)?,
        by_name: row.text(2)?,
        why: row.text(3)?,
        fingerprint: row.text(4)?,
    })
}

fn version(mut row: Row) -> Result<RulebookVersion, StoreError> {
    Ok(RulebookVersion { line: line(&mut row)?, text: row.text(5)? })
}

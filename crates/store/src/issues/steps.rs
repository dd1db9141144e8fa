//! What becomes of an issue, each step with its happening in one transaction. Whoever decides by what they have not read is
//! told: each step names the version that was seen.

use super::files::empty;
use crate::engine::{Tx, Value, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::printed::NewIssue;
use newsroom::{IssueFileId, IssueId, StaffId, Timestamp};

pub(crate) const TO_GO: &str = "select issue_id from issues where goes_at <= $1 order by goes_at limit $2";

/// The constraint that is broken where another issue has the number.
const TAKEN: &str = "issues_slug";

impl Store {
    /// Puts in an issue with a file that waits; readers do not have it yet.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: `issues_slug` when another issue has its number, `issue_files` when the file does not wait.
    pub async fn keep_issue(
        &self,
        new: &NewIssue,
        file: IssueFileId,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(IssueId, Happening), StoreError> {
        let id = IssueId(self.id(now));
        let happening = self.happening(Actor::Staff(by), What::IssueKept { issue: id }, "", now);
        let new = new.clone();
        let write = self.engine.write_alone(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                free(tx, new.number.slug(), id).await?;
                take_file(tx, file, id).await?;
                let text = "insert into issues (issue_id, number, slug, day, state, file_id, by_id, made_at, version)
                     values ($1, $2, $3, $4, 'draft', $5, $6, $7, 1)";
                let (number, slug, day) = (new.number.as_str(), new.number.slug(), new.day.to_string());
                tx.run(text, values![id, number, slug, day, file, by, now]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Puts the number and the day of an issue right. Once readers have had it, each number before leads on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: `issues_slug` when another issue has the number, `issues` when another version was seen.
    pub async fn correct_issue(
        &self,
        (id, seen): (IssueId, i64),
        new: &NewIssue,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::IssueCorrected { issue: id }, "", now);
        let new = new.clone();
        let write = self.engine.write_alone(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                free(tx, new.number.slug(), id).await?;
                let (number, slug, day) = (new.number.as_str(), new.number.slug(), new.day.to_string());
                let text = "insert into former_numbers (slug, until_at, issue_id) select slug, $3, issue_id from issues
                     where issue_id = $1 and version = $2 and state <> 'draft' and slug <> $4";
                tx.run(text, values![id, seen, now, slug]).await?;
                let text = "update issues set number = $3, day = $5, version = version + 1, slug = $4
                     where issue_id = $1 and version = $2";
                one(tx.run(text, values![id, seen, number, slug, day]).await?)?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Puts a file that waits in place of an issue's own, whose bytes go.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: `issue_files` when the file does not wait, `issues` when another version was seen.
    pub async fn replace_issue_file(
        &self,
        (id, seen): (IssueId, i64),
        (was, file): (IssueFileId, IssueFileId),
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::IssueFileReplaced { issue: id, file, was };
        let (happening, why) = (self.happening(Actor::Staff(by), what, why, now), why.to_owned());
        let write = self.engine.write(move |tx| {
            let (happening, why) = (happening.clone(), why.clone());
            Box::pin(async move {
                let text = "update issues set file_id = $4, version = version + 1
                     where issue_id = $1 and version = $2 and file_id = $3";
                one(tx.run(text, values![id, seen, was, file]).await?)?;
                take_file(tx, file, id).await?;
                let text = "update issue_files set replaced_at = $2, replaced_by = $3, replaced_why = $4
                     where file_id = $1";
                tx.run(text, values![was, now, by, why]).await?;
                empty(tx, was).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Gives readers an issue at once: a new one, or one that was taken back.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when readers have it, or another version was seen.
    pub async fn publish_issue(
        &self,
        (id, seen): (IssueId, i64),
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::IssuePublished { issue: id }, "", now);
        let text = "update issues set state = 'public', published_at = $3, goes_at = null, withdrawn_at = null,
                 withdrawn_by = null, withdrawn_why = null, version = version + 1
             where issue_id = $1 and version = $2 and state <> 'public'";
        self.step(text, values![id, seen, now].to_vec(), happening).await
    }

    /// Gives an issue to the clock for a minute, or takes it from it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when readers have or had it, or another version was seen.
    pub async fn time_issue(
        &self,
        (id, seen): (IssueId, i64),
        goes_at: Option<Timestamp>,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::IssueTimed { issue: id, goes_at }, "", now);
        let text = "update issues set goes_at = $3, version = version + 1
             where issue_id = $1 and version = $2 and state = 'draft'";
        self.step(text, values![id, seen, goes_at].to_vec(), happening).await
    }

    /// Takes an issue back from readers, who are told why.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when readers do not have it, or another version was seen.
    pub async fn withdraw_issue(
        &self,
        (id, seen): (IssueId, i64),
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::IssueWithdrawn { issue: id }, why, now);
        let text = "update issues set state = 'withdrawn', withdrawn_at = $3, withdrawn_by = $4, withdrawn_why = $5,
                 version = version + 1
             where issue_id = $1 and version = $2 and state = 'public'";
        self.step(text, values![id, seen, now, by, why].to_vec(), happening).await
    }

    /// Issues whose minute has come.
    pub async fn issues_to_go(&self, now: Timestamp, limit: u32) -> Result<Vec<IssueId>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(TO_GO, values![now, i64::from(limit)]).await }));
        read.await?.into_iter().map(|row| row.int(0).map(IssueId)).collect()
    }

    /// Gives readers an issue because its minute has come; nothing when another process did, or somebody took it from the
    /// clock. However many processes try, it goes once.
    pub async fn publish_issue_on_time(&self, id: IssueId, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::IssuePublished { issue: id }, "", now);
        let text = "update issues set state = 'public', published_at = goes_at, goes_at = null, version = version + 1
             where issue_id = $1 and goes_at <= $2 and state = 'draft'";
        match self.step(text, values![id, now].to_vec(), happening).await {
            Ok(happening) => Ok(Some(happening)),
            Err(StoreError::Conflict(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// One row is changed, or nothing is.
    async fn step(&self, text: &'static str, given: Vec<Value>, happening: Happening) -> Result<Happening, StoreError> {
        let write = self.engine.write(move |tx| {
            let (given, happening) = (given.clone(), happening.clone());
            Box::pin(async move {
                one(tx.run(text, &given).await?)?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

/// A row was changed; or it is not any more what was seen.
fn one(changed: u64) -> Result<(), StoreError> {
    if changed == 0 { Err(StoreError::Conflict("issues".to_owned())) } else { Ok(()) }
}

/// No other issue has this number.
async fn free(tx: &mut Tx, slug: &str, id: IssueId) -> Result<(), StoreError> {
    let text = "select issue_id from issues where slug = $1 and issue_id <> $2";
    match tx.row(text, values![slug, id]).await? {
        Some(_) => Err(StoreError::Conflict(TAKEN.to_owned())),
        None => Ok(()),
    }
}

/// A file that waits becomes an issue's own.
async fn take_file(tx: &mut Tx, file: IssueFileId, id: IssueId) -> Result<(), StoreError> {
    let text = "update issue_files set issue_id = $2 where file_id = $1 and issue_id is null";
    match tx.run(text, values![file, id]).await? {
        0 => Err(StoreError::Conflict("issue_files".to_owned())),
        _ => Ok(()),
    }
}

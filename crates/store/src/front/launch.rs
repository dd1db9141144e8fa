//! How readers get another front page: at once, or by the clock.

use super::draft::forget_steps;
use crate::engine::{Tx, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::front::Layout;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{LaunchId, StaffId, Timestamp};

/// A page to be launched.
#[derive(Debug, Clone)]
pub struct NewLaunch {
    /// What stands where.
    pub layout: Layout,
    /// By whom; none: the program.
    pub by: Option<StaffId>,
    /// The launch that readers had when it was decided; none when there was none.
    pub seen: Option<LaunchId>,
    /// The version of the draft that it is: with the launch the draft is done. None: it is not the draft.
    pub draft: Option<i64>,
}

impl Store {
    /// Gives readers a front page at once, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when readers got another page meanwhile, or somebody wrote on the draft.
    pub async fn launch_front(&self, new: &NewLaunch, now: Timestamp) -> Result<(LaunchId, Happening), StoreError> {
        let id = LaunchId(self.id(now));
        let by = new.by.map_or(Actor::Program, Actor::Staff);
        let happening = self.happening(by, What::FrontLaunched { launch: id, was: new.seen }, "", now);
        let (layout, new) = (json(&new.layout)?, (new.by, new.seen, new.draft));
        let write = self.engine.write_alone(move |tx| {
            let (layout, happening) = (layout.clone(), happening.clone());
            Box::pin(async move {
                let (by, seen, draft) = new;
                if in_force(tx).await? != seen {
                    return Err(StoreError::Conflict("front_launches".to_owned()));
                }
                finish_draft(tx, draft).await?;
                let text = "insert into front_launches (launch_id, layout, by_id, made_at, launched_at)
                     values ($1, $2, $3, $4, $4)";
                tx.run(text, values![id, layout, by, now]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Gives a front page to the clock for a minute. With the version of the draft that it is, the draft is done.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody wrote on the draft, or gave it away.
    pub async fn time_front(
        &self,
        layout: &Layout,
        draft: Option<i64>,
        goes_at: Timestamp,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(LaunchId, Happening), StoreError> {
        let (id, layout) = (LaunchId(self.id(now)), json(layout)?);
        let what = What::FrontTimed { launch: id, goes_at: Some(goes_at) };
        let happening = self.happening(Actor::Staff(by), what, "", now);
        let write = self.engine.write(move |tx| {
            let (layout, happening) = (layout.clone(), happening.clone());
            Box::pin(async move {
                finish_draft(tx, draft).await?;
                let text = "insert into front_launches (launch_id, layout, by_id, made_at, goes_at)
                     values ($1, $2, $3, $4, $5)";
                tx.run(text, values![id, layout, by, now, goes_at]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Takes a front page from the clock.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it does not wait: it was launched, or somebody was faster.
    pub async fn call_off_front(&self, id: LaunchId, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::FrontTimed { launch: id, goes_at: None }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update front_launches set called_off_at = $2, called_off_by = $3
                     where launch_id = $1 and launched_at is null and called_off_at is null";
                if tx.run(text, values![id, now, by]).await? == 0 {
                    return Err(StoreError::Conflict("front_launches".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Gives readers a front page because its minute has come; nothing when another process did, or somebody took it from the
    /// clock. However many processes try, it is launched once. It holds since its minute: what an editor launched after that
    /// minute stays.
    pub async fn launch_front_on_time(&self, id: LaunchId, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::FrontLaunched { launch: id, was: None }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update front_launches set launched_at = goes_at
                     where launch_id = $1 and goes_at <= $2 and launched_at is null and called_off_at is null";
                if tx.run(text, values![id, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}

/// The draft becomes a page of its own; once, whoever presses how often.
async fn finish_draft(tx: &mut Tx, version: Option<i64>) -> Result<(), StoreError> {
    let Some(version) = version else { return Ok(()) };
    match tx.run("delete from front_draft where version = $1", values![version]).await? {
        0 => Err(StoreError::Conflict("front_draft".to_owned())),
        _ => forget_steps(tx).await,
    }
}

/// The launch that readers have.
pub(super) async fn in_force(tx: &mut Tx) -> Result<Option<LaunchId>, StoreError> {
    let text = "select launch_id from front_launches where launched_at is not null
         order by launched_at desc, launch_id desc limit 1";
    tx.row(text, values![]).await?.map(|row| row.int(0).map(LaunchId)).transpose()
}

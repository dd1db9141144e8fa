//! Reading on what happened from a cursor that is kept under a name, with an overlap, since on PostgreSQL ids commit late. Who
//! reads on remembers what it has read of the last while.

use super::overlap_before;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::HappeningId;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::Story;
use std::collections::BTreeSet;
use std::time::Instant;
use store::StoreError;

/// Rows of one read.
const AT_ONCE: u32 = 500;

/// The clock publishes what is timed at its minute; what was public so long before is of an old paper.
const OLD: SignedDuration = SignedDuration::from_hours(1);

/// One turn of a follower.
#[derive(Debug)]
pub(crate) struct ReadOn {
    name: &'static str,
    newest: HappeningId,
    after: HappeningId,
    is_over: bool,
    begun: Instant,
}

impl ReadOn {
    /// Begins where the follower of this name stopped, and some while before. The first time ever there is nothing to read: it
    /// begins with what is newest, and what was before is told to nobody.
    pub(crate) async fn begin(app: &App, name: &'static str) -> Result<Option<Self>, StoreError> {
        let Some(newest) = app.store.cursor(name).await? else {
            app.store.keep_cursor(name, app.store.newest_happening().await?).await?;
            return Ok(None);
        };
        let (after, begun) = (app.quiet.after(name, newest), Instant::now());
        Ok(Some(Self { name, newest, after, is_over: false, begun }))
    }

    /// What happened next. Asking for more says that what came before is dealt with, and the cursor goes there.
    pub(crate) async fn next(&mut self, app: &App) -> Result<Option<Vec<Happening>>, StoreError> {
        if self.after > self.newest {
            app.store.keep_cursor(self.name, self.after).await?;
        }
        if self.is_over {
            return Ok(self.ended(app));
        }
        let happenings = app.store.happenings_after(self.after, AT_ONCE).await?;
        self.is_over = happenings.len() < AT_ONCE as usize;
        let Some(last) = happenings.last() else { return Ok(self.ended(app)) };
        self.after = last.id;
        Ok(Some(happenings))
    }

    /// All of it was dealt with.
    fn ended<T>(&self, app: &App) -> Option<T> {
        app.quiet.read(self.name, self.newest.max(self.after), (self.begun, Instant::now()));
        None
    }

    /// Forgets of what was read what is not read again.
    pub(crate) fn forget(&self, seen: &mut BTreeSet<HappeningId>) {
        *seen = seen.split_off(&overlap_before(self.newest));
    }
}

/// It moved in from an old paper, where readers had it already: neither followers nor colleagues are told.
pub(crate) async fn moved_in(app: &App, happening: &Happening) -> Result<bool, StoreError> {
    match (&happening.what, happening.by) {
        (What::CommentReleased { .. }, Actor::Program) => Ok(true),
        (What::StoryPublished { story }, Actor::Program) => Ok(match app.store.story(*story).await {
            Ok(Story::Published(story)) => happening.at.duration_since(story.published_at) > OLD,
            Ok(_) | Err(StoreError::NotFound) => false,
            Err(problem) => return Err(problem),
        }),
        _ => Ok(false),
    }
}

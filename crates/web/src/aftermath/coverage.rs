//! Live coverage of a story: its page is made anew, and the open ones are told.

use crate::app::App;
use crate::coverage;
use crate::page_cache::Tag;
use newsroom::LiveEntryId;
use newsroom::happening::What;
use newsroom::story::Story;
use store::StoreError;

/// What happens to live coverage and its updates.
macro_rules! of_coverage {
    () => {
        What::CoverageOpened { .. }
            | What::CoverageProlonged { .. }
            | What::CoverageEnded { .. }
            | What::LiveEntryWritten { .. }
            | What::LiveEntryChanged { .. }
            | What::LiveEntryRemoved { .. }
    };
}
pub(super) use of_coverage;

/// What is told is what a fresh visit would show, so that the order of two tellings is nothing; nothing of a story that is
/// not public.
pub(super) async fn tell(app: &App, what: &What) -> Result<(), StoreError> {
    let Some(story) = what.story() else { return Ok(()) };
    app.page_cache.purge(&[Tag::Story(story)]);
    if !app.hub.has_story_listeners(story) {
        return Ok(());
    }
    let Story::Published(published) = app.store.story(story).await? else { return Ok(()) };
    if let Some(entry) = entry_of(what)
        && let Some(told) = coverage::told_entry(app, &published, entry).await?
    {
        app.hub.tell_story(story, told);
    }
    if let Some(told) = coverage::told(app, &published).await? {
        app.hub.tell_story(story, told);
    }
    Ok(())
}

fn entry_of(what: &What) -> Option<LiveEntryId> {
    match what {
        What::LiveEntryWritten { entry, .. }
        | What::LiveEntryChanged { entry, .. }
        | What::LiveEntryRemoved { entry, .. } => Some(*entry),
        _ => None,
    }
}

//! What stands on every page, breaking news, menus and dates: all of them are made anew, and the open ones are told of the news.

use crate::app::App;
use crate::breaking;
use crate::page_cache::Tag;
use newsroom::StoryId;
use store::StoreError;

/// The strip was raised, or is gone. What is told is what stands now, so that the order of two tellings is nothing.
pub(super) async fn tell(app: &App) -> Result<(), StoreError> {
    app.page_cache.purge(&[Tag::Frame]);
    if app.hub.has_readers() {
        app.hub.tell_readers(&breaking::told(app).await?);
    }
    Ok(())
}

/// A story went public, or is no longer: a strip that names it leads there, or does not.
pub(super) async fn tell_of(app: &App, story: StoryId) -> Result<(), StoreError> {
    let strip = app.store.standing_strip(app.now()).await?;
    if strip.is_some_and(|strip| strip.story == Some(story)) {
        tell(app).await?;
    }
    Ok(())
}

/// Menus, style rules or ads.txt were changed, or the paper's country, calendar or clock: every page has a date.
pub(super) async fn take_up(app: &App) -> Result<(), StoreError> {
    app.site.take_up(&app.store).await?;
    app.printed.take_up(&app.store).await?;
    app.page_cache.purge(&[Tag::Frame]);
    Ok(())
}

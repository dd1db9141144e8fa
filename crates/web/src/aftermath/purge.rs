//! Which pages show a story.

use crate::app::App;
use crate::page_cache::Tag;
use jiff::tz::TimeZone;
use newsroom::happening::{Happening, What};
use newsroom::story::Story;
use newsroom::{StoryId, Timestamp};
use store::StoreError;

/// Stories of a picture whose pages are named one by one.
const MOST_STORIES: u32 = 100;

/// Pages of the stories that were changed, without a question to the store: a process that was cut off or has just begun has much to tell,
/// one after the other, and whoever asks meanwhile must not get what was taken back long ago.
pub(super) fn purge_before_telling(app: &App, happenings: &[Happening]) {
    let new = happenings.iter().filter(|happening| !app.told.holds(happening.id));
    let mut tags: Vec<Tag> = new.filter_map(|happening| shown(&happening.what)).map(Tag::Story).collect();
    if tags.is_empty() {
        return;
    }
    tags.extend([Tag::Front, Tag::Archive]);
    app.page_cache.purge(&tags);
}

/// The story of which readers see something else than before.
fn shown(what: &What) -> Option<StoryId> {
    match what {
        What::StoryPublished { story }
        | What::StoryWithdrawn { story }
        | What::StoryCorrected { story }
        | What::StoryUpdated { story }
        | What::StoryChanged { story }
        | What::CommentPolicyChanged { story }
        | What::CommentReleased { story, .. }
        | What::CommentWithdrawn { story, .. }
        | What::CommentErased { story, .. }
        | What::CommentTakenDown { story, .. }
        | What::RulingUndone { story, .. }
        | What::CommentCollapsed { story, .. }
        | What::CommentFeatured { story, .. } => Some(*story),
        _ => None,
    }
}

/// Readers have another text of it than before, or none: what tells of corrections, and the lists of the addresses of its month
/// and of those in which it went public in other languages.
pub(super) async fn purge_text(app: &App, story: StoryId) -> Result<(), StoreError> {
    // First of all, and before anything can fail: a story that was withdrawn is handed out no more.
    app.page_cache.purge(&[Tag::Story(story), Tag::Front, Tag::Archive, Tag::Corrections]);
    let published = match app.store.story(story).await? {
        Story::Published(published) => Some(published),
        Story::Withdrawn(withdrawn) => Some(withdrawn.was),
        Story::Draft(_) => None,
    };
    if let Some(published) = published {
        app.page_cache.purge(&[month_of(published.published_at)]);
        let links = app.store.links_of(story, &published.text).await?;
        let months: Vec<Tag> = links.translations.iter().map(|one| month_of(one.published_at)).collect();
        app.page_cache.purge(&months);
    }
    purge_story(app, story).await
}

fn month_of(at: Timestamp) -> Tag {
    let day = at.to_zoned(TimeZone::UTC).date();
    Tag::Month(day.year(), day.month())
}

/// Its page, and every list that shows its card.
pub(super) async fn purge_story(app: &App, story: StoryId) -> Result<(), StoreError> {
    app.page_cache.purge(&[Tag::Story(story), Tag::Front, Tag::Archive]);
    app.page_cache.purge(&lists_of(app, story).await?);
    Ok(())
}

/// Every page with a picture. One that stands in very many stories costs every page: that is cheaper than asking for each.
pub(super) async fn purge_picture(app: &App, name: &str) -> Result<(), StoreError> {
    let stories = match app.store.stories_showing(name, MOST_STORIES + 1).await {
        Ok(stories) => stories,
        Err(error) => {
            // Where it is shown cannot be asked now: no page may show it.
            app.page_cache.purge(&[Tag::Frame]);
            return Err(error);
        }
    };
    if stories.len() > MOST_STORIES as usize {
        app.page_cache.purge(&[Tag::Frame]);
        return Ok(());
    }
    // A slot of the front page may show it beside a story that does not have it.
    app.page_cache.purge(&[Tag::Front]);
    for story in stories {
        purge_story(app, story).await?;
    }
    Ok(())
}

/// The lists that show a story's card, which counts comments, and the page that leads to it.
async fn lists_of(app: &App, story: StoryId) -> Result<Vec<Tag>, StoreError> {
    let story = app.store.story(story).await?;
    let text = story.text();
    let sections = app.store.sections().await?;
    let section = sections.into_iter().find(|section| Some(section.id) == text.section);
    let mut tags: Vec<Tag> = section.map(|section| Tag::Section(section.slug)).into_iter().collect();
    tags.extend(text.tags.iter().map(|tag| Tag::Tagged(tag.slug.clone())));
    // Readers of the story that it answers are led to it.
    tags.extend(text.answers.map(Tag::Story));
    tags.extend(text.bylines.iter().map(|byline| Tag::Writer(byline.slug.clone())));
    Ok(tags)
}

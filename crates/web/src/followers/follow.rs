//! What happened, read on from a cursor: each happening becomes what channels, hubs, search machines and browsers are to be told,
//! once, however many of the paper's processes read it.

use super::machines;
use crate::aftermath::overlap_before;
use crate::app::App;
use crate::{channels, push};
use jiff::SignedDuration;
use newsroom::HappeningId;
use newsroom::followers::{About, Event};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::Story;
use std::collections::BTreeSet;
use store::StoreError;
use store::channels::KeptChannel;
use store::thread::Stands;

/// Under this name the cursor is kept.
const NAME: &str = "followers";
/// And under this one where it began: rows are read again for a while, and what was before is told to nobody all the same.
const BEGUN: &str = "followers-begun";
/// The clock publishes what is timed at its minute; what was public so long before is of an old paper.
const OLD: SignedDuration = SignedDuration::from_hours(1);
/// Rows of one read.
const AT_ONCE: u32 = 500;

/// What this process has read already of the last while.
#[derive(Debug, Default)]
pub struct FollowersFollower(BTreeSet<HappeningId>);

/// Reads on. The first time ever it begins with what is newest: what was before is told to nobody.
///
/// # Errors
/// When the store cannot answer; what was not read is read the next time.
pub async fn follow(app: &App, follower: &mut FollowersFollower) -> Result<(), StoreError> {
    let Some(newest) = app.store.cursor(NAME).await? else {
        let newest = app.store.newest_happening().await?;
        app.store.keep_cursor(BEGUN, newest).await?;
        return app.store.keep_cursor(NAME, newest).await;
    };
    let begun = app.store.cursor(BEGUN).await?;
    let from = overlap_before(newest);
    let (mut after, mut channels) = (from, None);
    loop {
        let happenings = app.store.happenings_after(after, AT_ONCE).await?;
        for happening in &happenings {
            if follower.0.contains(&happening.id) || Some(happening.id) <= begun {
                continue;
            }
            if of_old_papers(app, happening).await? {
                follower.0.insert(happening.id);
                continue;
            }
            if let Some((event, about)) = event_of(app, &happening.what).await? {
                let all = match channels.take() {
                    Some(all) => all,
                    None => app.store.channels().await?,
                };
                put(app, happening, (event, about), &all).await?;
                channels = Some(all);
            }
            follower.0.insert(happening.id);
        }
        let Some(last) = happenings.last() else { break };
        after = last.id;
        if last.id > newest {
            app.store.keep_cursor(NAME, last.id).await?;
        }
        if happenings.len() < AT_ONCE as usize {
            break;
        }
    }
    follower.0 = follower.0.split_off(&from);
    Ok(())
}

/// Something moved in from an old paper, where its readers had it already: no follower is told.
async fn of_old_papers(app: &App, happening: &Happening) -> Result<bool, StoreError> {
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

/// What a happening is to followers. Of a comment only what readers have, or had: of one that was never released nothing is told,
/// not even that it was taken back.
async fn event_of(app: &App, what: &What) -> Result<Option<(Event, About)>, StoreError> {
    let (event, about) = match (Event::of(what), what) {
        (Some(found), _) => found,
        (None, What::RulingUndone { story, comment, .. }) => {
            (Event::CommentRemoved, About { story: Some(*story), comment: Some(*comment), ..About::default() })
        }
        (None, _) => return Ok(None),
    };
    let (Some(story), Some(comment)) = (about.story, about.comment) else { return Ok(Some((event, about))) };
    let entry = app.store.entry_of(story, comment).await?;
    Ok(entry.map(|entry| match entry.stands {
        Stands::Comment { .. } => (Event::CommentReleased, about),
        _ => (Event::CommentRemoved, about),
    }))
}

async fn put(
    app: &App,
    happening: &Happening,
    (event, about): (Event, About),
    all: &[KeptChannel],
) -> Result<(), StoreError> {
    channels::put(app, happening.id, (event, about), all).await?;
    if let Some(story) = about.story.filter(|_| event.is_of_story()) {
        machines::put(app, happening.id, story).await?;
    }
    push::put(app, happening.id, (event, about)).await
}

//! What happened, read on from a cursor: each happening becomes what channels, hubs, search machines, other servers and browsers are to be
//! told,
//! once, however many of the paper's processes read it.

use super::machines;
use crate::aftermath::{ReadOn, moved_in};
use crate::app::App;
use crate::{channels, fediverse, push};
use newsroom::HappeningId;
use newsroom::followers::{About, Event};
use newsroom::happening::{Happening, What};
use std::collections::BTreeSet;
use store::StoreError;
use store::channels::KeptChannel;
use store::thread::Stands;

/// Under this name the cursor is kept.
const NAME: &str = "followers";
/// And under this one where it began: rows are read again for a while, and what was before is told to nobody all the same.
const BEGUN: &str = "followers-begun";

/// What this process has read already of the last while.
#[derive(Debug, Default)]
pub struct FollowersFollower(BTreeSet<HappeningId>);

/// Reads on. The first time ever it begins with what is newest: what was before is told to nobody.
///
/// # Errors
/// When the store cannot answer; what was not read is read the next time.
pub async fn follow(app: &App, follower: &mut FollowersFollower) -> Result<(), StoreError> {
    if app.store.cursor(NAME).await?.is_none() {
        app.store.keep_cursor(BEGUN, app.store.newest_happening().await?).await?;
    }
    let Some(mut reading) = ReadOn::begin(app, NAME).await? else { return Ok(()) };
    let begun = app.store.cursor(BEGUN).await?;
    let mut channels = None;
    while let Some(happenings) = reading.next(app).await? {
        for happening in &happenings {
            if follower.0.contains(&happening.id) || Some(happening.id) <= begun {
                continue;
            }
            if !moved_in(app, happening).await?
                && let Some((event, about)) = event_of(app, &happening.what).await?
            {
                let all = match channels.take() {
                    Some(all) => all,
                    None => app.store.channels().await?,
                };
                put(app, happening, (event, about), &all).await?;
                channels = Some(all);
            }
            follower.0.insert(happening.id);
        }
    }
    reading.forget(&mut follower.0);
    Ok(())
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
    fediverse::put(app, happening.id, (event, about)).await?;
    push::put(app, happening.id, (event, about)).await
}

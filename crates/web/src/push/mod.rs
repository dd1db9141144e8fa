//! Messages to browsers that their readers let the paper wake (Push API; RFC 8030, 8291, 8292). A reader is asked only after a press
//! of their own; a browser is kept without a name. Messages are sealed for the browser: the push service between reads nothing of
//! them. Who sends them stands in `server`.

mod keys;
mod parcel;
mod seal;
mod subscribe;

#[cfg(test)]
mod tests;

pub use keys::PaperKey;
pub use parcel::{PushParcel, push_parcel, settle_push};
pub use subscribe::{key, remove, subscribe, worker};

use crate::app::App;
use crate::layout::Frame;
use jiff::SignedDuration;
use newsroom::HappeningId;
use newsroom::followers::{About, Event};
use newsroom::story::Story;
use store::StoreError;
use store::push::Wakes;

/// A story wakes nobody that went public longer ago: what was brought in from elsewhere is old.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Browsers looked at in one transaction, and such steps of one turn.
const AT_ONCE: u32 = 500;
const STEPS: u32 = 40;

/// The offer on the page of the newsletter.
#[derive(Debug)]
pub struct PushView {
    /// Short id and name.
    pub sections: Vec<(String, String)>,
}

impl PushView {
    /// None where it is not offered.
    pub fn offered(app: &App, frame: &Frame) -> Option<Self> {
        let sections = || frame.sections.iter().map(|section| (section.id.short(), section.name.clone())).collect();
        app.followers.now().push.on.then(|| Self { sections: sections() })
    }
}

/// Keeps what browsers are to be told of a happening: breaking news, and new stories.
///
/// # Errors
/// When the store cannot answer.
pub async fn put(app: &App, happening: HappeningId, (event, about): (Event, About)) -> Result<(), StoreError> {
    if !app.followers.now().push.on {
        return Ok(());
    }
    let wakes = match (event, about) {
        (Event::BreakingRaised, About { strip: Some(strip), .. }) => Wakes::Strip(strip),
        (Event::Published, About { story: Some(id), .. }) => match app.store.story(id).await {
            Ok(Story::Published(story)) if app.now().duration_since(story.published_at) < FRESH_FOR => {
                Wakes::Story(id, story.text.section)
            }
            Ok(_) | Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        },
        _ => return Ok(()),
    };
    app.store.put_push_message(happening, wakes, app.now()).await.map(drop)
}

/// Makes jobs of the messages that lack some: what a press of an editor begins is done in the background.
///
/// # Errors
/// When the store cannot answer; the next turn goes on where this one stopped.
pub async fn fill(app: &App) -> Result<(), StoreError> {
    for _ in 0..STEPS {
        if app.store.fill_push(AT_ONCE, app.now()).await? == 0 {
            break;
        }
    }
    Ok(())
}

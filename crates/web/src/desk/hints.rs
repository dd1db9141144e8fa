//! Advice for editors about stories, and never an act: many alike, a burst, a story under which little else is left to do
//! than to close. It is computed from what is kept of the first hundred that wait.

use super::saved::address;
use crate::app::App;
use crate::words::Words;
use newsroom::StoryId;
use std::time::Duration;
use store::StoreError;
use store::queue::{Queue, QueueEntry, StoryLately};

/// Stories of a page that are looked at: those with most cards on it.
const MOST_STORIES: usize = 5;
/// Fewer cards of a story on a page are no matter.
const FEWEST_CARDS: usize = 3;
/// What «lately» is.
const LATELY: Duration = Duration::from_secs(10 * 60);
/// So many lately are a burst; so many alike, or doubted, are worth a word.
const BURST: i64 = 10;
const ALIKE: i64 = 4;
const DOUBTED: i64 = 10;

/// A piece of advice about one story.
#[derive(Debug)]
pub struct Hint {
    /// The story's headline.
    pub headline: String,
    /// Its queue.
    pub href: String,
    /// What can be seen there.
    pub words: Vec<String>,
}

/// Advice about the stories of a page.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn hints(app: &App, t: &Words, entries: &[QueueEntry]) -> Result<Vec<Hint>, StoreError> {
    let mut stories: Vec<(StoryId, usize)> = Vec::new();
    for entry in entries {
        match stories.iter_mut().find(|(story, _)| *story == entry.story) {
            Some((_, cards)) => *cards += 1,
            None => stories.push((entry.story, 1)),
        }
    }
    stories.retain(|(_, cards)| *cards >= FEWEST_CARDS);
    stories.sort_by_key(|(_, cards)| std::cmp::Reverse(*cards));
    let stories: Vec<StoryId> = stories.into_iter().take(MOST_STORIES).map(|(story, _)| story).collect();
    let now = app.now();
    let lately = app.store.lately(&stories, now.saturating_sub(LATELY).unwrap_or(now)).await?;
    let hint = |(story, lately): (StoryId, StoryLately)| {
        let words = said(t, &lately);
        let entry = entries.iter().find(|entry| entry.story == story).filter(|_| !words.is_empty())?;
        Some(Hint { headline: entry.headline.clone(), href: address(Queue::Story(story)), words })
    };
    Ok(lately.into_iter().filter_map(hint).collect())
}

fn said(t: &Words, lately: &StoryLately) -> Vec<String> {
    let number = |n: i64| t.number(n);
    let mut words = Vec::new();
    if lately.alike >= ALIKE && lately.alike * 2 > lately.looked_at {
        let waiting = t.n("desk.hint.waiting", lately.waiting);
        words.push(t.with("desk.hint.alike", 1, &[("waiting", &waiting), ("alike", &number(lately.alike))]));
    }
    if lately.since >= BURST {
        words.push(t.n("desk.hint.burst", lately.since));
    }
    if lately.doubted >= DOUBTED && lately.doubted * 2 > lately.looked_at {
        words.push(t.s("desk.hint.close"));
    } else if lately.doubted >= DOUBTED {
        words.push(t.s("desk.hint.watch"));
    }
    words
}

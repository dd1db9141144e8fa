//! What other rules would have said of the comments that came in last.

use crate::app::App;
use crate::error::PageError;
use moderation::{Advice, Facts, Models, Rulebook, StoryFacts, Submission, Verdict, examine};
use newsroom::comment::State;
use newsroom::{CommentId, StoryId};
use store::queue::Judged;

/// Comments that are judged again.
pub const LAST: u32 = 1_000;
/// Of those that move, so many are shown.
pub const SHOWN: usize = 50;

/// What would move.
#[derive(Debug, Default)]
pub struct Replayed {
    /// Comments that were judged again.
    pub all: u64,
    /// Those that would stand higher in the queue, or be advised against more.
    pub raised: u64,
    /// Those that would stand lower.
    pub lowered: u64,
    /// The first that move.
    pub moved: Vec<Moved>,
}

/// A comment that would move.
#[derive(Debug)]
pub struct Moved {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// What became of it.
    pub state: State,
    /// The story's headline.
    pub headline: String,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Advice and priority under the present rules.
    pub was: (Advice, u16),
    /// The same under the other ones.
    pub now: (Advice, u16),
}

/// Judges the last comments under the present rules and under others. What a comment met at its time (copies, speed) is not
/// known any more, for neither side, so that the rules alone make the difference.
///
/// # Errors
/// When the store cannot answer.
pub async fn replayed(app: &App, other: Rulebook) -> Result<Replayed, PageError> {
    let judged = app.store.judged_last(LAST).await?;
    let other = other.at(app.minute(app.now()));
    let (present, models) = (app.rulebook_now(), app.models_here());
    let compare = move || compare(judged, &present, &other, &models);
    tokio::task::spawn_blocking(compare).await.map_err(|_| PageError::Panicked)
}

fn compare(judged: Vec<Judged>, present: &Rulebook, other: &Rulebook, models: &Models) -> Replayed {
    let mut replayed = Replayed::default();
    // Where the words had their time there is nothing left to judge.
    for comment in judged.into_iter().filter(|comment| !comment.text.is_empty()) {
        let place = |verdict: Verdict| (verdict.advice, verdict.priority);
        let (was, now) = (place(again(&comment, present, models)), place(again(&comment, other, models)));
        replayed.all += 1;
        match now.cmp(&was) {
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater => replayed.raised += 1,
            std::cmp::Ordering::Less => replayed.lowered += 1,
        }
        if replayed.moved.len() < SHOWN {
            let Judged { story, comment, state, headline, name, text, .. } = comment;
            replayed.moved.push(Moved { story, comment, state, headline, name, text, was, now });
        }
    }
    replayed
}

fn again(comment: &Judged, rules: &Rulebook, models: &Models) -> Verdict {
    let story = StoryFacts { section: &comment.section, headline: &comment.headline, text: &comment.story_text };
    let facts = Facts { story, parent: &comment.parent, ..Facts::default() };
    examine(&Submission { text: &comment.text, name: &comment.name }, &facts, rules, models)
}

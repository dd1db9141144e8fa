//! A comment of another system, and what stands around it there.

use crate::app::App;
use moderation::{Alike, Facts, Origin, StoryFacts, Submission, Verdict};
use serde::{Deserialize, Deserializer};
use std::sync::Arc;
#[cfg(test)]
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;

/// Texts of more bytes than this, all together, are not read between two network calls: others would wait.
const LIGHT: usize = 4 * 1024;

/// What is to be examined.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The comment, as sent.
    pub text: String,
    /// Who signed it.
    #[serde(default, deserialize_with = "said")]
    pub name: String,
    /// The story under which it stands.
    #[serde(default, deserialize_with = "said")]
    pub story: AskedStory,
    /// The comment that it answers.
    #[serde(default, deserialize_with = "said")]
    pub parent: String,
    /// Texts that it may have been taken from, the likeliest first.
    #[serde(default, deserialize_with = "said")]
    pub alike: Vec<AskedAlike>,
}

/// A story of another paper.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedStory {
    /// Its headline.
    pub headline: String,
    /// Standfirst and body, paragraphs on lines of their own.
    pub text: String,
    /// The slug of a section, by which the rulebook may differ.
    pub section: String,
}

/// A text that may stand in the comment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedAlike {
    /// Where it is known from.
    pub origin: Origin,
    /// Its headline.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// What is null was not said.
fn said<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

impl Asked {
    /// The engine's advice. Of the paper's own comments it knows nothing here: no count, no text, no archive.
    fn verdict(&self, app: &App) -> Verdict {
        let story = [self.story.headline.as_str(), &self.story.text];
        let story_text = story.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let alike: Vec<Alike<'_>> = self.alike.iter().map(AskedAlike::as_fact).collect();
        let today = app.now().to_zoned(app.paper.zone.clone()).date();
        let (month, day) = (today.month().unsigned_abs(), today.day().unsigned_abs());
        let facts = Facts {
            story: StoryFacts { section: &self.story.section, headline: &self.story.headline, text: &story_text },
            parent: &self.parent,
            alike: &alike,
            today: Some((today.year(), month, day)),
            ..Facts::default()
        };
        app.examine_for_others(&Submission { text: &self.text, name: &self.name }, &facts)
    }

    fn bytes(&self) -> usize {
        let around = [&self.name, &self.story.headline, &self.story.text, &self.story.section, &self.parent];
        let alike = self.alike.iter().map(|alike| alike.title.len() + alike.text.len());
        self.text.len() + around.iter().map(|text| text.len()).sum::<usize>() + alike.sum::<usize>()
    }
}

impl AskedAlike {
    fn as_fact(&self) -> Alike<'_> {
        Alike { origin: self.origin, title: &self.title, text: &self.text }
    }
}

/// How many texts are read at once beside the network, so that a few long ones never keep all cores from the short ones.
#[derive(Debug)]
pub struct Judging {
    /// Of calls whose clients do not wait, and of those whose clients do.
    soon: Arc<Semaphore>,
    late: Arc<Semaphore>,
}

impl Default for Judging {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { soon: Arc::new(Semaphore::new(cores * 2)), late: Arc::new(Semaphore::new(cores)) }
    }
}

impl Judging {
    /// The verdict of a comment that cannot wait; none where it was not examined.
    pub async fn verdict(&self, app: &App, asked: Asked) -> Option<Verdict> {
        if asked.bytes() <= LIGHT {
            return Some(asked.verdict(app));
        }
        let (turn, theirs) = (self.soon.clone().acquire_owned().await.ok()?, app.clone());
        let judged = tokio::task::spawn_blocking(move || {
            let verdict = asked.verdict(&theirs);
            drop(turn);
            verdict
        });
        judged.await.ok()
    }

    /// Every turn of those that cannot wait.
    #[cfg(test)]
    pub async fn all_taken(&self) -> OwnedSemaphorePermit {
        let all = u32::try_from(self.soon.available_permits()).expect("few cores");
        self.soon.clone().acquire_many_owned(all).await.expect("an open semaphore")
    }
}

/// A verdict for each. Whatever the engine could not answer says so, and that it should wait for a person.
pub async fn verdicts(app: &App, asked: &Arc<[Asked]>) -> Vec<Verdict> {
    let judge = |app: &App, asked: &[Asked]| asked.iter().map(|one| one.verdict(app)).collect::<Vec<_>>();
    if asked.iter().map(Asked::bytes).sum::<usize>() <= LIGHT {
        return judge(app, asked);
    }
    let turn = app.judging.late.acquire().await;
    let (theirs, texts) = (app.clone(), asked.clone());
    let judged = tokio::task::spawn_blocking(move || judge(&theirs, &texts)).await;
    drop(turn);
    judged.unwrap_or_else(|_| asked.iter().map(|_| Verdict::unexamined()).collect())
}

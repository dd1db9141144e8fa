//! What stands around a text that is judged at the terminal: the story, the comment that it answers, texts known from elsewhere.

use moderation::{Alike, Facts, Models, Origin, Rulebook, StoryFacts, Submission, Verdict, examine};
use serde::Deserialize;

/// All of it; what a line does not say is empty.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Around {
    /// The story under which the text stands.
    pub story: Story,
    /// The comment that it answers.
    pub parent: String,
    /// Texts that may stand in it.
    pub known: Vec<Known>,
}

/// A story as far as the engine looks at it.
#[derive(Debug, Deserialize, Default, Clone)]
#[serde(default)]
pub struct Story {
    /// Its headline.
    pub headline: String,
    /// Its text.
    pub text: String,
    /// The slug of its section.
    pub section: String,
}

/// A text known from elsewhere.
#[derive(Debug, Deserialize)]
pub struct Known {
    /// From where.
    pub origin: Origin,
    /// Its headline.
    #[serde(default)]
    pub title: String,
    /// The text.
    pub text: String,
}

impl Around {
    /// What the engine says of a text that stands here. How often and how fast its author sent is not known.
    pub fn judged(&self, text: &str, name: &str, rulebook: &Rulebook, models: &Models) -> Verdict {
        let known = self.known.iter();
        let alike: Vec<Alike<'_>> =
            known.map(|known| Alike { origin: known.origin, title: &known.title, text: &known.text }).collect();
        let Story { headline, text: of_story, section } = &self.story;
        let story = StoryFacts { section, headline, text: of_story };
        let facts = Facts { story, parent: &self.parent, alike: &alike, ..Facts::default() };
        examine(&Submission { text, name }, &facts, rulebook, models)
    }
}

//! What else a reader may want after a story: what is nearest to it in meaning, what has the same tags, and the latest of its
//! section. Everything is read by key: what is near was found in the background.

use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address, language_of};
use newsroom::StoryId;
use newsroom::section::Section;
use newsroom::story::Published;
use std::collections::BTreeSet;
use store::StoreError;
use store::listings::{List, StoryCard};
use store::stories::Links;

/// Stories that are offered: related ones, and as many of its section as these leave room for.
const MOST: usize = 4;
/// Tags whose latest stories are looked at.
const MOST_TAGS: usize = 3;

/// What is offered below a story.
pub(super) struct Further {
    /// Near in meaning, and where these are few those of the same tags.
    pub related: Vec<StoryCard>,
    /// The latest of its section, where there is room.
    pub more: Vec<StoryCard>,
}

/// A line of what is related.
pub(super) struct Line {
    pub href: String,
    /// `lang` and `dir` where the story is not in the paper's language; else empty.
    pub way: String,
    pub headline: String,
    pub section: String,
    pub iso: String,
    pub date: String,
}

impl Further {
    /// What is offered below this story, which itself and those to which it leads anyway are left out of.
    pub(super) async fn of(
        app: &App,
        story: &Published,
        section: Option<&Section>,
        links: &Links,
    ) -> Result<Self, PageError> {
        let mut shown = Shown::beside(story.id, links);
        let mut related = shown.new_ones(app.store.related_stories(story.id).await?);
        for tag in story.text.tags.iter().take(MOST_TAGS) {
            if related.len() < MOST {
                related.extend(shown.new_ones(latest(app, List::Tag(tag.slug.clone())).await?));
            }
        }
        related.truncate(MOST);
        let mut more = Vec::new();
        if let Some(section) = section.filter(|_| related.len() < MOST) {
            more = shown.new_ones(latest(app, List::Section(section.slug.clone())).await?);
            more.truncate(MOST - related.len());
        }
        Ok(Self { related, more })
    }

    /// Every one of them.
    pub(super) fn cards(&self) -> impl Iterator<Item = &StoryCard> {
        self.related.iter().chain(&self.more)
    }
}

impl Line {
    pub(super) fn of(frame: &Frame, card: StoryCard) -> Self {
        Self {
            href: address::story(&card.slug),
            way: language_of(frame.paper(), card.face.language),
            section: card.face.section.map(|(_, name)| name).unwrap_or_default(),
            headline: card.face.headline,
            iso: card.published_at.to_string(),
            date: frame.date(card.published_at),
        }
    }
}

/// Which stories stand on the page.
struct Shown(BTreeSet<StoryId>);

impl Shown {
    fn beside(story: StoryId, links: &Links) -> Self {
        let linked = links.answering.iter().chain(&links.answered).chain(&links.translations).map(|one| one.id);
        Self(linked.chain([story]).collect())
    }

    fn new_ones(&mut self, cards: Vec<StoryCard>) -> Vec<StoryCard> {
        cards.into_iter().filter(|card| self.0.insert(card.id)).collect()
    }
}

/// The latest of a list; so many that those which stand on the page already leave enough.
async fn latest(app: &App, list: List) -> Result<Vec<StoryCard>, StoreError> {
    app.store.list(&list, None, u32::try_from(2 * MOST + 1).unwrap_or_default()).await
}

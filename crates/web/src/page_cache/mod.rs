//! Tags of pages, and their purge. Pages declare what they show; whoever changes it purges by tag, in `aftermath` only.
//! Pages themselves are not kept yet: they are rendered on each request.

use newsroom::StoryId;
use std::sync::Mutex;

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The front page.
    Front,
    /// A story, its thread and its card.
    Story(StoryId),
    /// A section's list, by slug.
    Section(String),
    /// A tag's list, by slug.
    Tagged(String),
    /// A writer's list, by slug.
    Writer(String),
    /// The archive and its months.
    Archive,
    /// The addresses of the stories of a month, year and month in UTC.
    Month(i16, i8),
    /// What was corrected.
    Corrections,
    /// Printed issues: their archive and their pages.
    Issues,
    /// A page that is no story, by slug.
    Page(String),
    /// Masthead and footer, with the names of sections and pages. Every page shows them and none declares it: to purge
    /// this is to forget all pages.
    Frame,
}

/// What an answer shows, for whoever keeps answers: every public page carries it among its extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared(pub Vec<Tag>);

/// Ready pages, by tag.
#[derive(Debug, Default)]
pub struct PageCache {
    watchers: Mutex<Vec<std::sync::mpsc::Sender<Vec<Tag>>>>,
}

impl PageCache {
    /// Forgets every page that shows any of these.
    pub fn purge(&self, tags: &[Tag]) {
        let Ok(mut watchers) = self.watchers.lock() else { return };
        watchers.retain(|watcher| watcher.send(tags.to_vec()).is_ok());
    }

    /// Every purge from now on; for tests that compare what changed with what pages declare.
    pub fn watch(&self) -> std::sync::mpsc::Receiver<Vec<Tag>> {
        let (sender, receiver) = std::sync::mpsc::channel();
        if let Ok(mut watchers) = self.watchers.lock() {
            watchers.push(sender);
        }
        receiver
    }
}

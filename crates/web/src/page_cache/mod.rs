//! Ready pages: whole answers kept in memory as bytes, the same for every reader, so that the next one costs no store and no
//! template. A page declares what it shows; whoever changes that purges by tag, in `aftermath` only, after the commit.
//!
//! What is kept was asked for by nobody in particular: the request behind it is made here, out of an address alone, so that no
//! cookie can reach it. [`Doorstep`] stands before the router and says who gets one.

mod answer;
mod kept;
mod press;
mod rendering;
mod shelf;
mod wish;

#[cfg(test)]
mod tests;

pub use answer::Doorstep;

use kept::KeptPage;
use newsroom::StoryId;
use rendering::Rendering;
use shelf::Shelf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

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

/// Ready pages, by address and by tag.
#[derive(Debug)]
pub struct PageCache {
    /// Pages are kept at all.
    keeps: bool,
    shelf: RwLock<Shelf>,
    /// How many were answered with a page that was there, or being made.
    ready: AtomicU64,
    /// How many were made.
    made: AtomicU64,
    watchers: Mutex<Vec<std::sync::mpsc::Sender<Vec<Tag>>>>,
}

/// What to do for somebody who asks.
enum Turn {
    /// It is ready.
    Ready(Arc<KeptPage>),
    /// It is ready and a little old: whoever is told so makes it anew, and nobody waits.
    Old(Arc<KeptPage>, Option<Arc<Rendering>>),
    /// Somebody makes it already: wait.
    Wait(Arc<Rendering>, Option<Arc<KeptPage>>),
    /// Make it; others wait for it. Beside it one from long ago, for when it cannot be made.
    Make(Arc<Rendering>, Option<Arc<KeptPage>>),
    /// Too many are being made.
    Busy,
}

impl PageCache {
    /// With room for so many megabytes of pages; 0: none is kept, and each request is answered by itself.
    pub fn new(megabytes: u32) -> Self {
        let most = usize::try_from(megabytes).unwrap_or(usize::MAX).saturating_mul(1 << 20);
        let shelf = RwLock::new(Shelf::with_room(most));
        Self { keeps: most > 0, shelf, ready: AtomicU64::new(0), made: AtomicU64::new(0), watchers: Mutex::default() }
    }

    /// Forgets every page that shows any of these. A page that is being made, and shows one of them, is handed to those who
    /// wait for it already and to nobody else.
    pub fn purge(&self, tags: &[Tag]) {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner).purge(tags);
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

    /// Pages are kept at all.
    fn keeps(&self) -> bool {
        self.keeps
    }

    /// How somebody who asks for an address is served.
    fn turn(&self, address: &str) -> Turn {
        let fresh = self.shelf.read().unwrap_or_else(PoisonError::into_inner).fresh(address);
        let turn = match fresh {
            Some(page) => Turn::Ready(page),
            None => self.shelf.write().unwrap_or_else(PoisonError::into_inner).turn(address),
        };
        let count = if matches!(turn, Turn::Make(..)) { &self.made } else { &self.ready };
        count.fetch_add(1, Ordering::Relaxed);
        turn
    }

    /// What was made is kept, unless something that it shows was changed meanwhile.
    fn made(&self, rendering: &Arc<Rendering>, page: &Arc<KeptPage>) {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner).made(rendering, page);
    }

    /// It could not be made: whoever asks next tries again.
    fn given_up(&self, rendering: &Arc<Rendering>) {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner).given_up(rendering);
    }

    /// How many were answered with a page that was there or being made, and how many pages were made, since the process began.
    pub fn counted(&self) -> (u64, u64) {
        (self.ready.load(Ordering::Relaxed), self.made.load(Ordering::Relaxed))
    }

    /// How many pages are kept, and how many bytes they take.
    pub fn size(&self) -> (usize, usize) {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).size()
    }
}

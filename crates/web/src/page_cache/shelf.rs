//! Where ready pages stand: found by address and by what they show, in so many bytes. Who was not asked for since its last
//! turn goes first (second chance).

use super::kept::KeptPage;
use super::rendering::Rendering;
use super::{Tag, Turn};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// For so long a page is as good as new: what the clock alone changes on it, a date or a count of readers, may be so old.
const FRESH: Duration = Duration::from_secs(30);
/// So old a page is still handed out while a new one is made.
const HANDED_OUT: Duration = Duration::from_secs(120);
/// So old a page is better than none, while the store cannot answer.
const BETTER_THAN_NONE: Duration = Duration::from_secs(60 * 60);
/// Pages that are being made at once. What is asked for beyond is not begun.
const MOST_MADE: usize = 256;
/// No page larger than this is kept.
const LARGEST: usize = 2 << 20;

/// A page in its place.
#[derive(Debug)]
struct Place {
    page: Arc<KeptPage>,
    /// Tells it from those that stood at its address before.
    serial: u64,
}

/// The pages of a process.
#[derive(Debug)]
pub(super) struct Shelf {
    most: usize,
    taken: usize,
    serial: u64,
    pages: HashMap<Arc<str>, Place>,
    by_tag: HashMap<Tag, HashSet<Arc<str>>>,
    /// In the order in which their turn to go comes; some have gone already.
    turns: VecDeque<(Arc<str>, u64)>,
    /// What is being made for whoever asks now.
    begun: HashMap<Arc<str>, Arc<Rendering>>,
    /// What is still being made for those who asked before something was purged.
    overtaken: Vec<Weak<Rendering>>,
}

impl Shelf {
    pub(super) fn with_room(most: usize) -> Self {
        Self {
            most,
            taken: 0,
            serial: 0,
            pages: HashMap::new(),
            by_tag: HashMap::new(),
            turns: VecDeque::new(),
            begun: HashMap::new(),
            overtaken: Vec::new(),
        }
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.pages.len(), self.taken)
    }

    /// The page at an address, if it is as good as new.
    pub(super) fn fresh(&self, address: &str) -> Option<Arc<KeptPage>> {
        let page = &self.pages.get(address)?.page;
        (page.age() < FRESH).then(|| page.asked_for())
    }

    /// How somebody who asks for an address is served.
    pub(super) fn turn(&mut self, address: &str) -> Turn {
        let kept = self.pages.get(address).map(|place| place.page.asked_for());
        let age = kept.as_ref().map_or(Duration::MAX, |page| page.age());
        if let Some(page) = kept.as_ref().filter(|_| age < HANDED_OUT) {
            let is_new = age < FRESH || self.begun.contains_key(address);
            return match is_new {
                true => Turn::Ready(page.clone()),
                false => Turn::Old(page.clone(), self.begin(address)),
            };
        }
        let old = kept.filter(|_| age < BETTER_THAN_NONE);
        match self.begun.get(address) {
            Some(rendering) => Turn::Wait(rendering.clone(), old),
            None => match (self.begin(address), old) {
                (Some(rendering), old) => Turn::Make(rendering, old),
                (None, Some(old)) => Turn::Ready(old),
                (None, None) => Turn::Busy,
            },
        }
    }

    fn begin(&mut self, address: &str) -> Option<Arc<Rendering>> {
        let overtaken = self.overtaken.iter().filter(|rendering| rendering.strong_count() > 0).count();
        if self.begun.len() + overtaken >= MOST_MADE {
            return None;
        }
        let rendering = Arc::new(Rendering::of(address.into()));
        self.begun.insert(rendering.address.clone(), rendering.clone());
        Some(rendering)
    }

    /// A page is there; it is kept unless what it shows was purged since it was begun. While the store fails, what stood
    /// there stays.
    pub(super) fn made(&mut self, rendering: &Arc<Rendering>, page: &Arc<KeptPage>) {
        self.given_up(rendering);
        if page.is_failure() || rendering.is_overtaken(page.tags()) {
            return;
        }
        self.remove(&rendering.address);
        let bytes = page.bytes();
        if !page.may_be_kept() || bytes > LARGEST.min(self.most) {
            return;
        }
        while self.taken + bytes > self.most && self.make_room() {}
        self.serial += 1;
        self.taken += bytes;
        for tag in page.tags() {
            self.by_tag.entry(tag.clone()).or_default().insert(rendering.address.clone());
        }
        self.turns.push_back((rendering.address.clone(), self.serial));
        self.pages.insert(rendering.address.clone(), Place { page: page.clone(), serial: self.serial });
        if self.turns.len() > 2 * self.pages.len() + 64 {
            let pages = &self.pages;
            self.turns.retain(|(address, serial)| pages.get(address).is_some_and(|place| place.serial == *serial));
        }
    }

    /// Nobody waits for this one from now on.
    pub(super) fn given_up(&mut self, rendering: &Arc<Rendering>) {
        if self.begun.get(&rendering.address).is_some_and(|begun| Arc::ptr_eq(begun, rendering)) {
            self.begun.remove(&rendering.address);
        }
    }

    pub(super) fn purge(&mut self, tags: &[Tag]) {
        // Whoever asks from now on gets what stands now; what is being made may have read what stood before.
        self.overtaken.extend(self.begun.drain().map(|(_, rendering)| Arc::downgrade(&rendering)));
        self.overtaken.retain(|rendering| rendering.upgrade().map(|it| it.overtake(tags)).is_some());
        if tags.contains(&Tag::Frame) {
            (self.taken, self.pages, self.by_tag) = (0, HashMap::new(), HashMap::new());
            self.turns.clear();
            return;
        }
        for tag in tags {
            for address in self.by_tag.remove(tag).into_iter().flatten() {
                self.remove(&address);
            }
        }
    }

    fn remove(&mut self, address: &str) {
        let Some(Place { page, .. }) = self.pages.remove(address) else { return };
        self.taken -= page.bytes();
        for tag in page.tags() {
            if let Some(addresses) = self.by_tag.get_mut(tag) {
                addresses.remove(address);
                if addresses.is_empty() {
                    self.by_tag.remove(tag);
                }
            }
        }
    }

    /// One page goes that nobody asked for since its last turn; false when there is none left.
    fn make_room(&mut self) -> bool {
        while let Some((address, serial)) = self.turns.pop_front() {
            let Some(place) = self.pages.get(&address).filter(|place| place.serial == serial) else { continue };
            if place.page.take_asked() {
                self.turns.push_back((address, serial));
                continue;
            }
            self.remove(&address);
            return true;
        }
        false
    }
}

//! The vectors of public stories as this process holds them: 516 bytes of each, and nothing for a paper without stories.

use encoder::{Packed, scan};
use newsroom::StoryId;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use store::meaning::VectorRow;

/// Stories that are held: about 100 MB of vectors. Of a larger archive those held are the ones that went in first, which are the
/// newest where an archive is read in the background.
const MOST: usize = 200_000;
/// Rows that were committed late are read again: whoever follows begins so many milliseconds earlier than where it stopped. It is
/// longer than the writing of one row lasts.
const OVERLAP_MS: i64 = 10_000;

/// Public stories by meaning.
#[derive(Debug, Default)]
pub struct StoriesByMeaning(RwLock<Held>);

#[derive(Debug, Default)]
struct Held {
    stories: Vec<StoryId>,
    vectors: Vec<Packed>,
    places: HashMap<StoryId, usize>,
    /// When the last row that was taken up was made.
    last: i64,
}

impl StoriesByMeaning {
    /// None is held.
    pub fn is_empty(&self) -> bool {
        self.held().stories.is_empty()
    }

    /// How many are held.
    pub fn len(&self) -> usize {
        self.held().stories.len()
    }

    /// The vector of a story.
    pub fn of(&self, story: StoryId) -> Option<Packed> {
        let held = self.held();
        held.places.get(&story).and_then(|place| held.vectors.get(*place)).copied()
    }

    /// The `most` stories that are nearest and at least as near as the floor, with their likeness; of two as near the later one.
    /// All of them are looked through: not on a thread that answers requests.
    pub fn nearest(&self, wanted: &Packed, most: usize, floor: f32) -> Vec<(StoryId, f32)> {
        let held = self.held();
        let found = scan(&held.vectors, wanted, most).into_iter().filter(|near| near.likeness >= floor);
        let mut found: Vec<_> =
            found.filter_map(|near| Some((*held.stories.get(near.place)?, near.likeness))).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        found
    }

    /// From where on rows are read again, before those that were taken up last.
    pub(super) fn begin_again(&self) -> (i64, StoryId) {
        (self.held().last.saturating_sub(OVERLAP_MS), StoryId(i64::MIN))
    }

    /// Takes rows up.
    pub(super) fn take_up(&self, rows: &[VectorRow]) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            held.last = held.last.max(row.made_at);
            if let Some(vector) = Packed::from_bytes(&row.vector) {
                held.put(row.story, vector);
            }
        }
    }

    /// Takes a vector up that this process made.
    pub(super) fn put(&self, story: StoryId, vector: Packed) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).put(story, vector);
    }

    /// Readers do not have a story any more.
    pub fn forget(&self, story: StoryId) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = held.places.remove(&story) else { return };
        held.stories.swap_remove(place);
        held.vectors.swap_remove(place);
        if let Some(moved) = held.stories.get(place).copied() {
            held.places.insert(moved, place);
        }
    }

    fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn put(&mut self, story: StoryId, vector: Packed) {
        let place = self.places.get(&story).copied();
        if let Some(before) = place.and_then(|place| self.vectors.get_mut(place)) {
            *before = vector;
        } else if self.stories.len() < MOST {
            self.places.insert(story, self.stories.len());
            self.stories.push(story);
            self.vectors.push(vector);
        }
    }
}

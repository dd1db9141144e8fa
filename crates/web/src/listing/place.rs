//! Where a page of a list begins: `?before=MS-ID`, the time and the story after which it goes on.

use crate::error::PageError;
use newsroom::{StoryId, Timestamp};
use serde::Deserialize;
use store::listings::{Place, StoryCard};

/// The query of a list.
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    before: Option<String>,
}

impl Before {
    /// The first page is asked for.
    pub fn is_none(&self) -> bool {
        self.before.is_none()
    }

    /// The place, if one is asked for.
    ///
    /// # Errors
    /// [`PageError::NotFound`] for what no link of ours holds.
    pub fn place(&self) -> Result<Option<Place>, PageError> {
        self.before.as_deref().map(|text| read(text).ok_or(PageError::NotFound)).transpose()
    }
}

fn read(text: &str) -> Option<Place> {
    let (ms, id) = text.split_once('-')?;
    Some((Timestamp::from_millisecond(ms.parse().ok()?).ok()?, StoryId::from_short(id)?))
}

/// A page's cards, and where the next page begins.
#[derive(Debug)]
pub struct Slice {
    /// At most as many as asked for.
    pub cards: Vec<StoryCard>,
    /// The value of `before` for what is older.
    pub older: Option<String>,
}

impl Slice {
    /// Of one card more than the page shows: the one too many says that there is an older page.
    pub fn of(mut cards: Vec<StoryCard>, most: u32) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = cards.len() > most;
        cards.truncate(most);
        let last = cards.last().filter(|_| more);
        let older = last.map(|card| format!("{}-{}", card.published_at.as_millisecond(), card.id.short()));
        Self { cards, older }
    }
}

//! The one door out: what readers see of comments. Everything here reads the view `public_comments`, which shows a row
//! only for comments that were released once, and name and text only while they are released.
use crate::{Store, StoreError};
use newsroom::{CommentId, StoryId, Timestamp};

/// One place in a thread: a comment, or what is left of one.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadEntry {
    /// Which comment.
    pub id: CommentId,
    /// Its number: stable, never reused.
    pub number: i64,
    /// The number of the comment it stands under (its own when it stands at level one).
    pub root: i64,
    /// The comment it answers, when that is not the root: number and, while it is public, name («ردًا على …»).
    pub answers: Option<(i64, Option<String>)>,
    /// What stands there.
    pub stands: Stands,
}

/// What stands at a place in a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    /// A comment.
    Comment {
        /// Signed with.
        name: String,
        /// As sent.
        text: String,
        /// When it was sent.
        received_at: Timestamp,
        /// Folded away until a reader opens it.
        collapsed: bool,
        /// Its links may be followed.
        links: bool,
    },
    /// A tombstone: its author took it back.
    Withdrawn,
    /// A tombstone: it was taken down.
    TakenDown,
    /// A tombstone: its release was undone and it is being looked at again.
    UnderReview,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// First released first.
    #[default]
    Oldest,
    /// Newest thread first; answers inside a thread stay in their order.
    Newest,
}

/// A place in a thread's order: number of the root, own number.
pub type Place = (i64, i64);

/// A page of a thread.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThreadPage {
    /// In the order asked for, answers after their roots.
    pub entries: Vec<ThreadEntry>,
    /// The root of the first entries when it stands on an earlier page.
    pub continued: Option<ThreadEntry>,
    /// Where the next page begins: after this.
    pub next: Option<Place>,
    /// There is an earlier page.
    pub has_earlier: bool,
    /// Released comments in the whole thread.
    pub released: i64,
}

impl Store {
    /// A page of a story's thread: `limit` entries from after `after`.
    pub async fn thread(
        &self,
        story: StoryId,
        sort: Sort,
        after: Option<Place>,
        limit: u32,
    ) -> Result<ThreadPage, StoreError> {
        todo!()
    }
    /// The page (oldest first) that holds a number.
    pub async fn thread_around(&self, story: StoryId, number: i64, limit: u32) -> Result<ThreadPage, StoreError> {
        todo!()
    }
    /// One entry by its number, with its root first when it is an answer.
    pub async fn entry(
        &self,
        story: StoryId,
        number: i64,
    ) -> Result<Option<(ThreadEntry, Option<ThreadEntry>)>, StoreError> {
        todo!()
    }
    /// One entry by its id, if it was ever public.
    pub async fn entry_of(&self, story: StoryId, comment: CommentId) -> Result<Option<ThreadEntry>, StoreError> {
        todo!()
    }
    /// How many comments readers see under a story.
    pub async fn released_count(&self, story: StoryId) -> Result<i64, StoreError> {
        todo!()
    }
}

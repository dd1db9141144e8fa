//! Stories: drafts, publication, correction, withdrawal. A card of each is kept ready for lists.
use crate::{Store, StoreError};
use newsroom::happening::Happening;
use newsroom::people::Actor;
use newsroom::story::{CommentPolicy, Draft, Published, Story, Withdrawn};
use newsroom::{StoryId, Timestamp};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The story, at its own address.
    Here(Box<Story>),
    /// The story has another address now (an old or a retyped slug, or its short id).
    Moved {
        /// Where it is: the slug of its present address.
        slug: String,
    },
}

/// A line of the newsroom's list.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    /// Which story.
    pub id: StoryId,
    /// Its headline.
    pub headline: String,
    /// Its state: `draft`, `published`, `withdrawn`.
    pub state: String,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// What readers may do under it.
    pub comments: CommentPolicy,
    /// When it was last touched.
    pub touched_at: Timestamp,
    /// Comments waiting under it.
    pub waiting: i64,
}

impl Store {
    /// Keeps a new or changed draft.
    pub async fn keep_draft(&self, draft: &Draft, by: Actor, now: Timestamp) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Publishes: text, revision, slug (made unique with `-2`, `-3`; the one given back in the address is the stored one),
    /// lists, tags, writers, search row and happening in one transaction. Also restores a withdrawn story.
    pub async fn publish(
        &self,
        published: &Published,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<(Published, Happening), StoreError> {
        todo!()
    }
    /// Keeps a corrected story.
    pub async fn correct(
        &self,
        published: &Published,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Takes a story out of every list; its address stays and answers "withdrawn".
    pub async fn withdraw(&self, withdrawn: &Withdrawn, by: Actor, why: &str) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Changes what readers may do under a story.
    pub async fn set_comment_policy(
        &self,
        story: StoryId,
        policy: CommentPolicy,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Puts a story at the head of the front page until another one is put there.
    pub async fn lead_with(&self, story: StoryId, now: Timestamp) -> Result<(), StoreError> {
        todo!()
    }
    /// A story in whatever state it is. For the newsroom only.
    pub async fn story(&self, id: StoryId) -> Result<Story, StoreError> {
        todo!()
    }
    /// What stands at an address: exact slug first, then an old slug, then the short id, then the folded slug. Drafts are
    /// never found here.
    pub async fn find_story(&self, slug_or_id: &str) -> Result<Option<Found>, StoreError> {
        todo!()
    }
    /// The newsroom's list, last touched first, from after `before` (exclusive).
    pub async fn story_lines(
        &self,
        before: Option<(Timestamp, StoryId)>,
        limit: u32,
    ) -> Result<Vec<StoryLine>, StoreError> {
        todo!()
    }
}

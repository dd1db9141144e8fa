//! The comment that an address names: public by its number, or a visitor's own by its id.

use super::{MaybeVisitor, PublicStory};
use crate::app::App;
use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use newsroom::CommentId;
use newsroom::people;
use newsroom::story::Published;
use std::collections::HashMap;
use store::comments::OwnComment;
use store::thread::ThreadEntry;

/// A place in a thread, as readers see it.
#[derive(Debug)]
pub struct PublicComment {
    /// Under which story.
    pub story: Published,
    /// What stands there.
    pub entry: ThreadEntry,
    /// What it stands under, when it is an answer.
    pub root: Option<ThreadEntry>,
}

/// A comment whose author is asking.
#[derive(Debug)]
pub struct OwnedComment {
    /// Under which story.
    pub story: Published,
    /// The comment, in whatever state.
    pub own: OwnComment,
    /// Its author.
    pub author: people::Visitor,
}

impl FromRequestParts<App> for PublicComment {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let PublicStory(story) = PublicStory::from_request_parts(parts, app).await?;
        let number = named(parts, app, "number").await?.parse().map_err(|_| PageError::NotFound)?;
        let (entry, root) = app.store.entry(story.id, number).await?.ok_or(PageError::NotFound)?;
        Ok(Self { story, entry, root })
    }
}

impl FromRequestParts<App> for OwnedComment {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let PublicStory(story) = PublicStory::from_request_parts(parts, app).await?;
        let MaybeVisitor(visitor) = MaybeVisitor::from_request_parts(parts, app).await?;
        let author = visitor.ok_or(PageError::NotFound)?;
        let comment = CommentId::from_short(&named(parts, app, "comment").await?).ok_or(PageError::NotFound)?;
        let own = app.store.own_comment(story.id, comment, author).await?;
        Ok(Self { story, own, author })
    }
}

/// A part of the address by its name in the routes.
async fn named(parts: &mut Parts, app: &App, name: &str) -> Result<String, PageError> {
    let names = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
    names.ok().and_then(|Path(mut names)| names.remove(name)).ok_or(PageError::NotFound)
}

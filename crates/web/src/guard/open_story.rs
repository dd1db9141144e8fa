//! The story that an address names: public, and for new comments open.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use newsroom::story::{CommentPolicy, Published, Story};
use std::collections::HashMap;
use store::stories::Found;

/// A story that readers see, with its comments.
#[derive(Debug)]
pub struct PublicStory(pub Published);

/// A story that readers see, whether they see comments or not.
#[derive(Debug)]
pub struct CoveredStory(pub Published);

/// A story under which comments are taken.
#[derive(Debug)]
pub struct OpenStory(pub Published);

impl FromRequestParts<App> for PublicStory {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let CoveredStory(published) = CoveredStory::from_request_parts(parts, app).await?;
        match published.comments {
            CommentPolicy::Hidden => Err(PageError::NotFound),
            CommentPolicy::OpenAfterReview | CommentPolicy::HeldBack | CommentPolicy::Closed => Ok(Self(published)),
        }
    }
}

impl FromRequestParts<App> for CoveredStory {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let Path(names) =
            Path::<HashMap<String, String>>::from_request_parts(parts, app).await.map_err(|_| PageError::NotFound)?;
        find(app, names.get("story").ok_or(PageError::NotFound)?).await.map(Self)
    }
}

impl FromRequestParts<App> for OpenStory {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let PublicStory(published) = PublicStory::from_request_parts(parts, app).await?;
        match published.comments.takes_comments() {
            true => Ok(Self(published)),
            false => Err(PageError::CommentsClosed),
        }
    }
}

/// The story at an address, also at an earlier one: a form sent from a page opened yesterday must arrive.
async fn find(app: &App, named: &str) -> Result<Published, PageError> {
    let mut found = app.store.find_story(named).await?;
    if let Some(Found::Moved { slug }) = &found {
        found = app.store.find_story(slug).await?;
    }
    match found {
        Some(Found::Here(story)) => match *story {
            Story::Published(published) => Ok(published),
            Story::Withdrawn(withdrawn) => Err(PageError::Withdrawn { note: withdrawn.note }),
            Story::Draft(_) => Err(PageError::NotFound),
        },
        Some(Found::Moved { .. }) | None => Err(PageError::NotFound),
    }
}

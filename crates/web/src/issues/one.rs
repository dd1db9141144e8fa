//! One printed issue.

use super::moved::now_at;
use super::view::{IssueView, address, title};
use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address as path};
use crate::page::{Page, redirect};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use store::issues::{Beside, Issue, Stands};

#[derive(Template)]
#[template(path = "issues/one.html")]
struct OnePage {
    frame: Frame,
    issue: IssueView,
    canonical: String,
    /// The picture of the page for those who pass the address on.
    shared_picture: String,
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
}

/// The issue before or after: its path and what it is called.
struct Neighbour {
    href: String,
    title: String,
}

/// `GET /issues/{issue}`.
pub async fn show(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, PageError> {
    let issue = match app.store.issue_of_number(&slug).await? {
        Some(Issue { stands: Stands::Withdrawn { why, .. }, .. }) => {
            return Err(PageError::IssueWithdrawn { note: why });
        }
        Some(issue) if matches!(issue.stands, Stands::Public { .. }) => issue,
        _ => return Ok(redirect(&address(&now_at(&app, &slug).await?))),
    };
    let (before, after) = app.store.issues_beside(issue.day, issue.id).await?;
    let frame = Frame::new(&app, app.now()).await?;
    let neighbour = |beside: Beside| beside.map(|(number, slug)| Neighbour::new(&frame, &number, &slug));
    let (previous, next) = (neighbour(before), neighbour(after));
    let issue = IssueView::new(&frame, &issue);
    let canonical = path::whole(frame.paper(), &issue.href);
    let shared_picture = path::whole(frame.paper(), &issue.large);
    let page = Page::shared(&OnePage { frame, issue, canonical, shared_picture, previous, next }, vec![Tag::Issues])?;
    Ok(page.into_response())
}

impl Neighbour {
    fn new(frame: &Frame, number: &str, slug: &str) -> Self {
        Self { href: address(slug), title: title(frame, number) }
    }
}

//! One comment at an address of its own, below what it answers. Its author finds the way to take it back here.

use super::described::comment;
use super::look::Look;
use crate::app::App;
use crate::described::Described;
use crate::error::PageError;
use crate::guard::{MaybeVisitor, PublicComment};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::State;
use newsroom::comment::State as CommentState;
use newsroom::people;
use store::StoreError;

#[derive(Template)]
#[template(path = "comments/permalink.html")]
struct Permalink {
    frame: Frame,
    headline: String,
    canonical: String,
    address: String,
    number: i64,
    title: String,
    root: Option<Rendered>,
    entry: Rendered,
    described: Option<Described>,
    /// Where its author takes it back.
    withdrawal: Option<String>,
}

/// `GET /stories/{story}/comments/{number}`.
pub async fn permalink(released: PublicComment, visitor: MaybeVisitor, State(app): State<App>) -> Answer {
    let withdrawal = withdrawal_of(&app, &released, visitor.0).await?;
    let PublicComment { story, entry, root } = released;
    let frame = Frame::new(&app, app.now()).await?;
    let look = Look::new(&app, &story);
    let number = frame.t.number(entry.number);
    let canonical = address::whole(&app.paper, &look.address);
    let page = Permalink {
        title: frame.t.with("comment.numbered", 1, &[("number", &number)]),
        headline: story.text.headline.clone(),
        number: entry.number,
        root: root.map(|root| look.entry(&root)).transpose()?,
        entry: look.entry(&entry)?,
        described: comment(&canonical, &entry).map(Described::of),
        canonical,
        address: look.address,
        withdrawal,
        frame,
    };
    match &page.withdrawal {
        Some(_) => Page::private(&page),
        None => Page::shared(&page, vec![Tag::Story(story.id)]),
    }
}

/// Where this visitor takes this comment back, if it is theirs and public.
async fn withdrawal_of(
    app: &App,
    comment: &PublicComment,
    visitor: Option<people::Visitor>,
) -> Result<Option<String>, PageError> {
    let Some(visitor) = visitor else { return Ok(None) };
    match app.store.own_comment(comment.story.id, comment.entry.id, visitor).await {
        Ok(own) if own.state == CommentState::Released => {
            Ok(Some(format!("{}/own/{}/withdrawal", address::story(&comment.story.slug), own.id)))
        }
        Ok(_) | Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

//! The front page as readers see it: by the layout that an editor launched, or by the standard one.

mod blocks;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::listing::card::tags;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::State;
use blocks::{Block, Look};
use newsroom::front::Layout;
use newsroom::readings::Opened;
use store::listings::FrontPage;

#[derive(Template)]
#[template(path = "front/front.html")]
struct Front {
    frame: Frame,
    blocks: Vec<Block>,
    /// Shown to the desk alone, in a frame.
    is_preview: bool,
}

/// The front page.
pub async fn front(State(app): State<App>) -> Answer {
    let now = app.now();
    let front = app.store.front_page(now).await?;
    let tags = tags([Tag::Front], front.cards());
    let frame = Frame::new(&app, now).await?;
    Ok(Page::shared(&page(frame, front, false), tags)?.opened_as(Opened::Front))
}

/// The page as readers would see it by a layout; its links open beside it.
///
/// # Errors
/// When the store cannot answer.
pub async fn as_readers_would(app: &App, layout: &Layout) -> Result<Page, PageError> {
    let (app, now) = (app.to_readers(), app.now());
    let front = app.store.front_page_by(layout, now).await?;
    Page::private(&page(Frame::new(&app, now).await?, front, true))
}

fn page(frame: Frame, front: FrontPage, is_preview: bool) -> Front {
    Front { blocks: blocks::of(&frame, front), frame, is_preview }
}

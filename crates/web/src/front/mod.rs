//! The front page as readers see it: by the layout that an editor launched, or by the standard one.

mod blocks;

#[cfg(test)]
mod tests;

use crate::addresses;
use crate::app::App;
use crate::described::Described;
use crate::error::PageError;
use crate::layout::Frame;
use crate::listing::card::tags;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::site::AdView;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use blocks::{Block, Look};
use newsroom::front::Layout;
use newsroom::readings::Opened;
use newsroom::site::AdPlace;
use store::listings::FrontPage;

#[derive(Template)]
#[template(path = "front/front.html")]
struct Front {
    frame: Frame,
    blocks: Vec<Block>,
    /// Shown to the desk alone, in a frame.
    is_preview: bool,
    /// For machines: the paper and its site.
    described: [Described; 2],
    /// What advertises above the first row, and between rows; readers alone see it.
    ad_top: Option<AdView>,
    ad_rows: Option<AdView>,
}

/// The front page; with the number that a story had elsewhere (`/?p=12`), the way to that story.
pub async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    match addresses::by_number(&app, query.as_deref()).await? {
        Some(elsewhere) => Ok(elsewhere),
        None => Ok(front(app).await?.into_response()),
    }
}

async fn front(app: App) -> Answer {
    let now = app.now();
    let front = app.store.front_page(now).await?;
    let tags = tags([Tag::Front], front.cards());
    let frame = Frame::new(&app, now).await?;
    let page = page(frame, front, false);
    let frames = page.ad_top.is_some() || page.ad_rows.is_some();
    Ok(Page::shared(&page, tags)?.opened_as(Opened::Front).with_frames(frames))
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
    let blocks = blocks::of(&frame, front);
    let shows_ads = !is_preview && !blocks.is_empty();
    let ad = |place| if shows_ads { frame.ad(place) } else { None };
    let rows = if blocks.len() > 1 { ad(AdPlace::FrontRows) } else { None };
    let described = [Described::paper(&frame), Described::site(&frame)];
    Front { ad_top: ad(AdPlace::FrontTop), ad_rows: rows, blocks, described, frame, is_preview }
}

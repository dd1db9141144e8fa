//! Pages that are no stories: about, contact, house rules, privacy.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::story::blocks::Blocks;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "pages/page.html")]
struct PlainPage {
    frame: Frame,
    title: String,
    blocks: Blocks,
    changed: String,
    canonical: String,
}

/// A page by its slug.
pub async fn show(State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let Some(found) = app.store.page(&slug).await? else {
        let was_here = app.store.is_page_removed(&slug).await?;
        return Err(if was_here { PageError::PageGone } else { PageError::NotFound });
    };
    let frame = Frame::new(&app, app.now()).await?;
    let page = PlainPage {
        changed: frame.t.with("page.changed", 1, &[("date", &frame.date(found.changed_at))]),
        canonical: address::whole(frame.paper(), &address::page(&found.slug)),
        blocks: Blocks::new(&found.body, app.paper.writing.language.direction()),
        title: found.title,
        frame,
    };
    Page::shared(&page, vec![Tag::Page(found.slug)])
}

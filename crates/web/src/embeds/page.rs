//! A thread of another site's page at its own address in the paper: for whoever has no script there, for links to single
//! comments, and for the desk. Of the page itself it says the site alone, until somebody has released a comment under it:
//! before that its address is what a stranger sent.

use super::origin::FromSite;
use super::thread::PageQuery;
use crate::app::App;
use crate::comments::{self, ThreadQuery, Whose};
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Redirect;
use newsroom::story::Published;

#[derive(Template)]
#[template(path = "embeds/page.html")]
struct OutsideThread {
    frame: Frame,
    title: String,
    /// Where the page stands.
    whole: Option<String>,
    thread: Rendered,
}

/// The page of a thread.
///
/// # Errors
/// When the store cannot answer.
pub async fn page(app: &App, thread: &Published, who: Whose, query: &ThreadQuery) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let (site, whole) = app.store.outside_page(thread.id).await?.ok_or(PageError::NotFound)?;
    let below = comments::section(app, &frame, thread, who, query).await?;
    let is_public = below.released.is_some_and(|released| released > 0);
    let title = frame.t.with("embeds.thread-of", 1, &[("site", &site.said.name)]);
    let page = OutsideThread { frame, title, whole: Some(whole).filter(|_| is_public), thread: below.html };
    if below.is_private { Page::private(&page) } else { Page::shared(&page, vec![Tag::Story(thread.id)]) }
}

/// `GET /embed/{site}/page?url=…`: leads to it, where there is one; for a page's `<noscript>`.
pub async fn elsewhere(
    site: FromSite,
    State(app): State<App>,
    Query(PageQuery { url }): Query<PageQuery>,
) -> Result<Redirect, PageError> {
    let page = site.page(&url)?;
    let thread = app.store.outside_thread(site.0.id, &page).await?.ok_or(PageError::NotFound)?;
    Ok(Redirect::to(&address::story(&thread.slug)))
}

//! The strip as readers see it, on a page and in a page that is open.

use crate::app::App;
use crate::layout::address;
use crate::live::Told;
use crate::rendered::Rendered;
use crate::words::Words;
use arabic::digits;
use askama::Template;
use newsroom::Timestamp;
use store::StoreError;
use store::strips::Strip;

/// A strip in words. It is what stands under the masthead, and what open pages are told.
#[derive(Debug, Clone, Template)]
#[template(path = "breaking/strip.html")]
pub struct StripView {
    t: Words,
    /// Its short id; empty for one that is only looked at.
    id: String,
    text: String,
    /// The path of its story, while that is public.
    href: Option<String>,
    /// Since when, for machines and in the paper's digits.
    since: (String, String),
    /// Readers may let the paper wake them for the next one.
    push: bool,
}

impl StripView {
    /// The one that readers have now.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn standing(app: &App, now: Timestamp) -> Result<Option<Self>, StoreError> {
        let strip = app.store.standing_strip(now).await?;
        Ok(strip.map(|Strip { id, text, slug, raised_at, .. }| Self::new(app, (id.short(), text), slug, raised_at)))
    }

    /// One that is only looked at.
    pub fn looked_at(app: &App, text: String, slug: Option<String>, now: Timestamp) -> Self {
        Self::new(app, (String::new(), text), slug, now)
    }

    fn new(app: &App, (id, text): (String, String), slug: Option<String>, at: Timestamp) -> Self {
        let writing = &app.paper.writing;
        let local = at.to_zoned(app.paper.zone.clone());
        let since = digits::write(&local.strftime("%H:%M").to_string(), writing.digits);
        let t = Words::new(writing.language, writing.digits);
        let (href, push) = (slug.map(|slug| address::story(&slug)), app.followers.now().push.on);
        Self { t, id, text, href, since: (at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), since), push }
    }

    /// Ready to stand in a page.
    pub fn rendered(&self) -> Rendered {
        Rendered::of(self).unwrap_or_default()
    }
}

/// What open pages are told of the strip as it is now: its line, or that there is none.
///
/// # Errors
/// When the store cannot answer.
pub async fn told(app: &App) -> Result<Told, StoreError> {
    let standing = StripView::standing(app, app.now()).await?;
    let html = standing.as_ref().map(|strip| strip.rendered().into_html()).unwrap_or_default();
    Ok(Told::Strip { html })
}

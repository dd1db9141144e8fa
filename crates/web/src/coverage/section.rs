//! Coverage on the story's page, for machines that describe it elsewhere, and for pages that are open.

use super::view::LiveLook;
use crate::app::App;
use crate::comments::numbering;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::live::Told;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use newsroom::LiveEntryId;
use newsroom::story::Published;
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;
use store::live::{Coverage, LiveEntry, LivePage, LivePlace, Shows};

/// Updates of one page.
const AT_ONCE: u32 = 20;
/// Letters of a headline for machines, where an update has none.
const HEADLINE_LETTERS: usize = 100;

/// Which updates: `?update=ID`, `?before=ID` or `?since=ID`. What cannot be read is as if it had not been said.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LiveQuery {
    /// The page begins with this one.
    update: String,
    /// With the first that is older.
    before: String,
    /// With those next above it.
    since: String,
}

/// Coverage as a story's page shows it.
#[derive(Debug, Default)]
pub struct Shown {
    /// The section; empty: the story is not covered.
    pub html: Rendered,
    /// Schema.org's words for it.
    pub described: Option<Value>,
}

#[derive(Template)]
#[template(path = "coverage/section.html")]
struct Section<'s> {
    t: Words,
    address: &'s str,
    open: bool,
    head: Rendered,
    entries: Vec<Rendered>,
    /// The page holds the newest ones.
    first: bool,
    /// The newest of all.
    top: String,
    newer: Option<String>,
    older: Option<String>,
    digits: &'static str,
}

/// The section of a public story; nothing where it was never covered.
///
/// # Errors
/// When the store cannot answer or a template cannot be rendered.
pub async fn section(app: &App, frame: &Frame, story: &Published, query: &LiveQuery) -> Result<Shown, PageError> {
    let Some(coverage) = app.store.coverage_of(story.id).await? else { return Ok(Shown::default()) };
    let page = app.store.live_page(story.id, query.place(), AT_ONCE).await?;
    let look = LiveLook::new(app, story);
    let end_of = |entry: Option<&LiveEntry>, there: bool| entry.filter(|_| there).map(|entry| entry.id.short());
    let html = Rendered::of(&Section {
        t: look.t,
        address: &look.address,
        open: coverage.is_open(frame.now),
        head: look.head(&coverage, frame.now)?,
        entries: page.entries.iter().map(|entry| look.entry(entry)).collect::<Result<_, _>>()?,
        first: !page.newer,
        top: page.entries.first().map(|entry| entry.id.short()).unwrap_or_default(),
        newer: end_of(page.entries.first(), page.newer),
        older: end_of(page.entries.last(), page.older),
        digits: numbering(app.paper.writing.digits),
    })?;
    Ok(Shown { html, described: Some(described(frame, &look, &coverage, &page)) })
}

/// What makes a `LiveBlogPosting` of the story's description. No word of a removed update is in it.
fn described(frame: &Frame, look: &LiveLook, coverage: &Coverage, page: &LivePage) -> Value {
    let updates = page.entries.iter().filter_map(|entry| {
        let Shows::Words { headline, text, edited_at, .. } = &entry.shows else { return None };
        let line = if headline.is_empty() { text.lines().next().unwrap_or_default() } else { headline };
        Some(json!({
            "@type": "BlogPosting",
            "headline": line.chars().take(HEADLINE_LETTERS).collect::<String>(),
            "articleBody": text,
            "datePublished": entry.at.to_string(),
            "dateModified": edited_at.unwrap_or(entry.at).to_string(),
            "url": address::whole(frame.paper(), &look.place_of(entry)),
        }))
    });
    json!({
        "@type": "LiveBlogPosting",
        "coverageStartTime": coverage.since.to_string(),
        "coverageEndTime": coverage.end().to_string(),
        "liveBlogUpdate": updates.collect::<Vec<_>>(),
    })
}

/// What open pages are told of the coverage as it is now: its head and the newest update; nothing where there is none.
///
/// # Errors
/// When the store cannot answer.
pub async fn told(app: &App, story: &Published) -> Result<Option<Told>, StoreError> {
    let Some(coverage) = app.store.coverage_of(story.id).await? else { return Ok(None) };
    let newest = app.store.live_page(story.id, LivePlace::Newest, 1).await?;
    let Ok(head) = LiveLook::new(app, story).head(&coverage, app.now()) else { return Ok(None) };
    let newest = newest.entries.first().map(|entry| entry.id.short()).unwrap_or_default();
    Ok(Some(Told::Coverage { html: head.into_html(), newest }))
}

/// What open pages are told of an update: it is read again as readers see it, so that no removed word can be told.
///
/// # Errors
/// When the store cannot answer.
pub async fn told_entry(app: &App, story: &Published, entry: LiveEntryId) -> Result<Option<Told>, StoreError> {
    let Some(entry) = app.store.live_entry(story.id, entry).await? else { return Ok(None) };
    let Ok(html) = LiveLook::new(app, story).entry(&entry) else { return Ok(None) };
    let gone = matches!(entry.shows, Shows::Removed { .. });
    Ok(Some(Told::Entry { id: entry.id.short(), gone, html: html.into_html() }))
}

impl LiveQuery {
    fn place(&self) -> LivePlace {
        let id = |text: &str| LiveEntryId::from_short(text);
        let of = [
            id(&self.update).map(LivePlace::At),
            id(&self.before).map(LivePlace::OlderThan),
            id(&self.since).map(LivePlace::NewerThan),
        ];
        of.into_iter().flatten().next().unwrap_or_default()
    }
}

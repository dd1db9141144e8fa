//! What is answered instead of «not found»: where an address of before leads, if it leads anywhere.

use super::former;
use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use crate::page::redirect;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Uri, header};
use axum::response::Response;
use newsroom::story::Story;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use store::redirects::{Leads, Redirect};
use store::stories::Found;

/// First parts of paths where nothing of before can stand: what is one person's own, and what machines fetch.
const NOT_FOR_READERS: [&str; 15] = [
    "advertisements",
    "api",
    "assets",
    "comments:analyze",
    "desk",
    "erasures",
    "flaggers",
    "house",
    "live",
    "me",
    "reader",
    "reports",
    "search",
    "sign-in",
    "unsubscribe",
];
/// A whole address elsewhere stays as it was typed, but for what no header may hold.
const ELSEWHERE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// The desk itself asks whether something stands at an address: nobody is led on and nothing is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unasked;

/// What a reader asked for.
#[derive(Debug)]
pub struct Asked {
    uri: Uri,
    referrer: Option<HeaderValue>,
}

impl Asked {
    /// The request, before it is answered; none where no address of before can be meant.
    pub fn of(request: &Request) -> Option<Self> {
        let first = request.uri().path().split('/').nth(1).unwrap_or_default();
        let is_for_readers = !NOT_FOR_READERS.contains(&first) && request.extensions().get::<Unasked>().is_none();
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        (reads && is_for_readers)
            .then(|| Self { uri: request.uri().clone(), referrer: request.headers().get(header::REFERER).cloned() })
    }

    /// A page of others leads here.
    fn is_from_outside(&self, app: &App) -> bool {
        let referrer = self.referrer.as_ref().and_then(|referrer| referrer.to_str().ok()).unwrap_or_default();
        let own = app.paper.address.trim_end_matches('/');
        let rest = referrer.strip_prefix(own);
        referrer.starts_with("http") && !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Where the address that was asked for leads; none: nowhere, and that is counted.
pub async fn instead(app: &App, asked: &Asked) -> Option<Response> {
    let candidates = former::candidates(asked.uri.path(), asked.uri.query());
    match led(app, &candidates).await {
        Ok(Some(response)) => return Some(response),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "addresses of before could not be looked up"),
    }
    // What one reader did with a comment of theirs is nobody else's.
    let path = former::compared(asked.uri.path()).filter(|path| !path.contains("/own/"))?;
    app.addresses.missing(&path, asked.is_from_outside(app));
    None
}

/// Where the front page with the number of a story leads, as WordPress had it; none: it is the front page.
///
/// # Errors
/// When the store cannot answer.
pub async fn by_number(app: &App, query: Option<&str>) -> Result<Option<Response>, PageError> {
    match former::numbered(query) {
        Some(path) => by_redirect(app, &[path]).await,
        None => Ok(None),
    }
}

async fn led(app: &App, candidates: &[String]) -> Result<Option<Response>, PageError> {
    if let Some(response) = by_redirect(app, candidates).await? {
        return Ok(Some(response));
    }
    // What other programs put behind an address that is one of ours.
    for shorter in candidates.iter().filter(|path| !path.starts_with("/?")).skip(1) {
        if let Some(path) = own(app, shorter).await? {
            return Ok(Some(redirect(&path)));
        }
    }
    Ok(None)
}

async fn by_redirect(app: &App, candidates: &[String]) -> Result<Option<Response>, PageError> {
    let Some(found) = app.store.redirect_of(candidates).await? else { return Ok(None) };
    let Some(place) = place_of(&found) else { return Ok(None) };
    app.addresses.followed(&found.path);
    Ok(Some(redirect(&place)))
}

/// Where it leads, for a `Location`. A story that was withdrawn says so at its own address; one that was never public is
/// nowhere.
fn place_of(found: &Redirect) -> Option<String> {
    match &found.leads {
        Leads::Story(_) => found.slug.as_deref().map(address::story),
        Leads::To(path) if path.starts_with('/') => Some(former::encoded(path)),
        Leads::To(elsewhere) => Some(utf8_percent_encode(elsewhere, ELSEWHERE).to_string()),
    }
}

/// The address of a story or a list of ours that is meant, if it is there.
async fn own(app: &App, path: &str) -> Result<Option<String>, PageError> {
    let Some((kind, slug)) = path.trim_start_matches('/').split_once('/').filter(|(_, slug)| !slug.contains('/'))
    else {
        return Ok(None);
    };
    Ok(match kind {
        "stories" => match app.store.find_story(slug).await? {
            Some(Found::Moved { slug }) => Some(address::story(&slug)),
            Some(Found::Here(story)) => match *story {
                Story::Published(story) => Some(address::story(&story.slug)),
                Story::Withdrawn(_) | Story::Draft(_) => None,
            },
            None => None,
        },
        "sections" => {
            let sections = app.store.sections().await?;
            sections.iter().any(|section| section.slug == slug).then(|| address::section(slug))
        }
        "tags" => app.store.tag_name(slug).await?.map(|_| address::tag(slug)),
        "writers" => app.store.writer_name(slug).await?.map(|_| address::writer(slug)),
        _ => None,
    })
}

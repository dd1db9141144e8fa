//! Another server asks for a page of readers and wants what the page shows: it is led to that thing's own address. Known by what is
//! asked alone, before ready pages are looked at: no page is ever kept that has two texts, and a reader's request costs one look at
//! one line.

use super::place::{CONTEXT, actor, part, story as address_of};
use crate::app::App;
use crate::error::PageError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use newsroom::StoryId;
use newsroom::followers::Followed;
use newsroom::story::Story;
use store::StoreError;
use store::stories::Found;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The front page: the paper.
    Paper,
    /// The page of a section, by slug.
    Section(String),
    /// The page of a story, by slug.
    Story(String),
}

/// What another server wants; none: a page, as nearly always, or nobody is to be followed here.
pub fn wanted(app: &App, request: &Request) -> Option<Wanted> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !is_for_the_thing(request.headers()) {
        return None;
    }
    let wanted = shown_at(request.uri())?;
    app.followers.now().fediverse.on.then_some(wanted)
}

/// The layer around readers' pages: whoever wants the thing is led there. The answer is of this request alone and is kept by nobody.
pub async fn lead(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(wanted) = wanted(&app, &request) else { return next.run(request).await };
    match place_of(&app, wanted).await {
        Ok(Some(place)) => led(&place),
        // It is nowhere, or moved: readers' way says which.
        Ok(None) => next.run(request).await,
        Err(error) => PageError::from(error).into_response(),
    }
}

/// The line of what is understood names the thing, and does not like a page better (RFC 9110, 12.5.1). No browser names it.
fn is_for_the_thing(headers: &HeaderMap) -> bool {
    let lines = || headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    if !lines().any(|line| line.as_bytes().windows(5).any(|part| part.eq_ignore_ascii_case(b"+json"))) {
        return false;
    }
    let (mut thing, mut page) = (0.0_f32, 0.0_f32);
    for line in lines() {
        for range in line.split(',') {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let kind = parts.next().unwrap_or_default();
            let (mut weight, mut is_of_the_vocabulary) = (1.0_f32, false);
            for part in parts {
                match part.split_once('=') {
                    Some(("q", typed)) => weight = typed.parse::<f32>().unwrap_or(0.0),
                    Some(("profile", named)) => is_of_the_vocabulary = named.contains(CONTEXT),
                    _ => {}
                }
            }
            match kind.as_str() {
                "application/activity+json" => thing = thing.max(weight),
                "application/ld+json" if is_of_the_vocabulary => thing = thing.max(weight),
                "text/html" | "application/xhtml+xml" => page = page.max(weight),
                _ => {}
            }
        }
    }
    thing > 0.0 && thing >= page
}

fn shown_at(uri: &Uri) -> Option<Wanted> {
    let path = uri.path();
    // What stands behind it may be an address of before.
    if path == "/" {
        return uri.query().is_none().then_some(Wanted::Paper);
    }
    if let Some(named) = path.strip_prefix("/sections/") {
        return part(named).map(Wanted::Section);
    }
    part(path.strip_prefix("/stories/")?).map(Wanted::Story)
}

/// Where it stands.
async fn place_of(app: &App, wanted: Wanted) -> Result<Option<String>, StoreError> {
    Ok(match wanted {
        Wanted::Paper => Some(actor(&app.paper, Followed::Paper)),
        Wanted::Section(slug) => {
            let section = app.store.sections().await?.into_iter().find(|section| section.slug == slug);
            section.map(|section| actor(&app.paper, Followed::Section(section.id)))
        }
        Wanted::Story(slug) => match app.store.find_story(&slug).await? {
            Some(Found::Here(story)) => once_public(&story).map(|id| address_of(&app.paper, id)),
            Some(Found::Moved { .. }) | None => None,
        },
    })
}

/// A story that other servers may know; one that was taken back is a tombstone there.
fn once_public(story: &Story) -> Option<StoryId> {
    match story {
        Story::Published(story) => (!story.is_outside()).then_some(story.id),
        Story::Withdrawn(story) => (!story.was.is_outside()).then_some(story.was.id),
        Story::Draft(_) => None,
    }
}

fn led(place: &str) -> Response {
    let Ok(place) = HeaderValue::from_str(place) else { return PageError::NotFound.into_response() };
    let head = [
        (header::LOCATION, place),
        (header::VARY, HeaderValue::from_static("accept")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, head).into_response()
}

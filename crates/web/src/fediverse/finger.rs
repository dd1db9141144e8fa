//! How other servers find the paper: WebFinger (RFC 7033) from a handle to an actor, and NodeInfo 2.1
//! (nodeinfo.diaspora.software/protocol) for what program this is.

use super::offered;
use super::place::{actor, followed_at, handle_of, own_host, section};
use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use newsroom::followers::{Followed, PAPER_HANDLE};
use serde::Deserialize;
use serde_json::json;

/// Everybody may read it, also from pages of other sites (RFC 7033, 5).
const OPEN: [(header::HeaderName, &str); 2] =
    [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "public, max-age=600")];
const NODEINFO: &str = "http://nodeinfo.diaspora.software/ns/schema/2.1";

/// Who is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FingerQuery {
    resource: String,
}

/// `GET /.well-known/webfinger?resource=acct:paper@host`.
pub async fn webfinger(State(app): State<App>, Query(query): Query<FingerQuery>) -> Result<Response, PageError> {
    offered(&app)?;
    let app = app.to_readers();
    if query.resource.is_empty() {
        return Err(PageError::BadRequest("no resource"));
    }
    let followed = find(&app, &query.resource).await?.ok_or(PageError::NotFound)?;
    let (handle, page) = match followed {
        Followed::Paper => (PAPER_HANDLE.to_owned(), String::from("/")),
        Followed::Section(id) => {
            let section = section(&app, id).await?.ok_or(PageError::NotFound)?;
            (handle_of(&section), address::section(&section.slug))
        }
    };
    let (own, page) = (actor(&app.paper, followed), address::whole(&app.paper, &page));
    let said = json!({
        "subject": format!("acct:{handle}@{}", own_host(&app.paper)),
        "aliases": [own, page],
        "links": [
            { "rel": "self", "type": "application/activity+json", "href": own },
            { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page },
        ],
    });
    Ok((OPEN, [(header::CONTENT_TYPE, "application/jrd+json; charset=utf-8")], said.to_string()).into_response())
}

/// By a handle, or by the address of an actor.
async fn find(app: &App, resource: &str) -> Result<Option<Followed>, PageError> {
    if let Some(handle) = resource.strip_prefix("acct:") {
        let Some((user, host)) = handle.trim_start_matches('@').rsplit_once('@') else { return Ok(None) };
        if !host.eq_ignore_ascii_case(&own_host(&app.paper)) {
            return Ok(None);
        }
        if user.eq_ignore_ascii_case(PAPER_HANDLE) {
            return Ok(Some(Followed::Paper));
        }
        let sections = app.store.sections().await?;
        let found = sections.iter().find(|section| handle_of(section).eq_ignore_ascii_case(user));
        return Ok(found.map(|section| Followed::Section(section.id)));
    }
    Ok(followed_at(&app.paper, resource))
}

/// `GET /.well-known/nodeinfo`.
pub async fn nodes(State(app): State<App>) -> Result<Response, PageError> {
    offered(&app)?;
    let href = address::whole(&app.to_readers().paper, "/nodeinfo/2.1");
    Ok((OPEN, Json(json!({ "links": [{ "rel": NODEINFO, "href": href }] }))).into_response())
}

/// `GET /nodeinfo/2.1`. Nobody opens an account here from there, and of readers nothing is counted.
pub async fn node(State(app): State<App>) -> Result<Response, PageError> {
    offered(&app)?;
    let app = app.to_readers();
    let stories: i64 = app.store.months().await?.iter().map(|month| month.stories).sum();
    let actors = app.store.sections().await?.len() + 1;
    let said = json!({
        "version": "2.1",
        "software": { "name": "midad", "version": env!("CARGO_PKG_VERSION") },
        "protocols": ["activitypub"],
        "services": { "inbound": [], "outbound": ["atom1.0", "rss2.0"] },
        "openRegistrations": false,
        "usage": { "users": { "total": actors }, "localPosts": stories },
        "metadata": { "nodeName": app.paper.name, "nodeDescription": app.paper.tagline },
    });
    let kind = format!("application/json; profile=\"{NODEINFO}#\"");
    Ok((OPEN, [(header::CONTENT_TYPE, kind)], said.to_string()).into_response())
}

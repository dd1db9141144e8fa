//! Which site asks, and from which page: the layer before everything that another site's page sends. No cookie is read here
//! and none is set, so that nothing can be done in somebody's name by a page that they look at.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use newsroom::OtherSiteId;
use newsroom::outside::OutsidePage;
use serde_json::json;
use std::sync::Arc;
use store::outside::OtherSite;

/// What a browser may be told to send, and what its script may read of an answer.
const MAY_SEND: &str = "content-type, midad-visitor, midad-member";
const MAY_READ: &str = "midad-visitor, midad-toll, retry-after";
/// For how long a browser believes that, in seconds.
const BELIEVED: &str = "600";

/// The site whose page asks.
#[derive(Debug, Clone)]
pub struct FromSite(pub Arc<OtherSite>);

/// The same, of something that is sent: a browser said from which page's site it comes.
#[derive(Debug, Clone)]
pub struct SentFromSite(pub Arc<OtherSite>);

impl FromRequestParts<App> for FromSite {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let known = Extension::<Self>::from_request_parts(parts, app).await;
        known.map(|Extension(site)| site).map_err(|_| PageError::NotFound)
    }
}

impl FromRequestParts<App> for SentFromSite {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let FromSite(site) = FromSite::from_request_parts(parts, app).await?;
        // The layer has compared it; what carries none was sent by no page.
        if parts.headers.contains_key(header::ORIGIN) { Ok(Self(site)) } else { Err(PageError::Forbidden) }
    }
}

impl FromSite {
    /// The page of this site at an address.
    ///
    /// # Errors
    /// [`PageError::NotFound`] when it is none of the site's.
    pub fn page(&self, address: &str) -> Result<OutsidePage, PageError> {
        self.0.said.rules.page(address).map_err(|_| PageError::NotFound)
    }
}

/// The layer: answers pages of the site alone, in a form that its script reads, also what went wrong.
pub async fn allowed_origins(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let asked = site_of(&request);
    let site = match open(&app, asked).await {
        Ok(site) => site,
        Err(error) => return said(&app, &error),
    };
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allows = |origin: &HeaderValue| origin.to_str().is_ok_and(|origin| site.said.rules.allows(origin));
    if origin.as_ref().is_some_and(|origin| !allows(origin)) {
        return said(&app, &PageError::Forbidden);
    }
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        request.extensions_mut().insert(FromSite(Arc::new(site)));
        let response = next.run(request).await;
        match response.extensions().get::<Arc<PageError>>().cloned() {
            Some(error) => said(&app, &error),
            None => response,
        }
    };
    share(response.headers_mut(), origin);
    response
}

/// Lets the page's script read the answer.
fn share(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(MAY_SEND));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(MAY_READ));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(BELIEVED));
}

/// By the second part of the path, or by `?site=`.
fn site_of(request: &Request) -> Option<OtherSiteId> {
    let path = request.uri().path().strip_prefix("/embed/").and_then(|rest| rest.split('/').next());
    let query = request.uri().query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("site="));
    path.or(query).and_then(OtherSiteId::from_short)
}

/// The site, while it shows threads.
async fn open(app: &App, asked: Option<OtherSiteId>) -> Result<OtherSite, PageError> {
    let site = app.store.other_site(asked.ok_or(PageError::NotFound)?).await?;
    if site.closed_at.is_some() { Err(PageError::NotFound) } else { Ok(site) }
}

/// What went wrong, in words that the script shows.
fn said(app: &App, error: &PageError) -> Response {
    let t = app.to_readers().words();
    let wait = if let PageError::TooFast { wait } = error { *wait } else { 1 };
    let words = t.n(&format!("{}.text", error.key()), wait);
    let mut response = (error.status(), Json(json!({ "says": words }))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = error.wait() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}

/// What a handler that panicked answers.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    PageError::Panicked.into_response()
}

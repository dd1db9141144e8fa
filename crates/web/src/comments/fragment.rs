//! Pages in motion ask for a part of a page; everybody else gets a whole one.

use crate::app::App;
use crate::rendered::Rendered;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::convert::Infallible;

const FRAGMENT: &str = "text/vnd.midad.fragment";

/// The page's script sent this, and will put the answer in its place.
#[derive(Debug, Clone, Copy)]
pub struct WantsFragment(pub bool);

impl FromRequestParts<App> for WantsFragment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let accept = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        Ok(Self(accept.is_some_and(|accept| accept.contains(FRAGMENT))))
    }
}

/// A part of a page for one person: kept by nobody.
pub fn fragment(status: StatusCode, part: Rendered) -> Response {
    let mut response = (status, Html(part.into_html())).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

//! Forms are taken from our own pages only. Browsers say where a request comes from; no token has to travel in a page,
//! so that pages stay the same for everybody.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets reading pass, and sending when the browser says that it comes from this paper.
pub async fn own_pages_only(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || comes_from_here(request.headers(), &app.paper.address) {
        return next.run(request).await;
    }
    PageError::Forbidden.into_response()
}

/// `Sec-Fetch-Site` decides where a browser sends it (secure lines); else the `Origin` must be ours. A request that
/// carries neither does not come from a page.
fn comes_from_here(headers: &HeaderMap, address: &str) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(headers, header::ORIGIN.as_str()) else { return false };
    let here = origin.split_once("://").map(|(_, host)| host).zip(text(headers, header::HOST.as_str()));
    origin.eq_ignore_ascii_case(address) || here.is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

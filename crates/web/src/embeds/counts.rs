//! How many comments stand under pages: what readers see, and nothing that waits.

use super::origin::FromSite;
use crate::app::App;
use crate::error::PageError;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Pages of one call.
const MOST: usize = 100;

/// `GET /api/counts?site=…&url=…&url=…`: by address as it was asked for. A page that is none of the site's, or has no thread,
/// has none.
pub async fn counts(site: FromSite, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let query = query.unwrap_or_default();
    let asked: Vec<String> = query.split('&').filter_map(|pair| pair.strip_prefix("url=")).map(decoded).collect();
    if asked.len() > MOST {
        return Err(PageError::TooLarge);
    }
    let known: Vec<_> = asked.into_iter().filter_map(|url| site.page(&url).ok().map(|page| (url, page))).collect();
    let (urls, pages): (Vec<String>, Vec<_>) = known.into_iter().unzip();
    let counts = app.store.outside_counts(site.0.id, &pages).await?;
    let counts: Map<String, Value> = urls.into_iter().zip(counts).map(|(url, n)| (url, n.into())).collect();
    let mut response = Json(json!({ "counts": counts })).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}

/// A value of a query as forms write it: `+` is a space.
fn decoded(value: &str) -> String {
    let spaced = value.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

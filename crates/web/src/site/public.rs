//! What browsers and buyers of advertisements ask for.

use super::letters::MEDIA_TYPE;
use crate::app::App;
use crate::error::PageError;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// `GET /house/{name}`: own style rules, those of the paper's colours, or its letters, under a name that holds their hash, so that
/// browsers keep them for ever. A page that is older than the rules gets those of now.
pub async fn own_css(Path(name): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    if name.ends_with(".woff2") {
        return letters(&app, &name).await;
    }
    let site = app.site.now();
    let name = name.strip_suffix(".css").ok_or(PageError::NotFound)?;
    let (asked, rules) = match name.strip_prefix("colours-") {
        Some(hash) => (hash, &site.house_css),
        None => (name, &site.css),
    };
    let (hash, css) = rules.as_ref().ok_or(PageError::NotFound)?;
    let kept = if asked == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, kept)];
    Ok((headers, css.clone()).into_response())
}

async fn letters(app: &App, name: &str) -> Result<Response, PageError> {
    let file =
        app.store.picture(name).await?.filter(|file| file.media_type == MEDIA_TYPE).ok_or(PageError::NotFound)?;
    let headers = [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, file.bytes).into_response())
}

/// `GET /ads.txt`.
pub async fn ads_txt(State(app): State<App>) -> Result<Response, PageError> {
    let site = app.site.now();
    if site.ads_txt.is_empty() {
        return Err(PageError::NotFound);
    }
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, format!("{}\n", site.ads_txt)).into_response())
}

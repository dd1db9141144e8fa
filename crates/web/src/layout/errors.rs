//! Every failure becomes a whole page: with the masthead, in the paper's language, and without details of the machine.

use super::{Frame, headers};
use crate::addresses::{self, Asked};
use crate::app::App;
use crate::error::PageError;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Whoever comes while the paper has enough to do is asked to come again after so many seconds.
const BUSY_SECONDS: u64 = 5;

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorPage {
    frame: Frame,
    error: Arc<PageError>,
    title: String,
    words: String,
}

/// The layer: an answer that carries a [`PageError`], or that some library refused with bare words, becomes a page. Where
/// nothing stands, a reader is led on if the address of before is known.
pub async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    let Some(error) = failure(&response) else { return response };
    if let (PageError::NotFound, Some(asked)) = (&*error, asked)
        && let Some(elsewhere) = addresses::instead(&app, &asked).await
    {
        return elsewhere;
    }
    let status = response.status();
    let mut page = render(&app, error.clone()).await.unwrap_or_else(|| status.into_response());
    *page.status_mut() = status;
    let headers = page.headers_mut();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, allow.clone());
    }
    if let Some(wait) = error.wait() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}

/// The same before the router, without a question to the store: for when it has enough to do.
pub fn bare(app: &App, error: PageError) -> Response {
    let status = error.status();
    let page = written(Frame::bare(app, app.now()), Arc::new(error));
    let mut page = headers::framed_nowhere(page.map_or_else(|| status.into_response(), IntoResponse::into_response));
    *page.status_mut() = status;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(BUSY_SECONDS));
    page
}

/// What a router without a matching line answers.
pub async fn nowhere() -> PageError {
    PageError::NotFound
}

/// What a line of the router answers to a method it does not know.
pub async fn wrong_method() -> PageError {
    PageError::WrongMethod
}

/// What a handler that panicked answers.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    PageError::Panicked.into_response()
}

/// The error an answer carries, or stands for: extractors and layers of others answer in plain words or none.
fn failure(response: &Response) -> Option<Arc<PageError>> {
    if let Some(error) = response.extensions().get::<Arc<PageError>>() {
        return Some(error.clone());
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap_or_default());
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || !(kind.is_empty() || kind.starts_with("text/plain")) {
        return None;
    }
    Some(Arc::new(match status {
        StatusCode::NOT_FOUND => PageError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => PageError::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => PageError::TooSlow,
        other if other.is_client_error() => PageError::BadRequest("refused before a handler saw it"),
        _ => PageError::Panicked,
    }))
}

/// The page; `None` when not even that can be rendered.
async fn render(app: &App, error: Arc<PageError>) -> Option<Response> {
    let now = app.now();
    let frame = Frame::new(app, now).await.unwrap_or_else(|_| Frame::bare(app, now));
    written(frame, error).map(IntoResponse::into_response)
}

fn written(frame: Frame, error: Arc<PageError>) -> Option<Html<String>> {
    let (key, wait) = (error.key(), if let PageError::TooFast { wait } = *error { wait } else { 1 });
    let (title, words) = (frame.t.s(key), frame.t.n(&format!("{key}.text"), wait));
    ErrorPage { frame, error, title, words }.render().ok().map(Html)
}

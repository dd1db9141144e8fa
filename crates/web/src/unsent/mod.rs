//! What somebody sent and the paper could not keep, since its store does not answer or has no room: the words come back as they were
//! typed, with a button that sends them again. Scripts keep the words themselves; this is for browsers without, and it asks the
//! store nothing.

mod page;

#[cfg(test)]
mod tests;

pub use page::ComesBack;

use crate::app::App;
use crate::comments::WantsFragment;
use crate::error::{PageError, SOON};
use crate::layout::Frame;
use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// No form without files is longer, in bytes; most addresses take less, which layers outside and inside say.
const MOST: usize = 2 * 1024 * 1024;
/// What has been heard whole is answered so soon, or it comes back: a little before the layers outside give up.
const PATIENCE: Duration = Duration::from_secs(15);
/// Fields that come back to nobody: who typed them types them again.
const SECRET: &[&str] = &["password", "again", "token", "code", "secret", "key"];

/// The layer around the addresses that take forms without files.
pub async fn hand_back(State(app): State<App>, request: Request, next: Next) -> Response {
    if !is_form(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else { return PageError::TooLarge.into_response() };
    let again = parts.clone();
    let answered =
        tokio::time::timeout(PATIENCE, next.run(Request::from_parts(parts, Body::from(bytes.clone())))).await;
    let response = answered.unwrap_or_else(|_| PageError::TooSlow.into_response());
    if is_failure(&response) { given_back(&app, again, bytes).await.unwrap_or(response) } else { response }
}

/// The paper failed, and said nothing of its own: that it is for reading only, its readers are told in its editors' words.
fn is_failure(response: &Response) -> bool {
    let told = |error: &Arc<PageError>| matches!(**error, PageError::ReadingOnly { .. });
    response.status().is_server_error() && !response.extensions().get::<Arc<PageError>>().is_some_and(told)
}

/// The page; none for scripts, for what no browser sends, and for secrets.
async fn given_back(app: &App, mut parts: Parts, bytes: Bytes) -> Option<Response> {
    let Ok(WantsFragment(by_script)) = WantsFragment::from_request_parts(&mut parts, app).await;
    let action = parts.uri.path_and_query()?.as_str().to_owned();
    let of_comment = is_comment(parts.uri.path());
    let typed = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, Body::from(bytes)), app).await;
    let Form(fields) = typed.ok()?;
    if by_script || fields.is_empty() || fields.iter().any(|(name, _)| SECRET.contains(&name.as_str())) {
        return None;
    }
    let (title, why) = match of_comment {
        true => ("comment.unsent", "comment.unsent-why"),
        false => ("unsent.title", "unsent.why"),
    };
    let frame = Frame::bare(app, app.now());
    let why = frame.t.s(why);
    ComesBack::new(frame, (title, why), action, fields).answer(StatusCode::SERVICE_UNAVAILABLE, SOON).ok()
}

/// A comment, or its author's other words of it.
fn is_comment(path: &str) -> bool {
    path.starts_with("/stories/") && (path.ends_with("/comments") || path.ends_with("/edit"))
}

fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    request.method() == Method::POST && kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

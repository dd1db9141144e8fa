//! A comment that could not be kept, since the store does not answer: its words come back to whoever typed them, with a button that
//! sends them again. Scripts keep the words themselves; this is for browsers without.

use super::form::CommentForm;
use super::fragment::WantsFragment;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::unsent;
use askama::Template;
use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::time::timeout;

/// No form is longer, in bytes; the layers outside say so first.
const MOST: usize = 256 * 1024;
/// An answer that is not there by then is given up here: the layer outside, which waits a little longer, has no words to give back.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Template)]
#[template(path = "comments/unsent.html")]
struct Unsent {
    frame: Frame,
    action: String,
    typed: CommentForm,
}

/// The layer around the address that takes comments.
pub async fn hand_back(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let WantsFragment(by_script) =
        WantsFragment::from_request_parts(&mut parts, &app).await.unwrap_or(WantsFragment(false));
    let Ok(bytes) = to_bytes(body, MOST).await else { return PageError::TooLarge.into_response() };
    let again = parts.clone();
    let answering = timeout(PATIENCE, next.run(Request::from_parts(parts, Body::from(bytes.clone()))));
    let response = answering.await.unwrap_or_else(|_| PageError::TooSlow.into_response());
    if by_script || !response.status().is_server_error() {
        return response;
    }
    let action = again.uri.path().to_owned();
    let typed = Form::<CommentForm>::from_request(Request::from_parts(again, Body::from(bytes)), &app).await;
    let Ok(Form(typed)) = typed else { return response };
    // Nothing of it is asked of the store.
    unsent::answer(&Unsent { frame: Frame::bare(&app, app.now()), action, typed }).unwrap_or(response)
}

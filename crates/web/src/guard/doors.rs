//! What readers hand in, while the paper takes it.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The layer around what readers hand in: it goes no further while the paper is for reading only.
pub async fn while_open(State(app): State<App>, request: Request, next: Next) -> Response {
    let site = app.site.now();
    if site.doors.are_shut(app.now()) && !request.method().is_safe() {
        return PageError::ReadingOnly { note: site.doors.note.clone() }.into_response();
    }
    next.run(request).await
}

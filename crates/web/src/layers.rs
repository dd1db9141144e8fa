//! What requests pass on their way to an address, and answers on their way back.

use crate::api;
use crate::app::App;
use crate::embeds;
use crate::error::PageError;
use crate::guard::csrf;
use crate::layout::{errors, headers};
use crate::moderation_api;
use crate::traced;
use crate::unsent;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The most that is taken from a visitor in one request, in bytes.
const MOST_SENT: usize = 256 * 1024;
/// The most that is taken from another comment system in one call, in bytes.
const MOST_ASKED: usize = 2 * 1024 * 1024;
/// The most that is taken from a mail program, in bytes.
const MOST_PRESSED: usize = 4 * 1024;
/// How long an answer may take to begin. A stream that has begun goes on.
const PATIENCE: Duration = Duration::from_secs(20);
/// The same where the form holds files or a long story, which are heard to their end first: sixty megabytes over half a megabit
/// a second.
const LONG_PATIENCE: Duration = Duration::from_secs(20 * 60);

/// What every request of a browser passes, the innermost first. Large forms have a limit of their own, and as much time as a
/// slow line needs.
pub fn of_pages(pages: Router<App>, large: Router<App>, app: &App) -> Router<App> {
    let large = large
        .layer(from_fn_with_state(app.clone(), unsent::hand_back))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONG_PATIENCE));
    pages
        .fallback(errors::nowhere)
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(from_fn_with_state(app.clone(), unsent::hand_back))
        .layer(RequestBodyLimitLayer::new(MOST_SENT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .merge(large)
        .layer(from_fn(nowhere_with_nul))
        .layer(from_fn_with_state(app.clone(), csrf::own_pages_only))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn_with_state(app.clone(), errors::pages))
}

/// Nothing of ours has U+0000 in its path, and PostgreSQL takes no text with it. What is asked behind a path is cleaned where it is read.
async fn nowhere_with_nul(request: Request, next: Next) -> Response {
    match request.uri().path().contains("%00") {
        true => PageError::NotFound.into_response(),
        false => next.run(request).await,
    }
}

/// What the button of a mail program passes, the innermost first. It comes from no page of ours and carries no cookie: its
/// address says whom and what it is about (RFC 8058).
pub fn of_mail_programs(presses: Router<App>, app: &App) -> Router<App> {
    presses
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(RequestBodyLimitLayer::new(MOST_PRESSED))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn_with_state(app.clone(), errors::pages))
}

/// What every request from a page of another site passes, the innermost first: its own layer stands inside. It comes from no
/// page of ours and carries no cookie that is looked at.
pub fn of_other_sites(requests: Router<App>) -> Router<App> {
    requests
        .layer(RequestBodyLimitLayer::new(MOST_SENT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(embeds::panicked))
}

/// What every request of another server of the Fediverse passes, the innermost first: who sent it, a signature says.
pub fn of_other_servers(requests: Router<App>) -> Router<App> {
    requests
        .layer(RequestBodyLimitLayer::new(MOST_SENT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(embeds::panicked))
}

/// What every call of another comment system passes, the innermost first. It shows a key and comes from no page. Those that
/// are never too long cut what they are sent themselves.
pub fn of_other_systems(calls: Router<App>, never_too_long: Router<App>) -> Router<App> {
    calls
        .layer(RequestBodyLimitLayer::new(MOST_ASKED))
        .merge(never_too_long)
        .method_not_allowed_fallback(moderation_api::wrong_method)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(moderation_api::panicked))
        .layer(from_fn(moderation_api::in_shape))
}

/// What every call of a program of the house passes, the innermost first: whose key it is stands inside.
pub fn of_programs(calls: Router<App>, app: &App) -> Router<App> {
    calls
        .layer(RequestBodyLimitLayer::new(MOST_ASKED))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(api::panicked))
        .layer(from_fn_with_state(app.clone(), api::in_words))
}

/// What every answer passes.
pub fn of_every_answer(all: Router<App>) -> Router<App> {
    // What is inside a PDF is small already, and a part of one is counted in bytes as they are.
    let packed = NotForContentType::new("font/").and(NotForContentType::new("application/pdf"));
    let worth_it = DefaultPredicate::new().and(packed);
    let all = all.layer(from_fn(headers::secure)).layer(CompressionLayer::new().compress_when(worth_it));
    traced::patterns(all)
}

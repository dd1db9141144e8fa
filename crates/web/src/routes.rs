//! All addresses of the paper on one page, grouped by who walks there. No logic.

use crate::app::App;
use crate::layout::{assets, errors, headers};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The most that is taken from a visitor in one request, in bytes.
const MOST_SENT: usize = 256 * 1024;
/// How long an answer may take to begin. A stream that has begun goes on.
const PATIENCE: Duration = Duration::from_secs(20);

/// The whole paper.
pub fn router(app: App) -> Router {
    let readers = Router::new();
    let commenters = Router::new();
    let desk = Router::new();
    let machines = Router::new().route("/assets/{*path}", get(assets::show));
    let all = readers.merge(commenters).merge(desk).merge(machines);
    behind_layers(all, app)
}

/// What every request passes, the innermost first.
fn behind_layers(all: Router<App>, app: App) -> Router {
    let worth_it = DefaultPredicate::new().and(NotForContentType::new("font/"));
    all.fallback(errors::nowhere)
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(RequestBodyLimitLayer::new(MOST_SENT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn_with_state(app.clone(), errors::pages))
        .layer(from_fn(headers::secure))
        .layer(CompressionLayer::new().compress_when(worth_it))
        .with_state(app)
}

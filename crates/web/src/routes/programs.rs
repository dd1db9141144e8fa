//! Addresses of programs of the house, which show a key. No logic.

use crate::api;
use crate::app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

/// The whole paper for programs; what they are is described to everybody.
pub(super) fn api(app: &App) -> Router<App> {
    Router::new()
        .route("/api/v1/stories", get(api::stories).post(api::begin))
        .route("/api/v1/stories/{story}", get(api::story).put(api::change))
        .route("/api/v1/stories/{story}/publication", post(api::publish))
        .route("/api/v1/stories/{story}/withdrawal", post(api::withdraw))
        .route("/api/v1/stories/{story}/comments", get(api::comments))
        .route("/api/v1/queue", get(api::queue))
        .route("/api/v1/queue/{story}/{comment}", get(api::entry))
        .route("/api/v1/queue/{story}/{comment}/ruling", post(api::rule))
        .route("/api/v1/rulings/{ruling}/undo", post(api::undo))
        .route("/api/v1/sections", get(api::sections))
        .route("/api/v1/tags", get(api::tags))
        .route("/api/v1/pages", get(api::pages))
        .route("/api/v1/staff", get(api::staff))
        .route("/api/v1/{*path}", get(api::nowhere).post(api::nowhere).put(api::nowhere))
        .method_not_allowed_fallback(api::wrong_method)
        .layer(from_fn_with_state(app.clone(), api::admit))
        .route("/api/v1/openapi.json", get(api::description))
}

//! What the calls are, for programs that write programs: OpenAPI 3.1, written by hand and held to the answers by tests.

use axum::http::header;
use axum::response::IntoResponse;

/// The description.
pub const DESCRIPTION: &str = include_str!("openapi.json");

/// `GET /api/moderation/openapi.json`.
pub async fn description() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=3600")], DESCRIPTION)
}

//! Addresses that pages of other sites ask for by their script, and those that other servers ask for. No cookie opens anything here.
//! No logic.

use crate::app::App;
use crate::guard::while_open;
use crate::{embeds, fediverse, toll};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

/// Threads under pages of other sites.
pub(super) fn embeds(app: &App) -> Router<App> {
    let handing_in = Router::new()
        .route("/embed/{site}/comments", post(embeds::post))
        .route_layer(from_fn_with_state(app.clone(), toll::ask_first_elsewhere))
        .route_layer(from_fn_with_state(app.clone(), while_open));
    Router::new()
        .merge(handing_in)
        .route("/embed/{site}/thread", get(embeds::thread))
        .route("/embed/{site}/own", get(embeds::own))
        .route("/embed/{site}/toll", get(toll::ask_from_elsewhere))
        .route("/embed/{site}/page", get(embeds::elsewhere))
        .route("/embed/{site}/withdrawal", post(embeds::withdraw))
        .route("/api/counts", get(embeds::counts))
        .layer(from_fn_with_state(app.clone(), embeds::allowed_origins))
}

/// The paper and its sections for servers of the Fediverse.
pub(super) fn fediverse() -> Router<App> {
    Router::new()
        .route("/.well-known/webfinger", get(fediverse::webfinger))
        .route("/.well-known/nodeinfo", get(fediverse::nodes))
        .route("/nodeinfo/2.1", get(fediverse::node))
        .route("/fediverse/paper", get(fediverse::paper_actor))
        .route("/fediverse/paper/outbox", get(fediverse::paper_outbox))
        .route("/fediverse/paper/followers", get(fediverse::paper_followers))
        .route("/fediverse/sections/{section}", get(fediverse::section_actor))
        .route("/fediverse/sections/{section}/outbox", get(fediverse::section_outbox))
        .route("/fediverse/sections/{section}/followers", get(fediverse::section_followers))
        .route("/fediverse/stories/{id}", get(fediverse::story))
        .route("/fediverse/inbox", post(fediverse::inbox))
        .route("/fediverse/paper/inbox", post(fediverse::inbox))
        .route("/fediverse/sections/{section}/inbox", post(fediverse::inbox))
}

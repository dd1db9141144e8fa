//! Addresses that pages of other sites ask for by their script. No cookie opens anything here. No logic.

use crate::app::App;
use crate::embeds;
use crate::guard::while_open;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

/// Threads under pages of other sites.
pub(super) fn embeds(app: &App) -> Router<App> {
    let handing_in = Router::new()
        .route("/embed/{site}/comments", post(embeds::post))
        .route_layer(from_fn_with_state(app.clone(), while_open));
    Router::new()
        .merge(handing_in)
        .route("/embed/{site}/thread", get(embeds::thread))
        .route("/embed/{site}/own", get(embeds::own))
        .route("/embed/{site}/page", get(embeds::elsewhere))
        .route("/embed/{site}/withdrawal", post(embeds::withdraw))
        .route("/api/counts", get(embeds::counts))
        .layer(from_fn_with_state(app.clone(), embeds::allowed_origins))
}

//! All addresses of the paper on one page, grouped by who walks there. No logic.

use crate::app::App;
use axum::Router;

/// The whole paper.
pub fn router(app: App) -> Router {
    let readers = Router::new();
    let commenters = Router::new();
    let desk = Router::new();
    let machines = Router::new();
    readers.merge(commenters).merge(desk).merge(machines).with_state(app)
}

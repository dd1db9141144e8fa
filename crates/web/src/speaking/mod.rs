//! The desk in the language of whoever reads it. The whole paper stands here once in each language, on one process: who has
//! chosen a language of their own is answered by that one, so that no page of the desk can forget to ask.
//!
//! What readers have is in the paper's own language, whoever opens it; what the desk does for readers goes through
//! [`App::to_readers`].

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::guard;
use crate::routes;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use newsroom::profile::Language;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

/// The paper in the languages of its staff; each is built when the first of them asks for it.
#[derive(Debug, Clone)]
struct Houses {
    app: App,
    /// In the paper's own language.
    own: Router,
    others: Arc<[OnceLock<Router>; Language::ALL.len()]>,
}

/// The whole paper, in the language of whoever asks. Nothing is looked for before the language is known: a router that looked
/// first would hand on what it had read in the address.
pub fn router(app: App) -> Router {
    let own = routes::router(app.clone());
    Router::new().fallback(in_their_language).with_state(Houses { app, own, others: Arc::default() })
}

async fn in_their_language(State(houses): State<Houses>, request: Request) -> Response {
    if !is_the_desk(request.uri().path()) {
        return answered(houses.own, request).await;
    }
    let (mut parts, body) = request.into_parts();
    // A store that cannot answer now is an error of the guard, which asks again.
    let language = guard::language_of(&mut parts, &houses.app).await;
    let house = language.and_then(|language| houses.of(language)).unwrap_or(houses.own);
    answered(house, Request::from_parts(parts, body)).await
}

async fn answered(house: Router, request: Request) -> Response {
    house.oneshot(request).await.into_response()
}

/// Pages of the staff have addresses of their own.
fn is_the_desk(path: &str) -> bool {
    path.strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Houses {
    /// The paper in another language than its own.
    fn of(&self, language: Language) -> Option<Router> {
        if language == self.app.paper.writing.language {
            return None;
        }
        let at = Language::ALL.iter().position(|one| *one == language)?;
        let house = self.others.get(at)?.get_or_init(|| routes::router(self.app.speaking(language)));
        Some(house.clone())
    }
}

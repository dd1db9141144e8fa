//! The desk in the language of whoever reads it. The whole paper stands here once in each language, on one process: who has
//! chosen a language of their own is answered by that one, so that no page of the desk can forget to ask. When the desk
//! changes the paper's country or calendar, all of them are built anew at the next request.
//!
//! What readers have is in the paper's own language, whoever opens it; what the desk does for readers goes through
//! [`App::to_readers`].

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::guard::{self, From};
use crate::layout::errors;
use crate::measures::Kind;
use crate::page_cache::Doorstep;
use crate::routes;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use newsroom::profile::Language;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Instant;
use tower::ServiceExt;

/// The paper as it stands: as it is now, and built anew when it is another one.
#[derive(Debug, Clone)]
struct Street {
    app: App,
    now: Arc<RwLock<Arc<Houses>>>,
}

/// The paper in the languages of its staff; each is built when the first of them asks for it.
#[derive(Debug)]
struct Houses {
    /// To readers: its paper is the one of which all of them are built.
    app: App,
    /// In the paper's own language.
    own: Router,
    /// The same for pages that are made for everybody.
    shared: Router,
    others: [OnceLock<Router>; Language::ALL.len()],
}

/// The whole paper, in the language of whoever asks. Nothing is looked for before the language is known: a router that looked
/// first would hand on what it had read in the address.
pub fn router(app: App) -> Router {
    Router::new().fallback(in_their_language).with_state(Entrance::new(app))
}

async fn in_their_language(State(entrance): State<Entrance>, request: Request) -> Response {
    entrance.answer(request).await
}

/// Where every request comes in. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Entrance(Street);

impl Entrance {
    /// Of a paper.
    pub fn new(app: App) -> Self {
        let now = Arc::new(RwLock::new(Arc::new(Houses::of(&app))));
        Self(Street { app, now })
    }

    /// Answers, with a ready page where there is one.
    pub async fn answer(&self, request: Request) -> Response {
        let (kind, begun) = (Kind::of(&request), Instant::now());
        let response = self.0.answer(request).await;
        self.0.app.measures.answered(kind, response.status(), begun.elapsed());
        response
    }
}

impl Street {
    async fn answer(&self, request: Request) -> Response {
        let houses = self.now();
        if !is_the_desk(request.uri().path()) {
            return Doorstep { app: &houses.app, own: &houses.own, shared: &houses.shared }.answer(request).await;
        }
        let From(network) = From::of(&houses.app, request.headers(), request.extensions());
        let Some(_inside) = houses.app.crowd.enter(network, true) else {
            return errors::bare(&houses.app, PageError::TooSlow);
        };
        let (mut parts, body) = request.into_parts();
        // A store that cannot answer now is an error of the guard, which asks again.
        let language = guard::language_of(&mut parts, &houses.app).await;
        let house = language.and_then(|language| houses.speaking(language)).unwrap_or_else(|| houses.own.clone());
        answered(house, Request::from_parts(parts, body)).await
    }
}

async fn answered(house: Router, request: Request) -> Response {
    house.oneshot(request).await.into_response()
}

/// Pages of the staff have addresses of their own.
fn is_the_desk(path: &str) -> bool {
    path.strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Street {
    /// The houses of the paper as it is now. What asks meanwhile waits until they stand.
    fn now(&self) -> Arc<Houses> {
        let printed = self.app.printed.paper();
        let built = Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner));
        if Arc::ptr_eq(&built.app.paper, &printed) {
            return built;
        }
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // Another request may have built them between the two locks, of this paper or of a later one.
        if !Arc::ptr_eq(&now.app.paper, &self.app.printed.paper()) {
            *now = Arc::new(Houses::of(&self.app));
        }
        Arc::clone(&now)
    }
}

impl Houses {
    fn of(app: &App) -> Self {
        let app = app.to_readers();
        let shared = routes::router(app.for_everybody());
        Self { own: routes::router(app.clone()), shared, others: Default::default(), app }
    }

    /// The paper in another language than its own.
    fn speaking(&self, language: Language) -> Option<Router> {
        if language == self.app.paper.writing.language {
            return None;
        }
        let at = Language::ALL.iter().position(|one| *one == language)?;
        let house = self.others.get(at)?.get_or_init(|| routes::router(self.app.speaking(language)));
        Some(house.clone())
    }
}

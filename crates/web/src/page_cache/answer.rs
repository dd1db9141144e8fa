//! Before the router: who asks for a page that is the same for everybody gets it from the shelf; if it is not there, it is made
//! once for all who ask.

use super::kept::KeptPage;
use super::rendering::Rendering;
use super::wish::{self, Wish};
use super::{PageCache, Turn};
use crate::app::App;
use crate::comments::{Whose, for_one};
use crate::error::PageError;
use crate::fediverse;
use crate::guard::{From, MaybeReader, MaybeVisitor};
use crate::layout::errors;
use crate::readings::{self, Asked};
use crate::traced;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use newsroom::StoryId;
use std::sync::Arc;
use tower::ServiceExt;
use tracing::Instrument;

/// A paper's router with its ready pages before it.
#[derive(Debug, Clone, Copy)]
pub struct Doorstep<'p> {
    /// The process, to readers.
    pub app: &'p App,
    /// The paper in its own language.
    pub own: &'p Router,
    /// The same for what is made for everybody: it reads from a copy of the database, where there is one.
    pub shared: &'p Router,
}

impl Doorstep<'_> {
    /// Answers a request: with a ready page, or by the router.
    pub async fn answer(self, request: Request) -> Response {
        let cache = &self.app.page_cache;
        // Another server that wants the thing and not its page is led there by the router, and never comes near what is kept.
        let wish = match cache.keeps() && fediverse::wanted(self.app, &request).is_none() {
            true => wish::of(request.method(), request.uri(), request.headers()),
            false => None,
        };
        let Some(Wish { address, is_personal }) = wish else { return self.one(request).await };
        let page = match cache.turn(&address) {
            Turn::Ready(page) => Some(page),
            Turn::Old(page, rendering) => {
                rendering.into_iter().for_each(|rendering| self.make(rendering, None));
                Some(page)
            }
            Turn::Wait(rendering, old) => waited(rendering, old).await,
            Turn::Make(rendering, old) => {
                // No network has all pages made that are made at once.
                let From(network) = From::of(self.app, request.headers(), request.extensions());
                let Some(_inside) = self.app.crowd.enter(network, false) else {
                    cache.given_up(&rendering);
                    return errors::bare(self.app, PageError::TooSlow);
                };
                self.make(rendering.clone(), request.headers().get(header::REFERER).cloned());
                waited(rendering, old).await
            }
            Turn::Busy => return errors::bare(self.app, PageError::TooSlow),
        };
        let Some(page) = page else { return self.one(request).await };
        let opened = page.opened.filter(|_| page.is_page());
        if let Some((opened, asked)) = opened.and_then(|opened| Some((opened, Asked::at_the_door(self.app, &request)?)))
        {
            readings::count_ready(self.app, asked, opened).await;
        }
        let mut answer = match page.own_part().filter(|_| is_personal) {
            Some(story) => self.for_one(&page, story, request).await,
            None => page.answer(request.headers(), wish::coding(request.headers()), is_head(&request)).await,
        };
        if let Some(pattern) = page.pattern.clone() {
            answer.extensions_mut().insert(pattern);
        }
        answer
    }

    /// By the router, where there is a place for one more.
    async fn one(self, request: Request) -> Response {
        let From(network) = From::of(self.app, request.headers(), request.extensions());
        match self.app.crowd.enter(network, false) {
            Some(_inside) => routed(self.own.clone(), request).await,
            None => errors::bare(self.app, PageError::TooSlow),
        }
    }

    /// The page that is ready for all, with what this visitor alone sees in its place.
    async fn for_one(self, page: &KeptPage, story: StoryId, request: Request) -> Response {
        let From(network) = From::of(self.app, request.headers(), request.extensions());
        let Some(_inside) = self.app.crowd.enter(network, false) else {
            return errors::bare(self.app, PageError::TooSlow);
        };
        let (mut parts, body) = request.into_parts();
        let part = match self.whose(&mut parts).await {
            Ok(who) => for_one(self.app, story, who).await,
            Err(error) => Err(error),
        };
        let request = Request::from_parts(parts, body);
        let coding = wish::coding(request.headers());
        match part {
            Ok(Some(part)) => page.answer_with(part, coding, is_head(&request)).await,
            Ok(None) => page.answer(request.headers(), coding, is_head(&request)).await,
            // The router meets the same error, and makes a page of it.
            Err(_) => self.one(request).await,
        }
    }

    async fn whose(self, parts: &mut Parts) -> Result<Whose, PageError> {
        let MaybeVisitor(visitor) = MaybeVisitor::from_request_parts(parts, self.app).await?;
        let MaybeReader(reader) = MaybeReader::from_request_parts(parts, self.app).await?;
        Ok(Whose { visitor, name: reader.map(|reader| reader.account.name).unwrap_or_default() })
    }

    /// In a task of its own: whoever asked may hang up, and others wait for it all the same.
    fn make(self, rendering: Arc<Rendering>, referer: Option<HeaderValue>) {
        let (app, shared) = (self.app.clone(), self.shared.clone());
        let making = async move {
            let making = Making { cache: &app.page_cache, rendering: &rendering };
            let Some(request) = of_nobody(&rendering.address, referer) else { return };
            let (parts, body) = routed(shared, request).await.into_parts();
            // It was made in memory, and what it was made of has limits.
            let Ok(bytes) = to_bytes(body, usize::MAX).await else { return };
            let page = Arc::new(KeptPage::of(parts, bytes));
            making.cache.made(making.rendering, &page);
            rendering.hand_out(&page);
        };
        tokio::spawn(making.instrument(traced::making()));
    }
}

/// While a page is being made. Ends with it, also where that breaks off.
struct Making<'m> {
    cache: &'m PageCache,
    rendering: &'m Arc<Rendering>,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.cache.given_up(self.rendering);
    }
}

/// What is made, or what stood there while it cannot be made.
async fn waited(rendering: Arc<Rendering>, old: Option<Arc<KeptPage>>) -> Option<Arc<KeptPage>> {
    let waiter = rendering.waiter();
    drop(rendering);
    match (waiter.page().await, old) {
        (Some(page), Some(old)) if page.is_failure() => Some(old),
        (Some(page), _) => Some(page),
        (None, old) => old,
    }
}

/// A request that nobody in particular sent: the address alone, and for lost addresses where the link to it stood.
fn of_nobody(address: &str, referer: Option<HeaderValue>) -> Option<Request> {
    let mut request = Request::get(address).body(Body::empty()).ok()?;
    if let Some(referer) = referer {
        request.headers_mut().insert(header::REFERER, referer);
    }
    Some(request)
}

fn is_head(request: &Request) -> bool {
    request.method() == Method::HEAD
}

async fn routed(router: Router, request: Request) -> Response {
    router.oneshot(request).await.into_response()
}

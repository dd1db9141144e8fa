//! The layer before what visitors send. It counts what comes, and while an answer is asked for, looks for one before anything else
//! looks at the form or asks the store. Nobody loses words here: a form that is not taken comes back.

use super::task::{Solved, Whose, check};
use super::{Bounds, Counted, TollAsked, asked, refused, told};
use crate::app::App;
use crate::embeds::{FromSite, browser_of};
use crate::error::PageError;
use crate::guard::{DeviceKey, From};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use newsroom::{Timestamp, VisitorId};
use std::net::IpAddr;

/// No form is longer, in bytes; the layers outside say so first.
const MOST: usize = 256 * 1024;
/// In which field of a form the answer stands.
const FIELD: &[u8] = b"toll=";
/// In which field of a form from another site its page stands.
const PAGE: &[u8] = b"url=";

/// Why a form is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The answer does not count.
    Unfit,
    /// There is none, and its turn is in so many seconds.
    Wait(u64),
}

/// A form before anybody has looked at it, while an answer is asked for.
struct Form {
    parts: Parts,
    bytes: Bytes,
    /// How many bits are asked for.
    bits: u8,
    network: IpAddr,
    now: Timestamp,
}

/// The layer around forms of the paper's own pages.
pub async fn ask_first(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut form = match come(&app, request).await {
        Coming::Waits(form) => form,
        Coming::Passes(request) => return next.run(request).await,
        Coming::Answered(response) => return response,
    };
    let Ok(DeviceKey(device)) = DeviceKey::from_request_parts(&mut form.parts, &app).await;
    let whose = whose(device, form.network);
    let place = form.parts.uri.path().as_bytes().to_vec();
    match take(&app, &form, (&whose, &place)) {
        Ok(()) => next.run(form.whole()).await,
        Err(refusal) => {
            let another = task(&app, &form, (&whose, &place));
            refused::page(&app, form.whole(), refusal, &another).await
        }
    }
}

/// The same around forms from pages of other sites, which a script sends.
pub async fn ask_first_elsewhere(State(app): State<App>, request: Request, next: Next) -> Response {
    let form = match come(&app, request).await {
        Coming::Waits(form) => form,
        Coming::Passes(request) => return next.run(request).await,
        Coming::Answered(response) => return response,
    };
    let site = form.parts.extensions.get::<FromSite>().map(|site| site.0.id);
    let whose = whose(site.and_then(|site| browser_of(&app, site, &form.parts.headers)), form.network);
    let place = place_elsewhere(form.parts.uri.path(), field(&form.bytes, PAGE).unwrap_or_default());
    match take(&app, &form, (&whose, &place)) {
        Ok(()) => next.run(form.whole()).await,
        Err(refusal) => refused::said(&app, refusal, &task(&app, &form, (&whose, &place))),
    }
}

/// Whose a task is: a browser's by the key that it keeps; else, and when the key came in between, its network's.
pub(super) fn whose(device: Option<VisitorId>, network: IpAddr) -> Vec<Whose> {
    device.map(Whose::Device).into_iter().chain([Whose::Network(network)]).collect()
}

/// The place of a task under a page of another site, as the script sends it.
pub(super) fn place_elsewhere(path: &str, page: &[u8]) -> Vec<u8> {
    [path.as_bytes(), b"?", page].concat()
}

/// The value of a field as it was sent, without a look at any other. An answer holds no sign that would be sent in another form.
pub(super) fn field<'f>(form: &'f [u8], name: &[u8]) -> Option<&'f [u8]> {
    form.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(name)).filter(|value| !value.is_empty())
}

/// What came.
enum Coming {
    /// An answer is asked for first.
    Waits(Form),
    /// None is.
    Passes(Request),
    /// It cannot be read.
    Answered(Response),
}

/// Counts what comes, and says whether an answer is asked for.
async fn come(app: &App, request: Request) -> Coming {
    if request.method().is_safe() || app.paper.toll == TollAsked::Never {
        return Coming::Passes(request);
    }
    let (now, From(network)) = (app.now(), From::of(app, request.headers(), request.extensions()));
    let (alarmed, turn) = app.toll.watch.count(network, Bounds::of(&app.paper), now);
    if let Some(turn) = turn {
        told::tell(app, turn);
    }
    let Some(bits) = asked(&app.paper, alarmed) else { return Coming::Passes(request) };
    let (parts, body) = request.into_parts();
    match to_bytes(body, MOST).await {
        Ok(bytes) => Coming::Waits(Form { parts, bytes, bits, network, now }),
        Err(_) => Coming::Answered(PageError::TooLarge.into_response()),
    }
}

/// Takes a form with an answer that fits and was not used, or one without an answer in its turn.
fn take(app: &App, form: &Form, (whose, place): (&[Whose], &[u8])) -> Result<(), Refusal> {
    let outcome = match field(&form.bytes, FIELD).map(std::str::from_utf8) {
        None => app.toll.take_slowly(form.network).map(|()| Counted::Slow).map_err(Refusal::Wait),
        Some(Err(_)) => Err(Refusal::Unfit),
        Some(Ok(sent)) => match check(app, whose, place, sent, form.now) {
            Ok(Solved { task, until }) if app.toll.spent.take(task, until, form.now) => Ok(Counted::Solved),
            Ok(_) | Err(_) => Err(Refusal::Unfit),
        },
    };
    app.toll.note(outcome.unwrap_or(Counted::Refused));
    outcome.map(|_| ())
}

/// A task for whoever comes again: a process that is not under attack would give them none.
fn task(app: &App, form: &Form, (whose, place): (&[Whose], &[u8])) -> String {
    super::ask::task(app, whose, place, form.bits, form.now)
}

impl Form {
    fn whole(self) -> Request {
        Request::from_parts(self.parts, Body::from(self.bytes))
    }
}

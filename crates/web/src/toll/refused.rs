//! A form that is not taken, since no answer came with it or none that counts: its words come back, with a sentence that says why and a
//! button. The page's script computes when that is pressed; without script it is a matter of waiting.

use super::ask::put;
use super::crossing::Refusal;
use crate::app::App;
use crate::layout::Frame;
use crate::unsent::ComesBack;
use crate::words::Words;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::json;

/// Seconds until an answer that did not count may be sent anew.
const AT_ONCE: u64 = 1;

/// The page that gives a form back.
pub(super) async fn page(app: &App, request: Request, refusal: Refusal, task: &str) -> Response {
    let (action, frame) = (request.uri().path().to_owned(), Frame::bare(app, app.now()));
    let pairs = Form::<Vec<(String, String)>>::from_request(request, app).await;
    let pairs = pairs.map(|Form(pairs)| pairs).unwrap_or_default();
    let why = why(&frame.t, refusal);
    let again = ComesBack::new(frame, ("toll.title", why), action, pairs);
    let page = again.answer(StatusCode::TOO_MANY_REQUESTS, wait(refusal));
    refuse(page.unwrap_or_else(IntoResponse::into_response), refusal, task)
}

/// The same to the script under a page of another site, which has kept the words.
pub(super) fn said(app: &App, refusal: Refusal, task: &str) -> Response {
    let says = why(&app.to_readers().words(), refusal);
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(json!({ "says": says }))).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    refuse(response, refusal, task)
}

fn refuse(mut response: Response, refusal: Refusal, task: &str) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait(refusal)));
    put(&mut response, task);
    response
}

fn wait(refusal: Refusal) -> u64 {
    if let Refusal::Wait(seconds) = refusal { seconds } else { AT_ONCE }
}

fn why(t: &Words, refusal: Refusal) -> String {
    match refusal {
        Refusal::Unfit => t.s("toll.unfit"),
        Refusal::Wait(seconds) => t.n("toll.wait", seconds.div_ceil(60)),
    }
}

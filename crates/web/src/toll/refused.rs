//! A form that is not taken, since no answer came with it or none that counts: its words come back, with a sentence that says why and a
//! button. The page's script computes when that is pressed; without script it is a matter of waiting.

use super::ask::put;
use super::crossing::Refusal;
use crate::app::App;
use crate::layout::Frame;
use crate::page::Page;
use crate::words::Words;
use askama::Template;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde_json::json;

/// Fields of a form that come back at most; none of the paper's has more.
const MOST_FIELDS: usize = 200;
/// Fields that are shown, with their labels and whether they are long; all others come back unseen.
const SHOWN: [(&str, &str, bool); 4] = [
    ("name", "form.name", false),
    ("email", "reader.email", false),
    ("text", "form.text", true),
    ("words", "form.report-words", true),
];
/// Seconds until an answer that did not count may be sent anew.
const AT_ONCE: u64 = 1;

#[derive(Template)]
#[template(path = "toll/again.html")]
struct Again {
    frame: Frame,
    why: String,
    action: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    value: String,
    /// Empty where the field is not shown.
    label: String,
    is_long: bool,
}

/// The page that gives a form back.
pub(super) async fn page(app: &App, request: Request, refusal: Refusal, task: &str) -> Response {
    let (action, frame) = (request.uri().path().to_owned(), Frame::bare(app, app.now()));
    let pairs = Form::<Vec<(String, String)>>::from_request(request, app).await;
    let pairs = pairs.map(|Form(pairs)| pairs).unwrap_or_default();
    let fields = pairs.into_iter().take(MOST_FIELDS).filter(|(name, _)| name != "toll");
    let fields = fields.map(|(name, value)| Field::of(frame.t, name, value)).collect();
    let again = Again { why: why(&frame.t, refusal), frame, action, fields };
    let page = Page::private(&again).map(|page| page.with_status(StatusCode::TOO_MANY_REQUESTS));
    refuse(page.map_or_else(IntoResponse::into_response, IntoResponse::into_response), refusal, task)
}

/// The same to the script under a page of another site, which has kept the words.
pub(super) fn said(app: &App, refusal: Refusal, task: &str) -> Response {
    let says = why(&app.to_readers().words(), refusal);
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(json!({ "says": says }))).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    refuse(response, refusal, task)
}

fn refuse(mut response: Response, refusal: Refusal, task: &str) -> Response {
    let wait = if let Refusal::Wait(seconds) = refusal { seconds } else { AT_ONCE };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    put(&mut response, task);
    response
}

fn why(t: &Words, refusal: Refusal) -> String {
    match refusal {
        Refusal::Unfit => t.s("toll.unfit"),
        Refusal::Wait(seconds) => t.n("toll.wait", seconds.div_ceil(60)),
    }
}

impl Field {
    fn of(t: Words, name: String, value: String) -> Self {
        let shown = SHOWN.iter().find(|(shown, ..)| *shown == name);
        let (label, is_long) = shown.map_or_else(Default::default, |(_, key, is_long)| (t.s(key), *is_long));
        Self { name, value, label, is_long }
    }
}

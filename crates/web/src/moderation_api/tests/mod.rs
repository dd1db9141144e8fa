//! Other comment systems as they call.

mod analyzed;
mod as_sent;
mod cut;
mod described;
mod examined;
mod fuzz;
mod held;
mod keys;
mod read;
mod scored;
mod suggested;

use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

/// A harmless comment.
pub const THANKS: &str = "شكرا لكم على هذا التحقيق عن ترام المدينة";
/// A comment with something to find, behind a sign that takes two UTF-16 units.
pub const LINK: &str = "🚋 التسجيل كاملا هنا: https://example.org/tram لمن يريد";
/// What stands there.
pub const LINKED: &str = "https://example.org/tram";

/// Gives somebody a key.
pub async fn key(paper: &OpenPaper, name: &str, per_minute: u32) -> String {
    let made = crate::make_api_key(&paper.app.store, name, per_minute, paper.app.now()).await;
    made.expect("a key").1
}

/// Calls with a key in the `Authorization` line, or with none.
pub async fn examine(paper: &OpenPaper, key: &str, body: &Value) -> Got {
    send(paper, "/api/moderation/examine", key, &body.to_string()).await
}

/// Sends a body; an empty key stands in no line.
pub async fn send(paper: &OpenPaper, path: &str, key: &str, body: &str) -> Got {
    let mut request = Request::post(path).header("content-type", "application/json");
    if !key.is_empty() {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    paper.send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

/// Calls in the form of the service that closes.
pub async fn analyze(paper: &OpenPaper, key: &str, body: &Value) -> Got {
    send(paper, &format!("/v1alpha1/comments:analyze?key={key}"), "", &body.to_string()).await
}

/// The same, asked again where the machine was too busy to answer in time.
pub async fn in_time(paper: &OpenPaper, key: &str, body: &Value) -> Value {
    for _ in 0..100 {
        let said = good(&analyze(paper, key, body).await);
        if said["heldBecause"] != "too-slow" {
            return said;
        }
    }
    panic!("never in time");
}

/// The answer's JSON.
pub fn json(got: &Got) -> Value {
    assert_eq!(got.header("content-type"), "application/json", "{}", got.text);
    serde_json::from_str(&got.text).expect("whole JSON")
}

/// The answer's JSON when it is a good one.
pub fn good(got: &Got) -> Value {
    assert_eq!(got.status, 200, "{}", got.text);
    json(got)
}

/// Status, reason and place of a refusal.
pub fn refusal(got: &Got) -> (u16, String, String) {
    let said = json(got);
    let error = &said["error"];
    assert_eq!(error["code"], got.status.as_u16(), "{said}");
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{said}");
    assert!(error["status"].as_str().is_some_and(|status| status.chars().all(|c| c.is_ascii_uppercase() || c == '_')));
    assert_eq!(got.header("cache-control"), "no-store");
    let detail = |name: &str| error["details"][0][name].as_str().unwrap_or_default().to_owned();
    (got.status.as_u16(), detail("reason"), detail("pointer"))
}

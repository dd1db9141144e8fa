//! Whatever another system sends to `comments:analyze`: a call is answered with scores, anything else with what is wrong with it.

use super::{json, key, refusal};
use crate::tests::mutation::{Target, fuzz};
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

#[test]
fn any_call_for_scores_is_answered_in_its_own_form() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let _inside = runtime.enter();
    let paper = runtime.block_on(OpenPaper::open());
    let key = runtime.block_on(key(&paper, "الميناء", 1_000_000));
    let path = format!("/v1alpha1/comments:analyze?key={key}");
    fuzz(&Target { name: "analyze", texts: 60, longest: 64 * 1024 }, |sent| {
        let got = runtime.block_on(sends(&paper, &path, sent.to_vec()));
        if got.status == 200 {
            assert!(json(&got)["attributeScores"].is_object(), "{}", got.text);
        } else {
            assert_eq!(refusal(&got).0, 400, "{}", got.text);
        }
        if let Some(call) = call(sent) {
            let got = runtime.block_on(sends(&paper, &path, call));
            assert!(got.status == 200 && json(&got)["attributeScores"].is_object(), "a whole call: {}", got.text);
        }
    });
}

async fn sends(paper: &OpenPaper, path: &str, body: Vec<u8>) -> Got {
    let request = Request::post(path).header("content-type", "application/json");
    paper.send(request.body(Body::from(body)).expect("a request")).await
}

/// The same call written anew, with each name once, where it is one: a text, attributes, and around them whatever there is.
fn call(sent: &[u8]) -> Option<Vec<u8>> {
    let call: Value = serde_json::from_slice(sent).ok()?;
    let attributes = call["requestedAttributes"].as_object()?;
    let are_plain = attributes.values().all(|wanted| wanted.as_object().is_some_and(|wanted| wanted.is_empty()));
    let spans = call.get("spanAnnotations").is_none_or(Value::is_boolean);
    let is_whole = call["comment"]["text"].is_string() && !attributes.is_empty() && are_plain && spans;
    is_whole.then(|| call.to_string().into_bytes())
}

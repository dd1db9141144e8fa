//! Who may call, and how fast.

use super::{THANKS, analyze, examine, good, key, refusal, send};
use crate::guard::ByAddress;
use crate::tests::open_paper::OpenPaper;
use crate::{aftermath, moderation_api};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;
use store::StoreError;

#[tokio::test]
async fn without_a_key_that_holds_nobody_is_answered() {
    let paper = OpenPaper::open().await;
    let body = json!({ "text": THANKS });
    for wrong in ["", "midad_x", "ليس مفتاحا"] {
        let got = examine(&paper, wrong, &body).await;
        assert_eq!(refusal(&got), (401, "no-key".to_owned(), String::new()), "{wrong}");
        assert_eq!(got.header("www-authenticate"), "Bearer");
    }
    let scored = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} } }).to_string();
    for path in ["/v1alpha1/comments:analyze", "/comments:analyze?key=", "/comments:suggestscore?key=midad_x"] {
        assert_eq!(refusal(&send(&paper, path, "", &scored).await).0, 403, "{path}");
    }
}

#[tokio::test]
async fn a_key_of_one_call_stands_in_its_own_place_only() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 600).await;
    let scored = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} } }).to_string();
    assert_eq!(refusal(&send(&paper, "/comments:analyze", &key, &scored).await).0, 403);
    let body = json!({ "text": THANKS }).to_string();
    assert_eq!(refusal(&send(&paper, &format!("/api/moderation/examine?key={key}"), "", &body).await).0, 401);
}

#[tokio::test]
async fn a_key_holds_until_it_is_taken_away() {
    let paper = OpenPaper::open().await;
    let body = json!({ "text": THANKS });
    assert_eq!(examine(&paper, "midad_x", &body).await.status, 401, "the list is read before there is a key");
    let (name, now) = ("الميناء", paper.app.now());
    let key = key(&paper, name, 600).await;
    let log = paper.app.store.log(None, 1).await.expect("a log");
    aftermath::tell(&paper.app, &log[0]).await;
    assert_eq!(examine(&paper, &key, &body).await.status, 200, "a running paper is told of a new key");
    let revoked = paper.app.store.revoke_api_client(name, now).await.expect("a revoked key");
    aftermath::tell(&paper.app, &revoked).await;
    assert_eq!(examine(&paper, &key, &body).await.status, 401, "and of one that was taken away");
}

#[tokio::test]
async fn the_store_holds_no_key() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 600).await;
    assert!(key.starts_with("midad_") && key.len() > 40, "{key}");
    for table in store::Store::tables() {
        let rows = paper.app.store.table_rows(table, None, 1_000).await.expect("rows");
        assert!(!format!("{rows:?}").contains(&key[6..]), "{table}");
    }
}

#[tokio::test]
async fn a_key_that_sends_too_fast_waits_and_others_do_not() {
    let paper = OpenPaper::open().await;
    let (slow, other) = (key(&paper, "الميناء", 2).await, key(&paper, "أخبار", 2).await);
    let one = json!({ "text": THANKS });
    let two = json!({ "items": [one, one] });
    assert_eq!(examine(&paper, &slow, &two).await.status, 200, "all of a minute's may come at once");
    let got = examine(&paper, &slow, &one).await;
    assert_eq!(refusal(&got).1, "too-fast");
    let wait: u64 = got.header("retry-after").parse().expect("seconds");
    assert!((1..=31).contains(&wait), "{wait}");
    assert_eq!(examine(&paper, &other, &one).await.status, 200);
    let never = examine(&paper, &other, &json!({ "items": [one, one, one] })).await;
    assert_eq!(refusal(&never), (400, "malformed".to_owned(), "/items".to_owned()));
}

#[tokio::test]
async fn a_client_that_publishes_what_is_refused_is_told_to_hold() {
    let paper = OpenPaper::open().await;
    let slow = key(&paper, "الميناء", 1).await;
    let body = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {}, "THREAT": {} } });
    let value = |got: &crate::tests::open_paper::Got, name: &str| {
        good(got)["attributeScores"][name]["summaryScore"]["value"].as_f64().expect("a score")
    };
    assert!(value(&analyze(&paper, &slow, &body).await, "TOXICITY") < 0.8);
    let held = analyze(&paper, &slow, &body).await;
    assert!(value(&held, "TOXICITY") > 0.8 && value(&held, "THREAT") > 0.8, "{}", held.text);
    assert!(!held.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_store_that_cannot_answer_holds_every_comment() {
    let paper = OpenPaper::open().await;
    let by = ByAddress { caller: Err(StoreError::Unreachable("no disk".to_owned())) };
    let body = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} } }).to_string();
    let held = moderation_api::analyze(by, State(paper.app.clone()), Body::from(body)).await.expect("an answer");
    assert_eq!((held.status().as_u16(), held.headers()["retry-after"].as_bytes()), (200, &b"1"[..]));
    let said = to_bytes(held.into_body(), 10_000).await.expect("a body");
    let said: serde_json::Value = serde_json::from_slice(&said).expect("whole JSON");
    assert!(said["attributeScores"]["TOXICITY"]["summaryScore"]["value"].as_f64() > Some(0.8), "{said}");
}

#[tokio::test]
async fn a_decision_that_cannot_be_kept_is_not_said_to_be_kept() {
    let paper = OpenPaper::open().await;
    let by = ByAddress { caller: Err(StoreError::Unreachable("no disk".to_owned())) };
    let refused = moderation_api::suggest_score(by, State(paper.app.clone()), Bytes::new()).await;
    assert_eq!(refused.map(drop).expect_err("a problem").into_response().status(), 503);
}

//! What is never answered with an error, since its clients would publish: whatever cannot be judged is to be held.

use super::{LINK, THANKS, analyze, good, in_time, key, refusal, send};
use crate::moderation_api::cut::MOST_KEPT;
use crate::tests::open_paper::OpenPaper;
use serde_json::{Value, json};

async fn open() -> (OpenPaper, String) {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 100_000).await;
    (paper, key)
}

fn toxicity(said: &Value) -> f64 {
    said["attributeScores"]["TOXICITY"]["summaryScore"]["value"].as_f64().unwrap_or_else(|| panic!("{said:.300}"))
}

fn asked(text: &str) -> Value {
    json!({ "comment": { "text": text }, "requestedAttributes": { "TOXICITY": { "scoreThreshold": 0.95 } }, "spanAnnotations": true })
}

#[tokio::test]
async fn a_text_is_read_up_to_its_limit_and_held_beyond_it() {
    let (paper, key) = open().await;
    let body = json!({ "comment": { "text": "م".repeat(10_240) }, "requestedAttributes": { "TOXICITY": {} } });
    let read = in_time(&paper, &key, &body).await;
    assert!(toxicity(&read) < 0.8 && read.get("heldBecause").is_none(), "{read}");
    let units = 10_241;
    let unread = good(&analyze(&paper, &key, &asked(&"م".repeat(units))).await);
    assert_eq!((toxicity(&unread).to_bits(), &unread["heldBecause"]), (0.9_f64.to_bits(), &json!("too-long")));
    let span = &unread["attributeScores"]["TOXICITY"]["spanScores"][0];
    assert_eq!((&span["begin"], &span["end"], &span["score"]["value"]), (&json!(0), &json!(units), &json!(0.9)));
}

#[tokio::test]
async fn no_call_is_too_long_to_be_answered() {
    let (paper, key) = open().await;
    let megabytes = "م".repeat(2 * 1024 * 1024);
    let unread = good(&analyze(&paper, &key, &asked(&megabytes)).await);
    assert!(toxicity(&unread) > 0.8 && unread["heldBecause"] == "too-long", "a comment of megabytes");
    let mut around = asked(THANKS);
    around["context"] = json!({ "articleAndParentComment": { "article": { "text": megabytes }, "parentComment": { "text": megabytes } } });
    around["requestedAttributes"] = json!({ "TOXICITY": {} });
    assert!(toxicity(&in_time(&paper, &key, &around).await) < 0.8, "an article of megabytes is read in part");
    let entries = "1,".repeat(MOST_KEPT / 2);
    let endless =
        format!(r#"{{"comment":{{"text":"م"}},"context":[{entries}1],"requestedAttributes":{{"TOXICITY":{{}}}}}}"#);
    let said = good(&send(&paper, &format!("/comments:analyze?key={key}"), "", &endless).await);
    assert!(toxicity(&said) > 0.8 && said["heldBecause"] == "too-long", "what cannot be kept is held by every name");
    assert!(said["attributeScores"]["SEVERE_TOXICITY"].is_object());
}

#[tokio::test]
async fn nothing_around_a_comment_is_a_reason_not_to_answer() {
    let (paper, key) = open().await;
    for context in [
        json!(null),
        json!([]),
        json!({ "articleAndParentComment": null }),
        json!({ "articleAndParentComment": { "article": {}, "parentComment": { "type": "HTML" } } }),
        json!({ "articleAndParentComment": { "article": { "text": 7 }, "parentComment": "x" }, "entries": 1 }),
    ] {
        let mut body = asked(THANKS);
        body["context"] = context;
        body["requestedAttributes"] = json!({ "TOXICITY": {} });
        assert!(toxicity(&good(&analyze(&paper, &key, &body).await)) < 0.8, "{body}");
    }
}

#[tokio::test]
async fn more_names_than_there_ever_were_are_all_answered_and_the_first_with_places() {
    let (paper, key) = open().await;
    let names: Value = (0..200).map(|n| (format!("SPAM@{n:03}"), json!({}))).collect();
    let body = json!({ "comment": { "text": LINK }, "requestedAttributes": names, "spanAnnotations": true });
    let said = good(&analyze(&paper, &key, &body).await);
    let scores = said["attributeScores"].as_object().expect("scores");
    assert_eq!(scores.len(), 200);
    assert_eq!(scores.values().filter(|score| score.get("spanScores").is_some()).count(), 64);
}

#[tokio::test]
async fn bytes_that_are_no_letters_are_no_way_past_us() {
    let (paper, key) = open().await;
    let mut body = b"{\"comment\":{\"text\":\"\xD9 \xFF".to_vec();
    body.extend(format!("{LINK}\"}},\"requestedAttributes\":{{\"SPAM\":{{}}}}}}").as_bytes());
    let request = axum::http::Request::post(format!("/comments:analyze?key={key}")).body(axum::body::Body::from(body));
    let said = good(&paper.send(request.expect("a request")).await);
    assert!(said["attributeScores"]["SPAM"]["summaryScore"]["value"].as_f64() > Some(0.1), "{said}");
    // JSON that is cut off is none, and says so.
    let got = send(&paper, &format!("/comments:analyze?key={key}"), "", r#"{"comment": {"text": "م"}, "#).await;
    assert_eq!(refusal(&got).0, 400);
}

#[tokio::test]
async fn a_verdict_that_is_not_there_in_time_is_not_waited_for() {
    let (paper, key) = open().await;
    let turns = paper.app.judging.all_taken().await;
    let mut body = asked(&"كلام طويل ".repeat(1_000));
    body["requestedAttributes"] = json!({ "TOXICITY": {} });
    let said = good(&analyze(&paper, &key, &body).await);
    assert!(toxicity(&said) > 0.8 && said["heldBecause"] == "too-slow", "{said}");
    assert!(
        toxicity(&good(
            &analyze(
                &paper,
                &key,
                &json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} } })
            )
            .await
        )) < 0.8,
        "a short one never waits"
    );
    drop(turns);
    assert!(toxicity(&in_time(&paper, &key, &body).await) < 0.8);
}

//! `comments:suggestscore`: what other moderators decided is kept, once, and shown nowhere.

use super::{THANKS, good, key, refusal, send};
use crate::tests::open_paper::{Got, OpenPaper};
use newsroom::SuggestionId;
use serde_json::{Value, json};
use store::suggestions::Suggestion;

async fn suggest(paper: &OpenPaper, key: &str, body: &Value) -> Got {
    send(paper, &format!("/v1alpha1/comments:suggestscore?key={key}"), "", &body.to_string()).await
}

async fn kept(paper: &OpenPaper) -> Vec<Suggestion> {
    let kept = paper.app.store.suggestions_after(SuggestionId(0), 100).await.expect("suggestions");
    kept.into_iter().map(|(_, suggestion)| suggestion).collect()
}

fn decision(value: f64) -> Value {
    json!({
        "comment": { "text": THANKS },
        "context": { "entries": [{ "text": "{\"url\":\"https://port.example/a?commentID=17\"}" }, { "text": "x".repeat(3_000) }] },
        "attributeScores": { "TOXICITY": { "summaryScore": { "value": value } } },
        "languages": ["en"],
        "communityId": "Coral:https://port.example",
        "clientToken": "comment:17",
    })
}

#[tokio::test]
async fn a_decision_is_kept_once_and_the_last_word_counts() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 600).await;
    for value in [0.0, 0.0, 1.0] {
        let said = good(&suggest(&paper, &key, &decision(value)).await);
        let expected =
            json!({ "clientToken": "comment:17", "requestedLanguages": ["en"], "detectedLanguages": ["ar"] });
        assert_eq!(said, expected);
    }
    let kept = kept(&paper).await;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].text.as_str(), kept[0].token.as_str()), (THANKS, "comment:17"));
    assert_eq!(kept[0].scores, [("TOXICITY".to_owned(), 1.0)].into());
    assert_eq!(kept[0].context, ["{\"url\":\"https://port.example/a?commentID=17\"}"], "what is too long is left out");
    assert_eq!(kept[0].community, "Coral:https://port.example");
}

#[tokio::test]
async fn another_text_token_or_client_is_another_suggestion() {
    let paper = OpenPaper::open().await;
    let (port, other) = (key(&paper, "الميناء", 600).await, key(&paper, "أخبار", 600).await);
    let (mut text, mut token) = (decision(0.0), decision(0.0));
    text["comment"]["text"] = json!("كلام آخر");
    token["clientToken"] = json!("comment:18");
    for body in [decision(0.0), text, token] {
        good(&suggest(&paper, &port, &body).await);
    }
    good(&suggest(&paper, &other, &decision(0.0)).await);
    assert_eq!(kept(&paper).await.len(), 4);
}

#[tokio::test]
async fn what_is_not_to_be_stored_is_not_and_a_nul_harms_nothing() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 600).await;
    let mut body = decision(1.0);
    body["doNotStore"] = json!(true);
    good(&suggest(&paper, &key, &body).await);
    assert_eq!(kept(&paper).await, []);
    let nul = json!({
        "comment": { "text": "كلام\u{0} آخر" }, "attributeScores": { "SPAM\u{0}": { "summaryScore": { "value": 0.5 } } },
    });
    let said = good(&suggest(&paper, &key, &nul).await);
    assert_eq!(said, json!({ "requestedLanguages": [], "detectedLanguages": ["ar"] }));
    assert_eq!(kept(&paper).await[0].text, "كلام آخر");
}

#[tokio::test]
async fn what_is_no_decision_is_refused_with_its_place() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 600).await;
    let with = |pointer: &str, value: Value| {
        let mut body = decision(0.0);
        *body.pointer_mut(pointer).expect("a place") = value;
        body
    };
    let value = "/attributeScores/TOXICITY/summaryScore/value";
    for (body, pointer) in [
        (with("/comment/text", json!("م".repeat(10_241))), "/comment/text"),
        (with("/attributeScores", json!({})), "/attributeScores"),
        (with(value, json!(1.5)), value),
        (with(value, json!("1")), value),
        (with("/clientToken", json!("x".repeat(1_025))), "/clientToken"),
    ] {
        let (status, _, at) = refusal(&suggest(&paper, &key, &body).await);
        assert_eq!((status, at.as_str()), (400, pointer));
    }
    assert_eq!(kept(&paper).await, []);
}

#[tokio::test]
async fn whoever_sends_decisions_too_fast_is_told_to_wait() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 1).await;
    good(&suggest(&paper, &key, &decision(0.0)).await);
    let got = suggest(&paper, &key, &decision(0.0)).await;
    assert_eq!(refusal(&got).0, 429);
    assert!(!got.header("retry-after").is_empty());
}

//! Calls over a real connection, byte for byte as clients send them.
//!
//! Sources: Coral's `services/perspective` (it joins the configured endpoint and `/comments:analyze`), the npm package
//! `perspective-api-client` 3.1.0 (axios with a fixed address; behind a proxy axios writes that whole address into the
//! first line).

use super::{THANKS, json, key};
use crate::routes::router;
use crate::tests::open_paper::{Got, OpenPaper};
use newsroom::SuggestionId;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves the paper for one connection; status and JSON of its answer.
async fn over_a_connection(paper: &OpenPaper, line: &str, host: &str, headers: &[&str], body: &Value) -> (u16, Value) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = tokio::spawn(axum::serve(listener, router(paper.app.clone())).into_future());
    let body = body.to_string();
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let request = format!(
        "POST {line} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    connection.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("an answer");
    serving.abort();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    // A body in chunks stands between lines that count it.
    let json = &body[body.find('{').expect("JSON")..=body.rfind('}').expect("JSON")];
    (status, serde_json::from_str(json).expect("whole JSON"))
}

fn toxicity(said: &Value) -> f64 {
    said["attributeScores"]["TOXICITY"]["summaryScore"]["value"].as_f64().unwrap_or_else(|| panic!("{said}"))
}

#[tokio::test]
async fn coral_asks_with_english_for_arabic_and_gets_its_score() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "Coral", 600).await;
    let body = json!({
        "comment": { "text": THANKS }, "doNotStore": true, "requestedAttributes": { "TOXICITY": {} }, "languages": ["en"],
    });
    // Its setting «custom endpoint» with and without the version, and with a stroke at its end.
    for line in [format!("/v1alpha1/comments:analyze?key={key}"), format!("/comments:analyze?key={key}")] {
        let (status, said) = over_a_connection(&paper, &line, "midad.example", &["Accept: */*"], &body).await;
        assert_eq!((status, &said["detectedLanguages"]), (200, &json!(["ar"])));
        assert!(toxicity(&said) < 0.8);
    }
}

#[tokio::test]
async fn coral_tells_what_its_moderators_decided() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "Coral", 600).await;
    let context = json!({ "url": "https://port.example/a?commentID=17", "Coral_comment_id": "17" }).to_string();
    let body = json!({
        "comment": { "text": THANKS },
        "context": { "entries": [{ "text": context }] },
        "attributeScores": { "TOXICITY": { "summaryScore": { "value": 1 } } },
        "languages": ["en"],
        "communityId": "Coral:https://port.example",
        "clientToken": "comment:17",
    });
    let line = format!("/v1alpha1/comments:suggestscore?key={key}");
    let (status, said) = over_a_connection(&paper, &line, "midad.example", &[], &body).await;
    assert_eq!((status, &said["clientToken"]), (200, &json!("comment:17")));
    let kept = paper.app.store.suggestions_after(SuggestionId(0), 10).await.expect("suggestions");
    assert_eq!((kept.len(), kept[0].1.context[0].as_str()), (1, context.as_str()));
}

#[tokio::test]
async fn the_npm_client_comes_through_a_proxy_with_the_old_address() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "npm", 600).await;
    let line = format!("https://commentanalyzer.googleapis.com/v1alpha1/comments:analyze?key={key}");
    let headers = ["Accept: application/json, text/plain, */*", "User-Agent: axios/0.18.1"];
    let host = "commentanalyzer.googleapis.com";
    let ask = async |body: Value| over_a_connection(&paper, &line, host, &headers, &body).await;
    let said = |(status, said): (u16, Value)| {
        assert_eq!(status, 200, "{said}");
        said
    };
    // `analyze(text)`, `analyze(text, { attributes: ['toxicity', 'insult'] })`, `analyze(resource)`, and a text that it cut
    // to 20,480 letters, which are more bytes than that service read.
    let plain = said(
        ask(json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} }, "doNotStore": true }))
            .await,
    );
    assert!(toxicity(&plain) < 0.8 && plain["languages"] == json!(["ar"]), "{plain}");
    let two = json!({ "TOXICITY": {}, "INSULT": {} });
    let two = said(ask(json!({ "comment": { "text": THANKS }, "requestedAttributes": two, "doNotStore": true })).await);
    assert!(two["attributeScores"]["INSULT"]["summaryScore"]["value"].as_f64() < Some(0.8), "{two}");
    let resource = json!({
        "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": { "scoreThreshold": 0 } }, "languages": ["en"], "doNotStore": false,
    });
    assert_eq!(said(ask(resource).await)["languages"], json!(["en"]));
    let long = json!({ "comment": { "text": "م".repeat(20_480) }, "requestedAttributes": { "TOXICITY": {} }, "doNotStore": true });
    assert_eq!(toxicity(&said(ask(long).await)).to_bits(), 0.9_f64.to_bits(), "held, and not refused");
    let body = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} }, "doNotStore": true });
    // It throws with `response.data.error.message`.
    let line = line.replace(&key, "midad_wrong");
    let (status, said) = over_a_connection(&paper, &line, host, &headers, &body).await;
    assert!(status == 403 && said["error"]["message"].as_str().is_some_and(|said| said.contains("key")), "{said}");
}

#[tokio::test]
async fn a_page_of_another_site_is_nobody_special() {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "npm", 600).await;
    let body = json!({ "text": THANKS });
    let bearer = format!("Authorization: bearer {key}");
    let headers = [bearer.as_str(), "Origin: https://elsewhere.example", "Sec-Fetch-Site: cross-site"];
    let (status, said) = over_a_connection(&paper, "/api/moderation/examine", "midad.example", &headers, &body).await;
    assert_eq!((status, &said["examined"]), (200, &json!(true)), "calls come from programs; a key is what counts");
    let got: Got = paper.get("/comments%3Asuggestscore").await;
    assert_eq!(json(&got)["error"]["details"][0]["reason"], "wrong-method");
}

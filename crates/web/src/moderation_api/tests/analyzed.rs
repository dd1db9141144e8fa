//! `comments:analyze`, rule by rule.

use super::{LINK, LINKED, THANKS, analyze, good, in_time, key, refusal, send};
use crate::tests::open_paper::OpenPaper;
use serde_json::{Value, json};

async fn open() -> (OpenPaper, String) {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 100_000).await;
    (paper, key)
}

fn value(said: &Value, name: &str) -> f64 {
    said["attributeScores"][name]["summaryScore"]["value"].as_f64().unwrap_or_else(|| panic!("{name}: {said}"))
}

#[tokio::test]
async fn it_stands_with_and_without_the_prefix_and_with_an_encoded_colon() {
    let (paper, key) = open().await;
    let body = json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} } }).to_string();
    for path in
        ["/v1alpha1/comments:analyze", "/comments:analyze", "/v1alpha1/comments%3Aanalyze", "/comments%3Aanalyze"]
    {
        let got = send(&paper, &format!("{path}?key={key}"), "", &body).await;
        assert!(value(&good(&got), "TOXICITY") < 0.8, "{path}");
    }
    let elsewhere = send(&paper, &format!("/v1alpha1/comments?key={key}"), "", &body).await;
    assert_ne!(elsewhere.status, 200);
}

#[tokio::test]
async fn names_come_back_as_they_were_asked_and_unknown_ones_as_toxicity() {
    let (paper, key) = open().await;
    let names = ["TOXICITY", "TOXICITY_FAST", "SEVERE_TOXICITY_EXPERIMENTAL", "SPAM@2", "FLIRTATION", "ما لا يعرفه أحد"];
    let wanted: Value = names.map(|name| (name.to_owned(), json!({}))).into_iter().collect();
    let said =
        good(&analyze(&paper, &key, &json!({ "comment": { "text": LINK }, "requestedAttributes": wanted })).await);
    let scores = said["attributeScores"].as_object().expect("scores");
    assert_eq!(scores.len(), names.len());
    for name in names {
        assert_eq!(scores[name]["summaryScore"]["type"], "PROBABILITY", "{name}");
    }
    for name in ["TOXICITY_FAST", "FLIRTATION", "ما لا يعرفه أحد"] {
        assert_eq!(value(&said, name).to_bits(), value(&said, "TOXICITY").to_bits(), "{name}");
    }
    assert!(value(&said, "SPAM@2") > value(&said, "TOXICITY"), "an address is nearer to spam: {said}");
}

#[tokio::test]
async fn what_is_said_of_the_language_is_given_back_and_not_believed() {
    let (paper, key) = open().await;
    let asked = |languages: Value| json!({ "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} }, "languages": languages });
    for languages in [json!(["en"]), json!(["xx", "en"]), json!([])] {
        let said = good(&analyze(&paper, &key, &asked(languages.clone())).await);
        assert_eq!((&said["languages"], &said["detectedLanguages"]), (&languages, &json!(["ar"])));
    }
    let said = good(&analyze(&paper, &key, &asked(json!(["en", {}, 5, null]))).await);
    assert_eq!(said["languages"], json!(["en"]), "what is no text is no language");
    let said = good(&analyze(&paper, &key, &asked(Value::Null)).await);
    assert_eq!(said["languages"], json!(["ar"]), "without a list, what was detected");
}

#[tokio::test]
async fn spans_are_in_utf16_units_and_only_where_they_are_asked_for() {
    let (paper, key) = open().await;
    let wanted = json!({ "SPAM": {}, "IDENTITY_ATTACK": null });
    let asked =
        |spans: bool| json!({ "comment": { "text": LINK }, "requestedAttributes": wanted, "spanAnnotations": spans });
    let said = good(&analyze(&paper, &key, &asked(true)).await);
    let spans = said["attributeScores"]["SPAM"]["spanScores"].as_array().expect("spans").clone();
    let place = |name: &str| spans[0][name].as_u64().expect("a place") as usize;
    let units: Vec<u16> = LINK.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[place("begin")..place("end")]), LINKED);
    let of = |said: &Value| said["value"].as_f64().expect("a number");
    assert!(of(&spans[0]["score"]) <= of(&said["attributeScores"]["SPAM"]["summaryScore"]), "the largest counts");
    assert_eq!(said["attributeScores"]["IDENTITY_ATTACK"]["spanScores"], json!([]), "an address insults nobody");
    let said = good(&analyze(&paper, &key, &asked(false)).await);
    assert!(said["attributeScores"]["SPAM"].get("spanScores").is_none());
}

#[tokio::test]
async fn scores_below_what_a_client_wants_to_hear_of_are_left_out() {
    let (paper, key) = open().await;
    let wanted = json!({ "SPAM": { "scoreThreshold": 0.1, "scoreType": "RAW" }, "THREAT": { "scoreThreshold": 0.99 } });
    let body = json!({ "comment": { "text": LINK }, "requestedAttributes": wanted, "spanAnnotations": true });
    let said = good(&analyze(&paper, &key, &body).await);
    assert!(value(&said, "SPAM") > 0.1);
    assert!(said["attributeScores"].get("THREAT").is_none(), "{said}");
}

#[tokio::test]
async fn a_broken_limit_is_held_as_likely_to_be_rejected() {
    let (paper, key) = open().await;
    for text in ["", "ـــ"] {
        let wanted = json!({ "LIKELY_TO_REJECT": {} });
        let said =
            good(&analyze(&paper, &key, &json!({ "comment": { "text": text }, "requestedAttributes": wanted })).await);
        assert!(value(&said, "LIKELY_TO_REJECT") > 0.8, "nothing readable: {said}");
    }
}

#[tokio::test]
async fn the_article_is_known_and_what_we_do_not_know_is_passed_over() {
    let (paper, key) = open().await;
    let body = json!({
        "comment": { "text": THANKS, "type": "HTML", "extra": 1 },
        "requestedAttributes": { "TOXICITY": { "scoreType": "PROBABILITY" } },
        "context": { "articleAndParentComment": { "article": { "text": "خبر الترام" }, "parentComment": { "text": "؟" } } },
        "doNotStore": true, "clientToken": "c-17", "sessionId": "s", "communityId": "x", "unknown": {},
    });
    let said = good(&analyze(&paper, &key, &body).await);
    assert_eq!(said["clientToken"], "c-17");
    assert!(value(&said, "TOXICITY") < 0.8);
    let entries = json!({
        "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} }, "context": { "entries": [{ "text": "x" }] },
    });
    assert!(good(&analyze(&paper, &key, &entries).await).get("clientToken").is_none());
}

#[tokio::test]
async fn a_long_article_around_a_comment_is_read_in_part_and_answered() {
    let (paper, key) = open().await;
    let article = format!("x{}", "مقال ".repeat(60_000));
    let body = json!({
        "comment": { "text": THANKS }, "requestedAttributes": { "TOXICITY": {} },
        "context": { "articleAndParentComment": { "article": { "text": article }, "parentComment": { "text": article } } },
    });
    assert!(value(&in_time(&paper, &key, &body).await, "TOXICITY") < 0.8);
}

#[tokio::test]
async fn half_a_pair_of_surrogates_is_no_way_past_us() {
    let (paper, key) = open().await;
    let path = format!("/comments:analyze?key={key}");
    for text in [r"\ud83d", r"\ude8b\ud83d x", r"\ud83d\ud83d\ude8b", r"\\ud83d", r"\uD83Dn\u0000"] {
        let body = format!(
            r#"{{"comment":{{"text":"{text} {LINKED}"}},"requestedAttributes":{{"SPAM":{{}}}},"spanAnnotations":true}}"#
        );
        let said = good(&send(&paper, &path, "", &body).await);
        let ends = said["attributeScores"]["SPAM"]["spanScores"][0]["end"].as_u64();
        let units = match text {
            r"\ud83d" => 1,
            r"\ude8b\ud83d x" => 4,
            r"\ud83d\ud83d\ude8b" => 3,
            r"\\ud83d" => 6,
            _ => 3,
        };
        assert_eq!(ends, Some(units + 1 + LINKED.len() as u64), "{text}: {said}");
    }
}

#[tokio::test]
async fn what_is_not_well_formed_is_refused_in_its_own_form() {
    let (paper, key) = open().await;
    for (body, pointer) in [
        (json!({ "requestedAttributes": { "TOXICITY": {} } }), "/comment"),
        (json!({ "comment": {}, "requestedAttributes": { "TOXICITY": {} } }), "/comment/text"),
        (json!({ "comment": { "text": ["م"] }, "requestedAttributes": { "TOXICITY": {} } }), "/comment/text"),
        (json!({ "comment": { "text": "م" } }), "/requestedAttributes"),
        (json!({ "comment": { "text": "م" }, "requestedAttributes": {} }), "/requestedAttributes"),
        (
            json!({ "comment": { "text": "م" }, "requestedAttributes": { "A/~": { "scoreThreshold": "x" } } }),
            "/requestedAttributes/A~1~0/scoreThreshold",
        ),
    ] {
        let (status, _, at) = refusal(&analyze(&paper, &key, &body).await);
        assert_eq!((status, at.as_str()), (400, pointer), "{:.90}", body.to_string());
    }
}

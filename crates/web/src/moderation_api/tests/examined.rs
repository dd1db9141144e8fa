//! `POST /api/moderation/examine`.

use super::{LINK, LINKED, THANKS, examine, good, key, refusal, send};
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use serde_json::{Value, json};

async fn open() -> (OpenPaper, String) {
    let paper = OpenPaper::open().await;
    let key = key(&paper, "الميناء", 100_000).await;
    (paper, key)
}

fn link_of(verdict: &Value) -> &Value {
    let findings = verdict["findings"].as_array().expect("findings");
    findings.iter().find(|finding| finding["key"] == "link").unwrap_or_else(|| panic!("a link: {verdict}"))
}

#[tokio::test]
async fn a_finding_says_what_where_how_much_and_what_would_make_it_wrong() {
    let (paper, key) = open().await;
    let verdict = good(&examine(&paper, &key, &json!({ "text": LINK, "name": "هدى" })).await);
    let link = link_of(&verdict);
    assert_eq!((&link["category"], &link["arguments"]["host"]), (&json!("links"), &json!("example.org")));
    let place = |counted: &str| {
        let [start, end] = [0, 1].map(|at| link["ranges"][0][counted][at].as_u64().expect("a place") as usize);
        start..end
    };
    assert_eq!(&LINK[place("bytes")], LINKED);
    let units: Vec<u16> = LINK.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[place("utf16")]), LINKED);
    assert!(link["weight"].as_u64() > Some(0) && verdict["priority"].as_u64() >= link["weight"].as_u64());
    assert_eq!((&verdict["advice"], &verdict["examined"]), (&json!("look"), &json!(true)));
    assert_eq!(verdict["languages"], json!(["ar"]));
    assert!(link["sentence"].as_str().is_some_and(|said| said.contains("example.org")), "{link}");
    assert!(link["unless"].as_str().is_some_and(|said| !said.is_empty()));
    assert_eq!(verdict["engine"]["rulebook"].as_str().map(str::len), Some(16));
}

#[tokio::test]
async fn findings_are_said_in_the_language_asked_for() {
    let (paper, key) = open().await;
    let mut said = Vec::new();
    for query in ["", "?lang=ar", "?lang=fr", "?lang=en-GB"] {
        let body = json!({ "text": LINK }).to_string();
        let got = send(&paper, &format!("/api/moderation/examine{query}"), &key, &body).await;
        said.push(link_of(&good(&got))["sentence"].as_str().expect("a sentence").to_owned());
    }
    assert_eq!(said[0], said[1], "the paper is Arabic");
    assert!(said[1].contains("رابط") && said[2].contains("Lien") && said[3].contains("link"), "{said:?}");
    let got = send(&paper, "/api/moderation/examine?lang=eo", &key, "{\"text\":\"\"}").await;
    assert_eq!(refusal(&got), (400, "malformed".to_owned(), "?lang".to_owned()));
}

#[tokio::test]
async fn many_are_answered_in_their_order_and_as_each_alone() {
    let (paper, key) = open().await;
    let items: Vec<Value> = [LINK, THANKS, ""].map(|text| json!({ "text": text })).into();
    let many = good(&examine(&paper, &key, &json!({ "items": items })).await);
    let verdicts = many["verdicts"].as_array().expect("verdicts");
    assert_eq!(verdicts.len(), 3);
    for (item, verdict) in items.iter().zip(verdicts) {
        let mut alone = good(&examine(&paper, &key, item).await);
        let engine = alone.as_object_mut().and_then(|alone| alone.remove("engine"));
        assert_eq!((verdict, Some(&many["engine"])), (&alone, engine.as_ref()));
    }
    let single = good(&examine(&paper, &key, &json!({ "items": [items[0]] })).await);
    assert_eq!(single["verdicts"][0], verdicts[0], "items of one are items");
}

#[tokio::test]
async fn the_story_that_is_handed_over_is_the_story() {
    let (paper, key) = open().await;
    let story = "أعلنت البلدية صباح الأحد افتتاح خط الترام الجديد بين الجامعة والرصيف بعد عامين من العمل المتواصل";
    let quoted = format!("تقولون: {story} ولم نر شيئا");
    let found = |verdict: &Value| {
        let findings = verdict["findings"].as_array().expect("findings").clone();
        findings.iter().any(|finding| finding["key"] == "from-the-story")
    };
    let around = json!({ "headline": "الترام", "text": story, "section": "city" });
    let alike = json!([{ "origin": "article", "title": "خبر آخر", "text": "نص آخر لا صلة له" }]);
    let body = json!({ "text": quoted, "story": around, "parent": "هل فُتح؟", "alike": alike });
    assert!(found(&good(&examine(&paper, &key, &body).await)));
    assert!(!found(&good(&examine(&paper, &key, &json!({ "text": quoted })).await)));
}

#[tokio::test]
async fn a_long_text_is_examined_like_a_short_one() {
    let (paper, key) = open().await;
    let text = format!("{}{LINK}", format!("{THANKS}\n").repeat(700));
    assert!(text.len() > 40_000 && text.len() < 65_536);
    let verdict = good(&examine(&paper, &key, &json!({ "text": text })).await);
    let [start, end] = [0, 1].map(|at| link_of(&verdict)["ranges"][0]["utf16"][at].as_u64().expect("a place") as usize);
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[start..end]), LINKED);
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_place() {
    let (paper, key) = open().await;
    let long = "م".repeat(33_000);
    let hundred_and_one: Vec<Value> = vec![json!({ "text": "" }); 101];
    for (body, status, pointer) in [
        (json!({}), 400, "/text"),
        (json!({ "text": 5 }), 400, "/text"),
        (json!({ "text": "م", "txet": "م" }), 400, "/txet"),
        (json!({ "items": [] }), 400, "/items"),
        (json!({ "text": "م", "items": [] }), 400, "/items"),
        (json!({ "items": [{ "text": "م" }, { "text": null }] }), 400, "/items/1/text"),
        (json!({ "items": [{ "text": "م" }, { "name": "م" }] }), 400, "/items/1/text"),
        (json!({ "text": "م", "story": { "text": [] } }), 400, "/story/text"),
        (json!({ "text": "م", "alike": [{ "origin": "archive" }] }), 400, "/alike/0/text"),
        (json!({ "text": "م", "alike": [{ "origin": "elsewhere", "text": "" }] }), 400, "/alike/0/origin"),
        (json!({ "text": long }), 413, "/text"),
        (json!({ "items": [{ "text": "م", "parent": long }] }), 413, "/items/0/parent"),
        (json!({ "text": "م", "name": long }), 413, "/name"),
        (json!({ "items": hundred_and_one }), 413, "/items"),
        (json!([]), 400, ""),
    ] {
        let got = examine(&paper, &key, &body).await;
        let (was, _, at) = refusal(&got);
        assert_eq!((was, at.as_str()), (status, pointer), "{:.80} {}", body.to_string(), got.text);
    }
    for body in ["", "{", "{\"text\":\"م\"} x", "text=م"] {
        assert_eq!(refusal(&send(&paper, "/api/moderation/examine", &key, body).await).0, 400, "{body}");
    }
}

#[tokio::test]
async fn too_much_is_refused_before_it_is_read_and_other_methods_are_named() {
    let (paper, key) = open().await;
    let body = json!({ "text": "م", "parent": "م".repeat(1_200_000) });
    assert_eq!(refusal(&examine(&paper, &key, &body).await).0, 413);
    for (path, allowed) in [("/api/moderation/examine", "POST"), ("/comments:analyze", "POST")] {
        let got = paper.get(path).await;
        assert_eq!((refusal(&got).0, got.header("allow")), (405, allowed), "{path}");
    }
}

#[tokio::test]
async fn no_answer_depends_on_what_readers_of_this_paper_sent() {
    let (paper, key) = open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let text = "كهرمانة: كلام طويل بعض الشيء ينتظر المراجعة ولم يقرأه أحد بعد";
    let body = json!({ "items": [{ "text": text }, { "text": text, "name": "كهرمانة" }] });
    let scored = json!({ "comment": { "text": text }, "requestedAttributes": { "LIKELY_TO_REJECT": {}, "SPAM": {} } });
    let before = (examine(&paper, &key, &body).await.text, super::analyze(&paper, &key, &scored).await.text);
    for _ in 0..3 {
        Browser::new(&paper).comments(&story, "كهرمانة", text).await;
    }
    let after = (examine(&paper, &key, &body).await.text, super::analyze(&paper, &key, &scored).await.text);
    assert_eq!(before, after);
    assert!(!after.0.contains("كهرمانة") && !after.1.contains("كهرمانة"));
}

#[tokio::test]
async fn no_page_of_another_site_may_read_an_answer() {
    let (paper, key) = open().await;
    let got = examine(&paper, &key, &json!({ "text": THANKS })).await;
    assert!(got.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{:?}", got.headers);
    assert_eq!(got.header("cache-control"), "no-store");
}

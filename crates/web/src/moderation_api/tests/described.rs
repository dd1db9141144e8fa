//! The description says what the calls are: every address, every field, and nothing that is not so.

use super::{LINK, THANKS, analyze, examine, json, key, send};
use crate::moderation_api::description::DESCRIPTION;
use crate::tests::open_paper::{Got, OpenPaper};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn described() -> Value {
    serde_json::from_str(DESCRIPTION).expect("whole JSON")
}

/// What a schema says, wherever it is written.
fn schema<'d>(whole: &'d Value, schema: &'d Value) -> &'d Value {
    let place = schema["$ref"].as_str().map(|name| name.trim_start_matches('#'));
    place.map_or(schema, |place| whole.pointer(place).unwrap_or_else(|| panic!("nothing stands at {place}")))
}

/// Its type; the first where null is another one.
fn kind(described: &Value) -> Option<&str> {
    described["type"].as_str().or_else(|| described["type"][0].as_str())
}

/// Holds an answer against a schema, and notes which fields of the description were met.
fn check(whole: &Value, described: &Value, said: &Value, met: &mut BTreeSet<String>) -> Result<(), String> {
    let name = described["$ref"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
    let described = schema(whole, described);
    if let Some(choices) = described["oneOf"].as_array() {
        let fits = choices.iter().filter(|choice| check(whole, choice, said, &mut BTreeSet::new()).is_ok());
        let [fits] = fits.collect::<Vec<_>>()[..] else { return Err(format!("not one of {choices:?}: {said}")) };
        return check(whole, fits, said, met);
    }
    let fits = match kind(described) {
        Some("object") => said.is_object(),
        Some("array") => said.is_array(),
        Some("string") => said.is_string(),
        Some("boolean") => said.is_boolean(),
        Some("integer") => said.is_u64(),
        Some("number") => said.is_number(),
        other => return Err(format!("no type: {other:?}")),
    };
    let listed = described["enum"].as_array().is_none_or(|values| values.contains(said));
    if !fits || !listed {
        return Err(format!("{described} is not {said}"));
    }
    for one in said.as_array().into_iter().flatten() {
        check(whole, &described["items"], one, met)?;
    }
    let required = described["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(missing) = required.into_iter().find(|field| said.get(field).is_none()) {
        return Err(format!("{missing} is missing in {said}"));
    }
    for (field, value) in said.as_object().into_iter().flatten() {
        let (known, other) = (&described["properties"][field], &described["additionalProperties"]);
        if known.is_object() {
            met.insert(format!("{name}.{field}"));
            check(whole, known, value, met)?;
        } else if other.is_object() {
            check(whole, other, value, met)?;
        } else if other == &json!(false) {
            return Err(format!("{field} of {name} is not described"));
        }
    }
    Ok(())
}

#[test]
fn every_address_is_described_and_every_described_address_is_there() {
    let whole = described();
    let described: BTreeSet<String> = whole["paths"].as_object().expect("paths").keys().cloned().collect();
    let routes = include_str!("../../routes/mod.rs").lines().filter(|line| line.contains("moderation_api::"));
    let routes = routes.filter_map(|line| line.split('"').nth(1)).filter(|path| !path.contains("%3A"));
    assert_eq!(routes.map(str::to_owned).collect::<BTreeSet<_>>(), described);
}

#[tokio::test]
async fn whoever_asks_gets_the_description() {
    let paper = OpenPaper::open().await;
    let got = paper.get("/api/moderation/openapi.json").await;
    assert_eq!(got.status, 200);
    assert_eq!((&json(&got), &described()["openapi"]), (&described(), &json!("3.1.0")));
}

/// Real answers of every call, good and bad, each with its path.
async fn answers(paper: &OpenPaper) -> Vec<(&'static str, Got)> {
    let (fast, slow) = (key(paper, "سريع", 1_000).await, key(paper, "بطيء", 1).await);
    let examined = "/api/moderation/examine";
    let whole = json!({
        "text": LINK, "name": "هدى", "parent": "؟", "story": { "headline": "خ", "text": "ن", "section": "city" },
        "alike": [{ "origin": "archive", "title": "خ", "text": "ن" }],
    });
    let mut all = Vec::new();
    for body in [
        whole.clone(),
        json!({ "items": [whole, { "text": THANKS }] }),
        json!({}),
        json!({ "text": "م".repeat(40_000) }),
    ] {
        all.push((examined, examine(paper, &fast, &body).await));
    }
    all.push((examined, examine(paper, "", &json!({ "text": "" })).await));
    for _ in 0..2 {
        all.push((examined, examine(paper, &slow, &json!({ "text": "" })).await));
    }
    let scored = json!({
        "comment": { "text": LINK, "type": "PLAIN_TEXT" }, "requestedAttributes": { "SPAM": { "scoreThreshold": 0.01 } },
        "languages": ["ar"], "spanAnnotations": true, "doNotStore": true, "clientToken": "t",
        "context": { "articleAndParentComment": { "article": { "text": "" }, "parentComment": { "text": "" } } },
    });
    let decided = json!({
        "comment": { "text": LINK }, "attributeScores": { "SPAM": { "summaryScore": { "value": 1 } } }, "languages": ["ar"],
        "context": { "entries": [{ "text": "" }] }, "communityId": "c", "clientToken": "t", "doNotStore": false,
    });
    for (path, body) in [
        ("/v1alpha1/comments:analyze", &scored),
        ("/comments:analyze", &scored),
        ("/v1alpha1/comments:suggestscore", &decided),
        ("/comments:suggestscore", &decided),
    ] {
        all.push((path, send(paper, &format!("{path}?key={fast}"), "", &body.to_string()).await));
        all.push((path, send(paper, path, "", &body.to_string()).await));
        all.push((path, send(paper, &format!("{path}?key={fast}"), "", "{}").await));
    }
    let held = json!({ "comment": { "text": "م".repeat(20_000) }, "requestedAttributes": { "SPAM": {} } });
    all.push(("/comments:analyze", send(paper, &format!("/comments:analyze?key={fast}"), "", &held.to_string()).await));
    all.push((
        "/comments:suggestscore",
        send(paper, &format!("/comments:suggestscore?key={slow}"), "", &decided.to_string()).await,
    ));
    all
}

#[tokio::test]
async fn every_answer_is_as_described_and_every_described_field_is_answered() {
    let (paper, whole, mut met) = (OpenPaper::open().await, described(), BTreeSet::new());
    let mut asked = BTreeSet::new();
    for (path, got) in answers(&paper).await {
        let status = got.status.as_str();
        let response = schema(&whole, &whole["paths"][path]["post"]["responses"][status]);
        let described = &response["content"]["application/json"]["schema"];
        assert!(described.is_object(), "{path} does not describe {status}");
        check(&whole, described, &json(&got), &mut met).unwrap_or_else(|wrong| panic!("{path} {status}: {wrong}"));
        asked.insert(path);
    }
    assert_eq!(asked.len() + 1, whole["paths"].as_object().expect("paths").len(), "every call was made");
    let mut answered = BTreeSet::from(["One", "Many", "Problem", "Scored", "Suggested"].map(str::to_owned));
    let mut grown = 0;
    while grown != answered.len() {
        grown = answered.len();
        for name in answered.clone() {
            let inside = whole["components"]["schemas"][&name].to_string();
            let named = inside.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
            answered.extend(named.map(str::to_owned));
        }
    }
    for name in answered {
        let fields = whole["components"]["schemas"][&name]["properties"].as_object().expect("fields").keys();
        for field in fields {
            assert!(met.contains(&format!("{name}.{field}")), "{name}.{field} was never answered");
        }
    }
}

#[tokio::test]
async fn a_call_takes_every_field_that_is_described() {
    let (paper, whole) = (OpenPaper::open().await, described());
    let key = key(&paper, "الميناء", 1_000).await;
    let sample = |name: &str| sample_of(&whole, &whole["components"]["schemas"][name]);
    for body in [sample("Asked"), sample("AskedMany")] {
        let got = examine(&paper, &key, &body).await;
        assert_eq!(got.status, 200, "{body}: {}", got.text);
    }
    let got = analyze(&paper, &key, &sample("Analyze")).await;
    assert_eq!(got.status, 200, "{}", got.text);
    let got = send(&paper, &format!("/comments:suggestscore?key={key}"), "", &sample("Suggest").to_string()).await;
    assert_eq!(got.status, 200, "{}", got.text);
}

/// Something that a schema describes, with all its fields.
fn sample_of(whole: &Value, described: &Value) -> Value {
    let described = schema(whole, described);
    if let Some(first) = described["enum"].get(0) {
        return first.clone();
    }
    match kind(described) {
        Some("object") => {
            let fields = described["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, field)| (name.clone(), sample_of(whole, field)));
            let other = &described["additionalProperties"];
            let named = other.is_object().then(|| ("TOXICITY".to_owned(), sample_of(whole, other)));
            fields.chain(named).collect()
        }
        Some("array") => json!([sample_of(whole, &described["items"])]),
        Some("string") => json!("كلمة"),
        Some("boolean") => json!(false),
        Some("number" | "integer") => json!(0.5),
        other => panic!("no type: {other:?}"),
    }
}

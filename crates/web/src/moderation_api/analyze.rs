//! `comments:analyze`, as the service that closes took and answered it.
//!
//! Its clients publish a comment when a call fails. So every well-formed call with a key that holds is answered with 200;
//! whatever keeps the engine from answering (a fault, a store that is not there, a key that sends too fast) is answered
//! with scores that say: hold this.

use super::asked::{Asked, AskedStory, verdicts};
use super::attributes::{Attribute, of_finding};
use super::body;
use super::callers::TooFast;
use super::problem::Problem;
use super::told::utf16_places;
use crate::app::App;
use crate::guard::ByAddress;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use moderation::{Models, Policy, Verdict};
use newsroom::languages::detected;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The longest text, in bytes: the limit of the service that closes, which its clients know.
pub const MOST_TEXT_BYTES: usize = 20_480;
/// How much of the article and of the comment before it is looked at, in bytes.
const MOST_AROUND_BYTES: usize = 128 * 1024;
/// More attributes than that service ever had.
pub const MOST_ATTRIBUTES: usize = 64;

/// What is asked. Fields that we do not name are not looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Analyze {
    comment: Text,
    requested_attributes: BTreeMap<String, Option<Wanted>>,
    #[serde(default)]
    languages: Value,
    #[serde(default)]
    context: Option<Context>,
    #[serde(default)]
    span_annotations: Option<bool>,
    #[serde(default)]
    client_token: Value,
}

/// A text. Its `type` (PLAIN_TEXT, HTML) is not looked at: a tag is read as it stands.
#[derive(Debug, Deserialize)]
pub struct Text {
    /// The words.
    pub text: String,
}

/// How an attribute is wanted. Every score is a probability, whatever `scoreType` says.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wanted {
    score_threshold: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    #[serde(default)]
    article_and_parent_comment: Option<Around>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Around {
    article: Option<Text>,
    parent_comment: Option<Text>,
}

/// What is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    attribute_scores: BTreeMap<String, AttributeScore>,
    languages: Value,
    detected_languages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Value::is_null")]
    client_token: Value,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AttributeScore {
    #[serde(skip_serializing_if = "Option::is_none")]
    span_scores: Option<Vec<SpanScore>>,
    summary_score: Score,
}

/// A place in UTF-16 units; `end` is the first one behind it.
#[derive(Debug, Serialize)]
struct SpanScore {
    begin: usize,
    end: usize,
    score: Score,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Score {
    value: f64,
    r#type: &'static str,
}

/// `POST /v1alpha1/comments:analyze?key=…`, with the prefix or without. Nothing of it is kept, whatever `doNotStore` says.
pub async fn analyze(by: ByAddress, State(app): State<App>, body: Bytes) -> Result<Response, Problem> {
    let call: Analyze = body::read(&body)?;
    call.check()?;
    let paced = match &by.caller {
        Ok(caller) => caller.take(1),
        Err(_) => Err(TooFast::Wait(1)),
    };
    let asked: Arc<[Asked]> = Arc::from([call.asked()]);
    let verdict = match paced {
        // A client that gets an error publishes: what is too long to be read is to be held, as if nobody had looked.
        Ok(()) if call.comment.text.len() > MOST_TEXT_BYTES => Verdict::unexamined(),
        Ok(()) => verdicts(&app, &asked).await.pop().unwrap_or_else(Verdict::unexamined),
        Err(_) => Verdict::unexamined(),
    };
    let laws = app.rules.rulebook().laws;
    let policy = laws.policy("");
    let mut response = Json(call.answer(&verdict, &policy, &app.models)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Err(TooFast::Wait(wait)) = paced {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    Ok(response)
}

impl Analyze {
    fn check(&self) -> Result<(), Problem> {
        match self.requested_attributes.len() {
            0 => Err(Problem::at("/requestedAttributes", "No attribute is asked for")),
            1..=MOST_ATTRIBUTES => Ok(()),
            _ => Err(Problem::at("/requestedAttributes", format!("At most {MOST_ATTRIBUTES} attributes"))),
        }
    }

    fn asked(&self) -> Asked {
        let around = self.context.as_ref().and_then(|context| context.article_and_parent_comment.as_ref());
        // What stands around a comment is read as far as any story goes, whatever a client sends.
        let cut = |text: &Text| text.text[..text.text.floor_char_boundary(MOST_AROUND_BYTES)].to_owned();
        let text = |text: Option<&Text>| text.map(cut).unwrap_or_default();
        Asked {
            text: self.comment.text.clone(),
            story: AskedStory {
                text: text(around.and_then(|around| around.article.as_ref())),
                ..AskedStory::default()
            },
            parent: text(around.and_then(|around| around.parent_comment.as_ref())),
            ..Asked::default()
        }
    }

    fn answer(self, verdict: &Verdict, policy: &Policy, models: &Models) -> Answer {
        let detected_languages = detected(&self.comment.text);
        let places = self.span_annotations.unwrap_or(false).then(|| utf16_places(&self.comment.text, verdict));
        let scores = self.requested_attributes.into_iter().filter_map(|(name, wanted)| {
            let least = wanted.unwrap_or_default().score_threshold.unwrap_or(0.0);
            let attribute = Attribute::named(&name);
            let value = attribute.score(verdict, policy, models);
            let span_scores = places.as_ref().map(|places| span_scores(attribute, verdict, places, least));
            (value >= least).then(|| (name, AttributeScore { span_scores, summary_score: probability(value) }))
        });
        let languages =
            if self.languages.is_array() { self.languages } else { Value::from(detected_languages.clone()) };
        let client_token = if self.client_token.is_string() { self.client_token } else { Value::Null };
        Answer { attribute_scores: scores.collect(), languages, detected_languages, client_token }
    }
}

/// The findings that speak for an attribute, where they stand; without those that score less than the client wants to
/// hear of.
fn span_scores(attribute: Attribute, verdict: &Verdict, places: &[Vec<Range<usize>>], least: f64) -> Vec<SpanScore> {
    let all = verdict.findings.iter().zip(places);
    let about = all.filter(|(finding, _)| finding.weight > 0 && attribute.is_about(finding));
    let scored = about.map(|(finding, places)| (places, of_finding(finding))).filter(|(_, value)| *value >= least);
    let spans = scored.flat_map(|(places, value)| places.iter().map(move |place| (place, probability(value))));
    let mut spans: Vec<SpanScore> =
        spans.map(|(place, score)| SpanScore { begin: place.start, end: place.end, score }).collect();
    spans.sort_by_key(|span| (span.begin, span.end));
    spans
}

fn probability(value: f64) -> Score {
    Score { value, r#type: "PROBABILITY" }
}

/// The text's limit.
///
/// # Errors
/// 400, as that service answered.
pub fn check_text(pointer: &str, text: &str) -> Result<(), Problem> {
    if text.len() > MOST_TEXT_BYTES {
        let says = format!("Comment text is too long: {} bytes, {MOST_TEXT_BYTES} at most", text.len());
        return Err(Problem::at(pointer, says));
    }
    Ok(())
}

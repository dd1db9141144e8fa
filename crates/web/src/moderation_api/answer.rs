//! The answer of `comments:analyze`: a verdict, or why there is none, as the scores that were asked for.

use super::analyze::MOST_TEXT_BYTES;
use super::attributes::{Attribute, UNEXAMINED, of_finding};
use super::told::utf16_places;
use crate::app::App;
use moderation::{Category, Verdict};
use newsroom::languages::detected;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// More attributes than that service ever had. Places are told for so many; scores for all.
pub const MOST_ATTRIBUTES: usize = 64;
/// What may have been asked for in a call of which nothing could be read.
const KNOWN: [&str; 18] = [
    "TOXICITY",
    "SEVERE_TOXICITY",
    "IDENTITY_ATTACK",
    "INSULT",
    "PROFANITY",
    "THREAT",
    "SEXUALLY_EXPLICIT",
    "FLIRTATION",
    "ATTACK_ON_AUTHOR",
    "ATTACK_ON_COMMENTER",
    "INCOHERENT",
    "INFLAMMATORY",
    "LIKELY_TO_REJECT",
    "OBSCENE",
    "SPAM",
    "UNSUBSTANTIAL",
    "TOXICITY_FAST",
    "TOXICITY_EXPERIMENTAL",
];

/// Why a comment is to be held though nobody examined it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// The text, or the whole call, is longer than is read.
    TooLong,
    /// The verdict was not there in time.
    TooSlow,
    /// The key sends more than it may.
    TooFast,
    /// Something failed here.
    Failed,
}

/// How an attribute is wanted. Every score is a probability, whatever `scoreType` says.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wanted {
    score_threshold: Option<f64>,
}

/// What is wanted to be known of a text.
#[derive(Debug)]
pub struct Sought {
    /// The text.
    pub text: String,
    /// The scores, by their names.
    pub attributes: BTreeMap<String, Option<Wanted>>,
    /// Its languages, as the client believes.
    pub languages: Value,
    /// Whether places are wanted.
    pub spans: bool,
    /// Given back.
    pub client_token: Value,
}

/// What is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    attribute_scores: BTreeMap<String, AttributeScore>,
    languages: Value,
    detected_languages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Value::is_null")]
    client_token: Value,
    /// Not of that service: its clients pass over what they do not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_because: Option<Held>,
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

impl Sought {
    /// Of a call that was too long to be read: whatever it may have been.
    pub fn unread() -> Self {
        Self {
            text: String::new(),
            attributes: KNOWN.map(|name| (name.to_owned(), None)).into(),
            languages: Value::Array(Vec::new()),
            spans: false,
            client_token: Value::Null,
        }
    }

    /// The scores of a verdict; where there is none, those that say: hold this.
    pub fn answer(self, app: &App, verdict: &Result<Verdict, Held>) -> Answer {
        let start = &self.text[..self.text.floor_char_boundary(MOST_TEXT_BYTES)];
        let detected_languages = detected(start);
        let attribute_scores = match verdict {
            Ok(verdict) => self.scores(app, verdict),
            Err(_) => self.held(),
        };
        let languages = believed(self.languages).unwrap_or_else(|| Value::from(detected_languages.clone()));
        let client_token = if self.client_token.is_string() { self.client_token } else { Value::Null };
        // An engine that panicked gives a verdict that says so.
        let failed = |verdict: &Verdict| verdict.findings.iter().any(|finding| finding.category == Category::Engine);
        let held_because = match verdict {
            Ok(verdict) => failed(verdict).then_some(Held::Failed),
            Err(held) => Some(*held),
        };
        Answer { attribute_scores, languages, detected_languages, client_token, held_because }
    }

    /// Each with what the client wants at least.
    fn wanted(&self) -> impl Iterator<Item = (&str, f64)> {
        let least = |wanted: &Option<Wanted>| wanted.unwrap_or_default().score_threshold.unwrap_or(0.0);
        self.attributes.iter().map(move |(name, wanted)| (name.as_str(), least(wanted)))
    }

    fn scores(&self, app: &App, verdict: &Verdict) -> BTreeMap<String, AttributeScore> {
        let laws = app.rulebook_now().laws;
        let policy = laws.policy("");
        let places = if self.spans { utf16_places(&self.text, verdict) } else { Vec::new() };
        // Many names ask for the same.
        let mut known: Vec<(Attribute, f64)> = Vec::new();
        let mut scores = BTreeMap::new();
        for (number, (name, least)) in self.wanted().enumerate() {
            let attribute = Attribute::named(name);
            let value = known.iter().find(|(same, _)| *same == attribute).map(|(_, value)| *value);
            let value = value.unwrap_or_else(|| {
                let value = attribute.score(verdict, &policy, &app.models);
                known.push((attribute, value));
                value
            });
            if value >= least {
                let told = self.spans && number < MOST_ATTRIBUTES;
                let span_scores = told.then(|| span_scores(attribute, verdict, &places, least));
                scores.insert(name.to_owned(), AttributeScore { span_scores, summary_score: probability(value) });
            }
        }
        scores
    }

    /// Every one of them is said, whatever the client wants at least: what it does not get, it takes for harmless.
    fn held(&self) -> BTreeMap<String, AttributeScore> {
        let score = probability(UNEXAMINED);
        let whole = || vec![SpanScore { begin: 0, end: self.text.encode_utf16().count(), score }];
        let told = self.wanted().enumerate().map(|(number, (name, _))| {
            let span_scores = (self.spans && number < MOST_ATTRIBUTES).then(whole);
            (name.to_owned(), AttributeScore { span_scores, summary_score: score })
        });
        told.collect()
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

/// A list of languages that a client believes in. What is no text in it is no language, and is not given back.
pub fn believed(languages: Value) -> Option<Value> {
    let Value::Array(mut all) = languages else { return None };
    all.retain(Value::is_string);
    Some(Value::Array(all))
}

fn probability(value: f64) -> Score {
    Score { value, r#type: "PROBABILITY" }
}

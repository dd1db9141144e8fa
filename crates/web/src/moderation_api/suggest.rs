//! `comments:suggestscore`: what the moderators of another comment system decided, kept for learning.

use super::analyze::{Text, check_text};
use super::answer::{MOST_ATTRIBUTES, believed};
use super::body;
use super::callers::TooFast;
use super::problem::Problem;
use crate::app::App;
use crate::guard::{ByAddress, hash_of};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use newsroom::languages::detected;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use store::suggestions::{Suggestion, SuggestionMark};

/// A token, a community, the name of an attribute: the longest, in bytes.
const MOST_LINE_BYTES: usize = 1_024;
/// Of what stands around the text so many entries are kept, each up to so many bytes.
const MOST_CONTEXT: usize = 5;
const MOST_CONTEXT_BYTES: usize = 2_048;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggest {
    comment: Text,
    attribute_scores: BTreeMap<String, Suggested>,
    #[serde(default)]
    languages: Value,
    #[serde(default)]
    context: Option<Context>,
    #[serde(default)]
    client_token: Option<String>,
    #[serde(default)]
    community_id: Option<String>,
    #[serde(default)]
    do_not_store: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggested {
    summary_score: Summary,
}

#[derive(Debug, Deserialize)]
struct Summary {
    value: f64,
}

#[derive(Debug, Deserialize)]
struct Context {
    #[serde(default)]
    entries: Vec<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    client_token: Option<String>,
    requested_languages: Value,
    detected_languages: Vec<&'static str>,
}

/// `POST /v1alpha1/comments:suggestscore?key=…`, with the prefix or without.
pub async fn suggest_score(by: ByAddress, State(app): State<App>, body: Bytes) -> Result<impl IntoResponse, Problem> {
    let caller = by.caller.map_err(Problem::Store)?;
    let call: Suggest = body::read(&body)?;
    call.check()?;
    caller.take_suggestion().map_err(|too_fast| match too_fast {
        TooFast::Wait(wait) => Problem::TooFast { wait },
        TooFast::Never => Problem::Broken,
    })?;
    if !call.do_not_store.unwrap_or(false) {
        let suggestion = Suggestion {
            client: caller.client(),
            at: app.now(),
            text: kept(&call.comment.text),
            scores: call.attribute_scores.iter().map(|(name, said)| (kept(name), said.summary_score.value)).collect(),
            token: call.client_token.as_deref().map(kept).unwrap_or_default(),
            community: call.community_id.as_deref().map(kept).unwrap_or_default(),
            context: call.context(),
        };
        let mark = SuggestionMark(hash_of(&format!("{}\0{}", suggestion.token, suggestion.text)).0);
        app.store.keep_suggestion(&suggestion, &mark).await.map_err(Problem::Store)?;
    }
    let detected_languages = detected(&call.comment.text);
    let requested_languages = believed(call.languages).unwrap_or_else(|| Value::Array(Vec::new()));
    let answer = Answer { client_token: call.client_token, requested_languages, detected_languages };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

impl Suggest {
    fn check(&self) -> Result<(), Problem> {
        check_text("/comment/text", &self.comment.text)?;
        if !(1..=MOST_ATTRIBUTES).contains(&self.attribute_scores.len()) {
            return Err(Problem::at("/attributeScores", format!("Between 1 and {MOST_ATTRIBUTES} attributes")));
        }
        for (name, said) in &self.attribute_scores {
            let value = said.summary_score.value;
            if name.len() > MOST_LINE_BYTES || !(0.0..=1.0).contains(&value) {
                let says = format!("{value} is not between 0 and 1, or the name is too long");
                return Err(Problem::at(format!("/attributeScores/{name:.40}/summaryScore/value"), says));
            }
        }
        for (pointer, line) in [("/clientToken", &self.client_token), ("/communityId", &self.community_id)] {
            if line.as_ref().is_some_and(|line| line.len() > MOST_LINE_BYTES) {
                return Err(Problem::at(pointer, format!("At most {MOST_LINE_BYTES} bytes")));
            }
        }
        Ok(())
    }

    /// Addresses and ids, in the client's own form; what is longer than any of them is left out.
    fn context(&self) -> Vec<String> {
        let entries = self.context.iter().flat_map(|context| &context.entries).map(|entry| kept(&entry.text));
        entries.filter(|text| text.len() <= MOST_CONTEXT_BYTES).take(MOST_CONTEXT).collect()
    }
}

/// A text as it can be kept. A NUL is no sign of any text, and PostgreSQL keeps none.
fn kept(text: &str) -> String {
    text.replace('\0', "")
}

//! What the page's script asks while somebody writes.

use super::form::StoryForm;
use super::guard::Written;
use super::taken_up;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use arabic::typography::{self, Kind};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::body::Body;
use newsroom::profile::Language;
use newsroom::story::{StoryLanguage, TypedStory};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;
use store::stories::Saved;

/// How long a story is believed to be open; the page's script says so again in time.
const BELIEVED: Duration = Duration::from_secs(40);
/// So many texts are looked through in a call.
const MOST_TEXTS: usize = 50;

/// A story as the script sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    version: i64,
    fields: TypedStory,
    body: serde_json::Value,
}

/// Texts to look through.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Proof {
    language: String,
    texts: Vec<String>,
}

/// What could be set better, in UTF-16 units as scripts count.
#[derive(Debug, Clone, Serialize)]
struct Suggested {
    start: usize,
    end: usize,
    kind: &'static str,
    replacement: String,
}

/// `POST /desk/stories/{id}/autosave`: keeps what somebody is writing. Who was overtaken gets the other text.
pub async fn autosave(
    writer: Writer,
    story: Written,
    State(app): State<App>,
    Json(sent): Json<Sent>,
) -> Result<Response, PageError> {
    let story = story.0;
    let body = Some(sent.body.to_string());
    let form = StoryForm { version: sent.version, typed: sent.fields, body, ..StoryForm::default() };
    let checked = match form.check(&app, &writer.staff, &story, false).await? {
        Ok(checked) => checked,
        Err(problems) => {
            let t = app.words();
            let problems: Vec<String> = problems.iter().map(|problem| problem.words(&t)).collect();
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "problems": problems })));
        }
    };
    let id = story.story.id();
    // Nothing new is nothing to keep: a page that is only looked at makes no earlier texts.
    if checked.writing.read == story.version && checked.writing.text == story.text {
        return Ok(answer(StatusCode::OK, &json!({ "version": story.version })));
    }
    match app.store.save_writing(id, &checked.writing, writer.staff.id, app.now()).await? {
        Saved::Kept(version) => {
            taken_up::by_writing(&app, &writer, &story, &checked.writing.text.body).await?;
            Ok(answer(StatusCode::OK, &json!({ "version": version })))
        }
        Saved::Overtaken => {
            let theirs = app.store.on_desk(id).await?;
            let (by, at) = theirs.saved.clone().unzip();
            let fields = StoryForm::of(&theirs, checked.writing.comments).typed;
            let body: &Body = &theirs.text.body;
            let told = json!({ "version": theirs.version, "by": by, "at": at, "fields": fields, "body": body });
            Ok(answer(StatusCode::CONFLICT, &told))
        }
    }
}

/// `POST /desk/stories/{id}/presence`: says that somebody has it open, and is told who else has.
pub async fn presence(writer: Writer, story: Written, State(app): State<App>) -> Result<Response, PageError> {
    let now = app.now();
    let until = now.saturating_add(BELIEVED).unwrap_or(now);
    let others = app.store.open_story(story.0.story.id(), writer.staff.id, now, until).await?;
    let others: Vec<_> = others.iter().map(|one| json!({ "name": one.name, "since": one.since })).collect();
    Ok(answer(StatusCode::OK, &json!({ "others": others })))
}

/// `POST /desk/typography`: what could be set better in some texts. Nothing is kept of them.
pub async fn lint(_writer: Writer, Json(proof): Json<Proof>) -> Response {
    let arabic = StoryLanguage::from_tag(&proof.language).is_some_and(|language| language == Language::Ar);
    let of = |text: &String| if arabic { suggested(text) } else { Vec::new() };
    let suggestions: Vec<Vec<Suggested>> = proof.texts.iter().take(MOST_TEXTS).map(of).collect();
    answer(StatusCode::OK, &json!({ "suggestions": suggestions }))
}

fn suggested(text: &str) -> Vec<Suggested> {
    let units = |from: usize, to: usize| text[from..to].encode_utf16().count();
    let (mut out, mut at, mut counted) = (Vec::new(), 0, 0);
    for suggestion in typography::lint(text) {
        counted += units(at, suggestion.range.start);
        let start = counted;
        counted += units(suggestion.range.start, suggestion.range.end);
        at = suggestion.range.end;
        out.push(Suggested { start, end: counted, kind: word(suggestion.kind), replacement: suggestion.replacement });
    }
    out
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Quotes => "quotes",
        Kind::Punctuation => "punctuation",
        Kind::DoubleSpace => "double-space",
        Kind::SpaceBefore => "space-before",
        Kind::Tatweel => "tatweel",
        Kind::MixedDigits => "mixed-digits",
        Kind::Control => "control",
        Kind::Hamza => "hamza",
    }
}

fn answer(status: StatusCode, what: &serde_json::Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(what)).into_response()
}

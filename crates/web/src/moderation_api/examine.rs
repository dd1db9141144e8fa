//! `POST /api/moderation/examine`: one comment, or up to a hundred.

use super::asked::{Asked, AskedAlike, AskedStory, verdicts};
use super::body;
use super::callers::TooFast;
use super::problem::Problem;
use super::told::{Engine, Told};
use crate::app::App;
use crate::guard::ByBearer;
use crate::words::Words;
use arabic::digits::Digits;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use newsroom::profile::Language;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Comments in one call.
const MOST_ITEMS: usize = 100;
/// A comment's text, in bytes; also that of its parent and of each text like it.
const MOST_TEXT_BYTES: usize = 64 * 1024;
/// A story's text, in bytes.
const MOST_STORY_BYTES: usize = 256 * 1024;
/// A name, a headline, a section, in bytes.
const MOST_LINE_BYTES: usize = 4 * 1024;
/// Texts like one comment.
const MOST_ALIKE: usize = 20;

/// One comment, or `items`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    text: Option<String>,
    name: Option<String>,
    story: Option<AskedStory>,
    parent: Option<String>,
    alike: Option<Vec<AskedAlike>>,
    items: Option<Vec<Asked>>,
}

/// In which language findings are said; the paper's own where none is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    lang: Option<String>,
}

#[derive(Debug, Serialize)]
struct One {
    #[serde(flatten)]
    told: Told,
    engine: Engine,
}

#[derive(Debug, Serialize)]
struct Many {
    verdicts: Vec<Told>,
    engine: Engine,
}

/// `POST /api/moderation/examine`.
pub async fn examine(
    ByBearer(caller): ByBearer,
    Query(said): Query<Said>,
    State(app): State<App>,
    body: Bytes,
) -> Result<Response, Problem> {
    let t = said.words(&app)?;
    let (asked, single) = body::read::<Call>(&body)?.asked()?;
    for (at, one) in asked.iter().enumerate() {
        check(one, &if single { String::new() } else { format!("/items/{at}") })?;
    }
    caller.take(asked.len()).map_err(|too_fast| match too_fast {
        TooFast::Wait(wait) => Problem::TooFast { wait },
        TooFast::Never => Problem::at("/items", "More comments than the key may send in a minute"),
    })?;
    let asked: Arc<[Asked]> = asked.into();
    let judged = verdicts(&app, &asked).await;
    let engine = Engine::of(&app);
    let mut verdicts: Vec<Told> =
        asked.iter().zip(&judged).map(|(asked, verdict)| Told::new(&t, &asked.text, verdict)).collect();
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match verdicts.pop() {
        Some(told) if single => Ok((no_store, Json(One { told, engine })).into_response()),
        last => {
            verdicts.extend(last);
            Ok((no_store, Json(Many { verdicts, engine })).into_response())
        }
    }
}

impl Call {
    /// The comments, and whether it is one that stands alone.
    fn asked(self) -> Result<(Vec<Asked>, bool), Problem> {
        match self {
            Self { text: None, name: None, story: None, parent: None, alike: None, items: Some(items) } => {
                match items.len() {
                    0 => Err(Problem::at("/items", "No comment to examine")),
                    1..=MOST_ITEMS => Ok((items, false)),
                    more => Err(too_large("/items", more, MOST_ITEMS, "comments")),
                }
            }
            Self { items: Some(_), .. } => Err(Problem::at("/items", "Either items or one comment, not both")),
            Self { text: None, .. } => Err(Problem::at("/text", "missing field `text`")),
            Self { text: Some(text), name, story, parent, alike, items: None } => {
                let asked = Asked {
                    text,
                    name: name.unwrap_or_default(),
                    story: story.unwrap_or_default(),
                    parent: parent.unwrap_or_default(),
                    alike: alike.unwrap_or_default(),
                };
                Ok((vec![asked], true))
            }
        }
    }
}

impl Said {
    fn words(&self, app: &App) -> Result<Words, Problem> {
        let writing = &app.paper.writing;
        let Some(tag) = &self.lang else { return Ok(Words::new(writing.language, writing.digits)) };
        let language = Language::from_tag(tag).ok_or_else(|| Problem::at("?lang", "One of ar, fr, en"))?;
        Ok(Words::new(language, if language == writing.language { writing.digits } else { Digits::Western }))
    }
}

/// Every text has a limit of its own, so that one comment cannot take the time of a thousand.
fn check(asked: &Asked, at: &str) -> Result<(), Problem> {
    let within = |name: &str, text: &str, most: usize| match text.len() {
        bytes if bytes <= most => Ok(()),
        bytes => Err(too_large(&format!("{at}{name}"), bytes, most, "bytes")),
    };
    within("/text", &asked.text, MOST_TEXT_BYTES)?;
    within("/name", &asked.name, MOST_LINE_BYTES)?;
    within("/story/headline", &asked.story.headline, MOST_LINE_BYTES)?;
    within("/story/section", &asked.story.section, MOST_LINE_BYTES)?;
    within("/story/text", &asked.story.text, MOST_STORY_BYTES)?;
    within("/parent", &asked.parent, MOST_TEXT_BYTES)?;
    if asked.alike.len() > MOST_ALIKE {
        return Err(too_large(&format!("{at}/alike"), asked.alike.len(), MOST_ALIKE, "texts"));
    }
    for (which, alike) in asked.alike.iter().enumerate() {
        within(&format!("/alike/{which}/title"), &alike.title, MOST_LINE_BYTES)?;
        within(&format!("/alike/{which}/text"), &alike.text, MOST_TEXT_BYTES)?;
    }
    Ok(())
}

fn too_large(pointer: &str, sent: usize, most: usize, what: &str) -> Problem {
    Problem::TooLarge { pointer: pointer.to_owned(), says: format!("{sent} {what}, {most} at most") }
}

//! `comments:analyze`, as the service that closes took and answered it.
//!
//! Its clients publish a comment when a call fails. So every well-formed call with a key that holds is answered with 200;
//! whatever keeps the engine from answering (a text or a call that is too long, a fault, a store that is not there, a key
//! that sends too fast, no time) is answered with scores that say: hold this.

use super::answer::{Held, Sought, Wanted};
use super::asked::{Asked, AskedStory};
use super::body;
use super::callers::TooFast;
use super::cut::{Kept, taken};
use super::problem::Problem;
use crate::app::App;
use crate::guard::ByAddress;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use moderation::Verdict;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The longest text, in bytes: the limit of the service that closes, which its clients know.
pub const MOST_TEXT_BYTES: usize = 20_480;
/// How much of the article and of the comment before it is looked at, in bytes.
const MOST_AROUND_BYTES: usize = 128 * 1024;
/// A verdict that is not there by then is not waited for: clients give up after 300 ms, and then publish.
const IN_TIME: Duration = Duration::from_millis(200);

/// What is asked. Fields that we do not name are not looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Analyze {
    comment: Text,
    requested_attributes: BTreeMap<String, Option<Wanted>>,
    #[serde(default)]
    languages: Value,
    /// Any JSON: nothing that stands around a comment is a reason not to answer.
    #[serde(default)]
    context: Value,
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

/// `POST /v1alpha1/comments:analyze?key=…`, with the prefix or without. Nothing of it is kept, whatever `doNotStore` says.
pub async fn analyze(by: ByAddress, State(app): State<App>, body: Body) -> Result<Response, Problem> {
    let Kept::Whole(body) = taken(body).await else {
        return Ok(answered(Sought::unread().answer(&app, &Err(Held::TooLong)), None));
    };
    let call: Analyze = body::read(&body)?;
    let (asked, sought) = call.parts()?;
    let paced = match &by.caller {
        Ok(caller) => caller.take(1),
        Err(_) => Err(TooFast::Wait(1)),
    };
    let verdict = match (paced, &by.caller) {
        (_, Err(_)) => Err(Held::Failed),
        (Err(_), Ok(_)) => Err(Held::TooFast),
        (Ok(()), Ok(_)) if asked.text.len() > MOST_TEXT_BYTES => Err(Held::TooLong),
        (Ok(()), Ok(_)) => in_time(&app, asked).await,
    };
    let wait = if let Err(TooFast::Wait(wait)) = paced { Some(wait) } else { None };
    Ok(answered(sought.answer(&app, &verdict), wait))
}

/// What the engine says, where it says something before its client gives up.
async fn in_time(app: &App, asked: Asked) -> Result<Verdict, Held> {
    match tokio::time::timeout(IN_TIME, app.judging.verdict(app, asked)).await {
        Ok(Some(verdict)) => Ok(verdict),
        Ok(None) => Err(Held::Failed),
        Err(_) => Err(Held::TooSlow),
    }
}

fn answered(answer: impl serde::Serialize, wait: Option<u64>) -> Response {
    let mut response = Json(answer).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}

impl Analyze {
    /// What is to be examined, and what is wanted to be known of it.
    fn parts(self) -> Result<(Asked, Sought), Problem> {
        if self.requested_attributes.is_empty() {
            return Err(Problem::at("/requestedAttributes", "No attribute is asked for"));
        }
        let around = |name: &str| {
            let place = ["/articleAndParentComment/", name, "/text"].concat();
            let text = self.context.pointer(&place).and_then(Value::as_str).unwrap_or_default();
            // What stands around a comment is read as far as any story goes, whatever a client sends.
            text[..text.floor_char_boundary(MOST_AROUND_BYTES)].to_owned()
        };
        let asked = Asked {
            story: AskedStory { text: around("article"), ..AskedStory::default() },
            parent: around("parentComment"),
            text: self.comment.text.clone(),
            ..Asked::default()
        };
        let sought = Sought {
            text: self.comment.text,
            attributes: self.requested_attributes,
            languages: self.languages,
            spans: self.span_annotations.unwrap_or(false),
            client_token: self.client_token,
        };
        Ok((asked, sought))
    }
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

//! A message to a browser on its way: what its job becomes when it goes out, and what became of it.

use super::keys::PaperKey;
use super::seal::{Browser, sealed};
use crate::app::App;
use crate::desk_notices::Undelivered;
use crate::layout::address;
use crate::machines::sign_of;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use newsroom::notices::next_try;
use newsroom::story::Story;
use newsroom::{PushId, PushMessageId, StoryId, StripId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;
use store::outbox::OutboxJob;
use store::push::{PushMessage, Wakes, Woken};

/// Letters of a title.
const MOST_TITLE: usize = 200;
/// Seconds for which a push service keeps a new story for a telephone that is off.
const STORY_WAITS: i64 = 12 * 60 * 60;

/// A message ready to be sent. It has no `Debug`: its address is nobody else's business.
#[derive(Clone, PartialEq, Eq)]
pub struct PushParcel {
    /// Where to.
    pub url: String,
    /// Beside the length.
    pub headers: Vec<(&'static str, String)>,
    /// Sealed for the browser.
    pub body: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Job {
    message: PushMessageId,
    to: PushId,
}

/// What is told, before it is sealed: words, how long and how urgently, and what it takes the place of.
struct Told {
    words: Value,
    seconds: i64,
    urgency: &'static str,
    topic: String,
}

/// What a job sends; none: there is nothing to tell any more, or nobody to tell it.
///
/// # Errors
/// When the store cannot answer: the job is to be tried again.
pub async fn push_parcel(app: &App, key: &PaperKey, job: &OutboxJob) -> Result<Option<PushParcel>, StoreError> {
    let Ok(Job { message, to }) = serde_json::from_str(&job.payload) else { return Ok(None) };
    let (Some(message), Some(to)) = (app.store.push_message(message).await?, app.store.push_subscription(to).await?)
    else {
        return Ok(None);
    };
    let Some(told) = told(app, &message).await?.filter(|_| app.followers.now().push.on) else { return Ok(None) };
    let browser = Browser::read(&to.public_key, &to.secret);
    let body = browser.and_then(|browser| sealed(&browser, told.words.to_string().as_bytes()));
    let origin = origin_of(&to.endpoint);
    let authorization = origin.and_then(|origin| key.authorization(&origin, &app.paper.address, app.now()));
    let (Some(body), Some(authorization)) = (body, authorization) else { return Ok(None) };
    let headers = vec![
        ("authorization", authorization),
        ("content-encoding", "aes128gcm".to_owned()),
        ("ttl", told.seconds.to_string()),
        ("urgency", told.urgency.to_owned()),
        ("topic", told.topic),
    ];
    Ok(Some(PushParcel { url: to.endpoint, headers, body }))
}

/// What became of a job.
///
/// # Errors
/// When the store cannot answer.
pub async fn settle_push(app: &App, job: &OutboxJob, sent: Result<bool, Undelivered>) -> Result<(), StoreError> {
    let Ok(Job { message, to }) = serde_json::from_str(&job.payload) else { return app.store.finish_job(job.id).await };
    let now = app.now();
    let woken = match sent {
        Ok(true) => Woken::Sent,
        Ok(false) => Woken::Nothing,
        // The browser is no more, or has taken its leave back (RFC 8030, 7.3).
        Err(Undelivered::Status(404 | 410)) => Woken::Gone,
        // What is wrong with a message does not become right by sending it again.
        Err(Undelivered::Status(status)) if (400..500).contains(&status) && status != 429 => Woken::GivenUp,
        Err(why) => match next_try(job.attempts, now) {
            Some(next) => return app.store.fail_job(job.id, &why.word(), Some(next)).await,
            None => Woken::GivenUp,
        },
    };
    app.store.end_push(job.id, (message, to), woken, now).await
}

async fn told(app: &App, message: &PushMessage) -> Result<Option<Told>, StoreError> {
    match message.wakes {
        Wakes::Strip(strip) => of_strip(app, strip).await,
        Wakes::Story(story, _) => of_story(app, story, message.at).await,
    }
}

/// Breaking news, while it stands; the next takes its place also at the push service.
async fn of_strip(app: &App, id: StripId) -> Result<Option<Told>, StoreError> {
    let now = app.now();
    let standing = app.store.standing_strip(now).await?.filter(|strip| strip.id == id);
    let Some(strip) = standing else { return Ok(None) };
    let url = match strip.slug.as_ref().and(strip.story) {
        Some(story) => address::short(&app.paper, story),
        None => address::whole(&app.paper, "/"),
    };
    let language = app.paper.writing.language;
    let (tag, dir) = (language.tag(), arabic::bidi::majority(&strip.text).dir().unwrap_or(language.dir()));
    let body = format!("{} · {}", app.words().s("breaking.mark"), app.paper.name);
    let words = words(app, (&strip.text, &body), &url, (tag, dir, "breaking"));
    let seconds = strip.until.duration_since(now).as_secs().max(60);
    Ok(Some(Told { words, seconds, urgency: "high", topic: "breaking".to_owned() }))
}

/// A story, while readers have it and it is new.
async fn of_story(app: &App, id: StoryId, at: Timestamp) -> Result<Option<Told>, StoreError> {
    let story = match app.store.story(id).await {
        Ok(Story::Published(story)) => story,
        Ok(_) | Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let left = SignedDuration::from_secs(STORY_WAITS) - app.now().duration_since(at);
    if left <= SignedDuration::ZERO {
        return Ok(None);
    }
    let text = &story.text;
    let title = if text.push_headline.is_empty() { &text.headline } else { &text.push_headline };
    let dir = arabic::bidi::majority(title).dir().unwrap_or(text.language.dir());
    let topic = format!("story-{}", id.short());
    let url = address::short(&app.paper, id);
    let words = words(app, (title, &app.paper.name), &url, (text.language.tag(), dir, &topic));
    Ok(Some(Told { words, seconds: left.as_secs(), urgency: "normal", topic }))
}

fn words(app: &App, (title, body): (&str, &str), url: &str, (lang, dir, tag): (&str, &str, &str)) -> Value {
    let title: String = title.chars().take(MOST_TITLE).collect();
    let icon = sign_of(app);
    json!({
        "title": title,
        "body": body,
        "url": url,
        "icon": address::whole(&app.paper, &icon),
        "lang": lang,
        "dir": dir,
        "tag": tag,
    })
}

/// Scheme, host and port: the audience of the signature (RFC 8292, 2).
fn origin_of(endpoint: &str) -> Option<String> {
    let (scheme, rest) = endpoint.split_once("://")?;
    let host = rest.split(['/', '?']).next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
}

/// How a browser is known in the store: a hash of its address.
pub(super) fn mark_of(endpoint: &str) -> String {
    use sha2::{Digest, Sha256};
    URL_SAFE_NO_PAD.encode(Sha256::digest(endpoint.as_bytes()))
}

//! One ready answer: its head and its bytes, as they are and pressed, each way with a mark of its own.

use super::press::{brotli, gzip, gzip_for_one, in_background};
use super::{Declared, Tag};
use crate::comments::{AROUND, HasOwnPart};
use crate::rendered::Rendered;
use crate::unless_known::{digest, has};
use axum::body::{Body, Bytes};
use axum::extract::MatchedPath;
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use newsroom::StoryId;
use newsroom::readings::Opened;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// Less is not worth pressing, in bytes.
const WORTH_PRESSING: usize = 860;
/// What a page takes beside its bytes, roughly.
const BESIDE: usize = 2048;

/// In which way an answer goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// As it is.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// A ready answer.
#[derive(Debug)]
pub(super) struct KeptPage {
    status: StatusCode,
    tags: Vec<Tag>,
    /// As what it is counted where readers' pages are.
    pub(super) opened: Option<Opened>,
    /// By which pattern it was found, where that is traced.
    pub(super) pattern: Option<MatchedPath>,
    /// Where it may be another page for a single visitor: of which story, and which bytes.
    own_part: Option<(StoryId, Range<usize>)>,
    plain: Pressed,
    gzip: OnceCell<Pressed>,
    brotli: OnceCell<Pressed>,
    made_at: Instant,
    /// Somebody asked for it since its last turn to go.
    asked: AtomicBool,
}

/// The answer in one way.
#[derive(Debug, Clone)]
struct Pressed {
    head: HeaderMap,
    bytes: Bytes,
}

impl KeptPage {
    /// Out of what the router answered to nobody in particular.
    pub(super) fn of(mut parts: Parts, bytes: Bytes) -> Self {
        let opened = parts.extensions.remove::<Opened>();
        let tags = parts.extensions.remove::<Declared>().map(|declared| declared.0).unwrap_or_default();
        let mut head = parts.headers;
        head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        head.remove(header::ETAG);
        if parts.status == StatusCode::OK
            && let Ok(mark) = HeaderValue::from_str(&format!("\"{}\"", digest(&bytes)))
        {
            head.insert(header::ETAG, mark);
        }
        head.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        Self {
            status: parts.status,
            tags,
            opened,
            pattern: parts.extensions.remove(),
            own_part: parts
                .extensions
                .remove::<HasOwnPart>()
                .and_then(|HasOwnPart(story)| Some((story, between(&bytes)?))),
            plain: Pressed { head, bytes },
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
            made_at: Instant::now(),
            asked: AtomicBool::new(false),
        }
    }

    /// What it shows.
    pub(super) fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The same for every reader, and said so.
    pub(super) fn may_be_kept(&self) -> bool {
        let said = self.said();
        let is_for_one = said.contains("private") || said.contains("no-store");
        let is_private = is_for_one || self.plain.head.contains_key(header::SET_COOKIE);
        self.status == StatusCode::OK && !self.tags.is_empty() && !is_private
    }

    /// The store or a template failed.
    pub(super) fn is_failure(&self) -> bool {
        self.status.is_server_error()
    }

    /// The story above whose thread a single visitor may see something else.
    pub(super) fn own_part(&self) -> Option<StoryId> {
        self.own_part.as_ref().map(|(story, _)| *story)
    }

    /// What is shown to a reader, and no error or way to elsewhere.
    pub(super) fn is_page(&self) -> bool {
        self.status == StatusCode::OK
    }

    /// How long ago it was made. What browsers may keep for ever is always as good as new.
    pub(super) fn age(&self) -> Duration {
        if self.said().contains("immutable") { Duration::ZERO } else { self.made_at.elapsed() }
    }

    /// Who may keep it, and for how long.
    fn said(&self) -> &str {
        self.plain.head.get(header::CACHE_CONTROL).and_then(|line| line.to_str().ok()).unwrap_or_default()
    }

    /// What it takes at most: as it is, and pressed in both ways.
    pub(super) fn bytes(&self) -> usize {
        BESIDE + self.plain.bytes.len() + self.plain.bytes.len() / 2
    }

    /// The page, noted as asked for.
    pub(super) fn asked_for(self: &Arc<Self>) -> Arc<Self> {
        // Read first: a line of memory that many write is slow.
        if !self.asked.load(Ordering::Relaxed) {
            self.asked.store(true, Ordering::Relaxed);
        }
        self.clone()
    }

    /// Somebody asked for it since this was asked last.
    pub(super) fn take_asked(&self) -> bool {
        self.asked.swap(false, Ordering::Relaxed)
    }

    /// The answer in a way that the reader understands; its mark alone for whoever has it already.
    pub(super) async fn answer(&self, asked: &HeaderMap, coding: Coding, is_head: bool) -> Response {
        let pressed = match coding {
            Coding::Gzip if self.is_worth_pressing() => self.gzip.get_or_init(|| self.press(coding)).await,
            Coding::Brotli if self.is_worth_pressing() => self.brotli.get_or_init(|| self.press(coding)).await,
            Coding::Plain | Coding::Gzip | Coding::Brotli => &self.plain,
        };
        if pressed.head.get(header::ETAG).is_some_and(|mark| has(asked, mark)) {
            return not_modified(&pressed.head);
        }
        answer_of(self.status, pressed.head.clone(), pressed.bytes.clone(), is_head)
    }

    /// The answer with a visitor's own part in its place: for nobody else, and kept by nobody.
    pub(super) async fn answer_with(&self, part: Rendered, coding: Coding, is_head: bool) -> Response {
        let (plain, place) = (&self.plain.bytes, self.own_part.as_ref().map_or(0..0, |(_, place)| place.clone()));
        let (part, before, behind) = (part.into_html(), plain.get(..place.start), plain.get(place.end..));
        let whole = Bytes::from([before.unwrap_or_default(), part.as_bytes(), behind.unwrap_or_default()].concat());
        let mut head = self.plain.head.clone();
        head.remove(header::ETAG);
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        let pressed = match coding {
            Coding::Plain => None,
            Coding::Gzip | Coding::Brotli => in_background(&whole, gzip_for_one).await,
        };
        if pressed.is_some() {
            head.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let bytes = pressed.unwrap_or(whole);
        head.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        answer_of(self.status, head, bytes, is_head)
    }

    fn is_worth_pressing(&self) -> bool {
        let head = &self.plain.head;
        let kind = head.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_text =
            ["text/", "application/xml", "application/rss", "application/atom", "application/feed", "application/json"];
        self.plain.bytes.len() >= WORTH_PRESSING && is_text.iter().any(|text| kind.starts_with(text))
    }

    /// Once for all who wait. What cannot be pressed goes as it is.
    async fn press(&self, coding: Coding) -> Pressed {
        let (name, pressed) = match coding {
            Coding::Brotli => ("br", in_background(&self.plain.bytes, brotli).await),
            Coding::Plain | Coding::Gzip => ("gzip", in_background(&self.plain.bytes, gzip).await),
        };
        let Some(bytes) = pressed else { return self.plain.clone() };
        let mut head = self.plain.head.clone();
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        head.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        let mark =
            head.get(header::ETAG).and_then(|mark| mark.to_str().ok()).map(|mark| mark.trim_matches('"').to_owned());
        if let Some(mark) = mark.and_then(|mark| HeaderValue::from_str(&format!("\"{mark}-{name}\"")).ok()) {
            head.insert(header::ETAG, mark);
        }
        Pressed { head, bytes }
    }
}

fn answer_of(status: StatusCode, head: HeaderMap, bytes: Bytes, is_head: bool) -> Response {
    let mut response = Response::new(if is_head { Body::empty() } else { Body::from(bytes) });
    *response.status_mut() = status;
    *response.headers_mut() = head;
    response
}

/// Where the visitor's part stands: what is between the two marks.
fn between(bytes: &[u8]) -> Option<Range<usize>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find(AROUND.0)? + AROUND.0.len();
    Some(start..start + text.get(start..)?.find(AROUND.1)?)
}

/// RFC 9110, 15.4.5: what a kept copy is brought up to date with.
fn not_modified(head: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
        if let Some(value) = head.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

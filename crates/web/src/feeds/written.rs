//! A feed as it goes over the wire.

use super::feed::{Entry, Feed};
use crate::error::PageError;
use crate::page_cache::{Declared, Tag};
use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822;
use newsroom::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// In which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom, RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

#[derive(Template)]
#[template(path = "feeds/rss.xml")]
struct Rss<'f> {
    feed: &'f Feed,
}

#[derive(Template)]
#[template(path = "feeds/atom.xml")]
struct Atom<'f> {
    feed: &'f Feed,
}

impl Format {
    /// By the last part of its address.
    ///
    /// # Errors
    /// [`PageError::NotFound`] for a format that we do not write.
    pub fn named(name: &str) -> Result<Self, PageError> {
        match name {
            "rss" => Ok(Self::Rss),
            "atom" => Ok(Self::Atom),
            "json" => Ok(Self::Json),
            _ => Err(PageError::NotFound),
        }
    }

    fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        })
    }
}

impl Feed {
    /// The answer, or that nothing has changed since what was asked for was sent: feed readers ask every few minutes.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn answer(&self, format: Format, asked: &HeaderMap, tags: Vec<Tag>) -> Result<Response, PageError> {
        let written = match format {
            Format::Rss => Rss { feed: self }.render()?,
            Format::Atom => Atom { feed: self }.render()?,
            Format::Json => self.json().to_string(),
        };
        let mark = mark_of(&written)?;
        let last = rfc9110(self.updated).parse().map_err(|_| PageError::NotFound)?;
        let head = [
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate")),
            (header::CONTENT_TYPE, format.media_type()),
            (header::LAST_MODIFIED, last),
            (header::ETAG, mark.clone()),
        ];
        let mut answer = match has(asked, &mark) {
            true => (StatusCode::NOT_MODIFIED, head).into_response(),
            false => (head, written).into_response(),
        };
        answer.extensions_mut().insert(Declared(tags));
        Ok(answer)
    }

    fn json(&self) -> Value {
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "description": self.about,
            "home_page_url": self.home,
            "feed_url": format!("{}json", self.own),
            "language": self.language.tag(),
            "items": self.entries.iter().map(Entry::json).collect::<Vec<_>>(),
        })
    }

    fn changed(&self) -> String {
        rfc9110(self.updated)
    }
}

impl Entry {
    fn json(&self) -> Value {
        let mut item = json!({
            "id": self.id,
            "url": self.href,
            "title": self.title,
            "language": self.language.tag(),
            "content_html": self.html,
            "summary": self.plain,
            "date_published": self.published.to_string(),
            "date_modified": self.updated.to_string(),
            "authors": self.writers.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
            "tags": self.section.iter().collect::<Vec<_>>(),
        });
        if let Some(picture) = &self.picture {
            item["image"] = json!(picture);
        }
        item
    }

    fn sent(&self) -> String {
        rfc9110(self.published)
    }
}

/// The one form of dates that is sent in headers (RFC 9110, 5.6.7). RSS 2.0 wants those of RFC 822 with years of four
/// digits, and this is one of them.
fn rfc9110(at: Timestamp) -> String {
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

/// What tells this text from another one. Weak: it may be sent pressed or not.
fn mark_of(written: &str) -> Result<HeaderValue, PageError> {
    let mut mark = String::from("W/\"");
    for byte in Sha256::digest(written.as_bytes()).iter().take(12) {
        write!(mark, "{byte:02x}").map_err(|_| PageError::NotFound)?;
    }
    mark.push('"');
    HeaderValue::from_str(&mark).map_err(|_| PageError::NotFound)
}

/// Whoever asks has this text already; compared weakly (RFC 9110, 13.1.2).
fn has(asked: &HeaderMap, mark: &HeaderValue) -> bool {
    let opaque = |one: &str| one.trim().trim_start_matches("W/").to_owned();
    let mark = mark.to_str().map(opaque).unwrap_or_default();
    let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|one| opaque(one) == mark)
}

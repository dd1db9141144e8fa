//! A feed as it goes over the wire.

use super::feed::{Entry, Feed};
use crate::error::PageError;
use crate::page_cache::Tag;
use crate::unless_known::{rfc9110, unless_known};
use askama::Template;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::{Value, json};

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

    fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
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
        let mut answer = unless_known(asked, written, (format.media_type(), Some(self.updated)), tags)?;
        // WebSub, 4: the hub and the feed itself, where programs look first.
        if let Some(hub) = &self.hub {
            let links = format!("<{hub}>; rel=\"hub\", <{}{}>; rel=\"self\"", self.own, format.name());
            let links = HeaderValue::from_str(&links).map_err(|_| PageError::NotFound)?;
            answer.headers_mut().insert(header::LINK, links);
        }
        Ok(answer)
    }

    fn json(&self) -> Value {
        let mut feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "description": self.about,
            "home_page_url": self.home,
            "feed_url": format!("{}json", self.own),
            "language": self.language.tag(),
            "items": self.entries.iter().map(Entry::json).collect::<Vec<_>>(),
        });
        if let Some(hub) = &self.hub {
            feed["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
        }
        feed
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
        if let (Some(picture), Some(file)) = (&self.picture, &self.enclosure) {
            item["attachments"] =
                json!([{ "url": picture, "mime_type": file.media_type, "size_in_bytes": file.bytes }]);
        }
        item
    }

    /// RSS 2.0 wants dates of RFC 822 with years of four digits, and those of headers are such.
    fn sent(&self) -> String {
        rfc9110(self.published)
    }
}

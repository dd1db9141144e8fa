//! A page: template, status, cache tags and who may keep it, declared together.

use crate::error::PageError;
use crate::layout::headers;
use crate::page_cache::{Declared, Tag};
use crate::traced;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::readings::Opened;

/// What a handler answers with.
pub type Answer = Result<Page, PageError>;

/// A rendered page.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    html: String,
    /// What must be purged when any of these changes. Empty: nobody keeps this page.
    pub tags: Vec<Tag>,
    private: bool,
    /// As what it is counted where readers' pages are.
    opened: Opened,
    /// It shows frames of the paper's own addresses.
    frames: bool,
}

impl Page {
    /// A page that is the same for every reader, and what it shows.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn shared(template: &impl askama::Template, tags: Vec<Tag>) -> Answer {
        Self::of(template, tags, false)
    }

    /// A page for one person: kept by nobody.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn private(template: &impl askama::Template) -> Answer {
        Self::of(template, Vec::new(), true)
    }

    fn of<T: askama::Template>(template: &T, tags: Vec<Tag>, private: bool) -> Answer {
        let _span = traced::rendering::<T>();
        let (status, html) = (StatusCode::OK, template.render()?);
        Ok(Self { status, html, tags, private, opened: Opened::Other, frames: false })
    }

    /// The same page, which may show frames of the paper's own addresses.
    pub fn with_frames(mut self, frames: bool) -> Self {
        self.frames = frames;
        self
    }

    /// The same page under another status.
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same page, counted as this one of the paper.
    pub fn opened_as(mut self, opened: Opened) -> Self {
        self.opened = opened;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let keep = if self.private { "private, no-store" } else { "public, max-age=0, must-revalidate" };
        let mut response = (self.status, axum::response::Html(self.html)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        response.extensions_mut().insert(Declared(self.tags));
        response.extensions_mut().insert(self.opened);
        if self.frames { headers::framing(response) } else { response }
    }
}

/// 301: search machines carry over what they know of the old address. Browsers ask again each time, because a story may take
/// an earlier address back, and another issue a number.
pub fn redirect(to: &str) -> Response {
    let Ok(place) = HeaderValue::from_str(to) else { return PageError::NotFound.into_response() };
    let again = HeaderValue::from_static("no-cache");
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, place), (header::CACHE_CONTROL, again)]).into_response()
}

/// A file to be kept, for one person: kept by nobody on the way, and named for where it is put.
pub fn file(body: impl Into<Body>, media_type: &'static str, name: &str) -> Response {
    let head = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "private, no-store")];
    let mut response = (head, body.into()).into_response();
    if let Ok(line) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, line);
    }
    response
}

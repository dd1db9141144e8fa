//! Advertisements as readers get them: a frame of a size that is known beforehand, and in it somebody else's HTML, which is
//! nobody's page: it has no origin, reads no cookie and nothing of the page around it, and learns no address of the paper.

use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::paper::Paper;
use crate::words::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::civil::Date;
use newsroom::Timestamp;
use newsroom::site::{Ad, AdPlace};

/// What an advertisement may: run its own scripts without an origin, load over secure lines, open a page beside this one. Only
/// the paper itself shows it in a frame.
const POLICY: &str = "default-src https: data: 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox";
/// Whoever keeps it for many asks again soon: it may have been switched off.
const FOR_A_WHILE: &str = "public, max-age=60";
/// What is looked at before it is switched on.
const FOR_ONE: &str = "private, no-store";

/// An advertisement in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdView {
    /// Where it stands.
    pub place: AdPlace,
    /// Where its frame is.
    pub href: String,
    /// Pixels; none: as wide as there is room.
    pub width: Option<u16>,
    /// Pixels.
    pub height: u16,
}

/// An advertisement alone, as it stands in its frame.
#[derive(Template)]
#[template(path = "site/ad_alone.html")]
struct Alone<'a> {
    frame: &'a Frame,
    html: &'a str,
}

/// `GET /advertisements/{advert}`: what readers see in a place today, for the frame that stands there.
pub async fn advertisement(Path(place): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let place = AdPlace::from_key(&place).ok_or(PageError::NotFound)?;
    let (site, now) = (app.site.now(), app.now());
    let ad = site.ads.in_force(place, today(now, &app.paper)).ok_or(PageError::NotFound)?;
    alone(&Frame::bare(&app.to_readers(), now), ad, FOR_A_WHILE)
}

/// The paper's own day of a time.
pub(super) fn today(now: Timestamp, paper: &Paper) -> Date {
    now.to_zoned(paper.zone.clone()).date()
}

/// An advertisement for whoever looks at it before it is switched on, as readers would get it.
pub(super) fn looked_at(app: &App, ad: &Ad) -> Result<Response, PageError> {
    alone(&Frame::bare(&app.to_readers(), app.now()), ad, FOR_ONE)
}

fn alone(frame: &Frame, ad: &Ad, kept: &'static str) -> Result<Response, PageError> {
    let html = Html(Alone { frame, html: &ad.html }.render()?);
    let head = [
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
    ];
    Ok((head, html).into_response())
}

impl AdView {
    pub(super) fn of(place: AdPlace, ad: &Ad, href: String) -> Self {
        Self { place, href, width: ad.width, height: ad.height }
    }

    /// The frame says in which place it stands: no two of a page have one title.
    pub fn title(&self, t: &Words) -> String {
        t.with("ad.frame", 1, &[("place", &t.s(&format!("ad.place.{}", self.place.key())))])
    }
}

impl Frame {
    /// The advertisement that stands in a place today.
    pub fn ad(&self, place: AdPlace) -> Option<AdView> {
        let ad = self.site.ads.in_force(place, today(self.now, self.paper()))?;
        Some(AdView::of(place, ad, format!("/advertisements/{}", place.key())))
    }

    /// The same below a story; beside an obituary only where whoever placed it wants that.
    pub fn ad_below(&self, is_obituary: bool) -> Option<AdView> {
        let ad = self.site.ads.0.get(&AdPlace::StoryEnd)?;
        (ad.with_obituaries || !is_obituary).then(|| self.ad(AdPlace::StoryEnd)).flatten()
    }
}

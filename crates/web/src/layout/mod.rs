//! What stands around every page: masthead, navigation, footer. The only shared templates.

pub mod address;
pub mod assets;
pub mod errors;
pub mod headers;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::breaking::StripView;
use crate::comments::reading_only;
use crate::error::PageError;
use crate::paper::Paper;
use crate::site::Site;
use crate::words::Words;
use arabic::dates::{self, Day};
use arabic::digits;
use newsroom::Timestamp;
use newsroom::section::Section;
use newsroom::story::StoryLanguage;
use std::sync::Arc;

/// What `base.html` needs; every page's template holds one as `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Words in the page's language.
    pub t: Words,
    /// The process's state, for the paper's settings.
    pub app: App,
    /// The sections, in the order of the masthead.
    pub sections: Vec<Section>,
    /// Slug and title of the pages that the footer names.
    pub pages: Vec<(String, String)>,
    /// Lines of head and foot, and own style rules.
    pub site: Arc<Site>,
    /// Breaking news, while it stands.
    pub strip: Option<StripView>,
    /// The slug of the section this page belongs to, marked in the navigation.
    pub section: Option<String>,
    /// Today as the paper writes it.
    pub today: String,
    /// Today for machines: `2026-03-04`.
    pub today_iso: String,
    /// Today's Hijri date, where the paper prints it.
    pub today_hijri: Option<String>,
    /// When the page was made.
    pub now: Timestamp,
}

impl Frame {
    /// The frame of a public page.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn new(app: &App, now: Timestamp) -> Result<Self, PageError> {
        let (sections, pages) = (app.store.sections().await?, app.store.pages().await?);
        let strip = StripView::standing(app, now).await?;
        Ok(Self { sections, pages, strip, ..Self::bare(app, now) })
    }

    /// The frame without anything from the store: for the page that says that the store cannot answer.
    pub fn bare(app: &App, now: Timestamp) -> Self {
        let writing = &app.paper.writing;
        let (day, style) = (day_of(now, &app.paper), writing.date_style());
        Self {
            t: Words::new(writing.language, writing.digits),
            app: app.clone(),
            sections: Vec::new(),
            pages: Vec::new(),
            site: app.site.now(),
            strip: None,
            section: None,
            today: dates::long_date(day, &style),
            today_iso: iso(day),
            today_hijri: dates::hijri_line(day, &style),
            now,
        }
    }

    /// What readers are told while the paper is for reading only.
    pub fn reading_only(&self) -> Option<String> {
        reading_only(&self.app)
    }

    /// The same frame with a section marked in the navigation.
    pub fn in_section(mut self, slug: &str) -> Self {
        self.section = Some(slug.to_owned());
        self
    }

    /// The paper's settings.
    pub fn paper(&self) -> &Paper {
        &self.app.paper
    }

    /// A time's day in the paper's words.
    pub fn date(&self, at: Timestamp) -> String {
        dates::long_date(day_of(at, self.paper()), &self.paper().writing.date_style())
    }

    /// A time's Hijri day, where the paper prints it.
    pub fn hijri(&self, at: Timestamp) -> Option<String> {
        dates::hijri_line(day_of(at, self.paper()), &self.paper().writing.date_style())
    }

    /// A month of a year in the paper's words.
    pub fn month(&self, year: i16, month: u8) -> String {
        dates::month_and_year(Day { year, month, day: 1 }, &self.paper().writing.date_style())
    }

    /// A year in the paper's digits: without a thousands separator.
    pub fn year(&self, year: i16) -> String {
        digits::write(&year.to_string(), self.paper().writing.digits)
    }

    /// Readers can have a newsletter, or let the paper wake their browsers.
    pub fn has_followers(&self) -> bool {
        let followers = self.app.followers.now();
        (followers.newsletter.on && self.paper().sends_mail) || followers.push.on
    }

    /// This section is the one the page belongs to.
    pub fn is_here(&self, slug: &str) -> bool {
        self.section.as_deref() == Some(slug)
    }
}

/// The attributes ` lang="…" dir="…"` of words in another language than the paper's own; empty in its own.
pub fn language_of(paper: &Paper, language: StoryLanguage) -> String {
    if language == paper.writing.language {
        return String::new();
    }
    // A tag holds nothing but ASCII letters and hyphens.
    format!(" lang=\"{language}\" dir=\"{}\"", language.dir())
}

/// The paper's own day of a time.
pub fn day_of(at: Timestamp, paper: &Paper) -> Day {
    let date = at.to_zoned(paper.zone.clone()).date();
    let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
    Day::new(date.year(), month, day).unwrap_or(Day { year: 1970, month: 1, day: 1 })
}

fn iso(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

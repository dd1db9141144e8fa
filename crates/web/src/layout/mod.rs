//! What stands around every page: masthead, navigation, footer. The only shared templates.

use crate::app::App;
use crate::error::PageError;
use crate::paper::Paper;
use crate::words::Words;
use arabic::dates::{self, Day};
use newsroom::Timestamp;
use newsroom::section::Section;

/// What `base.html` needs; every page's template holds one as `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Words in the page's language.
    pub t: Words,
    /// The process's state, for the paper's settings.
    pub app: App,
    /// The sections, in the order of the masthead.
    pub sections: Vec<Section>,
    /// Today as the paper writes it.
    pub today: String,
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
        let writing = &app.paper.writing;
        let t = Words::new(writing.language, writing.digits);
        let (day, style) = (day_of(now, &app.paper), writing.date_style());
        Ok(Self {
            t,
            app: app.clone(),
            sections: app.store.sections().await?,
            today: dates::long_date(day, &style),
            today_hijri: dates::hijri_line(day, &style),
            now,
        })
    }

    /// The paper's settings.
    pub fn paper(&self) -> &Paper {
        &self.app.paper
    }
}

/// The paper's own day of a time.
pub fn day_of(at: Timestamp, paper: &Paper) -> Day {
    let date = at.to_zoned(paper.zone.clone()).date();
    let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
    Day::new(date.year(), month, day).unwrap_or(Day { year: 1970, month: 1, day: 1 })
}

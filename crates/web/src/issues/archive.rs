//! The archive of printed issues: the latest first, by year.

use super::view::IssueView;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use newsroom::IssueId;
use serde::Deserialize;
use store::issues::Issue;

/// Issues on a page.
const AT_ONCE: usize = 24;
/// Years that are named to go to at most.
const MOST_YEARS: usize = 60;

/// Which part of the archive.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ArchiveQuery {
    /// `DAY.ISSUE`: what is older.
    before: Option<String>,
    /// From the end of a year.
    year: Option<i16>,
}

#[derive(Template)]
#[template(path = "issues/archive.html")]
struct Archive {
    frame: Frame,
    /// Each with its issues on this page.
    years: Vec<(String, Vec<IssueView>)>,
    /// To go to: the number for addresses, and in the paper's digits.
    all_years: Vec<(i16, String)>,
    is_first: bool,
    older: Option<String>,
}

/// `GET /issues`.
pub async fn archive(State(app): State<App>, Query(query): Query<ArchiveQuery>) -> Answer {
    let place = query.place()?;
    let most = u32::try_from(AT_ONCE + 1).unwrap_or(u32::MAX);
    let mut found = app.store.public_issues(place, most).await?;
    let days = app.store.issue_days().await?;
    let more = found.len() > AT_ONCE;
    found.truncate(AT_ONCE);
    let frame = Frame::new(&app, app.now()).await?;
    let older = found.last().filter(|_| more).map(|last| format!("/issues?before={}.{}", last.day, last.id));
    let page = Archive {
        years: by_year(&frame, &found),
        all_years: days.map(|days| named(&frame, days)).unwrap_or_default(),
        is_first: place.is_none(),
        older,
        frame,
    };
    Page::shared(&page, vec![Tag::Issues])
}

fn by_year(frame: &Frame, found: &[Issue]) -> Vec<(String, Vec<IssueView>)> {
    let of_a_year = |some: &[Issue]| {
        let year = some.first().map(|issue| frame.year(issue.day.year())).unwrap_or_default();
        (year, some.iter().map(|issue| IssueView::new(frame, issue)).collect())
    };
    found.chunk_by(|one, other| one.day.year() == other.day.year()).map(of_a_year).collect()
}

/// The years from the last to the first, where there are several.
fn named(frame: &Frame, (first, last): (Date, Date)) -> Vec<(i16, String)> {
    if first.year() == last.year() {
        return Vec::new();
    }
    let years = (first.year()..=last.year()).rev().take(MOST_YEARS);
    years.map(|year| (year, frame.year(year))).collect()
}

impl ArchiveQuery {
    /// Where the page begins; none: with the latest.
    fn place(&self) -> Result<Option<(Date, IssueId)>, PageError> {
        let found = match (&self.before, self.year) {
            (Some(before), _) => read(before),
            (None, Some(year)) => Date::new(year, 12, 31).ok().map(|day| (day, IssueId(i64::MAX))),
            (None, None) => return Ok(None),
        };
        found.map(Some).ok_or(PageError::NotFound)
    }
}

fn read(text: &str) -> Option<(Date, IssueId)> {
    let (day, id) = text.split_once('.')?;
    Some((day.parse().ok()?, IssueId::from_short(id)?))
}

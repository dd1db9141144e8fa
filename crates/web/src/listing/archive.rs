//! The archive: every month that has stories, and each month's list. Months are cut in UTC, as the store counts them, so
//! that a story printed at night is always in a month that the archive names.

use super::place::{Before, Slice};
use super::{Shown, show};
use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use newsroom::Timestamp;

#[derive(Template)]
#[template(path = "listing/archive.html")]
struct ArchivePage {
    frame: Frame,
    years: Vec<Year>,
}

/// A year and its months, newest first.
struct Year {
    year: String,
    months: Vec<MonthLine>,
}

struct MonthLine {
    href: String,
    name: String,
    stories: String,
}

/// Every month.
pub async fn archive(State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let mut years: Vec<(i16, Year)> = Vec::new();
    for month in app.store.months().await? {
        let line = MonthLine {
            href: address::month(month.year, month.month),
            name: frame.month(month.year, month.month),
            stories: frame.t.n("list.stories-count", month.stories),
        };
        match years.last_mut() {
            Some((year, lines)) if *year == month.year => lines.months.push(line),
            _ => years.push((month.year, Year { year: frame.year(month.year), months: vec![line] })),
        }
    }
    let years = years.into_iter().map(|(_, year)| year).collect();
    Page::shared(&ArchivePage { frame, years }, vec![Tag::Archive])
}

/// One month: `2026-03`.
pub async fn month(State(app): State<App>, Path(month): Path<String>, Query(before): Query<Before>) -> Answer {
    let first = first_day(&month).ok_or(PageError::NotFound)?;
    let (from, to) = span(first).ok_or(PageError::NotFound)?;
    let frame = Frame::new(&app, app.now()).await?;
    let (place, most) = (before.place()?, app.paper.stories_per_page);
    let slice = Slice::of(app.store.published_between(from, to, place, most + 1).await?, most);
    if slice.cards.is_empty() && before.is_none() {
        return Err(PageError::NotFound);
    }
    let (year, number) = (first.year(), u8::try_from(first.month()).unwrap_or(1));
    let title = frame.month(year, number);
    let shown = Shown { key: "list.archive", title, about: "", path: address::month(year, number), ad: None };
    show(frame, shown, Tag::Archive, &before, slice)
}

fn first_day(month: &str) -> Option<Date> {
    let (year, number) = month.split_once('-').filter(|(year, number)| year.len() == 4 && number.len() == 2)?;
    Date::new(year.parse().ok()?, number.parse().ok()?, 1).ok()
}

/// From the first moment of the month to the first of the next one, in UTC.
fn span(first: Date) -> Option<(Timestamp, Timestamp)> {
    let start = |day: Date| day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let next = first.last_of_month().tomorrow().ok()?;
    Some((start(first)?, start(next)?))
}

//! The desk's page of reading numbers: plots, the same numbers as tables, and each table as a file.

mod chart;
mod countries;
mod csv;
mod parts;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::page::{Answer, Page, file};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chart::Chart;
use jiff::civil::Date;
use newsroom::readings::{SPANS, days_between, first_of};
use parts::Part;
use serde::Deserialize;
use store::readings::ReadingSums;

/// Days that are shown where nobody says how many.
const USUAL: i32 = 30;
/// Stories that are named.
const STORIES: u32 = 20;
/// The tables that there are.
const TABLES: [&str; 6] = ["days", "stories", "sections", "sources", "countries", "hours"];

/// How many days, as the address says it; what is no span of ours is thirty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Span {
    days: String,
}

#[derive(Template)]
#[template(path = "statistics/page.html")]
struct StatisticsPage {
    frame: Frame,
    shell: Shell,
    days: i32,
    totals: Vec<(&'static str, String)>,
    charts: Vec<Chart>,
    by_day: Vec<Day>,
    parts: Vec<Part>,
    with_countries: bool,
}

/// A day in words, its pages and its readers.
struct Day {
    name: String,
    pages: i64,
    readers: i64,
}

/// `GET /desk/statistics?days=`.
pub async fn show(editor: Editor, Query(span): Query<Span>, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_editor(&app, &editor, "statistics").await?;
    let (days, from, to) = span.of(&app);
    let sums = app.store.reading_sums(from, to, STORIES).await?;
    let by_day = by_day(&frame, &sums, (from, to));
    let page = StatisticsPage {
        totals: totals(&frame, &sums, &by_day),
        charts: Chart::all(&frame, &by_day, &sums),
        parts: Part::all(&frame, &sums, app.readings.counts_countries()),
        with_countries: app.readings.counts_countries() || !sums.countries.is_empty(),
        by_day,
        days,
        frame,
        shell,
    };
    Page::private(&page)
}

/// `GET /desk/statistics/{table}?days=`: one table, for a spreadsheet.
pub async fn table(
    _: Editor,
    Path(table): Path<String>,
    Query(span): Query<Span>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let table = TABLES.into_iter().find(|one| *one == table).ok_or(PageError::NotFound)?;
    let frame = Frame::new(&app, app.now()).await?;
    let (_, from, to) = span.of(&app);
    let sums = app.store.reading_sums(from, to, csv::STORIES).await?;
    let text = csv::of(&frame, table, &sums, (from, to));
    Ok(file(text, "text/csv; charset=utf-8", &format!("{table}-{from}-{to}.csv")))
}

impl Span {
    fn of(&self, app: &App) -> (i32, Date, Date) {
        let days = SPANS.into_iter().find(|days| days.to_string() == self.days).unwrap_or(USUAL);
        let to = app.today();
        (days, first_of(to, days), to)
    }
}

/// Every day, those without a reader as well, from the first.
fn by_day(frame: &Frame, sums: &ReadingSums, (from, to): (Date, Date)) -> Vec<Day> {
    let of = |counts: &[(Date, i64)], day| counts.iter().find(|(one, _)| *one == day).map_or(0, |(_, n)| *n);
    let named = |day: Date| {
        let noon = day.at(12, 0, 0, 0).to_zoned(frame.paper().zone.clone());
        noon.map_or_else(|_| day.to_string(), |noon| frame.date(noon.timestamp()))
    };
    let line = |day| Day { name: named(day), pages: of(&sums.pages, day), readers: of(&sums.readers, day) };
    days_between(from, to).into_iter().map(line).collect()
}

/// Key of the words, and what is said under it.
fn totals(frame: &Frame, sums: &ReadingSums, by_day: &[Day]) -> Vec<(&'static str, String)> {
    let kind = |wanted: &str| sums.kinds.iter().find(|(kind, _)| kind == wanted).map_or(0, |(_, n)| *n);
    let pages: i64 = by_day.iter().map(|day| day.pages).sum();
    let read_on: Vec<&Day> = by_day.iter().filter(|day| day.pages > 0).collect();
    let readers: i64 = read_on.iter().map(|day| day.readers).sum();
    let days = i64::try_from(read_on.len()).unwrap_or(1).max(1);
    let best = by_day.iter().max_by_key(|day| day.readers).filter(|day| day.readers > 0);
    let best = best.map(|day| ("statistics.best-day", format!("{} ({})", day.name, frame.t.number(day.readers))));
    [
        ("statistics.pages", frame.t.number(pages)),
        ("statistics.stories-read", frame.t.number(kind("story"))),
        ("statistics.readers-a-day", frame.t.number((readers + days / 2) / days)),
    ]
    .into_iter()
    .chain(best)
    .collect()
}

impl StatisticsPage {
    fn spans(&self) -> [i32; 4] {
        SPANS
    }

    fn is_span(&self, days: &i32) -> bool {
        self.days == *days
    }

    fn span_words(&self, days: &i32) -> String {
        self.frame.t.s(&format!("statistics.span.{days}"))
    }

    fn is_empty(&self) -> bool {
        self.by_day.iter().all(|day| day.pages == 0)
    }

    /// The newest day first.
    fn newest(&self) -> Vec<&Day> {
        self.by_day.iter().rev().collect()
    }
}

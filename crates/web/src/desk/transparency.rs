//! The account of what was decided in a period: as a page, as a table for other programs, and the statements themselves as
//! JSON lines. Read from counts that were kept day by day.

use super::shell::Shell;
use super::sums::{Sums, median_of, table};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page, file};
use crate::statements::lines;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{ToSpan, tz::TimeZone};
use newsroom::Timestamp;
use serde::Deserialize;

/// A period as the address says it; what cannot be read is the last thirty days.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Period {
    /// `YYYY-MM-DD`, counted in.
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "desk/transparency.html")]
struct TransparencyPage {
    frame: Frame,
    shell: Shell,
    from: String,
    to: String,
    sums: Sums,
    /// Orders that were carried out, and half of them within so many minutes.
    orders: Option<(usize, String)>,
}

impl TransparencyPage {
    /// The lists of counts, each under the key of its heading.
    fn parts(&self) -> [(&'static str, &[(String, u64)]); 4] {
        let Sums { acts, reasons, sources, objections, .. } = &self.sums;
        [
            ("transparency.by-act", acts),
            ("transparency.by-reason", reasons),
            ("transparency.by-source", sources),
            ("appeal.desk", objections),
        ]
    }
}

/// `GET /desk/transparency?from=&to=`.
pub async fn transparency(editor: ManagingEditor, Query(period): Query<Period>, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "transparency").await?;
    let (from, to) = period.days(frame.now);
    let (decided, objected) = app.store.accounts(&from.to_string(), &to.to_string()).await?;
    let sums = Sums::of(&frame.t, &decided, &objected);
    let took = app.store.orders_took(beginning(from), beginning(after(to))).await?;
    let orders = median_of(&took).map(|minutes| (took.len(), frame.t.n("transparency.order-minutes", minutes)));
    Page::private(&TransparencyPage { frame, shell, from: from.to_string(), to: to.to_string(), sums, orders })
}

/// `GET /desk/transparency.csv?from=&to=`.
pub async fn transparency_table(
    _: ManagingEditor,
    Query(period): Query<Period>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let (from, to) = period.days(app.now());
    let (decided, objected) = app.store.accounts(&from.to_string(), &to.to_string()).await?;
    let took = app.store.orders_took(beginning(from), beginning(after(to))).await?;
    let text = table((&from.to_string(), &to.to_string()), &decided, &objected, &took);
    Ok(file(text, "text/csv; charset=utf-8", &format!("transparency-{from}-{to}.csv")))
}

/// `GET /desk/statements.json?from=&to=`: a statement of reasons on each line.
pub async fn statements(
    _: ManagingEditor,
    Query(period): Query<Period>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let (from, to) = period.days(app.now());
    // It leaves the house in the paper's own words.
    let t = Frame::bare(&app.to_readers(), app.now()).t;
    let text = lines(&app.store, &t, (beginning(from), beginning(after(to)))).await?;
    Ok(file(text, "application/x-ndjson; charset=utf-8", &format!("statements-{from}-{to}.json")))
}

impl Period {
    fn days(&self, now: Timestamp) -> (Date, Date) {
        let today = now.to_zoned(TimeZone::UTC).date();
        let to = self.to.parse().unwrap_or(today);
        let from = self.from.parse().unwrap_or_else(|_| to.saturating_sub(29.days()));
        (from.min(to), to)
    }
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

fn beginning(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}

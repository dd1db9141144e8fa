//! What the paper goes by: its country's ways, and its own word where it said one. To be read only: an administrator sets it,
//! since every page and every date hangs on it.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::desk::Shell;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, day_of};
use crate::page::{Answer, Page};
use crate::paper::Paper;
use crate::words::Words;
use arabic::dates::{month_and_year, month_name, weekday_name};
use arabic::digits;
use askama::Template;
use axum::extract::State;
use newsroom::Timestamp;
use newsroom::country::Way;
use newsroom::profile::Language;

#[derive(Template)]
#[template(path = "country_desk/page.html")]
struct CountryPage {
    frame: Frame,
    shell: Shell,
    /// The country's name.
    country: String,
    /// Today as readers have it.
    date: String,
    hijri: Option<String>,
    /// The paper's own language.
    printed: Language,
    lines: Vec<Line>,
}

/// One of the ways.
struct Line {
    of: Way,
    /// One after the other.
    words: Vec<String>,
    /// They are as readers have them, in the paper's language.
    in_print: bool,
    /// The paper said it itself.
    own: bool,
}

/// `GET /desk/country`.
pub async fn show(editor: ManagingEditor, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "country").await?;
    let readers = app.to_readers();
    let printed = Frame::bare(&readers, frame.now);
    let ways = &readers.paper.ways;
    let line = |of: Way| {
        let (words, in_print) = said(&frame.t, &readers.paper, of, frame.now);
        Line { of, words, in_print, own: ways.is_own(of) }
    };
    let page = CountryPage {
        country: frame.t.s(&format!("country.name.{}", ways.country.code.to_ascii_lowercase())),
        date: printed.today,
        hijri: printed.today_hijri,
        printed: readers.paper.writing.language,
        lines: Way::ALL.map(line).into(),
        frame,
        shell,
    };
    Page::private(&page)
}

/// A way in words: in the paper's own language where it is what readers see (`true`), else in that of the page.
fn said(t: &Words, paper: &Paper, way: Way, now: Timestamp) -> (Vec<String>, bool) {
    let (writing, week) = (&paper.writing, &paper.ways.week);
    let day = |weekday| weekday_name(t.language().tag(), weekday).to_owned();
    match way {
        Way::Months => ((1..=12).map(|n| month_name(writing.language.tag(), &writing.months, n)).collect(), true),
        Way::DoubleMonths if writing.double.is_none() => (vec![t.s("country.double.none")], false),
        Way::DoubleMonths => (vec![month_and_year(day_of(now, paper), &writing.date_style())], true),
        Way::Hijri => {
            let key = match writing.hijri {
                None => "country.hijri.none",
                Some(0) => "country.hijri.as-computed",
                Some(shift) if shift < 0 => "country.hijri.earlier",
                Some(_) => "country.hijri.later",
            };
            (vec![t.s(key)], false)
        }
        Way::Digits => (vec![digits::write("0 1 2 3 4 5 6 7 8 9", writing.digits)], true),
        Way::WeekStarts => (vec![day(week.starts)], false),
        Way::Weekend => (week.weekend.iter().map(|rest| day(*rest)).collect(), false),
        Way::TimeZone => {
            let clock = now.to_zoned(paper.zone.clone()).strftime("%H:%M").to_string();
            let zone = paper.zone.iana_name().unwrap_or("UTC");
            (vec![t.with("country.clock", 1, &[("zone", zone), ("time", &t.written(&clock))])], false)
        }
    }
}

impl CountryPage {
    fn title_of(&self, line: &Line) -> String {
        self.frame.t.s(&format!("country.way.{}", line.of.key()))
    }
}

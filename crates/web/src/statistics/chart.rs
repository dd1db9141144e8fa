//! Columns drawn as SVG: one a day, or one an hour. The words stand around them in the page, so that they are read in whatever
//! size and direction; in Arabic time runs from the right.

use super::Day;
use super::parts::hours;
use crate::layout::Frame;
use newsroom::profile::Language;
use store::readings::ReadingSums;

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;
/// Of the place of a column so much is drawn.
const DRAWN: f64 = 0.8;

/// A plot.
#[derive(Debug)]
pub struct Chart {
    /// Its name in the page.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// From where to where, and the most.
    pub about: String,
    /// The first and the last column in words.
    pub ends: (String, String),
    /// Columns.
    pub columns: Vec<Column>,
}

/// A column as SVG takes it.
#[derive(Debug)]
pub struct Column {
    /// From the left.
    pub x: String,
    /// From above.
    pub y: String,
    /// Its width.
    pub width: String,
    /// Its height.
    pub height: String,
}

impl Chart {
    /// Pages and readers by day, pages by hour.
    pub(super) fn all(frame: &Frame, by_day: &[Day], sums: &ReadingSums) -> Vec<Self> {
        let of = |count: fn(&Day) -> i64| by_day.iter().map(|day| (day.name.clone(), count(day))).collect::<Vec<_>>();
        let hours: Vec<(String, i64)> = hours(sums);
        vec![
            Self::new(frame, ("pages", "statistics.pages-by-day"), of(|day| day.pages)),
            Self::new(frame, ("readers", "statistics.readers-by-day"), of(|day| day.readers)),
            Self::new(frame, ("hours", "statistics.by-hour"), hours),
        ]
    }

    fn new(frame: &Frame, (id, title): (&'static str, &str), counts: Vec<(String, i64)>) -> Self {
        let most = counts.iter().max_by_key(|(_, n)| *n).cloned().unwrap_or_default();
        let end = |one: Option<&(String, i64)>| one.map(|(name, _)| name.clone()).unwrap_or_default();
        let ends = (end(counts.first()), end(counts.last()));
        let texts = [("from", ends.0.as_str()), ("to", ends.1.as_str()), ("when", most.0.as_str())];
        let about = frame.t.with("statistics.chart-about", u64::try_from(most.1).unwrap_or(0), &texts);
        let is_from_right = frame.t.language() == Language::Ar;
        let columns = columns(counts.iter().map(|(_, n)| *n), most.1, is_from_right);
        Self { id, title: frame.t.s(title), about, ends, columns }
    }
}

#[allow(clippy::cast_precision_loss)]
fn columns(counts: impl ExactSizeIterator<Item = i64>, most: i64, is_from_right: bool) -> Vec<Column> {
    let (place, most) = (WIDTH / (counts.len().max(1) as f64), most.max(1) as f64);
    let column = |(at, n): (usize, i64)| {
        let height = HEIGHT * (n.max(0) as f64) / most;
        let x = place * (at as f64) + place * (1.0 - DRAWN) / 2.0;
        let x = if is_from_right { WIDTH - x - place * DRAWN } else { x };
        let written = |number: f64| format!("{number:.1}");
        Column { x: written(x), y: written(HEIGHT - height), width: written(place * DRAWN), height: written(height) }
    };
    counts.enumerate().map(column).collect()
}

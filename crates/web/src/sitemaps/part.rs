//! Which list of addresses.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use newsroom::Timestamp;
use store::listings::Month;

/// Of a month with more stories than this each day has a list of its own, so that none is too heavy.
const MOST_OF_A_MONTH: i64 = 10_000;

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The stories of a month (UTC), by its first day.
    Month(Date),
    /// Those of a day of a month that is too full for one list.
    Day(Date),
    /// The front page, sections, plain pages, printed issues.
    Pages,
    Tags,
    Writers,
    /// The news of two days.
    News,
}

impl Part {
    /// By what stands in its address between `/sitemap-` and the end.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.strip_suffix(".xml")? {
            "pages" => Some(Self::Pages),
            "tags" => Some(Self::Tags),
            "writers" => Some(Self::Writers),
            "news" => Some(Self::News),
            month if month.len() == 7 => format!("{month}-01").parse().ok().map(Self::Month),
            day if day.len() == 10 => day.parse().ok().map(Self::Day),
            _ => None,
        }
    }

    /// Its path.
    pub(super) fn path(self) -> String {
        let name = match self {
            Self::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
            Self::Day(day) => day.to_string(),
            Self::Pages => "pages".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::Writers => "writers".to_owned(),
            Self::News => "news".to_owned(),
        };
        format!("/sitemap-{name}.xml")
    }

    /// The lists of a month: one, or one for each of its days.
    pub(super) fn of_month(month: &Month) -> Vec<Self> {
        let first = i8::try_from(month.month).ok().and_then(|number| Date::new(month.year, number, 1).ok());
        match first {
            None => Vec::new(),
            Some(first) if month.stories <= MOST_OF_A_MONTH => vec![Self::Month(first)],
            Some(first) => (1..=first.days_in_month())
                .filter_map(|day| Date::new(first.year(), first.month(), day).ok())
                .map(Self::Day)
                .collect(),
        }
    }

    /// From its first moment to the first after it, of one that is a span of time.
    pub(super) fn span(self) -> Option<(Timestamp, Timestamp)> {
        let (first, last) = match self {
            Self::Month(first) => (first, first.last_of_month()),
            Self::Day(day) => (day, day),
            _ => return None,
        };
        let start = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
        Some((start(first)?, start(last.tomorrow().ok()?)?))
    }
}

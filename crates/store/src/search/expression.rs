//! What is looked for in the query language of each engine. Every word is quoted, so that no sign in it is read as the
//! language's own.

use super::index::{pair, quoted, section_mark, writer_marks};
use crate::StoreError;
use crate::engine::{Dialect, Tx, values};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use newsroom::search::{Query, Wanted};
use newsroom::{SectionId, Timestamp};

/// Columns with places, in which phrases are looked for; and those that go before the others.
const PLACED: &str = "{headline standfirst names captions body}";
const HEAD: &str = "{headline standfirst names}";
/// Days that are looked at where a search names none.
const FIRST_YEAR: i16 = 1900;
const LAST_YEAR: i16 = 2100;

/// By what a search is narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Stories of this section.
    pub section: Option<SectionId>,
    /// Stories that somebody of this name signs; empty: whoever.
    pub writer: String,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// An engine's query language, as far as its index understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tongue {
    dialect: Dialect,
    /// Every story has the marks of its pairs of words, by which PostgreSQL finds phrases.
    has_pairs: bool,
}

impl Tongue {
    /// The one in which a query is said now. While stories wait for being cut anew, some may have no marks of pairs.
    pub(super) async fn of(tx: &mut Tx, query: &Query) -> Result<Self, StoreError> {
        let dialect = tx.dialect();
        let mut phrases = query.wanted.iter().chain(&query.without).flat_map(|wanted| &wanted.forms);
        let has_pairs = dialect == Dialect::Postgres
            && phrases.any(|form| form.len() > 1)
            && tx.row("select 1 from story_index_due limit 1", values![]).await?.is_none();
        Ok(Self { dialect, has_pairs })
    }
}

/// All that is wanted, and nothing of what is excluded.
pub(super) fn whole(tongue: Tongue, query: &Query, narrow: &Narrow) -> String {
    let wanted: Vec<String> = query.wanted.iter().map(|wanted| one(tongue, wanted)).collect();
    narrowed(tongue, &wanted.join(and(tongue.dialect)), query, narrow)
}

/// Any of what is wanted.
pub(super) fn any(tongue: Tongue, query: &Query, narrow: &Narrow) -> String {
    let wanted: Vec<String> = query.wanted.iter().map(|wanted| one(tongue, wanted)).collect();
    narrowed(tongue, &wanted.join(or(tongue.dialect)), query, narrow)
}

/// Everything that is wanted stands in headline, standfirst or names; a phrase as its words.
pub(super) fn head(tongue: Tongue, query: &Query) -> String {
    let dialect = tongue.dialect;
    let words = query.wanted.iter().map(|wanted| {
        let forms = wanted.forms.iter().map(|form| {
            let terms: Vec<String> = form.iter().map(|term| word(dialect, term)).collect();
            format!("({})", terms.join(and(dialect)))
        });
        format!("({})", forms.chain(begun(dialect, wanted)).collect::<Vec<_>>().join(or(dialect)))
    });
    let words = words.collect::<Vec<_>>().join(and(dialect));
    match dialect {
        Dialect::Sqlite => format!("{HEAD} : ({words})"),
        Dialect::Postgres => words,
    }
}

fn narrowed(tongue: Tongue, wanted: &str, query: &Query, narrow: &Narrow) -> String {
    let dialect = tongue.dialect;
    let section = narrow.section.map(|section| word(dialect, &section_mark(section.0)));
    let writer = writer_marks(&narrow.writer).into_iter().map(|mark| word(dialect, &mark));
    let all = [format!("({wanted})")].into_iter().chain(section).chain(writer).chain(days(dialect, narrow));
    let all = all.collect::<Vec<_>>().join(and(dialect));
    let without: Vec<String> = query.without.iter().map(|wanted| one(tongue, wanted)).collect();
    match (without.is_empty(), dialect) {
        (true, _) => all,
        (false, Dialect::Sqlite) => format!("({all}) NOT ({})", without.join(or(dialect))),
        (false, Dialect::Postgres) => format!("({all}) & !({})", without.join(or(dialect))),
    }
}

fn one(Tongue { dialect, has_pairs }: Tongue, wanted: &Wanted) -> String {
    let forms = wanted.forms.iter().map(|form| match (&form[..], dialect) {
        ([only], _) => word(dialect, only),
        (many, Dialect::Sqlite) => format!("{PLACED} : {}", word(dialect, &many.join(" "))),
        (many, Dialect::Postgres) => {
            let order = many.iter().map(|term| quoted(term)).collect::<Vec<_>>().join(" <-> ");
            let pairs = many.windows(2).filter(|_| has_pairs).filter_map(pair).map(|mark| quoted(&mark));
            format!("({})", [order].into_iter().chain(pairs).collect::<Vec<_>>().join(and(dialect)))
        }
    });
    format!("({})", forms.chain(begun(dialect, wanted)).collect::<Vec<_>>().join(or(dialect)))
}

fn begun(dialect: Dialect, wanted: &Wanted) -> Option<String> {
    wanted.begins.as_ref().map(|begun| match dialect {
        Dialect::Sqlite => format!("{} *", word(dialect, begun)),
        Dialect::Postgres => format!("{}:*", word(dialect, begun)),
    })
}

fn word(dialect: Dialect, term: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("\"{}\"", term.replace('"', "\"\"")),
        Dialect::Postgres => quoted(term),
    }
}

fn and(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => " AND ",
        Dialect::Postgres => " & ",
    }
}

fn or(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => " OR ",
        Dialect::Postgres => " | ",
    }
}

/// The marks of the days of a search, as few as there can be: whole years, whole months, days.
fn days(dialect: Dialect, narrow: &Narrow) -> Option<String> {
    if narrow.from.is_none() && narrow.to.is_none() {
        return None;
    }
    let (first, last) = (Date::new(FIRST_YEAR, 1, 1).ok()?, Date::new(LAST_YEAR, 12, 31).ok()?);
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let (mut at, end) = (narrow.from.map_or(first, day).max(first), narrow.to.map_or(last, day).min(last));
    let mut marks = Vec::new();
    while at <= end {
        let (year, month) = (at.last_of_year(), at.last_of_month());
        let (mark, step) = if at == at.first_of_year() && year <= end {
            (at.strftime("=y%Y"), year)
        } else if at == at.first_of_month() && month <= end {
            (at.strftime("=m%Y%m"), month)
        } else {
            (at.strftime("=d%Y%m%d"), at)
        };
        marks.push(word(dialect, &mark.to_string()));
        at = step.saturating_add(1.day());
    }
    // A search that ends before it begins finds nothing.
    let none = || word(dialect, "=none");
    Some(format!("({})", if marks.is_empty() { none() } else { marks.join(or(dialect)) }))
}

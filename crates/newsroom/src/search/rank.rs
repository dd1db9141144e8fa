//! In which order what was found stands. One arithmetic for every engine: engines say what matches, and this says how well.

use super::query::{Query, Wanted};
use jiff::Timestamp;

/// Where something stands in the order of a search: higher is nearer.
pub type Rank = i64;

/// What a word counts where it stands, the best place counting alone.
const HEADLINE: Rank = 80;
const NAMES: Rank = 55;
const STANDFIRST: Rank = 40;
const CAPTIONS: Rank = 20;
const BODY: Rank = 12;
/// All words one after another in the headline; and words that are most of a headline.
const IN_A_ROW: Rank = 40;
const MOST_OF_HEADLINE: Rank = 24;
/// One of these is a point; a story that is a year younger is twelve points nearer.
const POINT: Rank = 1_000;
const YEAR_MS: Rank = 365 * 24 * 60 * 60 * 1_000;
const A_YEAR_YOUNGER: Rank = 12 * POINT;

/// The terms of a story that its rank goes by, with one space between them. Those of the body are not needed: what matches
/// nowhere else matches there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// Of the headline.
    pub headline: String,
    /// Of the lines below it.
    pub standfirst: String,
    /// Of the line above, who signs, the place, tags.
    pub names: String,
    /// Of what stands below pictures.
    pub captions: String,
}

/// How near a story is to a query that it matches. `all` says that every word is known to be in it.
///
/// Nothing here hangs on the present time, so that a page goes on where the one before it ended.
pub fn rank(query: &Query, fields: &Fields, published_at: Timestamp, all: bool) -> Rank {
    let headline: Vec<&str> = fields.headline.split(' ').collect();
    let around = [(NAMES, &fields.names), (STANDFIRST, &fields.standfirst), (CAPTIONS, &fields.captions)];
    let around = around.map(|(weight, text)| (weight, text.split(' ').collect::<Vec<_>>()));
    let mut points = 0;
    for wanted in &query.wanted {
        let places = around.iter().map(|(weight, terms)| (*weight, terms)).chain([(HEADLINE, &headline)]);
        let best = places.map(|(weight, terms)| weight * reaches(wanted, terms) / 2).max().unwrap_or(0);
        points += if best == 0 && all { BODY } else { best };
    }
    let met = query.wanted.iter().filter(|wanted| reaches(wanted, &headline) > 0).count();
    if met > 0 {
        let met = Rank::try_from(met).unwrap_or(1);
        points += MOST_OF_HEADLINE * met / Rank::try_from(headline.len()).unwrap_or(1).max(met);
    }
    if query.wanted.len() > 1 && stand_in_a_row(&query.wanted, &headline) {
        points += IN_A_ROW;
    }
    // In two steps, so that no time is too large.
    let fresh = published_at.as_millisecond() / 1_000 * A_YEAR_YOUNGER / (YEAR_MS / 1_000);
    points * POINT + fresh
}

/// How well terms hold what is wanted: 2 the word or the phrase, 1 a word that begins so, 0 not.
pub fn reaches<T: AsRef<str>>(wanted: &Wanted, terms: &[T]) -> Rank {
    let is_it = |window: &[T], form: &[String]| window.iter().zip(form).all(|(term, wanted)| term.as_ref() == wanted);
    let is_there = |form: &Vec<String>| {
        let length = form.len().max(1);
        terms.windows(length).any(|window| window.len() == form.len() && is_it(window, form))
    };
    if wanted.forms.iter().any(is_there) {
        return 2;
    }
    Rank::from(terms.iter().any(|term| wanted.meets(term.as_ref()).is_some()))
}

fn stand_in_a_row(wanted: &[Wanted], terms: &[&str]) -> bool {
    terms.windows(wanted.len()).any(|row| wanted.iter().zip(row).all(|(wanted, term)| wanted.meets(term).is_some()))
}

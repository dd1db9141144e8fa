//! Where a query meets a text, in the text as it was printed: with its vowels, its hamzas and its tatweel.

use super::analysis::{Stemming, terms};
use super::query::{Query, Wanted};
use arabic::fold::{Level, fold};
use arabic::words::words;
use std::ops::Range;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its letters, as they are.
    pub text: String,
    /// It was looked for.
    pub is_hit: bool,
}

/// No text is looked through any further, in bytes: a page shows many.
const MOST_READ: usize = 64 * 1024;
/// Letters that stand before the first hit of a snippet.
const BEFORE: usize = 50;

/// A whole line with what was looked for set apart.
///
/// ```
/// use newsroom::search::{Query, marked};
/// let pieces = marked("افتتاح الـمَدْرَسَةِ", &Query::read("مدرسه"));
/// assert_eq!(pieces[1].text, "الـمَدْرَسَةِ");
/// assert!(pieces[1].is_hit && !pieces[0].is_hit);
/// ```
pub fn marked(text: &str, query: &Query) -> Vec<Piece> {
    pieces(text, 0..text.len(), &hits(text, query))
}

/// The part of a text around the first hit, at most so many letters long; none where nothing meets.
pub fn snippet(text: &str, query: &Query, letters: usize) -> Option<Vec<Piece>> {
    let text = &text[..text.floor_char_boundary(MOST_READ)];
    let hits = hits(text, query);
    let first = hits.first()?.start;
    let start = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let start = match text[start..first].find(char::is_whitespace) {
        Some(space) if start > 0 => start + space,
        _ => start,
    };
    let end = text[start..].char_indices().nth(letters).map_or(text.len(), |(at, _)| start + at);
    let end = match text[start..end].rfind(char::is_whitespace) {
        Some(space) if end < text.len() && start + space > first => start + space,
        _ => end,
    };
    let mut found = pieces(text, start..end, &hits);
    let dots = |is_there: bool| is_there.then(|| Piece { text: "…".to_owned(), is_hit: false });
    found.splice(0..0, dots(start > 0));
    found.extend(dots(end < text.len()));
    Some(found)
}

/// Where in the text the words are, in order.
fn hits(text: &str, query: &Query) -> Vec<Range<usize>> {
    let found = fold(text, Level::Search);
    let read: Vec<(Range<usize>, [String; 3])> = words(found.as_str())
        .filter_map(|word| {
            let term = terms(word.text, Stemming::Whole).into_iter().next()?;
            let cut = [Stemming::French.cut(&term), Stemming::English.cut(&term)];
            let [french, english] = cut;
            Some((word.range, [term, french, english]))
        })
        .collect();
    let mut at = 0;
    let mut hits = Vec::new();
    while at < read.len() {
        let length = query.wanted.iter().map(|wanted| length_at(wanted, &read[at..])).max().unwrap_or(0);
        if length > 0 {
            hits.push(found.original(read[at].0.start..read[at + length - 1].0.end));
        }
        at += length.max(1);
    }
    hits
}

/// How many words from here on are what is wanted.
fn length_at(wanted: &Wanted, read: &[(Range<usize>, [String; 3])]) -> usize {
    let is = |form: &&Vec<String>| {
        form.len() <= read.len() && form.iter().zip(read).all(|(term, (_, read))| read.contains(term))
    };
    let whole = wanted.forms.iter().filter(is).map(Vec::len).max().unwrap_or(0);
    let is_begun = || read.first().is_some_and(|(_, [term, ..])| wanted.meets(term).is_some());
    if whole == 0 && is_begun() { 1 } else { whole }
}

fn pieces(text: &str, shown: Range<usize>, hits: &[Range<usize>]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut put = |range: Range<usize>, is_hit: bool| {
        let words = text.get(range).unwrap_or_default().replace('\n', " ");
        if !words.is_empty() {
            found.push(Piece { text: words, is_hit });
        }
    };
    let mut at = shown.start;
    for hit in hits.iter().filter(|hit| hit.start >= shown.start && hit.end <= shown.end && hit.start < hit.end) {
        put(at..hit.start, false);
        put(hit.clone(), true);
        at = hit.end;
    }
    put(at..shown.end, false);
    found
}

//! A visitor's text as readers see it: paragraphs, lines, addresses, and long runs of one sign as a short one.
//!
//! The stored text stays as sent; what is taken away here is only what would reach beyond the comment: direction
//! controls are closed by the end of their line, marks heaped on a letter are limited.

use arabic::runs::{is_plain, runs};
use moderation::{Address, addresses};
use std::borrow::Cow;
use std::ops::Range;

/// One sign so often in a row is shown short.
const LONG_RUN: usize = 12;
/// Of a run of letters so many are shown.
const SHOWN_OF_RUN: usize = 3;
/// A text of more signs than this, or of more lines than [`MANY_LINES`], takes more than about twelve lines.
const MANY_CLUSTERS: usize = 800;
const MANY_LINES: usize = 12;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words as they stand.
    Words(Cow<'t, str>),
    /// The line ends.
    LineEnd,
    /// A line drawn with tatweel, dashes, stars and the like.
    Rule {
        /// How many signs it was drawn with.
        times: usize,
    },
    /// One letter over and over.
    Run {
        /// The first few.
        shown: String,
        /// How many there were.
        times: usize,
    },
    /// An address.
    Link {
        /// What stands before the host: `https://www.`.
        before: String,
        /// The host, for everybody to see where it leads.
        host: String,
        /// What stands after it.
        after: String,
        /// Where a click leads, when a moderator let it through.
        href: Option<String>,
    },
}

/// A paragraph of a comment.
pub type Paragraph<'t> = Vec<Piece<'t>>;

/// The paragraphs of a text: blank lines part them. `links`: a moderator let its links through.
pub fn paragraphs(text: &str, links: bool) -> Vec<Paragraph<'_>> {
    let mut out: Vec<Paragraph<'_>> = vec![Vec::new()];
    let is_plain = is_plain(text, LONG_RUN);
    for line in text.lines() {
        let line = if is_plain { Cow::Borrowed(line) } else { within_its_bounds(line) };
        if line.trim().is_empty() {
            out.push(Vec::new());
            continue;
        }
        let Some(paragraph) = out.last_mut() else { continue };
        if !paragraph.is_empty() {
            paragraph.push(Piece::LineEnd);
        }
        match line {
            Cow::Borrowed(line) => paragraph.extend(pieces(line, is_plain, links)),
            Cow::Owned(line) => paragraph.extend(pieces(&line, false, links).into_iter().map(Piece::into_owned)),
        }
    }
    out.retain(|paragraph| !paragraph.is_empty());
    out
}

/// A text that turns and climbs into nothing around it: its direction controls are closed, its heaps of marks are limited.
pub fn within_its_bounds(text: &str) -> Cow<'_, str> {
    match arabic::bidi::balanced(text) {
        Cow::Borrowed(text) => arabic::clean::without_heaps(text),
        Cow::Owned(text) => Cow::Owned(arabic::clean::without_heaps(&text).into_owned()),
    }
}

/// It takes more than about twelve lines, and is folded until a reader opens it. A sign has at least one byte, so that most texts
/// need not be counted.
pub fn is_long(text: &str) -> bool {
    text.lines().count() > MANY_LINES || (text.len() > MANY_CLUSTERS && arabic::runs::clusters(text) > MANY_CLUSTERS)
}

/// A line cut at its addresses and long runs, of which a plain one has none.
fn pieces(line: &str, is_plain: bool, links: bool) -> Vec<Piece<'_>> {
    let mut cuts: Vec<(Range<usize>, Piece<'_>)> = Vec::new();
    for address in addresses(line) {
        cuts.push((address.range.clone(), link(line, &address, links)));
    }
    for run in if is_plain { Vec::new() } else { runs(line, LONG_RUN) } {
        if !cuts.iter().any(|(range, _)| range.start < run.range.end && run.range.start < range.end) {
            cuts.push((run.range, short_run(run.letter, run.times)));
        }
    }
    cuts.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (Vec::new(), 0);
    for (range, piece) in cuts {
        out.extend(words(&line[at..range.start]));
        out.push(piece);
        at = range.end;
    }
    out.extend(words(&line[at..]));
    out
}

fn words(text: &str) -> Option<Piece<'_>> {
    (!text.is_empty()).then_some(Piece::Words(Cow::Borrowed(text)))
}

impl Piece<'_> {
    /// The same with words of its own, which outlive their text.
    fn into_owned<'a>(self) -> Piece<'a> {
        match self {
            Self::Words(words) => Piece::Words(Cow::Owned(words.into_owned())),
            Self::LineEnd => Piece::LineEnd,
            Self::Rule { times } => Piece::Rule { times },
            Self::Run { shown, times } => Piece::Run { shown, times },
            Self::Link { before, host, after, href } => Piece::Link { before, host, after, href },
        }
    }
}

fn short_run(letter: char, times: usize) -> Piece<'static> {
    if matches!(letter, 'ـ' | '-' | '_' | '=' | '*' | '~' | '—' | '–' | '─' | '#' | '.' | '+' | '•') {
        return Piece::Rule { times };
    }
    Piece::Run { shown: std::iter::repeat_n(letter, SHOWN_OF_RUN).collect(), times }
}

/// The address with its host set apart. Somebody else's name before an `@` stays visible as not being the host.
fn link(line: &str, address: &Address, links: bool) -> Piece<'static> {
    let text = arabic::bidi::without_controls(&line[address.range.clone()]);
    let from = text.find("://").map_or(0, |at| at + 3);
    let authority = text[from..].find(['/', '?', '#']).map_or(text.len(), |at| from + at);
    let from = text[from..authority].rfind('@').map_or(from, |at| from + at + 1);
    let from = if starts_with_www(&text[from..authority]) { from + 4 } else { from };
    let has = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let href = if has("http://") || has("https://") { text.clone() } else { format!("https://{text}") };
    Piece::Link {
        before: text[..from].to_owned(),
        host: text[from..authority].to_owned(),
        after: text[authority..].to_owned(),
        href: links.then_some(href),
    }
}

fn starts_with_www(host: &str) -> bool {
    host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

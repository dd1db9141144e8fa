//! A body as it came from outside, made into one that may be kept: nothing in it leads to where a page may not link, no
//! block is empty, tables are even. Words are kept; what else was changed is said.

use super::inline::is_safe_address;
use super::{Block, Body, Picture, Span, table};

/// The most blocks of a story. The longest printed features have a few hundred.
pub const MOST_BLOCKS: usize = 5_000;

/// What had to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Amended {
    /// A link to where a page may not link; its words stay.
    Link,
    /// A card of such a link; its words stay as a paragraph.
    LinkCard,
    /// Blocks after [`MOST_BLOCKS`] were left out.
    TooLong,
}

impl Amended {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Link => "amended.link",
            Self::LinkCard => "amended.link-card",
            Self::TooLong => "amended.too-long",
        }
    }
}

impl Body {
    /// The body as it may be kept, and what was changed, each kind once.
    pub fn checked(self) -> (Self, Vec<Amended>) {
        let mut amended = Vec::new();
        if self.0.len() > MOST_BLOCKS {
            amended.push(Amended::TooLong);
        }
        let blocks = self.0.into_iter().take(MOST_BLOCKS).filter_map(|block| checked(block, &mut amended)).collect();
        amended.sort_unstable();
        amended.dedup();
        (Self(blocks), amended)
    }
}

/// A block as it may be kept; `None`: nothing is in it.
fn checked(block: Block, amended: &mut Vec<Amended>) -> Option<Block> {
    Some(match block {
        Block::Paragraph { text } => Block::Paragraph { text: words(text, amended)? },
        Block::Heading { level, text } => Block::Heading { level: level.clamp(2, 3), text: words(text, amended)? },
        Block::Note { text } => Block::Note { text: words(text, amended)? },
        Block::Correction { text } => Block::Correction { text: words(text, amended)? },
        Block::Quote { text, source } => Block::Quote { text: words(text, amended)?, source: said(source) },
        Block::List { ordered, entries } => {
            let entries: Vec<_> = entries.into_iter().filter_map(|entry| words(entry, amended)).collect();
            return (!entries.is_empty()).then_some(Block::List { ordered, entries });
        }
        Block::Table { header, rows } => {
            let cell = |cell| words(cell, amended).unwrap_or_default();
            let rows: Vec<Vec<Vec<Span>>> = {
                let mut cell = cell;
                rows.into_iter().map(|row| row.into_iter().map(&mut cell).collect()).collect()
            };
            let is_empty = rows.iter().flatten().all(Vec::is_empty);
            return (!is_empty).then(|| Block::Table { header, rows: table::even(rows) });
        }
        Block::Picture(one) => return picture(one).map(Block::Picture),
        Block::Gallery { pictures } => {
            let mut pictures: Vec<Picture> = pictures.into_iter().filter_map(picture).collect();
            return match pictures.len() {
                0 => None,
                1 => pictures.pop().map(Block::Picture),
                _ => Some(Block::Gallery { pictures }),
            };
        }
        Block::LinkCard { address, title, description } => return card(address, &title, description, amended),
        Block::Separator => Block::Separator,
    })
}

/// Words with neighbours of one look joined; `None` where nothing can be read.
fn words(text: Vec<Span>, amended: &mut Vec<Amended>) -> Option<Vec<Span>> {
    let mut out: Vec<Span> = Vec::new();
    for mut span in text {
        span.text.retain(|c| c != '\0');
        if span.link.as_deref().is_some_and(|link| !is_safe_address(link)) {
            span.link = None;
            amended.push(Amended::Link);
        }
        let joins =
            |last: &Span| last.strong == span.strong && last.emphasis == span.emphasis && last.link == span.link;
        match out.last_mut() {
            _ if span.text.is_empty() => {}
            Some(last) if joins(last) => last.text.push_str(&span.text),
            _ => out.push(span),
        }
    }
    let reads = out.iter().any(|span| !arabic::clean::line(&span.text).is_empty());
    reads.then_some(out)
}

fn picture(mut one: Picture) -> Option<Picture> {
    one.caption = said(one.caption);
    one.credit = said(one.credit);
    (!one.file.trim().is_empty()).then_some(one)
}

fn card(address: String, title: &str, description: Option<String>, amended: &mut Vec<Amended>) -> Option<Block> {
    let title = arabic::clean::line(title);
    if is_safe_address(&address) {
        let title = if title.is_empty() { address.clone() } else { title };
        return Some(Block::LinkCard { address, title, description: said(description) });
    }
    amended.push(Amended::LinkCard);
    let text = words(vec![Span::plain(format!("{title} {address}").trim())], amended)?;
    Some(Block::Paragraph { text })
}

/// A line that says something.
fn said(line: Option<String>) -> Option<String> {
    line.map(|line| arabic::clean::line(&line)).filter(|line| !line.is_empty())
}

//! The body of an old story → blocks.
//!
//! Whatever comes in, blocks come out: nothing fails, nothing is opened, and the work grows as the text does. What readers
//! of the old paper saw as words stays word for word, with the signs it had; what a page of this paper never holds (scripts,
//! frames, forms, the marks of page builders) goes, and [`Noted`] says so.
//!
//! [`tree`] cuts HTML into a shallow tree, [`codes`] writes shortcodes as elements first, [`flow`] walks it and makes blocks;
//! beside it one file per thing that can stand in a body.

mod address;
mod bracketed;
mod codes;
mod figures;
mod flow;
mod frames;
mod gutenberg;
mod lines;
mod listed;
mod noted;
mod pictures;
mod quotes;
mod tables;
mod tame;
mod tree;
mod words;

#[cfg(test)]
mod tests;

pub use noted::{Noted, What};

use newsroom::body::{Block, Body, MOST_BLOCKS, Span};

/// The most bytes of one body. The longest printed feature has some hundred thousand.
pub const MOST_BYTES: usize = 8_000_000;

/// How a body was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// WordPress since 5.0: block comments around HTML. Taken by itself where `<!-- wp:` stands in a classic body.
    Gutenberg,
    /// WordPress before: lines are paragraphs, shortcodes stand in brackets.
    Classic,
    /// HTML as it is: lines mean nothing, brackets are words.
    Html,
}

/// What stands around a body.
pub struct Around<'a> {
    /// The address of the old site (`base_site_url`); empty when not known.
    pub site: &'a str,
    /// The address of the old blog (`base_blog_url`), often the same; empty when not known.
    pub blog: &'a str,
    /// What the old site knew of a picture or another file, by its number there.
    pub attachment: &'a (dyn Fn(u64) -> Option<Attachment> + Send + Sync),
}

/// A file of the old site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachment {
    /// Where it stood, whole.
    pub address: String,
    /// What is to be seen; empty when nobody said.
    pub alt: String,
    /// The line below.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

impl Around<'static> {
    /// Nothing is known of the old site.
    pub fn unknown() -> Self {
        Self { site: "", blog: "", attachment: &|_| None }
    }
}

/// A body, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The blocks in reading order, at most [`MOST_BLOCKS`].
    pub blocks: Vec<Block>,
    /// The words before `<!--more-->`, when it stands there. They are in `blocks` too.
    pub standfirst_before_more: Option<String>,
    /// Links to pages of the old site, in reading order.
    pub links: Vec<Link>,
    /// The whole addresses of the pictures in `blocks`, each once, in reading order. [`newsroom::body::Picture::file`] is one.
    pub pictures: Vec<String>,
    /// What was removed or changed.
    pub notes: Vec<Noted>,
}

/// A link to a page of the old site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As it was written.
    pub written: String,
    /// The path that stands in the blocks: `/2019/05/tram/?x=1`.
    pub path: String,
}

/// Reads a body. Never fails; linear in its length.
pub fn read(html: &str, dialect: Dialect, around: &Around<'_>) -> Read {
    let mut notes = noted::Notes::default();
    let html = bounded(html, &mut notes);
    let dialect = match dialect {
        Dialect::Classic if html.contains("<!-- wp:") => Dialect::Gutenberg,
        other => other,
    };
    let tamed = tame::tame(html, &mut notes);
    let tree = match dialect {
        Dialect::Html => tree::grow(&tamed, &mut notes),
        Dialect::Gutenberg | Dialect::Classic => tree::grow(&codes::as_elements(&tamed), &mut notes),
    };
    let mut read = flow::Maker::new(&tree, dialect, around, notes).read();
    shorten(&mut read);
    read
}

/// A comment's or a biography's HTML as plain lines: `<br>` and paragraphs are lines, entities are letters, links keep their
/// address in words. Nothing else is changed.
pub fn comment_text(html: &str) -> String {
    let mut notes = noted::Notes::default();
    let html = bounded(html, &mut notes);
    lines::lines(&tree::grow(&tame::tame(html, &mut notes), &mut notes))
}

/// A headline's HTML as one line of words.
pub fn title_text(html: &str) -> String {
    let mut notes = noted::Notes::default();
    let html = bounded(html, &mut notes);
    let text = lines::words(&tree::grow(&tame::tame(html, &mut notes), &mut notes));
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning that is read.
fn bounded<'a>(html: &'a str, notes: &mut noted::Notes) -> &'a str {
    if html.len() <= MOST_BYTES {
        return html;
    }
    let end = html.floor_char_boundary(MOST_BYTES);
    notes.note(What::TooLong, &html[end..]);
    &html[..end]
}

/// A body of more blocks than a story may have: the last ones become one gallery and one paragraph, so that nothing is lost.
fn shorten(read: &mut Read) {
    if read.blocks.len() <= MOST_BLOCKS {
        return;
    }
    let rest = Body(read.blocks.split_off(MOST_BLOCKS - 2));
    let words = rest.plain_text();
    let pictures: Vec<_> = rest.pictures().cloned().collect();
    if !pictures.is_empty() {
        read.blocks.push(Block::Gallery { pictures });
    }
    if !words.is_empty() {
        read.blocks.push(Block::Paragraph { text: vec![Span::plain(words.clone())] });
    }
    noted::add(&mut read.notes, What::Joined, &words);
}

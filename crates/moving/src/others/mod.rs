//! Old newspapers and threads of comments that were kept elsewhere than in WordPress.
//!
//! One file per system. Their exports are JSON or XML of one piece, so that a file is held in memory while it is read; none
//! may be longer than [`MOST_BYTES`]. Squarespace writes WordPress's exports with habits of its own: [`squarespace`] puts
//! them right on the way and hands the files to [`crate::wxr::Wxr`].

mod blogger;
mod commento;
mod coral;
mod disqus;
mod feed;
mod ghost;
mod isso;
mod json;
mod lexical;
mod mobiledoc;
mod remark42;
mod squarespace;
mod wordpress_api;

#[cfg(test)]
mod tests;

pub use squarespace::squarespace;

use crate::markup::Dialect;
use crate::old::{
    Broken, CommentKind, CommentState, Item, Items, Kept, OldBody, OldComment, OldFile, OldKind, OldState, OldStory,
    Place, Placed, WhyBroken,
};
use crate::wire::{UnreadWire, WhyUnread};
use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most bytes of a file.
pub const MOST_BYTES: u64 = 512 << 20;

/// Where an old newspaper, or its readers' comments, were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Ghost: its export, with HTML, lexical or mobiledoc.
    Ghost,
    /// WordPress, asked over its REST interface, with what is embedded.
    WordPressApi,
    /// Blogger: the answers of its interface, or the feed of its export.
    Blogger,
    /// RSS or Atom of an old site.
    Feed,
    /// Disqus: its export of comments.
    Disqus,
    /// Commento, which nobody keeps any more.
    Commento,
    /// isso: the generic list of threads.
    Isso,
    /// remark42: its backup, or its tree of a thread.
    Remark42,
    /// Coral: what its database exports, by its documented schema.
    Coral,
}

impl System {
    /// Every system.
    pub const ALL: [Self; 9] = [
        Self::Ghost,
        Self::WordPressApi,
        Self::Blogger,
        Self::Feed,
        Self::Disqus,
        Self::Commento,
        Self::Isso,
        Self::Remark42,
        Self::Coral,
    ];

    /// The word by which it is known, which begins every key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ghost => "ghost",
            Self::WordPressApi => "wordpress-api",
            Self::Blogger => "blogger",
            Self::Feed => "feed",
            Self::Disqus => "disqus",
            Self::Commento => "commento",
            Self::Isso => "isso",
            Self::Remark42 => "remark42",
            Self::Coral => "coral",
        }
    }

    /// It keeps comments alone: they are put under stories that are here already.
    pub fn is_comments(self) -> bool {
        matches!(self, Self::Disqus | Self::Commento | Self::Isso | Self::Remark42 | Self::Coral)
    }

    fn read(self, text: &str, made: &mut Made) -> Result<(), Wrong> {
        match self {
            Self::Ghost => ghost::read(text, made),
            Self::WordPressApi => wordpress_api::read(text, made),
            Self::Blogger => blogger::read(text, made),
            Self::Feed => feed::read(text, made),
            Self::Disqus => disqus::read(text, made),
            Self::Commento => commento::read(text, made),
            Self::Isso => isso::read(text, made),
            Self::Remark42 => remark42::read(text, made),
            Self::Coral => coral::read(text, made),
        }
    }
}

/// Files of one of the systems.
#[derive(Debug)]
pub struct Others {
    system: System,
    files: Vec<OldFile>,
    site: String,
    read: AtomicU64,
}

impl Others {
    /// Files of a system; `site`: the address of the old site where its files do not say it, else empty.
    pub fn new(system: System, files: Vec<OldFile>, site: &str) -> Self {
        Self { system, files, site: site.trim().trim_end_matches('/').to_owned(), read: AtomicU64::new(0) }
    }

    fn read_file(&self, file: &OldFile) -> Vec<Result<Placed, Broken>> {
        let place = Place { file: Arc::clone(&file.name), line: 0, column: 0 };
        let mut made = Made { site: self.site.clone(), place: place.clone(), items: Vec::new() };
        let read = text_of(file).map_err(|said| Wrong { why: WhyBroken::Unread, line: 0, column: 0, said });
        self.read.fetch_add(file.bytes, Ordering::Relaxed);
        let read = read.and_then(|text| self.system.read(&text, &mut made));
        let mut out: Vec<Result<Placed, Broken>> =
            made.items.into_iter().map(|item| Ok(Placed { place: place.clone(), item })).collect();
        if let Err(wrong) = read {
            let place = Place { line: wrong.line, column: wrong.column, ..place };
            out.push(Err(Broken { place, why: wrong.why, said: wrong.said }));
        }
        out
    }
}

impl Kept for Others {
    fn format(&self) -> &'static str {
        self.system.word()
    }

    fn items(&self) -> Items<'_> {
        self.read.store(0, Ordering::Relaxed);
        let mut is_over = false;
        let all = self.files.iter().flat_map(|file| self.read_file(file));
        Box::new(all.take_while(move |one| {
            let goes_on = !is_over;
            is_over |= one.is_err();
            goes_on
        }))
    }

    fn progress(&self) -> (u64, u64) {
        (self.read.load(Ordering::Relaxed), self.files.iter().map(|file| file.bytes).sum())
    }
}

/// The text of a file, as far as any may be long.
fn text_of(file: &OldFile) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut input = file.open().map_err(|problem| problem.to_string())?.take(MOST_BYTES + 1);
    input.read_to_end(&mut bytes).map_err(|problem| problem.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("> {MOST_BYTES}"));
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{FEFF}').to_owned())
}

/// What is wrong with a file, and where.
struct Wrong {
    why: WhyBroken,
    line: u64,
    column: u64,
    said: String,
}

impl Wrong {
    fn format() -> Self {
        Self { why: WhyBroken::OtherFormat, line: 0, column: 0, said: String::new() }
    }
}

/// What was read of a file.
struct Made {
    /// The address of the old site, where somebody said it; without a slash at its end.
    site: String,
    place: Place,
    items: Vec<Item>,
}

impl Made {
    fn add(&mut self, item: Item) {
        self.items.push(item);
    }
}

/// A public story of which nothing is known but its key.
fn blank(key: String) -> OldStory {
    OldStory {
        key,
        number: None,
        kind: OldKind::Story,
        title: String::new(),
        standfirst: String::new(),
        body: OldBody { text: String::new(), dialect: Dialect::Html },
        slug: String::new(),
        address: String::new(),
        other_addresses: Vec::new(),
        state: OldState::Public,
        published_at: None,
        changed_at: None,
        writers: Vec::new(),
        categories: Vec::new(),
        primary: None,
        tags: Vec::new(),
        picture: None,
        comments_open: true,
        sticky: false,
        language: String::new(),
        unread: Vec::new(),
    }
}

/// A released comment of which nothing is known but its key and where it stands.
fn blank_comment(key: String, story: String) -> OldComment {
    OldComment {
        key,
        story,
        parent: None,
        name: String::new(),
        text: String::new(),
        at: None,
        state: CommentState::Released,
        kind: CommentKind::Comment,
    }
}

/// What is wrong with a file of XML.
fn wrong_xml(unread: UnreadWire) -> Wrong {
    let why = match unread.why {
        WhyUnread::Entity => WhyBroken::Entity,
        _ => WhyBroken::Form,
    };
    Wrong { why, line: u64::from(unread.line), column: u64::from(unread.column), said: String::new() }
}

/// Plain words as HTML.
fn as_html(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A value of an attribute.
fn quoted(value: &str) -> String {
    as_html(value).replace('"', "&quot;")
}

/// A name as it stands in an address, where the old paper said none.
fn slug_of(name: &str) -> String {
    arabic::slug::slug(&crate::markup::title_text(name), 60).unwrap_or_default()
}

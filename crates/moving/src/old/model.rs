//! The parts of an old newspaper as plain values. Texts are as they were kept: HTML where the old paper had HTML.

use crate::markup::Dialect;
use newsroom::Timestamp;

/// The newspaper itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldSite {
    /// Its name.
    pub title: String,
    /// What it said of itself.
    pub description: String,
    /// Its language as a tag (`ar`, `fr-FR`); empty when not said.
    pub language: String,
    /// The address of the host (`base_site_url`).
    pub address: String,
    /// The address of the newspaper, often the same (`base_blog_url`).
    pub blog: String,
}

/// Somebody whose name stands over stories.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldWriter {
    /// By which stories name them.
    pub key: String,
    /// As printed; may hold HTML. Empty: the key.
    pub name: String,
    /// In the address of their page; empty: the key.
    pub slug: String,
}

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A category: in the new paper a section.
    Category,
    /// A tag.
    Tag,
}

/// A category or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldTerm {
    /// Which of the two.
    pub kind: TermKind,
    /// By which stories name it; decoded.
    pub slug: String,
    /// As printed; may hold HTML entities.
    pub name: String,
    /// The slug of the term above it; empty: none.
    pub parent: String,
    /// Its number in the old paper, where others name it so.
    pub number: Option<u64>,
    /// What was said of it.
    pub description: String,
}

/// A picture or another file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldPicture {
    /// By which stories name it.
    pub key: String,
    /// Its number in the old paper, where bodies name it so.
    pub number: Option<u64>,
    /// Where it stood, whole.
    pub address: String,
    /// The path below the old paper's folder of files (`2019/05/tram.jpg`); empty when not known.
    pub path: String,
    /// What is to be seen; empty when nobody said.
    pub alt: String,
    /// The line below; may hold HTML.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// The address of its own page, where it had one.
    pub page: String,
}

/// What a piece was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OldKind {
    /// A story.
    Story,
    /// A page that stands by itself.
    Page {
        /// The page above it, by its key or its number.
        parent: Option<String>,
    },
}

/// A body as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldBody {
    /// The text.
    pub text: String,
    /// How it was written.
    pub dialect: Dialect,
}

/// The state in which the old paper had a piece.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OldState {
    /// Readers had it.
    Public,
    /// It was to go public at its date.
    Timed,
    /// Somebody wrote on it.
    Draft,
    /// It waited for a colleague.
    Review,
    /// Only the staff saw it.
    Private,
    /// Readers needed a password. That is not taken over.
    Locked,
    /// Thrown away.
    Trash,
    /// A state that is not known, by its word there.
    Other(String),
}

/// A story or a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldStory {
    /// The same whenever and in whatever order the old paper is read: `wxr:<blog>|<guid>|<number>`.
    pub key: String,
    /// What comments and bodies may name it by; empty when nothing does.
    pub number: Option<u64>,
    /// What it was.
    pub kind: OldKind,
    /// The headline; may hold HTML, may be empty.
    pub title: String,
    /// The lines below it; may hold HTML.
    pub standfirst: String,
    /// The body.
    pub body: OldBody,
    /// As kept, decoded once; may be empty.
    pub slug: String,
    /// The address at which readers had it, whole; empty when they had it at none.
    pub address: String,
    /// Further addresses of it: whole, or from the first slash.
    pub other_addresses: Vec<String>,
    /// Its state.
    pub state: OldState,
    /// When it went public, or was to.
    pub published_at: Option<Timestamp>,
    /// When it was changed last.
    pub changed_at: Option<Timestamp>,
    /// Who wrote it: keys of [`OldWriter`], or names where no writer has the key. In order.
    pub writers: Vec<String>,
    /// The slugs of its categories, in order.
    pub categories: Vec<String>,
    /// The one among them under which it stood first, where the old paper said so.
    pub primary: Option<String>,
    /// The slugs of its tags, in order.
    pub tags: Vec<String>,
    /// The key of the picture at its head.
    pub picture: Option<String>,
    /// Readers could write below it.
    pub comments_open: bool,
    /// It stood at the head of the front page.
    pub sticky: bool,
    /// Its language as a tag, where the old paper said it; empty: the paper's.
    pub language: String,
    /// What else was kept beside it and has no place here: names and values, for the report.
    pub unread: Vec<(String, String)>,
}

/// The state in which the old paper had a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommentState {
    /// Readers saw it.
    Released,
    /// Nobody had decided.
    Waiting,
    /// Taken for an advertisement or worse.
    Spam,
    /// Thrown away, by itself or with its story.
    Trash,
}

/// What a comment was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CommentKind {
    /// A reader's words.
    Comment,
    /// A machine's note that another site leads here (pingback, trackback, webmention).
    Pingback,
    /// Something of an extension (a review, an order), by its word there.
    Other(String),
}

/// A comment. Addresses of the writer (mail, network, site) are not read: no reader gave them to this newspaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldComment {
    /// The same whenever the old paper is read.
    pub key: String,
    /// The key of its story, or the address of that.
    pub story: String,
    /// The key of the comment that it answers.
    pub parent: Option<String>,
    /// Signed with.
    pub name: String,
    /// What it says: HTML.
    pub text: String,
    /// When it was written.
    pub at: Option<Timestamp>,
    /// Its state.
    pub state: CommentState,
    /// What it was.
    pub kind: CommentKind,
}

//! What came over, what was dropped and why, what needs a person. Keys and facts, no words.

use crate::page::Encoding;
use moderation::Argument;
use newsroom::StoryId;
use newsroom::story::{Missing, Story};
use serde::Serialize;

/// Grapheme clusters of a dropped line that are shown.
const SHOWN_CLUSTERS: usize = 60;

/// The report on one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the caller called the file.
    pub file: String,
    /// What it was written in.
    pub encoding: Encoding,
    /// Nothing was kept: this is what would happen.
    pub dry_run: bool,
    /// What happened to the story.
    pub story: StoryLine,
    /// What became what, in the order of the file.
    pub became: Vec<Became>,
    /// What happened to the comments.
    pub comments: Comments,
    /// Every line that became nothing.
    pub dropped: Vec<Dropped>,
    /// What needs a person.
    pub needs: Vec<Need>,
}

/// What happened to a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryLine {
    /// New, or known already.
    pub outcome: Outcome,
    /// Which story. In a dry run the id of a new story is never used.
    pub id: StoryId,
    /// Its state now.
    pub state: StoryState,
    /// It was to be published and is not, because it lacks this.
    pub missing: Vec<Missing>,
}

/// What bringing in did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was not in the paper before.
    New,
    /// It was there and stayed as it was.
    Unchanged,
    /// It was there as a draft and is public now.
    Published,
}

impl Outcome {
    /// The key of its word in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "outcome.new",
            Self::Unchanged => "outcome.unchanged",
            Self::Published => "outcome.published",
        }
    }

    /// It was not in the paper before.
    pub fn is_new(self) -> bool {
        self == Self::New
    }

    /// The same after a publication.
    pub(crate) fn published(self) -> Self {
        if self.is_new() { self } else { Self::Published }
    }
}

/// The state of a story, without what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoryState {
    /// Not public yet.
    Draft,
    /// Public.
    Published,
    /// Taken back.
    Withdrawn,
}

impl StoryState {
    /// The state of a story.
    pub fn of(story: &Story) -> Self {
        match story {
            Story::Draft(_) => Self::Draft,
            Story::Published(_) => Self::Published,
            Story::Withdrawn(_) => Self::Withdrawn,
        }
    }

    /// The word under which it is stored and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What a part of the file became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "key")]
#[allow(missing_docs)] // the fields say what stands there and how many
pub enum Became {
    /// The headline.
    Headline { text: String },
    /// The lead picture, to be supplied.
    LeadPicture { file: String },
    /// Paragraphs.
    Paragraphs { count: usize },
    /// Further pictures, to be supplied.
    Pictures { count: usize },
    /// The byline.
    Byline { name: String, outlet: String },
    /// Comments.
    Comments { count: usize },
}

impl Became {
    /// The key of its sentence in the locales.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Headline { .. } => "became.headline",
            Self::LeadPicture { .. } => "became.lead-picture",
            Self::Paragraphs { .. } => "became.paragraphs",
            Self::Pictures { .. } => "became.pictures",
            Self::Byline { .. } => "became.byline",
            Self::Comments { .. } => "became.comments",
        }
    }

    /// Named arguments; the one called `n` chooses the plural form.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        match self {
            Self::Headline { text } => vec![("text", Argument::Text(text.clone()))],
            Self::LeadPicture { file } => vec![("file", Argument::Text(file.clone()))],
            Self::Paragraphs { count } | Self::Pictures { count } | Self::Comments { count } => {
                vec![("n", Argument::Count(*count as u64))]
            }
            Self::Byline { name, outlet } => {
                vec![("name", Argument::Text(name.clone())), ("outlet", Argument::Text(outlet.clone()))]
            }
        }
    }
}

/// What happened to the comments. All of them wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Comments {
    /// Not in the paper before.
    pub new: u64,
    /// In the paper already, left as they are.
    pub known: u64,
    /// Of all in the file, those beside which the engine noted something.
    pub with_findings: u64,
}

/// A line that became nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Where it stands, from 1.
    pub line: usize,
    /// Its words, cut after 60 grapheme clusters.
    pub text: String,
    /// Why.
    pub why: WhyDropped,
}

impl Dropped {
    /// Notes a line that becomes nothing; `line` counts from 1.
    pub fn new(line: usize, text: &str, why: WhyDropped) -> Self {
        Self { line, text: shortened(text.trim_matches([' ', '\t'])), why }
    }
}

/// Why a line became nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyDropped {
    /// Only signs that nobody sees, such as a lone no-break space.
    EmptyParagraph,
    /// An invitation to comment, a label or a button of the form.
    Form,
    /// Something between the form's first line and the list.
    BesideForm,
    /// The heading of the list of comments.
    ListHeading,
    /// Something in the list that is no comment: not indented.
    BesideList,
    /// A name in the list with no text below it.
    EmptyComment,
    /// What stands behind the list.
    Footer,
}

impl WhyDropped {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::EmptyParagraph => "dropped.empty-paragraph",
            Self::Form => "dropped.form",
            Self::BesideForm => "dropped.beside-form",
            Self::ListHeading => "dropped.list-heading",
            Self::BesideList => "dropped.beside-list",
            Self::EmptyComment => "dropped.empty-comment",
            Self::Footer => "dropped.footer",
        }
    }
}

/// Something that only a person can supply or decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "key")]
#[allow(missing_docs)] // the fields say which
pub enum Need {
    /// A picture's file is not there: the page left only its name.
    MissingPicture { file: String },
    /// A picture has no words for those who cannot see it.
    MissingAltText { file: String },
    /// When it was published: saved pages do not say.
    MissingDate,
    /// Its section.
    MissingSection,
    /// By whom it is.
    MissingByline,
    /// Any words below the headline.
    MissingBody,
    /// The page has no comments: perhaps none were saved.
    NoComments,
    /// The name over a comment could not be taken as printed.
    NameChanged { position: usize, printed: String, now: String },
    /// Places that could not be read; each became U+FFFD.
    BrokenLetters { count: usize },
}

impl Need {
    /// The key of its sentence in the locales.
    pub fn key(&self) -> &'static str {
        match self {
            Self::MissingPicture { .. } => "need.picture",
            Self::MissingAltText { .. } => "need.alt-text",
            Self::MissingDate => "need.date",
            Self::MissingSection => "need.section",
            Self::MissingByline => "need.byline",
            Self::MissingBody => "need.body",
            Self::NoComments => "need.no-comments",
            Self::NameChanged { .. } => "need.name-changed",
            Self::BrokenLetters { .. } => "need.broken-letters",
        }
    }

    /// Named arguments; the one called `n` chooses the plural form.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        match self {
            Self::MissingPicture { file } | Self::MissingAltText { file } => {
                vec![("file", Argument::Text(file.clone()))]
            }
            Self::NameChanged { position, printed, now } => vec![
                ("place", Argument::Count(*position as u64)),
                ("printed", Argument::Text(printed.clone())),
                ("now", Argument::Text(now.clone())),
            ],
            Self::BrokenLetters { count } => vec![("n", Argument::Count(*count as u64))],
            Self::MissingDate | Self::MissingSection | Self::MissingByline | Self::MissingBody | Self::NoComments => {
                Vec::new()
            }
        }
    }
}

/// The longest beginning of at most 60 grapheme clusters, with a sign that more follows.
pub(crate) fn shortened(text: &str) -> String {
    if arabic::runs::clusters(text) <= SHOWN_CLUSTERS {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let kept = ends.partition_point(|end| arabic::runs::clusters(&text[..*end]) <= SHOWN_CLUSTERS);
    let end = kept.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
    format!("{}…", &text[..end])
}

//! What was left out and why, what is broken and where.

use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// The file, as the caller called it.
    #[serde(serialize_with = "as_text")]
    pub file: Arc<str>,
    /// The line, from 1; 0 where the format has none.
    pub line: u64,
    /// The letter in that line, from 1; 0 where it is not known.
    pub column: u64,
}

fn as_text<S: serde::Serializer>(file: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(file)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => f.write_str(&self.file),
            (line, 0) => write!(f, "{}:{line}", self.file),
            (line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// What it was: a headline, a name, a kind of piece. No address of a person.
    pub what: String,
    /// Why.
    pub why: WhyLeft,
    /// Where it stands.
    pub place: Place,
}

macro_rules! reasons {
    ($(#[$about:meta])* $name:ident $beginning:literal; $($(#[$doc:meta])* $variant:ident $key:literal,)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Everything there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The key of its sentence in the locales.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($beginning, $key),)*
                }
            }
        }
    };
}

reasons! {
    /// Why something was left out.
    WhyLeft "left-out.";
    /// A menu entry: menus are made anew.
    Menu "menu",
    /// A former version of a piece.
    Revision "revision",
    /// A part of the old paper's look: template, style sheet, block, navigation.
    Look "look",
    /// A kind of piece that only an extension knew.
    PieceKind "piece-kind",
    /// A piece without headline and without words.
    Empty "empty",
    /// It lay in the bin.
    Trash "trash",
    /// It was begun by the program and never written.
    AutoDraft "auto-draft",
    /// The same again: another file, or another place in the same one, had it already.
    Again "again",
    /// A comment that was taken for spam.
    SpamComment "spam-comment",
    /// A comment that lay in the bin.
    TrashComment "trash-comment",
    /// A note of a machine that another site leads here.
    Pingback "pingback",
    /// What an extension kept among the comments.
    CommentKind "comment-kind",
    /// A comment without words.
    EmptyComment "empty-comment",
    /// A comment under something that is not in the new paper.
    NoStory "no-story",
    /// A comment under a page: pages have none.
    UnderPage "under-page",
    /// A term of a kind that only an extension knew.
    TermKind "term-kind",
    /// A file that is no picture.
    NoPicture "no-picture",
    /// It is longer than anything that is taken.
    TooLong "too-long",
    /// It says something twice where only one can be.
    Doubled "doubled",
    /// It is broken in itself, and what stands around it is not.
    Unreadable "unreadable",
}

reasons! {
    /// What is wrong with a file.
    WhyBroken "broken-file.";
    /// It could not be opened or read.
    Unread "unread",
    /// It is no file of this format.
    OtherFormat "other-format",
    /// It says no version of its format.
    NoVersion "no-version",
    /// It says a version that is not known.
    Version "version",
    /// It is not well-formed.
    Form "form",
    /// It ends in the middle.
    Cut "cut",
    /// It names an entity that it would have to define itself; none are taken from a file.
    Entity "entity",
    /// It is written in signs that are not read (neither UTF-8 nor what it says).
    Encoding "encoding",
    /// One part of it is longer than anything that is taken.
    TooLong "too-long",
    /// It is more deeply nested than anything that is taken.
    TooDeep "too-deep",
}

/// A file that cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {}", .why.key())]
pub struct Broken {
    /// Where.
    pub place: Place,
    /// What is wrong there.
    pub why: WhyBroken,
    /// In whose words: the name of an entity, the version that was said, what the system said. May be empty.
    pub said: String,
}

reasons! {
    /// What came in otherwise than it was.
    WhyChanged "changed.";
    /// Only the staff had it: it is a draft.
    Private "private",
    /// It was behind a password: it is a draft, and the password is gone.
    Locked "locked",
    /// It was to go public later: it is a draft, and its minute is to be set anew.
    Timed "timed",
    /// It waited for a colleague: it is a draft.
    Review "review",
    /// It was in a state that is not known here: it is a draft.
    OtherState "other-state",
    /// It has no words that readers could be shown: it is a draft.
    NoBody "no-body",
    /// It had no headline: its first words are one.
    HeadlineMade "headline-made",
    /// No date was kept of it: it has that of the move.
    NoDate "no-date",
    /// It stood in no category: it is in no section.
    NoSection "no-section",
    /// Its address was made anew, and the old one leads there.
    SlugMade "slug-made",
    /// It stood at the head of the front page: the new front page is laid out by people.
    Sticky "sticky",
    /// The further categories of a story are tags.
    CategoriesAsTags "categories-as-tags",
    /// Two categories of one name are one section.
    SectionMerged "section-merged",
    /// A section could not have the name of its category.
    SectionName "section-name",
    /// A page of that address was there before: this one stands at another.
    PageElsewhere "page-elsewhere",
    /// A page that readers did not have: pages have no drafts, so it is a draft of a story.
    PageAsDraft "page-as-draft",
    /// A comment signed otherwise: with signs that stand in no name, too long, or not at all.
    NameChanged "name-changed",
    /// A comment answered one that did not come: it answers the nearest one above it.
    ParentMissing "parent-missing",
    /// A picture's file was not there: readers see none until it is supplied.
    PictureMissing "picture-missing",
    /// A picture's file is to be fetched from the old site; a dry run fetches nothing.
    PictureToFetch "picture-to-fetch",
    /// The old site was asked for a picture's file and did not answer: readers see none until it is supplied.
    PictureUnreached "picture-unreached",
    /// A picture's file stands on a machine of the house's own network, which the administrator did not name: it is not asked.
    PictureInside "picture-inside",
    /// A picture that stood on another site than the old one: it is not copied.
    PictureElsewhere "picture-elsewhere",
    /// A picture's file could not be taken.
    PictureRefused "picture-refused",
    /// A picture's file is in the library, and the story that waits for it is held for a reason of law.
    PictureHeld "picture-held",
    /// A picture without words for those who cannot see it.
    NoAltText "no-alt-text",
    /// A link to a page of the old paper that is not in it.
    BrokenLink "broken-link",
    /// An old address that leads elsewhere already.
    AddressTaken "address-taken",
}

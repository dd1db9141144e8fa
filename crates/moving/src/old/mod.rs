//! What an old newspaper holds, whatever it was kept in.
//!
//! A reader of a format gives [`Item`]s, one after the other and in whatever order its files have them, each with the
//! [`Place`] where it stands, and holds no more in memory than one story with its comments. It is asked twice
//! ([`Kept::items`]): first for the paper's writers, sections and pictures, then for its stories. It decides nothing: what is
//! made of an item is the business of what brings it in.
//!
//! A reader drops nothing in silence: what has no counterpart here is [`Item::Left`] with its reason.

mod address;
mod again;
mod batch;
mod bring;
mod files;
mod left;
mod made;
mod media;
mod model;
mod prepare;
pub mod report;
mod sections;
mod survey;
mod tallied;
mod thread;

#[cfg(test)]
mod tests;

pub(crate) use address::small;
pub use bring::{BringOptions, Progress, bring};
pub use files::OldFile;
pub use left::{Broken, Left, Place, WhyBroken, WhyChanged, WhyLeft};
pub use media::{Developed, Fetch, Fetched, Fetching, Files, SIDE_BY_SIDE};
pub use model::{
    CommentKind, CommentState, OldBody, OldComment, OldKind, OldPicture, OldSite, OldState, OldStory, OldTerm,
    OldWriter, TermKind,
};
pub use report::Report;

/// One thing of an old newspaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The newspaper itself. Of several files each may say it.
    Site(OldSite),
    /// Somebody whose name stands over stories.
    Writer(OldWriter),
    /// A category or a tag.
    Term(OldTerm),
    /// A picture or another file.
    Picture(OldPicture),
    /// A story or a page.
    Story(Box<OldStory>),
    /// A comment. It comes after its story where the format keeps them together.
    Comment(OldComment),
    /// What was left out.
    Left(Left),
}

/// An item and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Where it begins.
    pub place: Place,
    /// The item.
    pub item: Item,
}

/// Items, one after the other. What stands behind the first error is not read.
pub type Items<'a> = Box<dyn Iterator<Item = Result<Placed, Broken>> + Send + 'a>;

/// An old newspaper as it was kept: files that can be read again from their beginning.
pub trait Kept: Send + Sync {
    /// The word by which the format is known, which begins every key: `wxr`, `ghost`.
    fn format(&self) -> &'static str;

    /// Reads everything, from the beginning.
    fn items(&self) -> Items<'_>;

    /// How many bytes have been read since the last beginning, and how many there are; for showing how far it is.
    fn progress(&self) -> (u64, u64);
}

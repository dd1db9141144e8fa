//! Importers and exporters: old newspapers in, everything out.
//!
//! Every importer has the same shape, so that the next format is a folder beside `page`:
//!
//! 1. **read**: bytes → plain values of its own (`page::read`). Pure, never fails, and says what it left out and why;
//! 2. **bring**: those values → newsroom's values (drafts, held comments) → `store`, in its transactions, each with the
//!    source it came from, so that bringing the same thing twice changes nothing;
//! 3. **report**: what became what, what was dropped, what needs a person ([`report::Report`]). Keys and facts, no words:
//!    the command line and the desk make sentences of them.
//!
//! No SQL and no connection of its own: the bytes are handed in, the clock too. Nothing that is brought in is released:
//! comments wait for a person, whatever the options say.

pub mod everything;
pub mod leaving;
pub mod markup;
pub mod old;
pub mod others;
pub mod page;
pub mod report;
pub mod wire;
pub mod wxr;

use store::StoreError;

/// Why something could not be brought in or taken out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MovingError {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of an old newspaper cannot be read to its end.
    #[error(transparent)]
    Broken(old::Broken),
    /// A file is not what it should be.
    #[error("{file}:{line}: {}", .why.key())]
    Unreadable {
        /// The file, as the caller called it.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        why: Unreadable,
    },
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing to read in it.
    Empty,
    /// It holds bytes that no text holds: a picture, an archive, a document of an office program.
    NotText,
    /// A comment's name cannot be taken in any form.
    Name,
}

impl Unreadable {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "unreadable.empty",
            Self::NotText => "unreadable.not-text",
            Self::Name => "unreadable.name",
        }
    }
}

//! Another text of a story that readers have: what they are told of it.

/// What another text of a public story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Something was wrong: readers read what, dated, and when the story was changed.
    Correction,
    /// There is more to tell: readers read when the story was changed. Nothing in it was wrong.
    Update,
    /// A slip of the pen: readers are told nothing.
    Minor,
}

impl Change {
    /// Every change.
    pub const ALL: [Self; 3] = [Self::Correction, Self::Update, Self::Minor];

    /// The word under which it is sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Update => "update",
            Self::Minor => "minor",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.key() == key)
    }
}

//! Where readers find a story.

use crate::ids::SectionId;
use serde::{Deserialize, Serialize};

/// A section of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Which one.
    pub id: SectionId,
    /// In its address, decoded.
    pub slug: String,
    /// As printed.
    pub name: String,
    /// Its place in the masthead, from 1.
    pub position: i64,
}

/// A tag: a word that joins stories across sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// In its address, decoded.
    pub slug: String,
    /// As printed.
    pub name: String,
}

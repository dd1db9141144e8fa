//! The part of an address by which a section or a page is known.

use std::fmt;

/// Most grapheme clusters of a slug.
const MOST_CLUSTERS: usize = 60;

/// A checked slug: letters of any script, digits and hyphens, as [`arabic::slug::slug`] writes them, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// Takes a slug as somebody typed it. Nothing is mended in silence: an address is passed on and kept.
    ///
    /// # Errors
    /// What it would have to be, if anything is left of it.
    pub fn new(typed: &str) -> Result<Self, Option<Self>> {
        let typed = typed.trim();
        match Self::of(typed) {
            Some(slug) if slug.0 == typed => Ok(slug),
            other => Err(other),
        }
    }

    /// The slug of a name; `None` when no letter is left of it.
    pub fn of(name: &str) -> Option<Self> {
        arabic::slug::slug(name, MOST_CLUSTERS).map(Self)
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

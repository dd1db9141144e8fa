//! Where readers find a story.

#[cfg(test)]
mod tests;

use crate::ids::SectionId;
use crate::slug::Slug;
use serde::{Deserialize, Serialize};

/// Most grapheme clusters of a section's name: it stands in a line with the others.
const MOST_CLUSTERS: usize = 40;

/// A line that draws letters out; alone it is no name.
const TATWEEL: char = '\u{640}';

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

/// A checked name of a section: on one line, at most 40 grapheme clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName(String);

/// A section about to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSection {
    /// In its address.
    pub slug: Slug,
    /// As printed.
    pub name: SectionName,
    /// Its place in the masthead, from 1; the last one where none is said.
    pub place: Option<u32>,
}

/// What is wrong with a section, or with what is to be done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionProblem {
    /// Nothing readable in its name.
    NameMissing,
    /// A name of more than 40 grapheme clusters.
    NameTooLong,
    /// Signs that do not stand in addresses; what would stand there instead, if anything is left.
    SlugSigns(Option<Slug>),
    /// The address belongs to the section of this name.
    SlugTaken(String),
    /// The section with this address has that name.
    NameTaken(String),
    /// It holds stories, in whatever state.
    HasStories(u64),
}

impl SectionName {
    /// Cleans and checks a name.
    ///
    /// # Errors
    /// [`SectionProblem::NameMissing`], [`SectionProblem::NameTooLong`].
    pub fn new(typed: &str) -> Result<Self, SectionProblem> {
        let name = arabic::clean::line(typed);
        if !name.chars().any(|c| c.is_alphanumeric() && c != TATWEEL) {
            return Err(SectionProblem::NameMissing);
        }
        if arabic::runs::clusters(&name) > MOST_CLUSTERS {
            return Err(SectionProblem::NameTooLong);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl NewSection {
    /// Checks what was typed; without a slug it is made of the name.
    ///
    /// # Errors
    /// Everything that is wrong with name and slug, the name's first.
    pub fn new(slug: Option<&str>, name: &str, place: Option<u32>) -> Result<Self, Vec<SectionProblem>> {
        let name = SectionName::new(name);
        let slug = match (slug.map(str::trim).filter(|slug| !slug.is_empty()), &name) {
            (Some(slug), _) => Slug::new(slug).map_err(SectionProblem::SlugSigns),
            (None, Ok(name)) => Slug::of(name.as_str()).ok_or(SectionProblem::SlugSigns(None)),
            (None, Err(problem)) => return Err(vec![problem.clone()]),
        };
        match (name, slug) {
            (Ok(name), Ok(slug)) => Ok(Self { slug, name, place }),
            (name, slug) => Err(name.err().into_iter().chain(slug.err()).collect()),
        }
    }
}

impl SectionProblem {
    /// The key of its sentence in the locales; it may name `{slug}` or `{name}`, and counts stories.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NameMissing => "section.name-missing",
            Self::NameTooLong => "section.name-long",
            Self::SlugSigns(Some(_)) => "section.slug-signs-try",
            Self::SlugSigns(None) => "section.slug-signs",
            Self::SlugTaken(_) => "section.slug-taken",
            Self::NameTaken(_) => "section.name-taken",
            Self::HasStories(_) => "section.has-stories",
        }
    }

    /// What its sentence names.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::SlugSigns(Some(slug)) => vec![("slug", slug.as_str())],
            Self::SlugTaken(name) => vec![("name", name)],
            Self::NameTaken(slug) => vec![("slug", slug)],
            Self::NameMissing | Self::NameTooLong | Self::SlugSigns(None) | Self::HasStories(_) => Vec::new(),
        }
    }

    /// What its sentence counts; 1 where it counts nothing.
    pub fn count(&self) -> u64 {
        match self {
            Self::HasStories(stories) => *stories,
            _ => 1,
        }
    }
}

/// A tag: a word that joins stories across sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// In its address, decoded.
    pub slug: String,
    /// As printed.
    pub name: String,
}

//! The lines of head and foot as they are kept: checked.

use super::Social;
use crate::profile::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lines in the head at most.
pub const MOST_HEADER: usize = 12;
/// Lines in the foot at most, in all its columns.
pub const MOST_FOOTER: usize = 30;
/// Columns of the foot at most.
pub const COLUMNS: usize = 4;

/// What stands in head and foot of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Menus {
    /// In the head; none: the sections.
    pub header: Vec<MenuLine>,
    /// In the foot; none: the paper's pages.
    pub footer: Vec<Column>,
    /// Some words in the foot, in paragraphs.
    pub footer_text: String,
    /// Where else the paper is.
    pub social: Vec<Social>,
}

/// A column of the foot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Above its lines; may be empty.
    pub title: String,
    /// What stands in it.
    pub lines: Vec<MenuLine>,
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLine {
    /// What it says; nothing: the name of what it leads to.
    pub label: Label,
    /// Where it leads.
    pub target: Target,
}

/// What a line says, by the tag of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(pub BTreeMap<String, String>);

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "to")]
pub enum Target {
    /// A section, by its slug.
    Section(String),
    /// A page that is no story, by its slug.
    Page(String),
    /// Another path of the paper's own.
    Path(String),
    /// Somebody else's address, over a secure line.
    Address(String),
}

impl Label {
    /// The words in a language, or in the first one that has some.
    pub fn words(&self, language: Language) -> Option<&str> {
        let own = self.0.get(language.tag());
        let other = || Language::ALL.into_iter().find_map(|language| self.0.get(language.tag()));
        own.or_else(other).map(String::as_str)
    }
}

impl Target {
    /// What it is, as forms call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Section(_) => "section",
            Self::Page(_) => "page",
            Self::Path(_) => "path",
            Self::Address(_) => "address",
        }
    }

    /// The slug, path or address.
    pub fn to(&self) -> &str {
        match self {
            Self::Section(to) | Self::Page(to) | Self::Path(to) | Self::Address(to) => to,
        }
    }
}

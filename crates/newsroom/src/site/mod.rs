//! The paper's house: what stands around every page, by which style rules of its own, and who may sell its places.

mod address;
mod ads_txt;
mod css;
mod menus;
mod social;
mod typed;

#[cfg(test)]
mod tests;

pub use ads_txt::{AdsTxtProblem, check_ads_txt};
pub use css::{CssProblem, MOST_CSS_BYTES, check_css};
pub use menus::{COLUMNS, Column, Label, MOST_FOOTER, MOST_HEADER, MenuLine, Menus, Target};
pub use social::{Service, Social};
pub use typed::{Known, MenuField, MenuProblem, TypedLine, TypedMenus};

use crate::people::May;
use serde::{Deserialize, Serialize};

/// What is changed, kept and taken back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The lines of head and foot, and where else the paper is.
    Menus,
    /// The administrator's own style rules.
    Css,
    /// Who may sell it.
    AdsTxt,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Menus, Self::Css, Self::AdsTxt];

    /// The word under which it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Menus => "menus",
            Self::Css => "css",
            Self::AdsTxt => "ads-txt",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    /// What whoever changes it must be allowed.
    pub fn needs(self) -> May {
        match self {
            Self::Menus => May::Furnish,
            Self::Css | Self::AdsTxt => May::DressHouse,
        }
    }
}

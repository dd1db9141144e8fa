//! The paper's house: what stands around every page, in which colours, by which style rules of its own, what advertises in it
//! and who may sell its places.

mod address;
mod ads;
mod ads_txt;
mod colour;
mod css;
mod doors;
mod feeds;
mod house;
mod menus;
mod social;
mod typed;
mod typed_house;

#[cfg(test)]
mod tests;

pub use ads::{Ad, AdPlace, AdProblem, Ads, MOST_AD_BYTES, TypedAd};
pub use ads_txt::{AdsTxtProblem, check_ads_txt};
pub use colour::Colour;
pub use css::{CssProblem, MOST_CSS_BYTES, check_css};
pub use doors::{Doors, DoorsProblem, MOST_NOTE, Shut};
pub use feeds::{Feeds, MOST_DELAY};
pub use house::{
    FOR_TEXT, Face, FontKind, FontProblem, House, Logo, LogoKind, MOST_FONT, Scheme, Standard, Tint, check_font,
};
pub use menus::{COLUMNS, Column, Label, MOST_FOOTER, MOST_HEADER, MenuLine, Menus, Target};
pub use social::{Service, Social};
pub use typed::{Known, MenuField, MenuProblem, TypedLine, TypedMenus};
pub use typed_house::{TintProblem, TypedHouse};

use crate::people::May;
use serde::{Deserialize, Serialize};

/// What is changed, kept and taken back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The lines of head and foot, and where else the paper is.
    Menus,
    /// The paper's colours, typefaces and logo.
    House,
    /// The administrator's own style rules.
    Css,
    /// What stands in the places for advertisements.
    Ads,
    /// Who may sell it.
    AdsTxt,
    /// What goes out in feeds.
    Feeds,
    /// Whether readers' words are taken.
    Doors,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 7] = [Self::Menus, Self::House, Self::Css, Self::Ads, Self::AdsTxt, Self::Feeds, Self::Doors];

    /// The word under which it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Menus => "menus",
            Self::House => "house",
            Self::Css => "css",
            Self::Ads => "ads",
            Self::AdsTxt => "ads-txt",
            Self::Feeds => "feeds",
            Self::Doors => "doors",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    /// What whoever changes it must be allowed.
    pub fn needs(self) -> May {
        match self {
            Self::Menus | Self::House | Self::Feeds | Self::Doors => May::Furnish,
            Self::Css | Self::Ads | Self::AdsTxt => May::DressHouse,
        }
    }
}

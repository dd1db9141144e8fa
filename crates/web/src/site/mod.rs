//! The paper's house as pages have it: lines of head and foot, colours and logo, own style rules, advertisements, ads.txt. It
//! is read once, kept in memory, and read again when it was changed, here or on another node.

mod ads;
mod ads_desk;
mod desk;
mod doors_desk;
mod doors_form;
mod feeds_desk;
mod house_desk;
mod house_form;
mod letters;
mod logos;
mod menus_form;
mod public;
mod sample;
mod texts;
mod view;
mod worn;

#[cfg(test)]
mod tests;

pub use ads::{AdView, advertisement};
pub use ads_desk::{keep_ad, look_at_ad, show_ads};
pub use desk::{keep_menus, put_back, show_menus};
pub use doors_desk::{keep_doors, show_doors};
pub use feeds_desk::{keep_feeds, show_feeds};
pub use house_desk::{keep_house, show_house};
pub use letters::{keep_font, remove_font};
pub use logos::{MOST_LOGO, keep_logo, remove_logo};
pub use public::{ads_txt, own_css};
pub use sample::{sample, sample_css};
pub use texts::{keep_ads_txt, keep_css, show_ads_txt, show_css};

use newsroom::SiteVersionId;
use newsroom::site::{Ads, Doors, Feeds, House, Menus, Part};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::site::SiteVersion;
use store::{Store, StoreError};

/// Signs of a hash that are enough for an address.
const HASH: usize = 16;

/// What holds now, shared by all pages.
#[derive(Debug, Default)]
pub struct SiteInForce(RwLock<Arc<Site>>);

/// The paper's house.
#[derive(Debug, Default)]
pub struct Site {
    /// The lines of head and foot.
    pub menus: Menus,
    /// Its colours, typefaces and logo.
    pub house: House,
    /// Their style rules, and the hash in their address; none: there are none.
    house_css: Option<(String, String)>,
    /// What stands in the places for advertisements.
    pub ads: Ads,
    /// Own style rules, and the hash in their address; none: there are none.
    css: Option<(String, String)>,
    /// Empty: there is none.
    ads_txt: String,
    /// What goes out in feeds.
    pub feeds: Feeds,
    /// Whether readers' words are taken.
    pub doors: Doors,
    /// The newest version of each part, by the part's word.
    versions: BTreeMap<&'static str, SiteVersionId>,
}

impl SiteInForce {
    /// What holds now.
    pub fn now(&self) -> Arc<Site> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what is kept.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn take_up(&self, store: &Store) -> Result<(), StoreError> {
        let site = Site::of(store.site().await?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
        Ok(())
    }
}

impl Site {
    /// Made of the newest versions. A part that this program cannot read is as if there were none, and said in the log.
    fn of(versions: Vec<SiteVersion>) -> Self {
        let mut site = Self::default();
        for version in versions {
            site.versions.insert(version.part.key(), version.id);
            match version.part {
                Part::Menus => site.menus = read(&version),
                Part::House => site.house = read(&version),
                Part::Ads => site.ads = read(&version),
                Part::Css if version.content.is_empty() => {}
                Part::Css => site.css = Some((hash_of(&version.content), version.content)),
                Part::AdsTxt => site.ads_txt = version.content,
                Part::Feeds => site.feeds = read(&version),
                Part::Doors => site.doors = read(&version),
            }
        }
        let css = site.house.css();
        site.house_css = site.house.is_dressed().then(|| (hash_of(&css), css));
        site
    }

    /// The version of a part that holds.
    pub fn version(&self, part: Part) -> Option<SiteVersionId> {
        self.versions.get(part.key()).copied()
    }

    /// Where own style rules are.
    pub fn css_address(&self) -> Option<String> {
        self.css.as_ref().map(|(hash, _)| format!("/house/{hash}.css"))
    }

    /// Where the style rules of its colours and typefaces are.
    pub fn house_css_address(&self) -> Option<String> {
        self.house_css.as_ref().map(|(hash, _)| format!("/house/colours-{hash}.css"))
    }
}

/// What was kept of a part.
fn read<T: DeserializeOwned + Default>(version: &SiteVersion) -> T {
    serde_json::from_str(&version.content).unwrap_or_else(|error| {
        tracing::warn!(%error, part = version.part.key(), "a kept part of the house cannot be read");
        T::default()
    })
}

/// What stands in an address for a text.
fn hash_of(text: &str) -> String {
    sha256(text).chars().take(HASH).collect()
}
use crate::print::sha256;

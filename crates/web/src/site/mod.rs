//! The paper's house as pages have it: lines of head and foot, own style rules, ads.txt. It is read once, kept in memory, and
//! read again when it was changed, here or on another node.

mod desk;
mod menus_form;
mod public;
mod texts;
mod view;

#[cfg(test)]
mod tests;

pub use desk::{keep_menus, put_back, show_menus};
pub use public::{ads_txt, own_css};
pub use texts::{keep_ads_txt, keep_css, show_ads_txt, show_css};

use newsroom::SiteVersionId;
use newsroom::site::{Menus, Part};
use sha2::{Digest, Sha256};
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
    /// Own style rules, and the hash in their address; none: there are none.
    css: Option<(String, String)>,
    /// Empty: there is none.
    ads_txt: String,
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
    /// Made of the newest versions. Menus that this program cannot read are as if there were none, and said in the log.
    fn of(versions: Vec<SiteVersion>) -> Self {
        let mut site = Self::default();
        for version in versions {
            site.versions.insert(version.part.key(), version.id);
            match version.part {
                Part::Menus => match serde_json::from_str(&version.content) {
                    Ok(menus) => site.menus = menus,
                    Err(error) => tracing::warn!(%error, "the kept menus cannot be read"),
                },
                Part::Css if version.content.is_empty() => {}
                Part::Css => {
                    let hash: String = Sha256::digest(&version.content).iter().map(|b| format!("{b:02x}")).collect();
                    site.css = Some((hash.chars().take(HASH).collect(), version.content));
                }
                Part::AdsTxt => site.ads_txt = version.content,
            }
        }
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
}

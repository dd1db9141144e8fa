//! Where each rule acts, and how: one document with versions, kept by the store and changed at the desk.

use super::ActingRule;
use crate::comment::RefusalReason;
use serde::{Deserialize, Serialize};

/// The settings of all rules. By default every one is off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct ActingRules {
    /// Nearly the same as a text that a person refused.
    pub near_copies: NearCopies,
    /// Links to listed places.
    pub blocked_links: BlockedLinks,
    /// Too long or too fast.
    pub limits: Limits,
    /// Clean comments of visitors with a good record.
    pub trusted_readers: TrustedReaders,
}

/// Where a rule acts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Nowhere.
    #[default]
    Off,
    /// In the whole paper.
    Everywhere,
    /// Under stories of these sections, by their slugs.
    Sections(Vec<String>),
}

/// Refuses near-copies, for the reason for which the person refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct NearCopies {
    /// Where.
    pub scope: Scope,
    /// How nearly the same, in hundredths.
    pub percent: u8,
}

/// Refuses links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct BlockedLinks {
    /// Where.
    pub scope: Scope,
    /// Hosts, lower-case; what stands below them is meant too.
    pub hosts: Vec<String>,
    /// By which house rule.
    pub reason: RefusalReason,
}

/// Refuses what breaks the limits of the rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Limits {
    /// Where.
    pub scope: Scope,
    /// By which house rule.
    pub reason: RefusalReason,
}

/// Releases clean comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct TrustedReaders {
    /// Where.
    pub scope: Scope,
    /// So many comments of the visitor are public, at least.
    pub released: u32,
    /// And none was refused or taken down that came in during so many days.
    pub days: u32,
}

/// The least that the desk takes for [`NearCopies::percent`]: below it texts are no near-copies.
pub const LEAST_PERCENT: u8 = 50;
/// The least that the desk takes for [`TrustedReaders::released`].
pub const LEAST_RELEASED: u32 = 5;
/// The most days that are looked back.
pub const MOST_DAYS: u32 = 365;
/// The most hosts.
pub const MOST_HOSTS: usize = 1_000;

impl Default for NearCopies {
    fn default() -> Self {
        Self { scope: Scope::Off, percent: 70 }
    }
}

impl Default for BlockedLinks {
    fn default() -> Self {
        Self { scope: Scope::Off, hosts: Vec::new(), reason: RefusalReason::Advertising }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { scope: Scope::Off, reason: RefusalReason::Other }
    }
}

impl Default for TrustedReaders {
    fn default() -> Self {
        Self { scope: Scope::Off, released: 20, days: 90 }
    }
}

impl Scope {
    /// Whether it holds under a story of this section; empty: of none.
    pub fn holds_in(&self, section: &str) -> bool {
        match self {
            Self::Off => false,
            Self::Everywhere => true,
            Self::Sections(slugs) => slugs.iter().any(|slug| slug == section),
        }
    }

    /// Whether it holds anywhere.
    pub fn is_on(&self) -> bool {
        match self {
            Self::Off => false,
            Self::Everywhere => true,
            Self::Sections(slugs) => !slugs.is_empty(),
        }
    }
}

impl ActingRules {
    /// Where a rule acts.
    pub fn scope(&self, rule: ActingRule) -> &Scope {
        match rule {
            ActingRule::NearCopies => &self.near_copies.scope,
            ActingRule::BlockedLinks => &self.blocked_links.scope,
            ActingRule::Limits => &self.limits.scope,
            ActingRule::TrustedReaders => &self.trusted_readers.scope,
        }
    }

    /// The same, to be changed.
    pub fn scope_mut(&mut self, rule: ActingRule) -> &mut Scope {
        match rule {
            ActingRule::NearCopies => &mut self.near_copies.scope,
            ActingRule::BlockedLinks => &mut self.blocked_links.scope,
            ActingRule::Limits => &mut self.limits.scope,
            ActingRule::TrustedReaders => &mut self.trusted_readers.scope,
        }
    }
}

impl BlockedLinks {
    /// Whether a host is listed, or stands below one that is.
    pub fn blocks(&self, host: &str) -> bool {
        self.hosts.iter().any(|blocked| {
            host.strip_suffix(blocked.as_str()).is_some_and(|above| above.is_empty() || above.ends_with('.'))
        })
    }
}

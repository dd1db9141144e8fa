//! The rules as this process holds them. A change at the desk is taken up without a restart, by every process, when it is
//! told of the happening.

use moderation::Rulebook;
use newsroom::RulebookId;
use std::sync::{PoisonError, RwLock};
use store::rulebooks::RulebookVersion;

/// The rules in force.
#[derive(Debug)]
pub struct RulesInForce {
    /// An administrator gave a file: the desk changes nothing.
    given: bool,
    now: RwLock<Now>,
}

#[derive(Debug, Clone)]
struct Now {
    rulebook: Rulebook,
    version: Option<RulebookId>,
    /// The version that was kept cannot be read by this program; what ships holds.
    unreadable: bool,
}

impl RulesInForce {
    /// Rules out of a file.
    pub fn given(rulebook: Rulebook) -> Self {
        Self { given: true, now: RwLock::new(Now { rulebook, version: None, unreadable: false }) }
    }

    /// Rules as the store keeps them; what ships where it keeps none.
    pub fn kept(version: Option<&RulebookVersion>) -> Self {
        Self { given: false, now: RwLock::new(Now::of(version)) }
    }

    /// The rules. Cheap: their parts are shared.
    pub fn rulebook(&self) -> Rulebook {
        self.now().rulebook
    }

    /// The version that holds; none where the paper has no rules of its own.
    pub fn version(&self) -> Option<RulebookId> {
        self.now().version
    }

    /// Whether they come out of a file that only an administrator changes.
    pub fn is_given(&self) -> bool {
        self.given
    }

    /// Whether a kept version could not be read, so that what ships holds in its place.
    pub fn is_unreadable(&self) -> bool {
        self.now().unreadable
    }

    /// Takes up what the store keeps now.
    pub fn take_up(&self, version: Option<&RulebookVersion>) {
        if self.given {
            return;
        }
        let new = Now::of(version);
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        // Happenings may be told out of order; the newest version wins.
        if new.version >= now.version {
            *now = new;
        }
    }

    fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Now {
    fn of(version: Option<&RulebookVersion>) -> Self {
        let id = version.map(|version| version.line.id);
        match version.map_or(Ok(Rulebook::default()), |version| Rulebook::parse(&version.text)) {
            Ok(rulebook) => Self { rulebook, version: id, unreadable: false },
            Err(problems) => {
                tracing::error!(problems = problems.len(), "the kept rules cannot be read; what ships holds");
                Self { rulebook: Rulebook::default(), version: id, unreadable: true }
            }
        }
    }
}

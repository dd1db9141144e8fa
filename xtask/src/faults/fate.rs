//! What something may be now, from what is known of the acts on it.

use super::ledger::{Ended, Kind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    /// Acknowledged or found.
    Yes,
    /// It was begun by such an act, which nobody has acknowledged.
    Perhaps(Kind),
    /// It was refused, or looked for and not found.
    No,
}

/// Where something stands for whoever dealt with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate<S> {
    there: There,
    stands: S,
    /// An act that nobody has acknowledged, and where it leads.
    perhaps: Option<(Kind, S)>,
}

/// What comes out when one looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled<S> {
    /// As was known.
    AsKnown,
    /// An act without an answer was done.
    CameTrue(Kind),
    /// It was not.
    CameToNothing(Kind),
    /// It was acknowledged and is not there.
    Lost,
    /// It is there, though it was refused or looked for in vain before.
    Ghost,
    /// It is there, and stands where no act has brought it.
    Wrong {
        /// Where it could stand.
        known: String,
        /// Where it stands.
        seen: S,
    },
}

impl<S: Copy + PartialEq + std::fmt::Debug> Fate<S> {
    /// Somebody is about to make it, and it will stand so.
    pub fn begun(kind: Kind, stands: S) -> Self {
        Self { there: There::Perhaps(kind), stands, perhaps: None }
    }

    /// Somebody is about to make it once more, because nobody knows how it went: what is there already stays.
    pub fn begin_again(&mut self, kind: Kind) {
        if self.there != There::Yes {
            self.there = There::Perhaps(kind);
        }
    }

    /// Somebody is about to bring it there.
    pub fn change(&mut self, kind: Kind, to: S) {
        self.perhaps = Some((kind, to));
    }

    /// The last act has ended; which one it was.
    pub fn end(&mut self, ended: Ended) -> Option<Kind> {
        if let Some((kind, to)) = self.perhaps {
            match ended {
                Ended::Done => (self.stands, self.perhaps) = (to, None),
                Ended::Not => self.perhaps = None,
                Ended::Perhaps => {}
            }
            return Some(kind);
        }
        let There::Perhaps(kind) = self.there else { return None };
        match ended {
            Ended::Done => self.there = There::Yes,
            Ended::Not => self.there = There::No,
            Ended::Perhaps => {}
        }
        Some(kind)
    }

    /// Where it stands, when nothing about it is «perhaps».
    pub fn exactly(&self) -> Option<S> {
        (self.there == There::Yes && self.perhaps.is_none()).then_some(self.stands)
    }

    /// It may stand there.
    pub fn may_be(&self, state: S) -> bool {
        self.there != There::No && (self.stands == state || self.perhaps.is_some_and(|(_, to)| to == state))
    }

    /// It was begun by such an act, and nobody knows whether it is there.
    pub fn is_perhaps(&self, kind: Kind) -> bool {
        self.there == There::Perhaps(kind)
    }

    /// It was acknowledged, or found once.
    pub fn must_be_there(&self) -> bool {
        self.there == There::Yes
    }

    /// Somebody has looked: from now on it is known.
    pub fn settle(&mut self, seen: Option<S>) -> Settled<S> {
        let (there, perhaps) = (self.there, self.perhaps.take());
        self.there = if seen.is_some() { There::Yes } else { There::No };
        let known = match perhaps {
            Some((_, to)) => format!("{:?}, perhaps {to:?}", self.stands),
            None => format!("{:?}", self.stands),
        };
        let before = self.stands;
        self.stands = seen.unwrap_or(before);
        match (there, seen, perhaps) {
            (There::Yes, None, _) => Settled::Lost,
            (There::No, Some(_), _) => Settled::Ghost,
            (There::No, None, _) => Settled::AsKnown,
            (There::Perhaps(kind), None, _) => Settled::CameToNothing(kind),
            (There::Perhaps(kind), Some(seen), _) if seen == before => Settled::CameTrue(kind),
            (There::Yes, Some(seen), Some((kind, to))) if seen == to => Settled::CameTrue(kind),
            (There::Yes, Some(seen), Some((kind, _))) if seen == before => Settled::CameToNothing(kind),
            (There::Yes, Some(seen), None) if seen == before => Settled::AsKnown,
            (_, Some(seen), _) => Settled::Wrong { known, seen },
        }
    }
}

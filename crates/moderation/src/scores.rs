//! What the learned heads say, as numbers that mean the same from release to release.

use crate::verdict::Category;
use serde::{Deserialize, Serialize};

/// A question that a learned head answers with a probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Head {
    /// Any of the four below. Routing goes by this one: the public data do not separate hate from insult.
    Abuse,
    /// An insult to a person.
    Insult,
    /// Contempt for people because of what they are. A reason, never a trigger alone.
    Hate,
    /// A threat of violence.
    Threat,
    /// Obscene words.
    Obscene,
    /// Support for a violent group. Learned with every group's name masked.
    Support,
    /// Advertising.
    Spam,
}

impl Head {
    /// How many there are.
    pub const COUNT: usize = 7;
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Abuse, Self::Insult, Self::Hate, Self::Threat, Self::Obscene, Self::Support, Self::Spam];

    /// Its name in files and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Abuse => "abuse",
            Self::Insult => "insult",
            Self::Hate => "hate",
            Self::Threat => "threat",
            Self::Obscene => "obscene",
            Self::Support => "support",
            Self::Spam => "spam",
        }
    }

    /// What kind of finding it makes.
    pub fn category(self) -> Category {
        match self {
            Self::Abuse | Self::Insult | Self::Hate | Self::Threat | Self::Obscene => Category::Abuse,
            Self::Support => Category::Support,
            Self::Spam => Category::Spam,
        }
    }

    /// The head of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|head| head.name() == name)
    }
}

/// A calibrated probability in ten-thousandths, 0 to 10,000, so that a stored verdict compares exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(u16);

impl Score {
    /// The nearest score to a probability; what is not a number is 0.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
    pub fn of(probability: f32) -> Self {
        Self((probability.clamp(0.0, 1.0) * 10_000.0 + 0.5) as u16)
    }

    /// The probability, 0 to 1.
    pub fn probability(self) -> f32 {
        f32::from(self.0) / 10_000.0
    }

    /// In ten-thousandths.
    pub fn points(self) -> u16 {
        self.0
    }

    /// The score just below; of 0 it is 0.
    pub(crate) fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// In hundredths, rounded down: what a moderator is shown.
    pub fn percent(self) -> u64 {
        u64::from(self.0 / 100)
    }
}

/// The answers of all heads. All zero where no models were handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scores {
    /// [`Head::Abuse`].
    pub abuse: Score,
    /// [`Head::Insult`].
    pub insult: Score,
    /// [`Head::Hate`].
    pub hate: Score,
    /// [`Head::Threat`].
    pub threat: Score,
    /// [`Head::Obscene`].
    pub obscene: Score,
    /// [`Head::Support`].
    pub support: Score,
    /// [`Head::Spam`].
    pub spam: Score,
}

impl Scores {
    /// One head's answer.
    pub fn get(&self, head: Head) -> Score {
        match head {
            Head::Abuse => self.abuse,
            Head::Insult => self.insult,
            Head::Hate => self.hate,
            Head::Threat => self.threat,
            Head::Obscene => self.obscene,
            Head::Support => self.support,
            Head::Spam => self.spam,
        }
    }

    /// Puts one head's answer.
    pub fn set(&mut self, head: Head, score: Score) {
        match head {
            Head::Abuse => self.abuse = score,
            Head::Insult => self.insult = score,
            Head::Hate => self.hate = score,
            Head::Threat => self.threat = score,
            Head::Obscene => self.obscene = score,
            Head::Support => self.support = score,
            Head::Spam => self.spam = score,
        }
    }
}

//! From a verdict to the attributes of the service that closes, so that .80 means there what it meant: hold this.
//!
//! | attribute | the heads' probabilities | findings that lift it |
//! |---|---|---|
//! | `TOXICITY`, and every name not below | abuse | abuse, support, calls |
//! | `SEVERE_TOXICITY` | threat; hate as far as abuse agrees | threats, contempt, support, calls |
//! | `IDENTITY_ATTACK` | hate | contempt for a group |
//! | `INSULT` | insult | insults |
//! | `PROFANITY`, `SEXUALLY_EXPLICIT` | obscene | obscene words |
//! | `THREAT` | threat | threats |
//! | `SPAM` | spam | advertising, addresses, copies, floods |
//! | `LIKELY_TO_REJECT` | abuse, support | every finding |
//!
//! The largest counts. Where a probability becomes .80 is the point at which its head was right nine times in ten on texts
//! that it never saw, unless the rulebook says otherwise (`hold` of abuse, support and spam, `propose` of the kinds). An
//! engine that could not answer lifts all of them to [`UNEXAMINED`].

use moderation::phases::BROKEN;
use moderation::{Category, Finding, Head, List, Models, Policy, Reason, Scores, Verdict};

/// What clients compare with, some by `>` and some by `>=`: no score lies between this and [`HELD`].
const JUST_BELOW: f64 = 0.799;
/// The score of whatever just reaches the point at which a comment is to be held.
const HELD: f64 = 0.81;
/// The score of a comment that was not examined: held, and not taken for certain.
pub const UNEXAMINED: f64 = 0.9;

/// Something a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// Any abuse.
    Toxicity,
    /// The worst of it.
    SevereToxicity,
    /// Contempt for people because of what they are.
    IdentityAttack,
    /// Insults.
    Insult,
    /// Obscene words.
    Profanity,
    /// Threats.
    Threat,
    /// Advertising.
    Spam,
    /// What a desk would look at, whatever it is.
    LikelyToReject,
}

impl Attribute {
    /// The attribute of a name, whatever stands behind it (`_EXPERIMENTAL`, `_FAST`, `@6`). A name that nobody knows asks
    /// for toxicity: a client that gets no answer publishes.
    pub fn named(name: &str) -> Self {
        let plain = name.split('@').next().unwrap_or(name);
        match plain.trim_end_matches("_EXPERIMENTAL").trim_end_matches("_FAST") {
            "SEVERE_TOXICITY" => Self::SevereToxicity,
            "IDENTITY_ATTACK" => Self::IdentityAttack,
            "INSULT" => Self::Insult,
            "PROFANITY" | "SEXUALLY_EXPLICIT" => Self::Profanity,
            "THREAT" => Self::Threat,
            "SPAM" => Self::Spam,
            "LIKELY_TO_REJECT" => Self::LikelyToReject,
            _ => Self::Toxicity,
        }
    }

    /// Its score, 0 to 1, by the points from which a head's answer is doubted.
    pub fn score(self, verdict: &Verdict, policy: &Policy, models: &Models) -> f64 {
        let found = verdict.findings.iter().filter(|finding| self.is_about(finding));
        found.map(of_finding).fold(self.likely(&verdict.scores, policy, models), f64::max)
    }

    /// What the heads say.
    fn likely(self, scores: &Scores, policy: &Policy, models: &Models) -> f64 {
        let of = |head: Head| {
            let thresholds = policy.thresholds(head, models);
            // A kind of abuse is shown early, where abuse was found; alone it holds only where it is as sure as abuse is.
            let held_at = match head {
                Head::Abuse | Head::Support | Head::Spam => thresholds.hold,
                Head::Insult | Head::Hate | Head::Threat | Head::Obscene => thresholds.propose,
            };
            let held_at = held_at.probability();
            of_probability(f64::from(scores.get(head).probability()), f64::from(held_at))
        };
        match self {
            Self::Toxicity => of(Head::Abuse),
            Self::SevereToxicity => of(Head::Threat).max(of(Head::Hate).min(of(Head::Abuse))),
            Self::IdentityAttack => of(Head::Hate),
            Self::Insult => of(Head::Insult),
            Self::Profanity => of(Head::Obscene),
            Self::Threat => of(Head::Threat),
            Self::Spam => of(Head::Spam),
            Self::LikelyToReject => of(Head::Abuse).max(of(Head::Support)),
        }
    }

    /// Whether a finding speaks for it.
    pub fn is_about(self, finding: &Finding) -> bool {
        use Category::{Abuse, Call, Copies, Flood, Links, Spam, Support};
        let (category, head) = (finding.category, head_of(&finding.reason));
        if category == Category::Engine {
            return true;
        }
        match self {
            Self::Toxicity => matches!(category, Abuse | Support | Call),
            Self::SevereToxicity => {
                matches!(category, Support | Call) || matches!(head, Some(Head::Threat | Head::Hate))
            }
            Self::IdentityAttack => head == Some(Head::Hate),
            Self::Insult => head == Some(Head::Insult),
            Self::Profanity => head == Some(Head::Obscene),
            Self::Threat => head == Some(Head::Threat),
            Self::Spam => matches!(category, Spam | Links | Copies | Flood),
            Self::LikelyToReject => true,
        }
    }
}

/// The score of one finding by its weight: from [`BROKEN`] on, the comment is to be held.
pub fn of_finding(finding: &Finding) -> f64 {
    if finding.category == Category::Engine {
        return UNEXAMINED;
    }
    of_probability(f64::from(finding.weight) / 1_000.0, f64::from(BROKEN) / 1_000.0)
}

/// Two straight lines: 0 to the point at which to hold becomes 0 to [`JUST_BELOW`], and from there to 1 becomes [`HELD`]
/// to 1. A point of 1 is never reached.
fn of_probability(probability: f64, held_at: f64) -> f64 {
    let score = if probability < held_at || held_at >= 1.0 {
        JUST_BELOW * probability / held_at
    } else {
        HELD + (1.0 - HELD) * (probability - held_at) / (1.0 - held_at)
    };
    (score * 1e6).round() / 1e6
}

/// Which head's question a finding answers.
fn head_of(reason: &Reason) -> Option<Head> {
    match reason {
        Reason::Likely { head, .. } => Some(*head),
        Reason::Derogates { .. } | Reason::Listed { list: List::Hate, .. } => Some(Head::Hate),
        Reason::Listed { list: List::Insult, .. } => Some(Head::Insult),
        Reason::Listed { list: List::Threat, .. } => Some(Head::Threat),
        Reason::Listed { list: List::Obscene, .. } => Some(Head::Obscene),
        _ => None,
    }
}

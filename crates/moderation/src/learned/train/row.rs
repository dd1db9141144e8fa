//! A labelled text.

use crate::Head;

/// Yes, no, or not known, for each head in the order of [`Head::ALL`].
pub type Answers = [Option<bool>; Head::COUNT];

/// A labelled text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// As written.
    pub text: &'a str,
    /// Where it is from.
    pub source: &'a str,
    /// Whether a newspaper let it be published: that is no answer, but it makes abuse unlikely.
    pub published: bool,
    /// What is known of it.
    pub answers: Answers,
}

/// What labels say, and what they do not say.
///
/// `labels` are the harms that a text has, `known` the harms it was looked at for: one that is in neither is not known, and
/// teaches nothing. Any abuse is known where insult is known or where insult, hate or threat was found, and is there with
/// any of insult, hate, threat and obscene words («sexual»).
pub fn answers<'a>(labels: impl IntoIterator<Item = &'a str>, known: impl IntoIterator<Item = &'a str>) -> Answers {
    let mut answers: Answers = [None; Head::COUNT];
    let mut insult_known = false;
    for harm in known {
        insult_known |= harm == "insult";
        if let Some(head) = head_of(harm) {
            answers[head as usize] = Some(false);
        }
    }
    for harm in labels {
        if let Some(head) = head_of(harm) {
            answers[head as usize] = Some(true);
        }
    }
    let found = |head: Head| answers[head as usize] == Some(true);
    let abusive = found(Head::Insult) || found(Head::Hate) || found(Head::Threat);
    answers[Head::Abuse as usize] = (insult_known || abusive).then_some(abusive || found(Head::Obscene));
    answers
}

fn head_of(harm: &str) -> Option<Head> {
    match harm {
        "insult" => Some(Head::Insult),
        "hate" => Some(Head::Hate),
        "threat" => Some(Head::Threat),
        "sexual" => Some(Head::Obscene),
        "extremism_support" => Some(Head::Support),
        "spam" => Some(Head::Spam),
        _ => None,
    }
}

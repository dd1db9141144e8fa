use super::Input;
use crate::learned::contempt;
use crate::{Finding, stance};
use alloc::vec::Vec;

/// Below this probability of contempt, as the head for it hears the text, what the cues found is information: the words are told of
/// others or denied in a way that no list knows.
const HARMLESS: f32 = 0.2;

/// Contempt for people because of what they are: their faith, origin, sex, disability. Not criticism of ideas and deeds, not an
/// insult to one person, and not what somebody quotes in order to reject it.
///
/// Caught: «اللاجئين كلهم لصوص، اطردوهم»
/// Not caught: «من يقول إن اللاجئين لصوص فهو عنصري»
pub(super) fn hate(input: &Input<'_>) -> Vec<Finding> {
    let (facts, rules) = (input.facts, &input.rulebook.stance);
    let as_written = stance::hate(input.shared.scan, facts, rules);
    let mut findings = match input.shared.arabizi {
        Some(arabic) if as_written.iter().all(|finding| finding.weight == 0) => stance::hate(arabic, facts, rules),
        _ => as_written,
    };
    // Only where it has read the whole text: it knows nothing of the rest.
    let heard = input.shared.contempt.filter(|_| contempt::sees_all(input.shared.scan));
    if heard.is_some_and(|(score, look)| score.probability() < HARMLESS.min(look)) {
        findings.iter_mut().for_each(|finding| finding.weight = 0);
    }
    findings
}

use super::Input;
use crate::{Finding, stance};
use alloc::vec::Vec;

/// Contempt for people because of what they are: their faith, origin, sex, disability. Not criticism of ideas and deeds, not an
/// insult to one person, and not what somebody quotes in order to reject it.
///
/// Caught: «اللاجئين كلهم لصوص، اطردوهم»
/// Not caught: «من يقول إن اللاجئين لصوص فهو عنصري»
pub(super) fn hate(input: &Input<'_>) -> Vec<Finding> {
    let (facts, rules) = (input.facts, &input.rulebook.stance);
    let as_written = stance::hate(input.shared.scan, facts, rules);
    match input.shared.arabizi {
        Some(arabic) if as_written.iter().all(|finding| finding.weight == 0) => stance::hate(arabic, facts, rules),
        _ => as_written,
    }
}

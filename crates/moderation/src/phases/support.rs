use super::Input;
use crate::{Finding, Reading, stance};
use alloc::vec::Vec;

/// Words for a violent group in the visitor's own voice, and calls to join it or to hurt people. A group's name weighs nothing by
/// itself, and neither does what others are reported, quoted, asked or denied to have said. (The test's rulebook knows an invented
/// group, «كتائب الفجر الرمادي».)
///
/// Caught: «كتائب الفجر الرمادي أبطال وأنا معهم»
/// Not caught: «هاجمت كتائب الفجر الرمادي القرية، رحم الله الضحايا»
pub(super) fn support(input: &Input<'_>) -> Vec<Finding> {
    let (facts, rules) = (input.facts, &input.rulebook.stance);
    let as_written = stance::support(input.reading, facts, rules);
    match Reading::of_arabizi(input.submission.text) {
        Some(arabic) if as_written.iter().all(|finding| finding.weight == 0) => stance::support(&arabic, facts, rules),
        _ => as_written,
    }
}

use super::EXPLICIT;
use super::Input;
use crate::{Finding, Frame, Reason, stance};
use alloc::{string::String, vec::Vec};

/// Words for a violent group in the visitor's own voice, and calls to join it or to hurt people. A group's name weighs nothing by
/// itself, and neither does what others are reported, quoted, asked or denied to have said. (The test's rulebook knows an invented
/// group, «كتائب الفجر الرمادي».)
///
/// Caught: «كتائب الفجر الرمادي أبطال وأنا معهم»
/// Not caught: «هاجمت كتائب الفجر الرمادي القرية، رحم الله الضحايا»
pub(super) fn support(input: &Input<'_>) -> Vec<Finding> {
    let (facts, rules) = (input.facts, &input.rulebook.stance);
    let as_written = stance::support(input.shared.scan, facts, rules);
    let mut findings = match input.shared.arabizi {
        Some(arabic) if as_written.iter().all(|finding| finding.weight == 0) => stance::support(arabic, facts, rules),
        _ => as_written,
    };
    doubt_what_is_also_framed(&mut findings);
    if !input.is_of_one_voice() {
        findings.iter_mut().for_each(|finding| finding.weight = finding.weight.min(EXPLICIT - 50));
    }
    findings
}

/// Words for a group are not explicit where the same comment denies, quotes or condemns words for it: then a person looks, and no
/// refusal is proposed.
fn doubt_what_is_also_framed(findings: &mut [Finding]) {
    let framed: Vec<String> = findings
        .iter()
        .filter_map(|finding| match &finding.reason {
            Reason::Framed { group, frame } if *frame != Frame::NameOnly => Some(group.clone()),
            _ => None,
        })
        .collect();
    for finding in findings {
        let (Reason::Supports { group, .. } | Reason::Calls { group, .. }) = &finding.reason else { continue };
        if framed.contains(group) {
            finding.weight = finding.weight.min(EXPLICIT - 50);
        }
    }
}

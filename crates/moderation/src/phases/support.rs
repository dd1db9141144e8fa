use super::Input;
use crate::Finding;
use crate::stance;
use alloc::vec::Vec;

/// Words for a violent group in the visitor's own voice, and calls to join it or to hurt people. A group's name weighs nothing by
/// itself, and neither does what others are reported, quoted, asked or denied to have said. (The test's rulebook knows an invented
/// group, «كتائب الفجر الرمادي».)
///
/// Caught: «كتائب الفجر الرمادي أبطال وأنا معهم»
/// Not caught: «هاجمت كتائب الفجر الرمادي القرية، رحم الله الضحايا»
pub(super) fn support(input: &Input<'_>) -> Vec<Finding> {
    stance::support(input.reading, input.facts, &input.rulebook.stance)
}

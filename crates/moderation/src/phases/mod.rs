//! The phases, in order.
use crate::{Facts, Models, Rulebook, Submission, Verdict};

/// Examines one submission.
pub fn examine(_submission: &Submission<'_>, _facts: &Facts<'_>, _rulebook: &Rulebook, _models: &Models) -> Verdict {
    Verdict::default()
}

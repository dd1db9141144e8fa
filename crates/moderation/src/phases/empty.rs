use super::Input;
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// A broken limit: there is nothing to show.
const WEIGHT: u16 = 700;

/// Nothing readable is left once spaces, marks, tatweel and invisible characters are taken away.
///
/// Caught: «ــــ ًٌٍ ــــ»
/// Not caught: «؟»
pub(super) fn empty(input: &Input<'_>) -> Vec<Finding> {
    if arabic::clean::visible(input.submission.text) {
        return Vec::new();
    }
    alloc::vec![Finding::whole(Reason::Empty, WEIGHT)]
}

use super::Input;
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// Fewer words than this are a greeting.
const LEAST: usize = 4;

/// Mostly verses, sayings or prayers, as far as the rulebook's formulas and brackets tell. Information, and weighs
/// nothing: it tells the moderator what is before him, and piety is no reason for anything.
///
/// Caught: «قال تعالى: ﴿إن مع العسر يسرا﴾ صدق الله العظيم»
/// Not caught: «إن شاء الله يعود خط الترام قبل العيد، والله تعبنا من الانتظار»
pub(super) fn scripture(input: &Input<'_>) -> Vec<Finding> {
    let reading = input.reading;
    let places = input.rulebook.laws.words().speech.places(reading);
    let words: usize = places.iter().map(ExactSizeIterator::len).sum();
    let share = words.saturating_mul(100) / reading.words.len().max(1);
    if words < LEAST || share < input.rulebook.scripture_percent {
        return Vec::new();
    }
    let ranges = places.into_iter().map(|words| reading.original(words));
    alloc::vec![Finding::at(Reason::Scripture { words: words as u64 }, 0, ranges)]
}

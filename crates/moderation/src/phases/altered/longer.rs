use super::Input;
use alloc::vec::Vec;
use arabic::words::words;
use core::ops::Range;

/// Longer than the story it stands under, and long enough for a story. Weak: where it is the only sign it weighs nothing.
/// (The test's story is «أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد».)
///
/// Caught: «يقع المتحف على الضفة الشرقية للنهر وقد شيد في ثلاث سنوات وتبلغ مساحته ألفي متر ويزوره الناس كل يوم من كل مدن البلاد»
/// Not caught: «مبروك لنا هذا الخط»
pub(super) fn longer(input: &Input<'_>) -> Vec<Range<usize>> {
    let (own, story) = (input.reading.words.len(), input.facts.story.text);
    if story.is_empty() || words(story).take(own).count() >= own {
        return Vec::new();
    }
    alloc::vec![input.reading.original(0..own)]
}

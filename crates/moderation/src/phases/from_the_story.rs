use super::Input;
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// Passages of the story itself, in whatever spelling. Information: quoting the story is free, and the moderator need not
/// read it again. (The test's story is «أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد», and four words are enough.)
///
/// Caught: «تقولون: "اعلنت البلديه إفتتاح خطّ الترام" ولم نر شيئًا»
/// Not caught: «خط الترام هذا لن يصل إلى حيّنا»
pub(super) fn from_the_story(input: &Input<'_>) -> Vec<Finding> {
    let found = input.of_the_story();
    if found.words == 0 {
        return Vec::new();
    }
    alloc::vec![Finding::at(Reason::FromTheStory { words: found.words as u64 }, 0, found.ranges.clone())]
}

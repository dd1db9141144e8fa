//! What readers count: signs as they see them, and stretched letters.

use alloc::vec::Vec;
use core::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::signs::{is_invisible, is_joiner, is_space};

/// How many signs a reader sees: a letter with its marks is one (grapheme clusters of UAX 29).
pub fn clusters(text: &str) -> usize {
    text.graphemes(true).count()
}

/// One sign written several times in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The sign.
    pub letter: char,
    /// How often it stands there, marks and invisible signs between not counted.
    pub times: usize,
    /// Where, in bytes, from the first one to the end of the last with its marks.
    pub range: Range<usize>,
}

/// The longest possible runs of one sign, at least so many times; spaces make none. Marks and invisible signs
/// between are passed over.
///
/// ```
/// let found = arabic::runs::runs("رااائع!!!", 3);
/// assert_eq!((found[0].letter, found[0].times), ('ا', 3));
/// assert_eq!((found[1].letter, found[1].times), ('!', 3));
/// ```
pub fn runs(text: &str, at_least: usize) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut current: Option<Run> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_invisible(c) || is_joiner(c) {
            continue;
        }
        match &mut current {
            Some(run) if is_combining_mark(c) => run.range.end = end,
            None if is_combining_mark(c) => {}
            Some(run) if run.letter == c => {
                run.times += 1;
                run.range.end = end;
            }
            _ => {
                let next = (!is_space(c)).then_some(Run { letter: c, times: 1, range: at..end });
                found.extend(core::mem::replace(&mut current, next).filter(|run| run.times >= at_least));
            }
        }
    }
    found.extend(current.filter(|run| run.times >= at_least));
    found
}

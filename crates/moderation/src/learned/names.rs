//! Where groups are named: words that the heads never see.

use crate::Reading;
use crate::places::in_order;
use crate::stance::Rules;
use alloc::vec::Vec;
use core::ops::Range;

/// The commonest names in the public data, folded, without clitics. Two words: one after the other.
const NAMES: [&str; 40] = [
    "داعش",
    "الدواعش",
    "دواعش",
    "داعشي",
    "الداعشي",
    "داعشيه",
    "تنظيم الدوله",
    "الدوله الاسلاميه",
    "دوله الخلافه",
    "دوله الاسلام",
    "دولتنا الاسلاميه",
    "الخلافه الاسلاميه",
    "جند الخلافه",
    "جنود الخلافه",
    "جنود الدوله",
    "تنظيم القاعده",
    "جبهه النصره",
    "النصره",
    "حزب الله",
    "حركه حماس",
    "كتائب القسام",
    "القسام",
    "حركه الشباب",
    "حركه طالبان",
    "طالبان",
    "بوكو حرام",
    "الحوثي",
    "الحوثيين",
    "الحوثيون",
    "انصار الله",
    "انصار الشريعه",
    "جيش الاسلام",
    "احرار الشام",
    "حماس",
    "الاخوان المسلمين",
    "الحشد الشعبي",
    "فتح الشام",
    "هييه تحرير",
    "isis",
    "daesh",
];

/// The ranges of word numbers that name a group, in order, not overlapping: those of the rulebook, an editor's own among
/// them, and the commonest names in the public data, so that no head can have learned one of them.
pub fn names(reading: &Reading<'_>, rules: &Rules) -> Vec<Range<usize>> {
    in_order(crate::stance::names(reading, rules).into_iter().chain(common(reading)))
}

fn common(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let word = reading.word(at);
        let length = NAMES.iter().filter_map(|name| length_of(name, word, reading, at)).max().unwrap_or(0);
        if length > 0 {
            found.push(at..at + length);
        }
        at += length.max(1);
    }
    found
}

fn length_of(name: &str, word: &str, reading: &Reading<'_>, at: usize) -> Option<usize> {
    let (first, second) = name.split_once(' ').map_or((name, None), |(first, second)| (first, Some(second)));
    let joined = word.strip_suffix(first)?;
    // «لل» stands for «ل» and «ال», which the name begins with.
    let clitic = joined.chars().count() <= 2 && joined.chars().all(|letter| "وفبكل".contains(letter));
    let goes_on = second.is_none_or(|second| reading.word(at + 1) == second);
    (clitic && goes_on).then(|| 1 + usize::from(second.is_some()))
}

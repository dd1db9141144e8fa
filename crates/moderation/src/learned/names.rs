//! Where groups are named: words that the heads never see.

use crate::Reading;
use crate::places::in_order;
use crate::stance::{Rules, Scan};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::ops::Range;
use once_cell::race::OnceBox;

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
    names_in(&Scan::of(reading, rules))
}

/// The same in a text that was looked through already.
pub(crate) fn names_in(scan: &Scan<'_>) -> Vec<Range<usize>> {
    in_order(crate::stance::names_in(scan).into_iter().chain(common(scan.reading)))
}

/// The media's word before a name, which goes with it where another is put in.
const BEFORE: &str = "تنظيم";

/// A text with another name, bare, in the place of every group that it names; nothing where that changes nothing. News so
/// changed shows whether a name alone weighs.
pub fn renamed(text: &str, name: &str, rules: &Rules) -> Option<String> {
    let reading = Reading::of(text);
    let mut renamed = String::from(text);
    for place in names(&reading, rules).into_iter().rev() {
        let first = place.start - usize::from(place.start > 0 && reading.word(place.start - 1) == BEFORE);
        renamed.replace_range(reading.original(first..place.end), name);
    }
    (renamed != text).then_some(renamed)
}

fn common(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let names = by_first_word();
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let next = reading.word(at + 1);
        let length =
            without_particles(reading.word(at)).filter_map(|word| length_of(names, word, next)).max().unwrap_or(0);
        if length > 0 {
            found.push(at..at + length);
        }
        at += length.max(1);
    }
    found
}

/// A name's first word, behind its first bytes as a number, and its second one: numbers are sooner compared than words.
type Named = (u64, &'static str, &'static str);

/// All names, sorted.
fn by_first_word() -> &'static [Named] {
    static SORTED: OnceBox<Vec<Named>> = OnceBox::new();
    SORTED.get_or_init(|| {
        let mut names: Vec<Named> = NAMES
            .iter()
            .map(|name| name.split_once(' ').unwrap_or((name, "")))
            .map(|(first, second)| (first_bytes(first), first, second))
            .collect();
        names.sort_unstable();
        Box::new(names)
    })
}

/// A word as it stands, and without one and two particles. «لل» stands for «ل» and «ال», which the name begins with.
fn without_particles(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.char_indices().take(2).take_while(|(_, letter)| "وفبكل".contains(*letter));
    core::iter::once(word).chain(letters.map(|(at, letter)| &word[at + letter.len_utf8()..]))
}

/// In how many words the longest of the names stands that begin with this one.
fn length_of(names: &[Named], word: &str, next: &str) -> Option<usize> {
    let bytes = first_bytes(word);
    let from = names.partition_point(|(other, first, _)| (*other, *first) < (bytes, word));
    let here = names[from..].iter().take_while(|(_, first, _)| *first == word);
    here.filter_map(|(.., second)| match *second {
        "" => Some(1),
        second => (second == next).then_some(2),
    })
    .max()
}

/// The first eight bytes of a word: two words that differ in them stand in the same order by them.
fn first_bytes(word: &str) -> u64 {
    word.bytes().chain(core::iter::repeat(0)).take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

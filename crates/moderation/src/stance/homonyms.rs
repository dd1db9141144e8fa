//! Names that are ordinary words too.

use super::scan::{Mark, Scan};
use super::signs::Sign;
use super::{Compiled, Rules};
use crate::Reading;
use alloc::vec::Vec;

/// Takes out homonyms that are ordinary words here, and the marks of contexts, which have done their work. A group that the
/// headline names is meant by its short names too.
pub(super) fn only_names(mut marks: Vec<Mark>, all: &Rules, headline: &str) -> Vec<Mark> {
    let rules: &Compiled = &all.0;
    let mut needed = alloc::vec![false; rules.needing.len()];
    let mut beside: Vec<(u16, usize)> = Vec::new();
    let mut named: Vec<u16> = Vec::new();
    for mark in &marks {
        match mark.sign {
            Sign::Needs(guard) => needed[usize::from(guard)] = true,
            Sign::Unless(guard) => beside.extend([(guard, mark.words.start), (guard, mark.words.end)]),
            Sign::Name { group, homonym: None, .. } => named.push(group),
            _ => {}
        }
    }
    let is_homonym = |mark: &Mark| matches!(mark.sign, Sign::Name { homonym: Some(_), .. });
    if !headline.is_empty() && marks.iter().any(is_homonym) {
        let reading = Reading::of(headline);
        named.extend(Scan::of(&reading, all).marks.iter().filter_map(Mark::group));
    }
    beside.sort_unstable();
    named.sort_unstable();
    marks.retain(|mark| match mark.sign {
        Sign::Needs(_) | Sign::Unless(_) => false,
        Sign::Name { group, homonym: Some(guard), .. } => {
            let index = usize::from(guard);
            let wanted = !rules.needing[index] || needed[index] || named.binary_search(&group).is_ok();
            let ordinary =
                [mark.words.start, mark.words.end].into_iter().any(|edge| beside.binary_search(&(guard, edge)).is_ok());
            wanted && !ordinary
        }
        _ => true,
    });
    marks
}

/// A word that is written like a cue or like a name of people and is none here.
pub(super) fn is_ordinary(reading: &Reading<'_>, mark: &Mark) -> bool {
    let word = reading.word(mark.words.start);
    let before = mark.words.start.checked_sub(1).map_or("", |before| reading.word(before));
    match mark.sign {
        // Years, where nobody wrote the second ي; «أبو عبيد» is somebody's name.
        Sign::People { .. } if word.ends_with("سنين") => {
            let written = reading.text.get(reading.original(mark.words.clone())).unwrap_or("");
            !written.contains("يي")
        }
        Sign::People { slur: true, .. } if word == "عبيد" => {
            matches!(before, "ابو" | "ابي" | "ابا" | "بو" | "بن" | "ابن" | "بنت" | "ام" | "ال")
        }
        // The globe and the ball.
        Sign::Hatred if word.ends_with("كره") => {
            let next = reading.word(mark.words.end);
            matches!(next, "الارضيه" | "ارضيه" | "القدم" | "قدم" | "السله" | "اليد" | "الطايره" | "الطاءره")
        }
        _ => false,
    }
}

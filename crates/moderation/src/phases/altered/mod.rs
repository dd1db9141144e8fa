//! Signs of a text that was written elsewhere, where no known text shows it.

mod attribution;
mod dates;
mod formula;
mod longer;
mod splices;
mod subheads;
mod typography;

use super::Input;
use super::long_paste::scripture;
use crate::places::in_order;
use crate::{Evidence, Finding, Reason};
use alloc::vec::Vec;
use core::ops::Range;

/// A strong sign alone; a weak sign alone is information.
const STRONG: u16 = 200;
/// Each of two kinds of signs that stand together, and of three and more.
const TWO_KINDS: u16 = 250;
const THREE_KINDS: u16 = 350;

/// One kind of evidence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Its name, as its file is called.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) name: &'static str,
    /// What it shows.
    pub(crate) evidence: Evidence,
    /// Whether it means something where it stands alone.
    pub(crate) strong: bool,
    /// The look itself: every place where it shows.
    pub(crate) run: fn(&Input<'_>) -> Vec<Range<usize>>,
}

/// The looks.
pub(crate) const LOOKS: [Look; 7] = [
    Look { name: "formula", evidence: Evidence::InsertedFormula, strong: true, run: formula::formula },
    Look { name: "splices", evidence: Evidence::SplicedLetters, strong: true, run: splices::splices },
    Look { name: "typography", evidence: Evidence::ForeignTypography, strong: true, run: typography::typography },
    Look { name: "dates", evidence: Evidence::StaleDate, strong: true, run: dates::dates },
    Look { name: "attribution", evidence: Evidence::Attribution, strong: true, run: attribution::attribution },
    Look { name: "subheads", evidence: Evidence::FlatSubheads, strong: false, run: subheads::subheads },
    Look { name: "longer", evidence: Evidence::LongerThanStory, strong: false, run: longer::longer },
];

/// Signs of an article that the paper does not know, in a text half as long as what the rulebook calls a long paste: each
/// kind of evidence has a file and examples of its own. What is quoted out of the story, and scripture in its brackets,
/// shows nothing. A long comment that a reader wrote is let pass, however long. (The test sets the limit to 60.)
///
/// Caught: «الضفة الشرقية (وكالات) - أعلنت إدارة المتحف، اليوم الأحد 12 مارس 2017، أن أبوابه ستُفتح للزوار في الصيف المقبل»
/// Not caught: «أسكن في الضفة الشرقية منذ عشرين عاما، ولم أدخل المتحف يوما، وأظن أن من حق أولادي أن يروه قبل أن يكبروا»
pub(super) fn altered(input: &Input<'_>) -> Vec<Finding> {
    let (text, fewest) = (input.reading.text, input.rulebook.long_paste / 2);
    // A sign of the folded text has at least one byte, so a text of few bytes need not be counted.
    if text.len() < fewest || input.reading.folded.as_str().chars().nth(fewest).is_none() {
        return Vec::new();
    }
    let quoted = input.of_the_story().ranges.iter().cloned();
    let free = in_order(quoted.chain(scripture(text)));
    let is_free = |place: &Range<usize>| {
        let before = free.partition_point(|range| range.end <= place.start);
        free.get(before).is_some_and(|range| range.start < place.end)
    };
    let seen = LOOKS.iter().filter_map(|look| {
        let mut places = (look.run)(input);
        places.retain(|place| !is_free(place));
        (!places.is_empty()).then_some((look, places))
    });
    let seen: Vec<_> = seen.collect();
    let kinds = seen.len();
    seen.into_iter().map(|(look, places)| finding(look, places, kinds)).collect()
}

fn finding(look: &Look, places: Vec<Range<usize>>, kinds: usize) -> Finding {
    let weight = match kinds {
        0 | 1 if look.strong => STRONG,
        0 | 1 => 0,
        2 => TWO_KINDS,
        _ => THREE_KINDS,
    };
    Finding::at(Reason::Foreign { evidence: look.evidence, times: places.len() as u64 }, weight, places)
}

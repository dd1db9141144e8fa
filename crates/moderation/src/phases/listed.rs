use super::Input;
use crate::words::{Found, Standing};
use crate::{Finding, List, Reading, Reason};
use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

/// Words of the house's lists: insult, hate, threat, obscene, and the house's own. What an entry weighs stands beside it;
/// said to somebody's face it weighs more, said of a thing a third. In quotation marks, denied or told of somebody else it
/// is information and weighs nothing, but for obscene words, which readers see either way. One finding for an entry.
///
/// Caught: «يا غَبـــي اسكت»
/// Not caught: «الغبار غبّش الزجاج، والكلب ينبح عند الراعي»
pub(super) fn listed(input: &Input<'_>) -> Vec<Finding> {
    let mut entries = BTreeMap::new();
    look(input, input.reading, &mut entries);
    if let Some(arabizi) = Reading::of_arabizi(input.submission.text) {
        look(input, &arabizi, &mut entries);
    }
    let mut seen: Vec<((List, &str), Seen)> = entries.into_iter().collect();
    seen.sort_by_key(|(_, seen)| seen.places.first().map(|place| place.start));
    let findings = seen.into_iter().map(|((list, entry), seen)| {
        Finding::at(Reason::Listed { entry: entry.into(), list }, seen.weight, seen.places)
    });
    findings.collect()
}

/// Everything of the lists in one reading of the text.
fn look<'a>(input: &Input<'a>, reading: &Reading<'_>, entries: &mut BTreeMap<(List, &'a str), Seen>) {
    let words = input.rulebook.laws.words();
    let found = words.abuse.find(reading, &input.facts.story);
    if found.is_empty() {
        return;
    }
    let frames = words.standing.frames(reading);
    for found in &found {
        let weight = weight(found, frames.standing(reading, found));
        let seen = entries.entry((found.entry.list, &found.entry.phrase)).or_default();
        if weight > 0 || seen.weight == 0 {
            // The places of an entry that weighs are those where it does.
            if weight > 0 && seen.weight == 0 {
                seen.places.clear();
            }
            seen.weight = seen.weight.max(weight);
            seen.places.push(reading.original(found.words.clone()));
        }
    }
}

/// Where an entry stands, and the most that it weighs anywhere.
#[derive(Default)]
struct Seen {
    weight: u16,
    places: Vec<Range<usize>>,
}

fn weight(found: &Found<'_>, standing: Standing) -> u16 {
    let entry = found.entry;
    match standing {
        Standing::Framed if entry.list == List::Obscene => entry.weight,
        Standing::Framed => 0,
        Standing::OfThing => entry.weight / 3,
        Standing::Plain => entry.weight,
        Standing::Addressed => entry.addressed,
    }
}

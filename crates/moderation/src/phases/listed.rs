use super::Input;
use crate::words::{Found, Frames, Standing};
use crate::{Finding, List, Reading, Reason};
use alloc::{borrow::Cow, collections::BTreeMap, vec::Vec};
use core::ops::Range;

/// Words of the house's lists: insult, hate, threat, obscene, and the house's own. What an entry weighs stands beside it;
/// said to somebody's face it weighs more. An insult said of a thing, of nobody, or of an animal that is one is
/// information and weighs nothing, and so is every word in quotation marks, denied, told of somebody else or said of the
/// writer, but for obscene words, which readers see either way. One finding for an entry, one entry for a place.
///
/// Caught: «يا غَبـــي اسكت»
/// Not caught: «الغبار غبّش الزجاج، والكلب ينبح عند الراعي»
pub(super) fn listed(input: &Input<'_>) -> Vec<Finding> {
    let mut seen = Vec::new();
    look(input, input.reading, || Cow::Borrowed(input.frames()), &mut seen);
    if let Some(arabizi) = input.arabizi() {
        let frames = || Cow::Owned(input.rulebook.laws.words().standing.frames(arabizi));
        look(input, arabizi, frames, &mut seen);
    }
    let mut entries: BTreeMap<(List, &str), Weighed> = BTreeMap::new();
    for one in heaviest(seen) {
        let (weight, places) = entries.entry((one.list, one.entry)).or_default();
        if one.weight > 0 || *weight == 0 {
            // The places of an entry that weighs are those where it does.
            if one.weight > 0 && *weight == 0 {
                places.clear();
            }
            *weight = one.weight.max(*weight);
            places.push(one.place);
        }
    }
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by_key(|(_, (_, places))| places.first().map(|place| place.start));
    let findings = entries.into_iter().map(|((list, entry), (weight, places))| {
        Finding::at(Reason::Listed { entry: entry.into(), list }, weight, places)
    });
    findings.collect()
}

/// Whether the text speaks of animals, surnames and places that the lists know as insults too, and of nothing else that they
/// know: a head that counts words hears the insult.
pub(super) fn speaks_plainly(input: &Input<'_>) -> bool {
    let found = input.rulebook.laws.words().abuse.find(input.reading, &input.facts.story);
    let to_somebody = |found: &Found<'_>| {
        matches!(input.frames().standing(input.reading, found), Standing::Addressed | Standing::OfMind)
    };
    !found.is_empty() && found.iter().all(|found| found.plain && !to_somebody(found))
}

/// The most that an entry weighs anywhere, and where it does.
type Weighed = (u16, Vec<Range<usize>>);

/// An entry at a place of the text as sent.
struct Seen<'a> {
    list: List,
    entry: &'a str,
    place: Range<usize>,
    weight: u16,
    /// Somebody else's, denied, or said of a thing.
    framed: bool,
}

/// Everything of the lists in one reading of the text.
fn look<'a>(
    input: &Input<'a>,
    reading: &Reading<'_>,
    frames: impl FnOnce() -> Cow<'a, Frames>,
    seen: &mut Vec<Seen<'a>>,
) {
    let words = input.rulebook.laws.words();
    let found = words.abuse.find(reading, &input.facts.story);
    if found.is_empty() {
        return;
    }
    let frames = frames();
    for found in &found {
        let standing = frames.standing(reading, found);
        if found.plain && !matches!(standing, Standing::Addressed | Standing::OfMind) {
            continue;
        }
        let (list, entry) = (found.entry.list, found.entry.phrase.as_str());
        let place = reading.original(found.words.clone());
        let framed = matches!(standing, Standing::Framed | Standing::OfThing);
        let weight = weight(found, standing);
        seen.push(Seen { list, entry, place, weight, framed });
    }
}

/// Of entries that share a place, which are often one word read twice, the heaviest; what frames one frames all.
fn heaviest(mut seen: Vec<Seen<'_>>) -> Vec<Seen<'_>> {
    seen.sort_by_key(|one| (one.place.start, one.place.end));
    let mut kept: Vec<Seen<'_>> = Vec::with_capacity(seen.len());
    for mut one in seen {
        match kept.last_mut() {
            Some(last) if one.place.start < last.place.end => {
                let framed = last.framed || one.framed;
                if framed {
                    let open = |one: &Seen<'_>| one.list == List::Obscene;
                    one.weight = if open(&one) { one.weight } else { 0 };
                    last.weight = if open(last) { last.weight } else { 0 };
                }
                one.framed = framed;
                last.framed = framed;
                if one.weight > last.weight {
                    *last = one;
                }
            }
            _ => kept.push(one),
        }
    }
    kept
}

fn weight(found: &Found<'_>, standing: Standing) -> u16 {
    let entry = found.entry;
    match standing {
        Standing::Framed if entry.list == List::Obscene => entry.weight,
        Standing::Framed => 0,
        Standing::OfThing if entry.of_things || entry.is_literal() => 0,
        Standing::Unattached if entry.describes() => 0,
        Standing::OfThing | Standing::Unattached | Standing::OfPerson | Standing::OfMind => entry.weight,
        Standing::Addressed => entry.addressed,
    }
}

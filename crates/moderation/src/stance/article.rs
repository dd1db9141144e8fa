//! What a comment without a name answers: the comment above it, or the story.

use super::scan::Scan;
use super::signs::Sign;
use super::{Rules, names_of};
use crate::{Facts, Reading};

/// So much of a story is looked at, in bytes: its standfirst and first paragraphs.
const STORY: usize = 2_000;

/// A group that is likely to be meant.
pub(crate) struct Meant {
    pub group: u16,
    /// Nobody else is named as often: victims, soldiers, a town.
    pub alone: bool,
}

/// The group that the comment above speaks of, or the story's headline, or its beginning: none where several are named.
pub(crate) fn group(facts: &Facts<'_>, rules: &Rules) -> Option<Meant> {
    let start = facts.story.text.floor_char_boundary(STORY.min(facts.story.text.len()));
    let around = [facts.parent, facts.story.headline, &facts.story.text[..start]];
    for text in around.into_iter().filter(|text| !text.is_empty()) {
        let reading = Reading::of(text);
        let scan = Scan::of(&reading, rules);
        let (groups, others) = names_of(&scan);
        match groups.as_slice() {
            [] => {}
            [(group, times)] => return Some(Meant { group: *group, alone: others < *times }),
            _ => return None,
        }
    }
    None
}

/// The people that the comment above or the headline speaks of, where they are the only ones.
pub(crate) fn people(facts: &Facts<'_>, rules: &Rules) -> Option<u16> {
    for text in [facts.parent, facts.story.headline].into_iter().filter(|text| !text.is_empty()) {
        let reading = Reading::of(text);
        let scan = Scan::of(&reading, rules);
        let mut people = scan.marks.iter().filter_map(|mark| match mark.sign {
            Sign::People { people, .. } => Some(people),
            _ => None,
        });
        if let Some(first) = people.next() {
            return people.all(|other| other == first).then_some(first);
        }
    }
    None
}

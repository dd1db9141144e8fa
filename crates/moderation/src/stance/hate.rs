//! Contempt for people because of what they are.

use super::bind::{Bound, Reach};
use super::scan::{Person, Scan};
use super::signs::Sign;
use crate::Cue;
use alloc::vec::Vec;

/// Said of the people directly.
const PLAIN: u16 = 700;
/// Said at some distance.
const DISTANT: u16 = 550;

/// Contempt that was found: the people, the cue, and the marks of both.
pub(crate) struct Contempt {
    pub people: u16,
    pub cue: Cue,
    pub weight: u16,
    pub name: usize,
    pub at: usize,
}

/// All contempt in a text that no frame takes out of the visitor's mouth.
pub(crate) fn contempt(scan: &Scan<'_>) -> Vec<Contempt> {
    (0..scan.marks.len()).filter_map(|at| one(scan, at)).collect()
}

fn one(scan: &Scan<'_>, at: usize) -> Option<Contempt> {
    let mark = scan.marks.get(at)?;
    let reach = |before, behind| Reach { before, behind };
    let urged = || scan.beside(at, Sign::Must, 6, 0).is_some();
    let (cue, reach) = match mark.sign {
        Sign::Predicate if !is_under_particle(scan, at) => (Cue::Contempt, reach(6, 1)),
        Sign::Exclusion => (Cue::Exclusion, reach(6, 3)),
        Sign::ExclusionDeed | Sign::Deed if urged() || super::calls::is_to_come(scan, mark) => {
            (Cue::Exclusion, reach(4, 3))
        }
        Sign::Attack | Sign::Threat => (Cue::Exclusion, reach(0, 3)),
        Sign::AttackOrPast if scan.is_call(at) => (Cue::Exclusion, reach(0, 3)),
        Sign::Curse => (Cue::Contempt, reach(0, 3)),
        Sign::Hatred => (Cue::Contempt, reach(1, 2)),
        Sign::Inferior => (Cue::Dehumanising, reach(6, 1)),
        _ => return None,
    };
    let Bound::To { mark: name, gap } = scan.bound(at, reach) else { return None };
    let people = scan.marks.get(name)?.people()?;
    let framed = scan.frame(at).is_some() || scan.frame(name).is_some_and(|frame| frame != crate::Frame::Denied);
    if framed || is_about_ideas(scan, name) || is_about_one(scan, name) || is_about_oneself(scan, name, mark.sign) {
        return None;
    }
    let weight = if gap <= 2 { PLAIN } else { DISTANT };
    Some(Contempt { people, cue, weight, name, at })
}

/// «with cancer», «from the animals»: under a preposition a word says nothing of the people.
fn is_under_particle(scan: &Scan<'_>, at: usize) -> bool {
    let words = &scan.marks[at].words;
    let before = words.start.checked_sub(1).map_or("", |word| scan.reading.word(word));
    let own = scan.reading.word(words.start);
    matches!(
        before,
        "من" | "عن"
            | "مع"
            | "ضد"
            | "علي"
            | "في"
            | "with"
            | "from"
            | "for"
            | "of"
            | "contre"
            | "avec"
            | "de"
            | "par"
            | "by"
            | "to"
            | "against"
    ) || ["بال", "لل", "بسر"].iter().any(|particle| own.starts_with(particle))
}

/// «the laws of», «violence against»: not the people are meant.
fn is_about_ideas(scan: &Scan<'_>, name: usize) -> bool {
    scan.beside(name, Sign::Idea, 1, 0).is_some()
}

/// One person among them: «this woman».
fn is_about_one(scan: &Scan<'_>, name: usize) -> bool {
    // «هاد», «هذه» and «ces» stand before plurals too; only a noun in the singular is one person.
    let word = scan.reading.word(scan.marks[name].words.start);
    let single =
        ["مراه", "مرا", "لمرا", "woman", "femme", "fille", "معاق", "مكفوف"].iter().any(|noun| word.ends_with(noun));
    let before = scan.beside(name, Sign::One, 0, 0);
    single && before.is_some_and(|one| scan.marks[one].words.end == scan.marks[name].words.start)
}

/// People who speak of themselves: «we women».
fn is_about_oneself(scan: &Scan<'_>, name: usize, sign: Sign) -> bool {
    let before = scan.beside(name, Sign::Me, 0, 0);
    let own = before.is_some_and(|me| scan.marks[me].words.end == scan.marks[name].words.start);
    own && sign != Sign::Hatred || scan.marks[name].person == Person::First
}

/// A wish for exclusion whose object is a pronoun: the headline may say who is meant.
pub(crate) fn open(scan: &Scan<'_>) -> Option<usize> {
    let is_open = |at: &usize| {
        let mark = &scan.marks[*at];
        let wish = matches!(mark.sign, Sign::Exclusion | Sign::Attack) && mark.person == Person::Third;
        wish && scan.candidates.is_empty() && scan.frame(*at).is_none()
    };
    (0..scan.marks.len()).find(is_open)
}

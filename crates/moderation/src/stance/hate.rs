//! Contempt for people because of what they are.

use super::bind::{Bound, Reach};
use super::nearby::{
    is_deed_of_others, is_deprived, is_disbelieved, is_flung, is_prayed_for, is_qualified, is_stopped, is_suffered,
    is_third, is_under_particle, is_urged_by_asking,
};
use super::scan::{Mark, Person, Scan};
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
    if let Sign::People { people, slur: true } = mark.sign {
        let said = is_flung(scan, mark) && scan.voice_frame(at).is_none() && !is_about_oneself(scan, at, mark.sign);
        return said.then_some(Contempt { people, cue: Cue::Contempt, weight: DISTANT, name: at, at });
    }
    let (cue, reach) = kind(scan, at, mark)?;
    let (name, weight) = match scan.bound(at, reach) {
        Bound::To { mark: name, gap } if gap <= 2 => (name, PLAIN),
        Bound::To { mark: name, .. } => (name, DISTANT),
        Bound::Nobody => (spoken_of(scan, at)?, DISTANT),
        Bound::Opposed { .. } => return None,
    };
    let people = scan.marks.get(name)?.people()?;
    let denial = matches!(mark.sign, Sign::Worth | Sign::Due | Sign::Deserve | Sign::Must | Sign::Praise)
        || is_urged_by_asking(scan, at);
    let framed = scan.contempt_frame(at, denial) || scan.contempt_frame(name, true);
    if framed
        || is_about_ideas(scan, name)
        || is_about_one(scan, name)
        || is_about_oneself(scan, name, mark.sign)
        || is_deed_of_others(scan, at, name)
        || is_disbelieved(scan, at)
        || scan.is_condemned_near(at)
        || is_prayed_for(scan, name)
    {
        return None;
    }
    // What is only known by its consonants is for a person to read.
    let weight = if mark.sounded || scan.marks[name].sounded { weight.min(DISTANT) } else { weight };
    Some(Contempt { people, cue, weight, name, at })
}

/// What kind of contempt a cue is where it stands, and how far it reaches.
fn kind(scan: &Scan<'_>, at: usize, mark: &Mark) -> Option<(Cue, Reach)> {
    let reach = |before, behind| Reach { before, behind };
    let urged = || {
        scan.beside(at, Sign::Must, 6, 0).is_some()
            || scan.beside(at, Sign::Wish, 5, 0).is_some()
            || is_urged_by_asking(scan, at)
    };
    let found = match mark.sign {
        Sign::Predicate if !is_under_particle(scan, at) && !is_suffered(scan, at) => (Cue::Contempt, reach(6, 1)),
        Sign::Exclusion => (Cue::Exclusion, reach(6, 3)),
        Sign::ExclusionDeed | Sign::Deed
            if !is_stopped(scan, mark) && (super::calls::is_to_come(scan, mark) || mark.future || urged()) =>
        {
            (Cue::Exclusion, reach(5, 4))
        }
        Sign::Attack | Sign::Threat => (Cue::Exclusion, reach(0, 3)),
        Sign::AttackOrPast if scan.is_call(at) => (Cue::Exclusion, reach(0, 3)),
        Sign::Curse => (Cue::Contempt, reach(0, 3)),
        Sign::Hatred => (Cue::Contempt, reach(1, 4)),
        Sign::Inferior => (Cue::Dehumanising, reach(6, 1)),
        Sign::Worth if scan.is_denied(at) && !is_qualified(scan, mark) => (Cue::Dehumanising, reach(6, 3)),
        // «They are not honest»: praise that is denied them.
        Sign::Praise if scan.is_denied(at) && !is_qualified(scan, mark) => (Cue::Contempt, reach(4, 0)),
        Sign::Deserve | Sign::Must => (deserved(scan, at)?, reach(6, 3)),
        _ => return None,
    };
    Some(found)
}

/// «They deserve no respect» and «they deserve to be killed»; not «they do not deserve this».
fn deserved(scan: &Scan<'_>, at: usize) -> Option<Cue> {
    let behind = |sign| scan.beside(at, sign, 0, 4).is_some();
    let must = scan.marks[at].sign == Sign::Must;
    let none = scan.is_denied(at) || scan.marks[at].denied || (must && scan.beside(at, Sign::Not, 0, 2).is_some());
    match none {
        true if behind(Sign::Due) && !is_deprived(scan, at) => Some(Cue::Dehumanising),
        false if !must && [Sign::ExclusionDeed, Sign::Deed, Sign::Exclusion].into_iter().any(behind) => {
            Some(Cue::Exclusion)
        }
        _ => None,
    }
}

/// Whom a pronoun means that stands on the cue or just before it: the people named last, in its sentence or the two before.
fn spoken_of(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let mark = scan.marks.get(at)?;
    let start = mark.words.start;
    let voice = scan.voice(start);
    let before = (start.saturating_sub(4)..start).filter(|word| scan.voice(*word).sentence == voice.sentence);
    let own = matches!(mark.sign, Sign::Exclusion | Sign::Hatred | Sign::Attack | Sign::ExclusionDeed | Sign::Deed);
    let meant = (own && mark.person == Person::Third) || before.rev().any(|word| is_third(scan.reading.word(word)));
    let behind =
        matches!(scan.reading.word(mark.words.end), "هم" | "هن" | "them" | "these" | "those" | "منهم" | "منهن");
    if !meant && !behind {
        return None;
    }
    let name = scan.antecedent(at)?;
    scan.marks[name].people().map(|_| name)
}

/// Whether a text speaks well of people, or sets contempt for them at a distance: a head that counts words does not see it.
pub(crate) fn is_spoken_for(scan: &Scan<'_>) -> bool {
    let named = scan.marks.iter().any(|mark| mark.people().is_some());
    let kind = |at: usize| {
        let mark = &scan.marks[at];
        let for_people = || match scan.bound(at, Reach { before: 5, behind: 4 }) {
            Bound::To { mark: name, .. } => scan.marks[name].people().is_some(),
            _ => false,
        };
        match mark.sign {
            Sign::Praise | Sign::Good => !scan.is_denied(at) && for_people(),
            Sign::Predicate | Sign::Hatred | Sign::Inferior | Sign::Exclusion | Sign::Deed | Sign::ExclusionDeed => {
                scan.voice_frame(at).is_some()
                    || scan.is_denied(at)
                    || is_disbelieved(scan, at)
                    || scan.is_condemned_near(at)
            }
            Sign::Condemn => scan.is_condemned_near(at),
            _ => false,
        }
    };
    named && (0..scan.marks.len()).any(kind) && contempt(scan).is_empty()
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

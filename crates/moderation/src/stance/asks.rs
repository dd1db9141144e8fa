//! What each cue asks for where it stands: a name near it, whoever was named before, or nothing.

use super::bind::{Bound, Reach};
use super::raw::NameKind;
use super::scan::{Mark, Person, Scan};
use super::signs::Sign;
use super::support::{HELD, LIKELY};
use crate::Cue;

/// Explicit and for the group.
const EXPLICIT: u16 = 900;
/// A call to join or to pay.
const CALL: u16 = 920;
/// The media's term denied.
const DENIAL: u16 = 800;
/// Joy at bloodshed beside the group's name.
const TRIUMPH: u16 = 750;
/// How many words a label or a cry may stand from the name.
const LOOSE: usize = 12;

/// What a cue of one sign asks for.
pub(crate) enum Ask {
    /// A name within reach.
    Name(Cue, u16, Reach),
    /// Whoever was named before; the story where nobody was.
    Before(Cue, u16),
    /// This name.
    This(Cue, u16, usize),
    Nothing,
}

/// What each sign asks for where it stands.
pub(crate) fn asks(scan: &Scan<'_>, at: usize) -> Ask {
    let mark = &scan.marks[at];
    let reach = |before, behind| Reach { before, behind };
    match mark.sign {
        Sign::Praise if is_rescue_from(scan, mark) => Ask::Nothing,
        Sign::Praise => Ask::Name(Cue::Praise, EXPLICIT, reach(5, 5)),
        Sign::Good => scan.bound_before(at, 2).map_or(Ask::Nothing, |name| Ask::This(Cue::Praise, LIKELY, name)),
        Sign::Hail => Ask::Name(Cue::Praise, EXPLICIT, reach(0, 1)),
        Sign::Honour => Ask::Name(Cue::Honour, EXPLICIT, reach(1, 1)),
        Sign::Prayer => prayer(scan, at),
        Sign::Pledge if mark.person == Person::Third => Ask::Before(Cue::Pledge, EXPLICIT),
        Sign::Pledge => Ask::Name(Cue::Pledge, EXPLICIT, reach(4, 4)),
        Sign::With => with(scan, at),
        Sign::Call | Sign::CallOrPast => call(scan, at),
        Sign::Attack | Sign::AttackOrPast if calls_upon(scan, at) => Ask::Name(Cue::Imperative, CALL, reach(6, 0)),
        Sign::Term => denial(scan, at),
        Sign::Triumph => loose(scan, at, Cue::Triumph, TRIUMPH),
        Sign::Label => loose(scan, at, Cue::Dehumanising, HELD),
        _ => Ask::Nothing,
    }
}

/// «protects us from …», «save us from …».
fn is_rescue_from(scan: &Scan<'_>, mark: &Mark) -> bool {
    let last = scan.reading.word(mark.words.end.saturating_sub(1));
    let rescue = ["prot", "sauv", "save", "defend", "us", "حم", "نقذ"].iter().any(|root| last.contains(root));
    rescue && matches!(scan.reading.word(mark.words.end), "من" | "from" | "de" | "des" | "du" | "against" | "contre")
}

/// A prayer calls God in the same breath, and not for oneself; «over them» and «from them» turn it round.
fn prayer(scan: &Scan<'_>, at: usize) -> Ask {
    let mark = &scan.marks[at];
    if scan.beside(at, Sign::God, 4, 2).is_none() || mark.person == Person::First {
        return Ask::Nothing;
    }
    // French and English put articles between.
    let latin = scan.reading.word(mark.words.start).is_ascii();
    let reach = Reach { before: 0, behind: if latin { 5 } else { 3 } };
    match mark.person {
        Person::Third | Person::Second => Ask::Before(Cue::Prayer, EXPLICIT),
        _ => match scan.bound(at, reach) {
            Bound::To { mark: name, .. } => {
                let between = mark.words.end..scan.marks[name].words.start;
                let turned = between.into_iter().any(|word| {
                    matches!(
                        scan.reading.word(word),
                        "علي" | "من" | "عن" | "against" | "over" | "from" | "contre" | "sur" | "des"
                    )
                });
                let turned = turned || written_on(scan, name, &["عال", "عل", "مال", "مل"]);
                if turned { Ask::Nothing } else { Ask::Name(Cue::Prayer, EXPLICIT, reach) }
            }
            _ if scan.beside(at, Sign::They, 0, 1).is_some() => Ask::Before(Cue::Prayer, EXPLICIT),
            _ => Ask::Nothing,
        },
    }
}

/// Whether a name is written with one of these particles.
fn written_on(scan: &Scan<'_>, name: usize, particles: &[&str]) -> bool {
    let word = scan.reading.word(scan.marks[name].words.start);
    particles.iter().any(|particle| word.starts_with(particle) && !word.starts_with("علي"))
}

/// «with» is a pledge after the first person.
fn with(scan: &Scan<'_>, at: usize) -> Ask {
    let mark = &scan.marks[at];
    let head = scan.sentence(scan.voice(mark.words.start).sentence).first == mark.words.start;
    let named = |reach| matches!(scan.bound(at, reach), Bound::To { mark, .. } if scan.marks[mark].group().is_some());
    let to_you = mark.person == Person::Second;
    if scan.beside(at, Sign::Me, 3, 0).is_none()
        && scan.beside(at, Sign::Not, 2, 0).is_none()
        && !(head && named(Reach { before: 0, behind: 0 }))
        && !(to_you && (named(Reach { before: 3, behind: 3 })))
    {
        return Ask::Nothing;
    }
    let they = matches!(scan.reading.word(mark.words.end), "them" | "eux" | "هم" | "هؤلاء" | "you");
    if mark.person != Person::Nobody || they {
        Ask::Before(Cue::Pledge, EXPLICIT)
    } else {
        Ask::Name(Cue::Pledge, EXPLICIT, Reach { before: 0, behind: 2 })
    }
}

/// A call to supporters. Forms that are the past tense too must stand at the head, or behind a vocative or «must».
fn call(scan: &Scan<'_>, at: usize) -> Ask {
    let mark = &scan.marks[at];
    if mark.sign == Sign::CallOrPast && !scan.is_call(at) {
        return Ask::Nothing;
    }
    let us = mark.words.end..mark.words.end + 4;
    let us = us.into_iter().any(|word| {
        matches!(
            scan.reading.word(word),
            "معنا"
                | "الينا"
                | "لنا"
                | "صفوفنا"
                | "us"
                | "nous"
                | "ma3na"
                | "m3ana"
                | "اليهم"
                | "معهم"
                | "لهم"
                | "صفوفهم"
                | "them"
                | "eux"
                | "leur"
        )
    });
    if us || mark.person == Person::Third {
        return match scan.bound(at, Reach { before: 0, behind: 5 }) {
            Bound::To { .. } => Ask::Name(Cue::Imperative, CALL, Reach { before: 0, behind: 5 }),
            _ => Ask::Before(Cue::Imperative, CALL),
        };
    }
    Ask::Name(Cue::Imperative, CALL, Reach { before: 6, behind: 5 })
}

/// A name that supporters are called by: «O men of …, strike …».
fn calls_upon(scan: &Scan<'_>, at: usize) -> bool {
    let name = match scan.bound(at, Reach { before: 6, behind: 0 }) {
        Bound::To { mark, .. } => mark,
        _ => return false,
    };
    scan.marks[name].group().is_some() && scan.beside(name, Sign::Vocative, 1, 0).is_some()
}

/// The media's term denied of the group, not of oneself and not only in part.
fn denial(scan: &Scan<'_>, at: usize) -> Ask {
    let mark = &scan.marks[at];
    if !scan.is_denied(at) || only_partly_denied(scan, mark) || of_oneself(scan, at) {
        return Ask::Nothing;
    }
    Ask::Name(Cue::Denial, DENIAL, Reach { before: 4, behind: 4 })
}

pub(crate) fn only_partly_denied(scan: &Scan<'_>, mark: &Mark) -> bool {
    let before = mark.words.start.checked_sub(1).map_or("", |word| scan.reading.word(word));
    matches!(scan.reading.word(mark.words.end), "فقط" | "وحسب" | "فحسب" | "only" | "seulement" | "بس")
        || matches!(before, "الا" | "سوي" | "but" | "only" | "غير" | "مجرد" | "just")
}

fn of_oneself(scan: &Scan<'_>, at: usize) -> bool {
    let denial = scan.beside(at, Sign::Not, 3, 0).map_or("", |not| scan.reading.word(scan.marks[not].words.start));
    matches!(denial, "لست" | "لسنا" | "ماني" | "مانا" | "ماناش" | "مانيش" | "منيش" | "manich")
        || scan.beside(at, Sign::Me, 2, 0).is_some()
}

/// A label or a cry in the sentence of the group's name, but not said of it.
fn loose(scan: &Scan<'_>, at: usize, cue: Cue, weight: u16) -> Ask {
    let reach = Reach { before: LOOSE, behind: LOOSE };
    match scan.bound(at, reach) {
        Bound::To { mark, gap } => {
            let kind = scan.marks[mark].kind();
            let said_of_it = cue == Cue::Dehumanising && gap <= 1;
            let own = matches!(kind, Some(NameKind::Official | NameKind::Adopted));
            if own && !said_of_it { Ask::Name(cue, weight, reach) } else { Ask::Nothing }
        }
        _ => Ask::Nothing,
    }
}

//! For a group: praise, prayers for its victory, honours, pledges, its titles, and joy at what it did.

use super::bind::{Bound, Reach};
use super::raw::NameKind;
use super::scan::{Mark, Person, Scan};
use super::signs::Sign;
use crate::{Cue, Frame};
use alloc::{collections::BTreeSet, vec::Vec};

/// Explicit and for the group.
const EXPLICIT: u16 = 900;
/// A call to join or to pay.
const CALL: u16 = 920;
/// The media's term denied.
const DENIAL: u16 = 800;
/// Joy at bloodshed beside the group's name.
const TRIUMPH: u16 = 750;
/// For it, but so far from its name or so general that a person must read it.
const LIKELY: u16 = 700;
/// A title of followers, a formula, a label for its victims: nothing explicit.
const HELD: u16 = 650;
/// How often a formula makes a text a proclamation.
const FORMULAS: usize = 3;
/// How many words a label or a cry may stand from the name.
const LOOSE: usize = 12;
/// A comment of so few words that answers a story with praise alone praises whom the story names.
const SHORT: usize = 8;

/// Somebody's words for a group.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub group: u16,
    pub cue: Cue,
    pub weight: u16,
    pub frame: Option<Frame>,
    /// The mark of the name, unless a pronoun stands for it, and the mark of the cue.
    pub name: Option<usize>,
    pub at: usize,
}

/// A cue whose object is a pronoun or nobody: the story may say who is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    pub cue: Cue,
    pub at: usize,
}

/// Everything that is said for groups in a text.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    pub claims: Vec<Claim>,
    pub open: Vec<Open>,
    /// Groups against which a sentence speaks.
    pub against: BTreeSet<(u16, usize)>,
}

/// What a cue of one sign asks for.
enum Ask {
    /// A name within reach.
    Name(Cue, u16, Reach),
    /// Whoever was named before; the story where nobody was.
    Before(Cue, u16),
    /// This name.
    This(Cue, u16, usize),
    Nothing,
}

impl Claims {
    /// Reads a text.
    pub fn of(scan: &Scan<'_>) -> Self {
        let mut found = Self::default();
        for at in 0..scan.marks.len() {
            found.put_against(scan, at);
        }
        for at in 0..scan.marks.len() {
            found.put(scan, at);
        }
        found.put_formulas(scan);
        for claim in &mut found.claims {
            let sentence = scan.voice(scan.marks[claim.at].words.start).sentence;
            if claim.frame.is_none() && found.against.contains(&(claim.group, sentence)) {
                claim.frame = Some(Frame::Against);
            }
        }
        found
    }

    fn put_against(&mut self, scan: &Scan<'_>, at: usize) {
        let mark = &scan.marks[at];
        let bound = match mark.sign {
            Sign::Term if scan.is_denied(at) && !only_partly_denied(scan, mark) => return,
            Sign::Term => scan.bound(at, Reach { before: 4, behind: 2 }),
            Sign::Against | Sign::Condemn => scan.bound(at, Reach { before: 2, behind: 1 }),
            Sign::SoCalled => scan.bound(at, Reach { before: 0, behind: 1 }),
            Sign::Curse => scan.bound(at, Reach { before: 1, behind: 3 }),
            _ => return,
        };
        let pronoun = matches!(mark.sign, Sign::Curse | Sign::Term | Sign::Against)
            && (mark.person == Person::Third || scan.beside(at, Sign::They, 2, 1).is_some());
        let target = match bound {
            Bound::To { mark, .. } | Bound::Opposed { mark } => Some(mark),
            Bound::Nobody if pronoun => scan.antecedent(at),
            Bound::Nobody => None,
        };
        let clause = |mark: usize| scan.voice(scan.marks[mark].words.start).clause;
        let target = target.filter(|target| clause(*target) == clause(at));
        if let Some(group) = target.and_then(|target| scan.marks[target].group()) {
            self.against.insert((group, scan.voice(mark.words.start).sentence));
        }
    }

    fn put(&mut self, scan: &Scan<'_>, at: usize) {
        match asks(scan, at) {
            Ask::Name(cue, weight, reach) => match scan.bound(at, reach) {
                Bound::To { mark, gap } => self.claim(scan, Some(mark), at, (cue, weight), gap),
                Bound::Opposed { .. } => {}
                Bound::Nobody => self.unbound(scan, at, (cue, weight)),
            },
            Ask::Before(cue, weight) => self.before(scan, at, (cue, weight)),
            Ask::This(cue, weight, name) => self.claim(scan, Some(name), at, (cue, weight), 0),
            Ask::Nothing => {}
        }
    }

    /// A cue without a name near it: a pronoun or «they» may stand for one.
    fn unbound(&mut self, scan: &Scan<'_>, at: usize, (cue, weight): (Cue, u16)) {
        let mark = &scan.marks[at];
        let they = scan.beside(at, Sign::They, 2, 1).is_some();
        let predicate = matches!(mark.sign, Sign::Praise | Sign::Honour);
        let of_others = matches!(mark.person, Person::Third | Person::Second);
        let next = scan.reading.word(mark.words.end);
        let what = matches!(mark.sign, Sign::Pledge)
            && matches!(next, "ما" | "اللي" | "الي" | "لي" | "what" | "" | "هذا" | "هذه");
        if what && scan.candidates.is_empty() && scan.frame(at).is_none() {
            self.open.push(Open { cue, at });
        }
        if of_others || they || matches!(mark.sign, Sign::Term) {
            self.before(scan, at, (cue, weight));
        } else if predicate && mark.person == Person::Nobody && !scan.candidates.is_empty() {
            self.before(scan, at, (cue, weight.min(LIKELY)));
        } else if predicate
            && scan.reading.words.len() <= SHORT
            && scan.candidates.is_empty()
            && scan.frame(at).is_none()
        {
            self.open.push(Open { cue, at });
        }
    }

    /// Takes whoever was named before; where nobody was, the story may tell.
    fn before(&mut self, scan: &Scan<'_>, at: usize, cue: (Cue, u16)) {
        match scan.antecedent(at) {
            Some(mark) => self.claim(scan, Some(mark), at, cue, 0),
            None if scan.candidates.is_empty() => {
                if scan.frame(at).is_none() && !is_mercy(scan, at) {
                    self.open.push(Open { cue: cue.0, at });
                }
            }
            // A pronoun before all names, with nobody near: the story tells.
            None if self.is_far_from_all(scan, at) => self.open.push(Open { cue: cue.0, at }),
            // «With you, O group»: the name follows.
            None if matches!(scan.marks[at].person, Person::Second | Person::Third) => {
                if let Bound::To { mark, gap } = scan.bound(at, Reach { before: 0, behind: 8 }) {
                    self.claim(scan, Some(mark), at, cue, gap.min(4));
                }
            }
            None => {}
        }
    }

    /// A prayer or a pledge with «them», unframed, no candidate within six words.
    fn is_far_from_all(&self, scan: &Scan<'_>, at: usize) -> bool {
        let mark = &scan.marks[at];
        mark.person == Person::Third
            && matches!(mark.sign, Sign::Prayer | Sign::With | Sign::Pledge)
            && scan.bound(at, Reach { before: 6, behind: 6 }) == Bound::Nobody
            && scan.frame(at).is_none()
            && !is_mercy(scan, at)
    }

    fn claim(&mut self, scan: &Scan<'_>, name: Option<usize>, at: usize, (cue, weight): (Cue, u16), gap: usize) {
        let Some(group) = name.and_then(|name| scan.marks[name].group()) else { return };
        // One word is one cue, though it stands in several tables.
        if self.claims.iter().rev().take(4).any(|known| scan.marks[known.at].words == scan.marks[at].words) {
            return;
        }
        let weight = if gap > 4 { weight.min(LIKELY) } else { weight };
        // What denies the media's term is not denied by it.
        let frame =
            if cue == Cue::Denial { scan.frame(at).filter(|frame| *frame != Frame::Denied) } else { scan.frame(at) };
        self.claims.push(Claim { group, cue, weight, frame, name, at });
    }

    /// Titles of followers, and formulas said again and again.
    fn put_formulas(&mut self, scan: &Scan<'_>) {
        let mut times: alloc::collections::BTreeMap<u16, Vec<usize>> = alloc::collections::BTreeMap::new();
        for (at, mark) in scan.marks.iter().enumerate() {
            let own = scan.frame(at).is_none();
            match (mark.sign, mark.kind()) {
                (_, Some(NameKind::Adopted)) if (own || is_called(scan, at)) && !is_said_behind(scan, at) => {
                    let group = mark.group().unwrap_or_default();
                    let against = self.against.contains(&(group, scan.voice(mark.words.start).sentence));
                    if !against {
                        self.claims.push(Claim {
                            group,
                            cue: Cue::Adopted,
                            weight: HELD,
                            frame: None,
                            name: Some(at),
                            at,
                        });
                        times.entry(group).or_default().push(at);
                    }
                }
                (Sign::Formula, _) if own => {
                    if let Bound::To { mark, .. } = scan.bound(at, Reach { before: 1, behind: 3 }) {
                        let group = scan.marks[mark].group();
                        group.into_iter().for_each(|group| times.entry(group).or_default().push(at));
                    }
                }
                _ => {}
            }
        }
        let quiet = |group: &u16| !self.against.range((*group, 0)..=(*group, usize::MAX)).any(|_| true);
        let often = times.into_iter().filter(|(group, places)| places.len() >= FORMULAS && quiet(group));
        let formulas: Vec<Claim> = often
            .flat_map(|(group, places)| {
                places.into_iter().map(move |at| Claim {
                    group,
                    cue: Cue::Formula,
                    weight: HELD,
                    frame: None,
                    name: None,
                    at,
                })
            })
            .collect();
        self.claims.extend(formulas);
    }
}

/// «O lions of …»: called upon, whatever stands before.
fn is_called(scan: &Scan<'_>, at: usize) -> bool {
    scan.beside(at, Sign::Vocative, 0, 0).is_some() && scan.frame(at) == Some(Frame::Denied)
}

/// «… , as they call themselves».
fn is_said_behind(scan: &Scan<'_>, at: usize) -> bool {
    let signs = [Sign::Said, Sign::Source, Sign::SoCalled, Sign::Report];
    signs.into_iter().any(|sign| scan.beside(at, sign, 0, 6).is_some())
}

/// Mercy and patience are wished for victims.
fn is_mercy(scan: &Scan<'_>, at: usize) -> bool {
    let word = scan.reading.word(scan.marks[at].words.start);
    ["رحم", "صبر", "شف", "تقبل", "غفر"].iter().any(|root| word.contains(root))
}

/// What each sign asks for where it stands.
fn asks(scan: &Scan<'_>, at: usize) -> Ask {
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

fn only_partly_denied(scan: &Scan<'_>, mark: &Mark) -> bool {
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

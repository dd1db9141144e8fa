//! For a group: praise, prayers for its victory, honours, pledges, its titles, and joy at what it did.

use super::asks::{Ask, asks, only_partly_denied};
use super::bind::{Bound, Reach};
use super::raw::NameKind;
use super::scan::{Person, Scan};
use super::signs::Sign;
use crate::{Cue, Frame};
use alloc::{collections::BTreeSet, vec::Vec};

/// For it, but so far from its name or so general that a person must read it.
pub(crate) const LIKELY: u16 = 700;
/// A title of followers, a formula, a label for its victims: nothing explicit.
pub(crate) const HELD: u16 = 650;
/// How often a formula makes a text a proclamation.
const FORMULAS: usize = 3;
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

impl Open {
    /// Praise and victory are for those who fight, whoever else the story names.
    pub fn is_of_fighters(self, scan: &Scan<'_>) -> bool {
        let word = scan.reading.word(scan.marks[self.at].words.start);
        let victory = ["نصر", "سدد", "مكن", "ثبت", "nsor", "nsr", "victoire"].iter().any(|root| word.contains(root));
        victory || matches!(self.cue, Cue::Praise | Cue::Honour | Cue::Triumph)
    }
}

/// Everything that is said for groups in a text.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    pub claims: Vec<Claim>,
    pub open: Vec<Open>,
    /// Groups against which a sentence speaks.
    pub against: BTreeSet<(u16, usize)>,
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
            None if scan.candidates.is_empty() && scan.frame(at).is_none() && !is_mercy(scan, at) => {
                self.open.push(Open { cue: cue.0, at });
            }
            None if scan.candidates.is_empty() => {}
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
            let own = || scan.frame(at).is_none();
            match (mark.sign, mark.kind()) {
                (_, Some(NameKind::Adopted)) if (own() || is_called(scan, at)) && !is_said_behind(scan, at) => {
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
                (Sign::Formula, _) if own() => {
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

/// Whether a text that names a group speaks against it and nothing in it speaks for it: a head that counts words hears the name
/// and the prayers for the dead.
pub(crate) fn is_spoken_against(scan: &Scan<'_>) -> bool {
    let against = |mark: &super::scan::Mark| {
        matches!(mark.sign, Sign::Against | Sign::Curse | Sign::Condemn | Sign::Oppose | Sign::SoCalled)
    };
    let named = scan.marks.iter().any(|mark| mark.group().is_some());
    named && scan.marks.iter().any(against) && Claims::of(scan).claims.iter().all(|claim| claim.frame.is_some())
}

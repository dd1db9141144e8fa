//! Whom a cue is about: the nearest that it can be about, unless something stands between them that turns it round.

use super::scan::{Mark, Person, Scan};
use super::signs::Sign;

/// The most words that a phrase of the rules has.
const LONGEST_PHRASE: usize = 8;

/// How many words a comma counts for.
const PAUSE: usize = 3;

/// How many words a cue may stand from the name that it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    pub before: usize,
    pub behind: usize,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// About this mark; so many words lie between.
    To { mark: usize, gap: usize },
    /// About whoever opposes this mark.
    Opposed { mark: usize },
    /// Nobody is near enough.
    Nobody,
}

impl Scan<'_> {
    /// The name that stands before a cue, with nobody else between and no pause.
    pub fn bound_before(&self, at: usize, reach: usize) -> Option<usize> {
        let cue = self.marks.get(at)?;
        let own = self.candidates.partition_point(|candidate| self.marks[*candidate].words.end <= cue.words.start);
        let before = *self.candidates.get(own.checked_sub(1)?)?;
        let (name, _) = self.near(cue, before, reach)?;
        let left = self.marks[name].words.start.checked_sub(1).map_or("", |word| self.reading.word(word));
        let away =
            matches!(left, "عن" | "من" | "ضد" | "from" | "against" | "contre") || self.opposed(cue, &self.marks[name]);
        (!away).then_some(name)
    }

    /// Whom a cue is about. `Reach::behind` counts words after the cue, `Reach::before` words before it.
    pub fn bound(&self, at: usize, reach: Reach) -> Bound {
        let Some(cue) = self.marks.get(at) else { return Bound::Nobody };
        let own = self.candidates.partition_point(|candidate| self.marks[*candidate].words.end <= cue.words.start);
        // Candidates may lie on the cue itself: «our heroes» is a cue and nobody's name.
        let behind =
            self.candidates[own..].iter().find(|candidate| self.marks[**candidate].words.start >= cue.words.end);
        let before = own.checked_sub(1).and_then(|last| self.candidates.get(last));
        let behind = behind.and_then(|mark| self.near(cue, *mark, reach.behind));
        let before = before.and_then(|mark| self.near(cue, *mark, reach.before));
        let (mark, gap) = match (before, behind) {
            (Some(before), Some(behind)) if before.1 < behind.1 => before,
            (_, Some(behind)) => behind,
            (Some(before), None) => before,
            (None, None) => return Bound::Nobody,
        };
        if self.opposed(cue, &self.marks[mark]) { Bound::Opposed { mark } } else { Bound::To { mark, gap } }
    }

    /// A candidate in the same sentence and within reach, with the words between; a pause counts as [`PAUSE`].
    fn near(&self, cue: &Mark, candidate: usize, reach: usize) -> Option<(usize, usize)> {
        let other = self.marks.get(candidate)?;
        let (first, second) = if other.words.start < cue.words.start { (other, cue) } else { (cue, other) };
        let same = self.voice(first.words.start).sentence == self.voice(second.words.start).sentence;
        let gap = second.words.start.checked_sub(first.words.end)?;
        let gap = gap + if gap < 8 && self.paused_between(first, second) { PAUSE } else { 0 };
        (same && gap <= reach).then_some((candidate, gap))
    }

    /// Whether the cue is for those who stand against the candidate: a word of opposition between, or just before a cue
    /// that comes first.
    fn opposed(&self, cue: &Mark, other: &Mark) -> bool {
        let cue_first = cue.words.start < other.words.start;
        let (from, to) = if cue_first {
            (cue.words.start.saturating_sub(2), other.words.start)
        } else {
            (other.words.end, cue.words.start)
        };
        let first = self.marks.partition_point(|mark| mark.words.start < from);
        self.marks[first..].iter().take_while(|mark| mark.words.start < to).any(|mark| {
            let near = cue_first || cue.words.start.saturating_sub(mark.words.end) <= 1 || mark.person == Person::Third;
            mark.sign == Sign::Oppose && near && mark.words.start != cue.words.start
        })
    }

    /// The last candidate before a mark, in its sentence or the two before it: what a pronoun means.
    pub fn antecedent(&self, at: usize) -> Option<usize> {
        let cue = self.marks.get(at)?;
        let own = self.candidates.partition_point(|candidate| self.marks[*candidate].words.end <= cue.words.start);
        let sentence = self.voice(cue.words.start).sentence;
        let near = |mark: &usize| self.voice(self.marks[*mark].words.start).sentence + 2 >= sentence;
        // A group named in the two sentences goes before the people around it, unless they were named since.
        let last = *self.candidates.get(own.checked_sub(1)?)?;
        Some(last).filter(near)
    }

    /// A mark with this sign that ends at most `before` words before the mark or starts at most `behind` words after it, in the
    /// same sentence. Signs that name nobody alone.
    pub fn beside(&self, at: usize, sign: Sign, before: usize, behind: usize) -> Option<usize> {
        let (_, signed) = self.signed.iter().find(|(other, _)| *other == sign)?;
        let mark = self.marks.get(at)?;
        let sentence = self.voice(mark.words.start).sentence;
        // Phrases of the rules have few words; one that starts earlier ends earlier too.
        let from = mark.words.start.saturating_sub(before + LONGEST_PHRASE);
        let first = signed.partition_point(|other| self.marks[*other].words.start < from);
        let window = signed[first..].iter().map(|other| (*other, &self.marks[*other]));
        let mut window = window.take_while(|(_, other)| other.words.start <= mark.words.end + behind);
        let found = window.find(|(_, other)| {
            let earlier = other.words.end <= mark.words.start && other.words.end + before >= mark.words.start;
            let later = other.words.start >= mark.words.end;
            (earlier || later) && self.voice(other.words.start).sentence == sentence
        });
        found.map(|(number, _)| number)
    }
}

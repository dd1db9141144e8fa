//! Which decisions teach the paper's own layer over the learned heads, and how much each counts.
//!
//! The last ruling on a comment that still stands counts, whoever made the ones before: what was undone or reversed after an
//! objection teaches what was decided in the end. What a rule decided by itself never counts, for a machine would teach
//! itself. Copies count once. A second look counts beside the first. Nobody's decisions count for more than a third of all,
//! or for more than everybody's like share where fewer than three decide.

mod report;

#[cfg(test)]
mod tests;

use crate::comment::{Decision, RefusalReason};
use crate::ids::{ApiClientId, CommentId, RulingId, StaffId, StoryId, SuggestionId};
use moderation::learned::personal::{Answers, ROUTED};
use std::collections::{BTreeMap, BTreeSet};

pub use report::{HeadReport, Measuring, Moved, Report};

/// Decisions that are looked at, the newest.
pub const MOST_DECISIONS: usize = 50_000;
/// A head is not moved before so many comments were refused for what it looks for, and so many let through.
pub const LEAST: usize = 50;
/// The last decisions, on which it is measured what the ones before have taught.
pub const MEASURED: usize = 1_000;
/// Nobody's decisions count for more than one in so many.
const ONE_IN: usize = 3;

/// Who taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Teacher {
    /// A member of the staff.
    Staff(StaffId),
    /// The moderators of another comment system.
    System(ApiClientId),
}

/// By what copies are known: the group of copies of a comment, or the number of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Copies {
    /// Copies, or nearly so.
    Kin(CommentId),
    /// The same text.
    Print(i64),
}

/// A ruling that was not undone, as the store tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Which ruling.
    pub ruling: RulingId,
    /// On which comment.
    pub about: (StoryId, CommentId),
    /// What was decided.
    pub decision: Decision,
    /// By whom; none where a rule did.
    pub by: Option<StaffId>,
    /// Its text can still be read, is a reader's, and was not taken back by them.
    pub readable: bool,
    /// By what its copies are known; none where nothing is left to compare.
    pub copies: Option<Copies>,
    /// What somebody else would have decided, who did not see the first decision: none is to let it through.
    pub second: Option<(Option<RefusalReason>, StaffId)>,
}

/// Where a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A comment of the paper.
    Comment(StoryId, CommentId),
    /// What another system's moderators sent.
    Suggestion(SuggestionId),
}

/// A text that teaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// Where it is.
    pub source: Source,
    /// What was decided, for each head that is moved.
    pub answers: Answers,
    /// Who decided.
    pub teacher: Teacher,
    /// Somebody's second look at a card that stands among the lessons already.
    pub second: bool,
    /// How much it counts, above 0 and at most 1.
    pub weight: f32,
}

/// What of the desk's decisions teaches, in the order of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lessons(Vec<Chosen>);

/// Chooses lessons from rulings that are told from the newest to the oldest.
#[derive(Debug, Default)]
pub struct Chooser {
    seen: BTreeSet<(StoryId, CommentId)>,
    copies: BTreeSet<Copies>,
    lessons: Vec<Chosen>,
}

impl Chooser {
    /// Takes a ruling; older ones on the same comment, and on its copies, count no more.
    pub fn take(&mut self, decided: &Decided) {
        if !self.seen.insert(decided.about) {
            return;
        }
        let (Some(by), true) = (decided.by, decided.readable) else { return };
        let first = answers_of(decided.decision);
        let second = decided.second.map(|(reason, by)| (answers_of_look(reason), by));
        if !says_anything(&first) || !decided.copies.is_none_or(|copies| self.copies.insert(copies)) {
            return;
        }
        let source = Source::Comment(decided.about.0, decided.about.1);
        let lesson =
            |(answers, by, second)| Chosen { source, answers, teacher: Teacher::Staff(by), second, weight: 1.0 };
        if let Some((answers, by)) = second.filter(|(answers, _)| says_anything(answers)) {
            self.lessons.push(lesson((answers, by, true)));
        }
        self.lessons.push(lesson((first, by, false)));
    }

    /// Has as many as are looked at.
    pub fn is_full(&self) -> bool {
        self.lessons.len() >= MOST_DECISIONS
    }

    /// The lessons, the oldest first, after those of other systems.
    pub fn lessons(self, of_others: Vec<Chosen>) -> Lessons {
        let mut lessons = of_others;
        lessons.extend(self.lessons.into_iter().rev());
        weigh(&mut lessons);
        Lessons(lessons)
    }
}

impl Lessons {
    /// All of them.
    pub fn all(&self) -> &[Chosen] {
        &self.0
    }

    /// How many decisions of the paper's own they are.
    pub fn decisions(&self) -> usize {
        self.0.iter().filter(|lesson| is_own(lesson)).count()
    }

    /// The last decisions of the paper's own, of which there are [`MEASURED`] or a third of all, and what was decided before
    /// them.
    pub fn split(&self) -> (Self, Self) {
        let last = MEASURED.min(self.decisions() / 3);
        let mut left = self.decisions() - last;
        let at = self.0.iter().position(|lesson| {
            let begins = left == 0;
            left = left.saturating_sub(usize::from(is_own(lesson)));
            begins
        });
        let (before, last) = self.0.split_at(at.unwrap_or(self.0.len()));
        (Self(before.to_vec()), Self(last.iter().filter(|lesson| is_own(lesson)).copied().collect()))
    }

    /// How often «no» and «yes» was said of what each head looks for.
    pub fn counts(&self) -> [[usize; 2]; ROUTED.len()] {
        let of = |at: usize, yes: bool| self.0.iter().filter(|lesson| lesson.answers[at] == Some(yes)).count();
        std::array::from_fn(|at| [of(at, false), of(at, true)])
    }

    /// Of which heads enough is known on both sides.
    pub fn enough(&self) -> [bool; ROUTED.len()] {
        self.counts().map(|sides| sides.iter().all(|count| *count >= LEAST))
    }
}

fn is_own(lesson: &Chosen) -> bool {
    !lesson.second && matches!(lesson.source, Source::Comment(..))
}

/// What a decision says of abuse, of support and of advertising. What was let through is none of them; what was refused is
/// what it was refused for, and nothing is known of the rest. A comment that was folded away says nothing.
pub fn answers_of(decision: Decision) -> Answers {
    match decision {
        Decision::Release { collapsed: true, .. } => [None; ROUTED.len()],
        Decision::Release { .. } => answers_of_look(None),
        Decision::Refuse { reason } | Decision::TakeDown { reason } => answers_of_look(Some(reason)),
    }
}

fn answers_of_look(reason: Option<RefusalReason>) -> Answers {
    match reason {
        None => [Some(false); ROUTED.len()],
        Some(RefusalReason::Insult) => [Some(true), None, None],
        Some(RefusalReason::Violence) => [None, Some(true), None],
        Some(RefusalReason::Advertising) => [None, None, Some(true)],
        Some(_) => [None; ROUTED.len()],
    }
}

fn says_anything(answers: &Answers) -> bool {
    answers.iter().any(Option::is_some)
}

/// Gives everybody's decisions so much weight that nobody's are more than a third of all.
fn weigh(lessons: &mut [Chosen]) {
    let mut counts: BTreeMap<Teacher, usize> = BTreeMap::new();
    for lesson in lessons.iter() {
        *counts.entry(lesson.teacher).or_default() += 1;
    }
    let most = most_of_one(counts.values().copied().collect());
    for lesson in lessons {
        let count = counts.get(&lesson.teacher).copied().unwrap_or(1) as f64;
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
        let weight = (most / count).min(1.0) as f32;
        lesson.weight = weight;
    }
}

/// How much the decisions of one may count: the largest number that is no more than its share of the sum, with everybody's
/// cut to it.
fn most_of_one(mut counts: Vec<usize>) -> f64 {
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let shares = counts.len().clamp(1, ONE_IN);
    for cut in 1..shares {
        // With so many of them cut to `most`: most = (rest + cut * most) / shares.
        let rest: usize = counts[cut..].iter().sum();
        let most = rest as f64 / (shares - cut) as f64;
        if most >= counts[cut] as f64 {
            return most;
        }
    }
    counts.first().map_or(1.0, |count| *count as f64)
}

//! The phases, in the order in which they look and in which their findings stand.
//!
//! A phase is a function from [`Input`] to findings. It knows no other phase, and none can end the run: a moderator sees
//! everything that was seen. The comment over each phase holds a text that it must catch and one that it must let pass;
//! a test reads both from there.

mod empty;
mod flood;
mod from_the_story;
mod hate;
mod length;
mod links;
mod long_paste;
mod rate;
mod repeated;
mod support;

use crate::{Advice, Facts, Finding, Models, Reading, Rulebook, Scores, Submission, Verdict};
use alloc::vec::Vec;

/// Everything a phase may look at.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What was sent.
    pub submission: &'a Submission<'a>,
    /// What the caller already knew.
    pub facts: &'a Facts<'a>,
    /// The house rules.
    pub rulebook: &'a Rulebook,
    /// Learned models.
    pub models: &'a Models,
    /// The text, folded and cut into words once for all.
    pub reading: &'a Reading<'a>,
    /// What the models said of it.
    pub scores: &'a Scores,
}

/// One look at a submission.
#[derive(Debug, Clone, Copy)]
pub struct Phase {
    /// Its name, as its file is called.
    pub name: &'static str,
    /// The look itself.
    pub run: fn(&Input<'_>) -> Vec<Finding>,
    /// Why it exists, in a line.
    pub why: &'static str,
}

/// The list. Cheap looks at the whole come first, then looks at places in the text.
pub const PHASES: [Phase; 10] = [
    Phase { name: "empty", run: empty::empty, why: "what nobody can read answers nobody" },
    Phase { name: "length", run: length::length, why: "a thread is read by people with little time" },
    Phase { name: "rate", run: rate::rate, why: "nobody writes five comments a minute by hand" },
    Phase { name: "repeated", run: repeated::repeated, why: "the same words again crowd out other readers" },
    Phase { name: "links", run: links::links, why: "an address leads readers out of the paper; a person looks where" },
    Phase { name: "flood", run: flood::flood, why: "one letter a hundred times says no more than once" },
    Phase {
        name: "from_the_story",
        run: from_the_story::from_the_story,
        why: "quoting the story is free; show what is",
    },
    Phase {
        name: "long_paste",
        run: long_paste::long_paste,
        why: "an article pasted below an article is not a comment",
    },
    Phase { name: "support", run: support::support, why: "naming a violent group is news; speaking for it is not" },
    Phase { name: "hate", run: hate::hate, why: "people are not to be despised for what they are" },
];

/// From this weight on a finding is a broken limit and not merely worth a look.
pub const BROKEN: u16 = 600;
/// What each further finding adds to the priority of the largest.
const FURTHER: u16 = 10;
/// The most that all further findings add together: many small things never outrank one large one by much.
const MOST_FURTHER: u16 = 90;

/// Examines one submission: runs every phase, and says what it would do.
pub fn examine(submission: &Submission<'_>, facts: &Facts<'_>, rulebook: &Rulebook, models: &Models) -> Verdict {
    let reading = Reading::of(submission.text);
    let scores = Scores::default();
    let input = Input { submission, facts, rulebook, models, reading: &reading, scores: &scores };
    let findings: Vec<Finding> = PHASES.iter().flat_map(|phase| (phase.run)(&input)).collect();
    Verdict { priority: priority(&findings), advice: advice(&findings), findings, scores }
}

/// The largest weight, and 10 for each further finding that weighs anything (90 at most), 1,000 at most.
fn priority(findings: &[Finding]) -> u16 {
    let weighing = || findings.iter().map(|finding| finding.weight).filter(|weight| *weight > 0);
    let largest = weighing().max().unwrap_or(0);
    let further = u16::try_from(weighing().count().saturating_sub(1)).unwrap_or(u16::MAX);
    largest.saturating_add(further.saturating_mul(FURTHER).min(MOST_FURTHER)).min(1_000)
}

fn advice(findings: &[Finding]) -> Advice {
    match findings.iter().map(|finding| finding.weight).max().unwrap_or(0) {
        0 => Advice::Release,
        BROKEN.. => Advice::Doubt,
        _ => Advice::Look,
    }
}

/// `first` at one step beyond a limit and `more` for each further step, `most` at most.
fn growing(first: u16, more: u16, steps_beyond: u32, most: u16) -> u16 {
    let grown = u32::from(first).saturating_add(u32::from(more).saturating_mul(steps_beyond.saturating_sub(1)));
    u16::try_from(grown).unwrap_or(most).min(most)
}

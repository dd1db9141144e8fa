//! The phases, in the order in which they look and in which their findings stand.
//!
//! A phase is a function from [`Input`] to findings. It knows no other phase, and none can end the run: a moderator sees
//! everything that was seen. The comment over each phase holds a text that it must catch and one that it must let pass;
//! a test reads both from there.

mod advertising;
mod empty;
mod flood;
mod from_the_story;
mod hate;
mod length;
mod links;
mod listed;
mod long_paste;
mod off_topic;
mod rate;
mod repeated;
mod scripture;
mod support;
mod unreadable;

use crate::{
    Advice, Category, Facts, Finding, Models, Policy, Reading, Reason, Rulebook, Scores, Submission, Under, Verdict,
};
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
    /// What of them holds under this story's section and during the events of these days.
    pub policy: &'a Policy,
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
pub const PHASES: [Phase; 15] = [
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
    Phase { name: "unreadable", run: unreadable::unreadable, why: "keys pressed at random are no comment" },
    Phase { name: "listed", run: listed::listed, why: "words that the house does not print about people" },
    Phase { name: "advertising", run: advertising::advertising, why: "the thread belongs to readers, not to sellers" },
    Phase { name: "support", run: support::support, why: "naming a violent group is news; speaking for it is not" },
    Phase { name: "hate", run: hate::hate, why: "people are not to be despised for what they are" },
    Phase { name: "scripture", run: scripture::scripture, why: "piety is no reason; show the moderator what it is" },
    Phase { name: "off_topic", run: off_topic::off_topic, why: "a long comment on something else may be misplaced" },
];

/// From this weight on a finding is a broken limit and not merely worth a look.
pub const BROKEN: u16 = 600;
/// What each further finding adds to the priority of the largest.
const FURTHER: u16 = 10;
/// The most that all further findings add together: many small things never outrank one large one by much.
const MOST_FURTHER: u16 = 90;

/// From this weight on a refusal may be proposed, for the categories of [`MAY_BE_REFUSED`] alone. Only what is explicit,
/// said in the visitor's own voice and found at exact places weighs so much.
pub const EXPLICIT: u16 = 900;
/// What may be proposed for refusal at all. Form, links, copies, floods and pastes are for a person to weigh.
pub const MAY_BE_REFUSED: [Category; 4] = [Category::Abuse, Category::Support, Category::Call, Category::Spam];

/// Examines one submission: runs every phase that the policy lets look, and says what it would do.
pub fn examine(submission: &Submission<'_>, facts: &Facts<'_>, rulebook: &Rulebook, models: &Models) -> Verdict {
    let reading = Reading::of(submission.text);
    let scores = Scores::default();
    let policy = &*rulebook.laws.policy(facts.story.section);
    let input = Input { submission, facts, rulebook, policy, models, reading: &reading, scores: &scores };
    let looking = PHASES.iter().filter(|phase| policy.changes.runs(phase.name));
    let mut findings: Vec<Finding> = looking.flat_map(|phase| (phase.run)(&input)).collect();
    for finding in &mut findings {
        finding.weight = policy.scaled(finding.category, finding.weight);
    }
    let advice = findings.iter().map(|finding| advised(finding, policy)).max().unwrap_or(Advice::Release);
    let under = Under { rulebook: rulebook.fingerprint(), models: 0 };
    Verdict { priority: priority(&findings), advice, findings, scores, under }
}

/// What one finding alone advises; a verdict advises the gravest of them.
fn advised(finding: &Finding, policy: &Policy) -> Advice {
    // A learned answer is a guess about the whole: it may send a comment to a person, never propose to refuse it.
    let learned = matches!(finding.reason, Reason::Likely { .. });
    let advice = match finding.weight {
        0 => Advice::Release,
        EXPLICIT.. if MAY_BE_REFUSED.contains(&finding.category) && !learned => Advice::Refuse,
        BROKEN.. => Advice::Doubt,
        _ => Advice::Look,
    };
    advice.min(policy.cap(finding.category))
}

/// The largest weight, and 10 for each further finding that weighs anything (90 at most), 1,000 at most.
fn priority(findings: &[Finding]) -> u16 {
    let weighing = || findings.iter().map(|finding| finding.weight).filter(|weight| *weight > 0);
    let largest = weighing().max().unwrap_or(0);
    let further = u16::try_from(weighing().count().saturating_sub(1)).unwrap_or(u16::MAX);
    largest.saturating_add(further.saturating_mul(FURTHER).min(MOST_FURTHER)).min(1_000)
}

/// `first` at one step beyond a limit and `more` for each further step, `most` at most.
fn growing(first: u16, more: u16, steps_beyond: u32, most: u16) -> u16 {
    let grown = u32::from(first).saturating_add(u32::from(more).saturating_mul(steps_beyond.saturating_sub(1)));
    u16::try_from(grown).unwrap_or(most).min(most)
}

//! The phases, in the order in which they look and in which their findings stand.
//!
//! A phase is a function from [`Input`] to findings. It knows no other phase, and none can end the run: a moderator sees
//! everything that was seen. The comment over each phase holds a text that it must catch and one that it must let pass;
//! a test reads both from there.

mod advertising;
pub(crate) mod altered;
mod empty;
mod flood;
mod from_the_story;
mod hate;
mod length;
mod likely;
mod links;
mod listed;
mod long_paste;
mod off_topic;
mod pasted;
mod rate;
mod repeated;
mod scripture;
mod support;
mod unreadable;

use crate::addresses::{Address, addresses};
use crate::advice::advice;
use crate::learned::{self, Heard};
use crate::passages::{Passages, passages};
use crate::stance::Scan;
use crate::words::Frames;
use crate::{
    Category, Facts, Finding, Models, Policy, Reading, Reason, Rulebook, Score, Scores, Submission, Under, Verdict,
};
use alloc::vec::Vec;
use core::cell::OnceCell;
use core::ops::Range;

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
    /// Which of its words name a group, by their numbers.
    pub names: &'a [Range<usize>],
    /// What the models said of it.
    pub scores: &'a Scores,
    /// What several phases look at.
    pub(crate) shared: &'a Shared<'a>,
}

/// What several phases look at, each found once for all of them.
#[derive(Debug)]
pub(crate) struct Shared<'a> {
    /// The text seen through the rules of stance.
    pub(crate) scan: &'a Scan<'a>,
    /// The same of its reading as Arabic, where it is Arabic in Latin letters.
    pub(crate) arabizi: Option<&'a Scan<'a>>,
    /// Its addresses, in order.
    pub(crate) addresses: &'a [Address],
    /// Where each head spoke loudest.
    pub(crate) heard: &'a Heard,
    /// How likely it speaks of people with contempt, and from where on that is worth a look; nothing where it names none.
    pub(crate) contempt: Option<(Score, f32)>,
    frames: OnceCell<Frames>,
    of_the_story: OnceCell<Passages>,
}

impl<'a> Input<'a> {
    /// The text as Arabic, where it is Arabic in Latin letters.
    pub(crate) fn arabizi(&self) -> Option<&'a Reading<'a>> {
        self.shared.arabizi.map(|scan| scan.reading)
    }

    /// Whether nothing in it sets its words at a distance, however it is read.
    pub(crate) fn is_of_one_voice(&self) -> bool {
        let scans = [Some(self.shared.scan), self.shared.arabizi];
        scans.into_iter().flatten().all(Scan::is_of_one_voice)
    }

    /// What frames its words: quotation, denial, somebody else's mouth.
    pub(crate) fn frames(&self) -> &'a Frames {
        self.shared.frames.get_or_init(|| self.rulebook.laws.words().standing.frames(self.reading))
    }

    /// What it has taken from the story under which it stands.
    pub(crate) fn of_the_story(&self) -> &'a Passages {
        let passages = || passages(self.reading, self.facts.story.text, self.rulebook.story_paste_words);
        self.shared.of_the_story.get_or_init(passages)
    }
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
    /// Its source, whose doc comment holds a text that it must catch and one that it must let pass.
    source: &'static str,
}

impl Phase {
    /// The text that it must catch, as its doc comment has it.
    pub fn caught(&self) -> &'static str {
        example(self.source, "Caught: ")
    }

    /// The text that it must let pass.
    pub fn passed(&self) -> &'static str {
        example(self.source, "Not caught: ")
    }
}

/// What stands between the first « and the last » of the comment line that begins so; a test sees to it that there is one.
pub(crate) fn example(source: &'static str, mark: &str) -> &'static str {
    let lines = source.lines().filter_map(|line| line.trim_start().strip_prefix("/// "));
    let line = lines.filter_map(|line| line.strip_prefix(mark)).next().unwrap_or_default();
    match (line.find('«'), line.rfind('»')) {
        (Some(from), Some(to)) if from < to => &line[from + '«'.len_utf8()..to],
        _ => "",
    }
}

/// A phase is called as its file and its function are.
macro_rules! phases {
    ($($name:ident $(in $file:literal)?: $why:literal),+ $(,)?) => {
        &[$(Phase {
            name: stringify!($name),
            run: $name::$name,
            why: $why,
            source: source!($name $($file)?),
        }),+]
    };
}

macro_rules! source {
    ($name:ident) => {
        include_str!(concat!(stringify!($name), ".rs"))
    };
    ($name:ident $file:literal) => {
        include_str!($file)
    };
}

/// The list. Cheap looks at the whole come first, then looks at places in the text.
pub const PHASES: &[Phase] = phases! {
    empty: "what nobody can read answers nobody",
    length: "a thread is read by people with little time",
    rate: "nobody writes five comments a minute by hand",
    repeated: "the same words again crowd out other readers",
    links: "an address leads readers out of the paper; a person looks where",
    flood: "one letter a hundred times says no more than once",
    from_the_story: "quoting the story is free; show what is",
    pasted: "what is known already need not be read again, and what was refused",
    altered in "altered/mod.rs": "an article that the paper does not know leaves traces",
    long_paste: "an article pasted below an article is not a comment",
    unreadable: "keys pressed at random are no comment",
    listed: "words that the house does not print about people",
    advertising: "the thread belongs to readers, not to sellers",
    support: "naming a violent group is news; speaking for it is not",
    hate: "people are not to be despised for what they are",
    scripture: "piety is no reason; show the moderator what it is",
    likely: "what many readers called abuse may be abuse here too",
    off_topic: "a long comment on something else may be misplaced",
};

/// From this weight on a finding is a broken limit and not merely worth a look.
pub const BROKEN: u16 = 600;
/// What each further finding adds to the priority of the largest.
const FURTHER: u16 = 10;
/// The most that all further findings add together: many small things never outrank one large one by much.
const MOST_FURTHER: u16 = 90;

/// From this weight on a refusal may be proposed, for the categories of [`MAY_BE_REFUSED`] alone, where more than one kind of
/// evidence stands against a comment that speaks in one voice. Only what is explicit, said in the visitor's own voice and
/// found at exact places weighs so much.
pub const EXPLICIT: u16 = 900;
/// What may be proposed for refusal at all. Form, links, copies, floods and pastes are for a person to weigh.
pub const MAY_BE_REFUSED: [Category; 4] = [Category::Abuse, Category::Support, Category::Call, Category::Spam];

/// Examines one submission: runs every phase that the policy lets look, and says what it would do.
pub fn examine(submission: &Submission<'_>, facts: &Facts<'_>, rulebook: &Rulebook, models: &Models) -> Verdict {
    examine_step_by_step(submission, facts, rulebook, models, |_| ())
}

/// The same, and tells after each step which was done: for whoever measures how long each takes, since nothing here has a
/// clock.
pub fn examine_step_by_step(
    submission: &Submission<'_>,
    facts: &Facts<'_>,
    rulebook: &Rulebook,
    models: &Models,
    mut done: impl FnMut(&'static str),
) -> Verdict {
    let policy = &*rulebook.laws.policy(facts.story.section);
    let (mut findings, scores, of_one_voice) =
        prepared(submission, facts, rulebook, models, &mut done, |input, done| {
            let mut findings = Vec::new();
            for phase in PHASES.iter().filter(|phase| policy.changes.runs(phase.name)) {
                findings.extend((phase.run)(input));
                done(phase.name);
            }
            (findings, *input.scores, input.is_of_one_voice())
        });
    spare(&mut findings);
    for finding in &mut findings {
        finding.weight = policy.scaled(finding.category, finding.weight);
    }
    let advice = advice(&findings, policy, models, of_one_voice);
    let under = Under::of(rulebook, models);
    Verdict { priority: priority(&findings), advice, findings, scores, under }
}

/// Reads a text once for all phases, and looks at it.
pub(crate) fn prepared<Found, Done: FnMut(&'static str)>(
    submission: &Submission<'_>,
    facts: &Facts<'_>,
    rulebook: &Rulebook,
    models: &Models,
    done: &mut Done,
    look: impl FnOnce(&Input<'_>, &mut Done) -> Found,
) -> Found {
    let reading = &Reading::of(submission.text);
    let arabizi = Reading::of_arabizi(submission.text);
    done("reading");
    let scan = &Scan::under(reading, &rulebook.stance, facts.story.headline);
    let scan_of_arabizi = arabizi.as_ref().map(|reading| Scan::of_arabizi(reading, &rulebook.stance, scan));
    done("scan");
    let names = &*learned::names_in(scan);
    done("names");
    let policy = &*rulebook.laws.policy(facts.story.section);
    let heard = &models.heard(reading, names, |head| policy.thresholds(head, models));
    done("heads");
    let addresses = &*addresses(submission.text);
    done("addresses");
    let contempt = models.contempt([Some(scan), scan_of_arabizi.as_ref()]);
    let contempt = contempt.map(|(score, look)| (score, policy.moved(crate::Head::Hate, look, models)));
    done("contempt");
    let (frames, of_the_story) = (OnceCell::new(), OnceCell::new());
    let shared = &Shared { scan, arabizi: scan_of_arabizi.as_ref(), addresses, heard, contempt, frames, of_the_story };
    let scores = &heard.scores;
    look(&Input { submission, facts, rulebook, policy, models, reading, names, scores, shared }, done)
}

/// What the lists saw and found harmless where it stands (of a thing, of an animal, quoted, denied), a head is not to hold against
/// the comment: where nothing else of abuse weighs, its look is spared. What the head is sure of stays.
fn spare(findings: &mut [Finding]) {
    let by_rule = |finding: &&Finding| finding.category == Category::Abuse && !finding.reason.is_learned();
    let harmless = findings.iter().filter(by_rule).any(|finding| finding.weight == 0);
    if !harmless || findings.iter().filter(by_rule).any(|finding| finding.weight > 0) {
        return;
    }
    for finding in findings {
        if matches!(finding.reason, Reason::Likely { head: crate::Head::Abuse, .. }) && finding.weight < BROKEN {
            finding.weight = 0;
        }
    }
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

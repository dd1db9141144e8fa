//! What a layer does to decisions that it was not taught.

use crate::ids::{CommentId, StoryId};
use moderation::learned::personal::{Answers, ROUTED};
use moderation::measure::Trial;
use moderation::{Advice, Head, Score, Scores, Thresholds, Verdict};
use serde::{Deserialize, Serialize};

/// Comments of which it is kept that they would move.
const SHOWN: usize = 50;

/// Before and after on the last decisions, of a layer that was taught by the ones before them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Decisions that the layer was taught by.
    pub taught: u64,
    /// Decisions that it was measured on.
    pub measured: u64,
    /// Head by head, those that were taught.
    pub heads: Vec<HeadReport>,
    /// Comments that would stand higher in the queue.
    pub raised: u64,
    /// Comments that would stand lower.
    pub lowered: u64,
    /// The first that move.
    pub moved: Vec<Moved>,
}

/// One head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadReport {
    /// Which.
    pub head: Head,
    /// What was measured of it.
    pub trial: Trial,
}

/// A comment that would stand elsewhere in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// Advice and priority without the layer.
    pub was: (Advice, u16),
    /// The same with it.
    pub now: (Advice, u16),
}

/// Gathers it, comment by comment.
#[derive(Debug, Clone, Default)]
pub struct Measuring {
    report: Report,
    told: [Vec<(f32, f32, bool)>; ROUTED.len()],
}

impl Report {
    /// Begins to measure a layer that was taught by so many decisions.
    pub fn begin(taught: u64) -> Measuring {
        Measuring { report: Self { taught, ..Self::default() }, ..Measuring::default() }
    }
}

impl Measuring {
    /// Takes what was said of a comment without the layer and with it.
    pub fn take(&mut self, (story, comment): (StoryId, CommentId), answers: Answers, was: &Verdict, now: &Verdict) {
        self.report.measured += 1;
        let said = |scores: &Scores, head| Score::probability(scores.get(head));
        for (at, head) in ROUTED.into_iter().enumerate() {
            let of_both = (said(&was.scores, head), said(&now.scores, head));
            self.told[at].extend(answers[at].map(|truth| (of_both.0, of_both.1, truth)));
        }
        let (was, now) = ((was.advice, was.priority), (now.advice, now.priority));
        match now.cmp(&was) {
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => self.report.raised += 1,
            std::cmp::Ordering::Less => self.report.lowered += 1,
        }
        if self.report.moved.len() < SHOWN {
            self.report.moved.push(Moved { story, comment, was, now });
        }
    }

    /// What came out, for the heads that were taught. A finding stands from these answers on.
    pub fn report(mut self, taught: [bool; ROUTED.len()], thresholds: impl Fn(Head) -> Thresholds) -> Report {
        for ((head, told), _) in ROUTED.into_iter().zip(self.told).zip(taught).filter(|(_, taught)| *taught) {
            let trial = Trial::of(&told, thresholds(head).hold.probability());
            self.report.heads.push(HeadReport { head, trial });
        }
        self.report
    }
}

use super::Input;
use super::advertising::is_told_by_reader;
use super::listed::speaks_plainly;
use crate::learned::contempt;
use crate::learned::personal::ROUTED;
use crate::{Finding, Head, Reason, Score, stance};
use alloc::vec::Vec;

/// What a head weighs from where a person should look, from where the comment should be held, and at certainty. A head
/// counts words and understands none: alone it never proposes to refuse.
const LOOK: u16 = 350;
const HOLD: u16 = 600;
const MOST: u16 = 850;
/// Where the rules see people praised or contempt for them set at a distance, contempt is looked at from here on and no earlier.
const SPOKEN_FOR: f32 = 0.5;

/// What the learned heads find likely, with the words that speak most for it. Abuse as a whole decides whether there is a
/// finding; its kinds only say what it may be and weigh nothing. Support and advertising stand for themselves.
///
/// Caught: «انت حمار وكلب يا غبي يا تافه»
/// Not caught: «شكرا للجريدة على هذا الخبر عن افتتاح المكتبة»
pub(super) fn likely(input: &Input<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, head) in ROUTED.into_iter().enumerate() {
        findings.extend(own_decisions(input, at, head));
        let weight = weight(input, head);
        if weight == 0 {
            continue;
        }
        let weight = match head {
            Head::Abuse => eased(input, weight),
            Head::Support if weight < HOLD && stance::is_spoken_against(input.shared.scan) => 0,
            Head::Spam if weight < HOLD && is_told_by_reader(input) => 0,
            _ => weight,
        };
        findings.push(finding(input, head, weight));
        if head == Head::Abuse {
            let kinds = [Head::Insult, Head::Hate, Head::Threat, Head::Obscene];
            let shown = kinds.into_iter().filter(|kind| is_worth_a_look(input, *kind));
            findings.extend(shown.map(|kind| finding(input, kind, 0)));
        }
    }
    contempt_beside(input, &mut findings);
    findings
}

/// Contempt for the people that a text names, where the head that is asked for it finds it worth a look.
fn contempt_beside(input: &Input<'_>, findings: &mut Vec<Finding>) {
    let Some((score, look)) = input.shared.contempt else { return };
    let look = if stance::is_spoken_for(input.shared.scan) { look.max(SPOKEN_FOR) } else { look };
    if score.probability() < look {
        return;
    }
    findings.retain(|finding| !matches!(finding.reason, Reason::Likely { head: Head::Hate, .. }));
    let places = stance::people_in(input.shared.scan).into_iter().map(|words| input.reading.original(words));
    let reason = Reason::Likely { head: Head::Hate, percent: score.percent() };
    findings.push(Finding::at(reason, LOOK, places));
}

/// That the paper's own decisions moved an answer, where it is worth a look with them or without.
fn own_decisions(input: &Input<'_>, at: usize, head: Head) -> Option<Finding> {
    let (own, moved) = (input.models.own.as_ref()?, &input.shared.heard.moves[at]);
    let hold = input.policy.thresholds(head, input.models).hold;
    let (was, now) = (moved.was.percent(), moved.now.percent());
    if was == now || moved.was.max(moved.now) < hold {
        return None;
    }
    let words = own.moving_words(input.reading, input.names, moved, head).into_iter();
    let places = words.map(|word| input.reading.original(word..word + 1));
    Some(Finding::at(Reason::OwnDecisions { head, was, now }, 0, places))
}

fn finding(input: &Input<'_>, head: Head, weight: u16) -> Finding {
    let percent = input.scores.get(head).percent();
    let places = speaking(input, head).into_iter().map(|word| input.reading.original(word..word + 1));
    Finding::at(Reason::Likely { head, percent }, weight, places)
}

/// The words that speak most for a head.
fn speaking(input: &Input<'_>, head: Head) -> Vec<usize> {
    let heads = input.models.heads.as_ref();
    heads.map_or_else(Vec::new, |heads| heads.speaking_words(input.reading, input.names, input.shared.heard, head))
}

/// A head does not know whose voice a word is in. Where at least half of the words that speak most stand in quotation marks,
/// are denied, told of somebody else or said of the writer, a look is spared and a doubt is a look.
fn eased(input: &Input<'_>, weight: u16) -> u16 {
    let harmless = |(score, look): (Score, f32)| score.probability() < look;
    // Anger at a violent group is what it deserves.
    if weight < HOLD && stance::is_spoken_against(input.shared.scan) {
        return 0;
    }
    // A dog that barks is a dog; where the head is sure, somebody looks.
    if speaks_plainly(input) {
        return if weight >= HOLD { LOOK } else { 0 };
    }
    let contempt = input.shared.contempt.filter(|_| contempt::sees_all(input.shared.scan));
    if weight < MOST && (stance::is_spoken_for(input.shared.scan) || contempt.is_some_and(harmless)) {
        return if weight >= HOLD { LOOK } else { 0 };
    }
    let (speaking, frames) = (speaking(input, Head::Abuse), input.frames());
    let framed = speaking.iter().filter(|word| frames.holds(input.reading, **word)).count();
    match weight {
        _ if framed * 2 < speaking.len().max(1) => weight,
        HOLD.. => LOOK,
        _ => 0,
    }
}

/// Whether a head's answer is worth a look. A head that has not learned, or has not spoken, never is.
fn is_worth_a_look(input: &Input<'_>, head: Head) -> bool {
    let score = input.scores.get(head);
    score > Score::default() && score >= input.policy.thresholds(head, input.models).hold
}

/// 0 below the first threshold, and beyond the second the more the surer.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 250")]
fn weight(input: &Input<'_>, head: Head) -> u16 {
    if !is_worth_a_look(input, head) {
        return 0;
    }
    let score = input.scores.get(head);
    // Public advertising is mostly a link; a reader with a link is not to be doubted for it.
    if head != Head::Spam && score >= input.policy.thresholds(head, input.models).propose {
        HOLD + ((f32::from(MOST - HOLD) * score.probability()) as u16).min(MOST - HOLD)
    } else {
        LOOK
    }
}

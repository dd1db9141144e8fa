//! What findings advise, each alone and all together.

use crate::phases::{BROKEN, EXPLICIT, MAY_BE_REFUSED};
use crate::{Advice, Finding, Frame, Models, Policy, Reason};
use alloc::collections::BTreeSet;

/// What a verdict advises: the gravest that one of its findings does. A refusal is proposed only where the comment speaks in
/// one voice (`of_one_voice`: nothing in it is reported, quoted, asked, denied or turned round) and more than one kind of
/// evidence stands against it. A proposal saves a moderator one press of a button, and a comment that is only held loses nothing.
pub(crate) fn advice(findings: &[Finding], policy: &Policy, models: &Models, of_one_voice: bool) -> Advice {
    let framed = |finding: &Finding| match finding.reason {
        Reason::Framed { frame, .. } => frame != Frame::NameOnly,
        Reason::Listed { .. } => finding.weight == 0,
        _ => false,
    };
    let may_refuse = of_one_voice && !findings.iter().any(framed) && kinds(findings, policy, models) > 1;
    findings.iter().map(|finding| advised(finding, policy, may_refuse)).max().unwrap_or(Advice::Release)
}

/// How many kinds of evidence weigh in what may be refused. A kind is a list of words, a cue, a learned head: ten insults are one.
/// A head that stands only because the paper's own decisions raised it is none: they advise a look, and nothing more.
fn kinds(findings: &[Finding], policy: &Policy, models: &Models) -> usize {
    let raised = |finding: &Finding| match finding.reason {
        Reason::Likely { head: said, .. } => findings.iter().any(|other| match other.reason {
            Reason::OwnDecisions { head, was, now } => {
                let hold = u64::from(policy.thresholds(head, models).hold.points());
                head == said && was < now && was * 100 < hold
            }
            _ => false,
        }),
        _ => false,
    };
    // What is said beside people is read by a head that was taught by sentences: it asks for a look, and is no evidence.
    let of_people = |finding: &Finding| matches!(finding.reason, Reason::Likely { head: crate::Head::Hate, .. });
    let weighs =
        |finding: &&Finding| finding.weight > 0 && MAY_BE_REFUSED.contains(&finding.category) && !of_people(finding);
    let grave = findings.iter().filter(weighs).filter(|finding| !raised(finding));
    let kind = |finding: &Finding| match &finding.reason {
        Reason::Supports { cue, .. } | Reason::Calls { cue, .. } | Reason::Derogates { cue, .. } => {
            (finding.reason.key(), Some(*cue), None)
        }
        Reason::Listed { list, .. } => (finding.reason.key(), None, Some(*list)),
        _ => (finding.reason.key(), None, None),
    };
    grave.map(kind).collect::<BTreeSet<_>>().len()
}

/// What one finding alone advises.
fn advised(finding: &Finding, policy: &Policy, may_refuse: bool) -> Advice {
    // A learned answer is a guess about the whole: it may send a comment to a person, never propose to refuse it.
    let learned = finding.reason.is_learned();
    let advice = match finding.weight {
        0 => Advice::Release,
        EXPLICIT.. if may_refuse && MAY_BE_REFUSED.contains(&finding.category) && !learned => Advice::Refuse,
        BROKEN.. => Advice::Doubt,
        _ => Advice::Look,
    };
    advice.min(policy.cap(finding.category))
}

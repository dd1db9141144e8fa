//! What this paper does with a verdict. As shipped: nothing public without a person's ruling, whatever the engine says.

#[cfg(test)]
mod tests;

use crate::acting::{ActingRule, ActingRules};
use crate::comment::{Decision, Held, RefusalReason, Submitted};
use moderation::paste::nearness;
use moderation::{Advice, Reason, Verdict, addresses};

/// Takes a comment in. It waits, always; there is no verdict that releases or refuses it.
pub fn receive(submitted: Submitted, verdict: Verdict) -> Held {
    Held { submitted, verdict }
}

/// What rules are told about a comment that waits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The slug of its story's section; empty: none.
    pub section: &'a str,
    /// Texts alike that a person refused.
    pub refused: &'a [RefusedText<'a>],
    /// What became of its author's comments.
    pub record: Record,
}

/// A text that a person refused.
#[derive(Debug, Clone, Copy)]
pub struct RefusedText<'a> {
    /// As sent.
    pub text: &'a str,
    /// By which house rule.
    pub reason: RefusalReason,
}

/// What became of a visitor's comments, for a rule that trusts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// So many are public.
    pub released: u32,
    /// So many of those that came in lately were refused or taken down.
    pub refused_lately: u32,
    /// Staff said that everything of theirs is to be read.
    pub always_review: bool,
}

/// What a rule decides about a comment that waits; none: a person does, as always where every rule is off. What the engine
/// could not examine is for people, whichever rule would have had something to say.
pub fn act(rules: &ActingRules, held: &Held, known: Known<'_>) -> Option<(ActingRule, Decision)> {
    if held.verdict.findings.iter().any(|finding| finding.reason == Reason::Unexamined) {
        return None;
    }
    let mut on = ActingRule::ALL.into_iter().filter(|rule| rules.scope(*rule).holds_in(known.section));
    on.find_map(|rule| Some((rule, decides(rule, rules, held, known)?)))
}

/// Whether a rule needs to be told the author's record: nothing else speaks against the comment.
pub fn asks_for_record(rules: &ActingRules, held: &Held, section: &str) -> bool {
    rules.trusted_readers.scope.holds_in(section) && is_clean(&held.verdict)
}

fn decides(rule: ActingRule, rules: &ActingRules, held: &Held, known: Known<'_>) -> Option<Decision> {
    let text = &held.submitted.text;
    match rule {
        ActingRule::NearCopies => {
            let near = |refused: &&RefusedText<'_>| nearness(text, refused.text) >= rules.near_copies.percent;
            // What belongs under another story does not belong there because it does not belong here.
            let mut anywhere = known.refused.iter().filter(|refused| refused.reason != RefusalReason::OffTopic);
            anywhere.find(near).map(|refused| Decision::Refuse { reason: refused.reason })
        }
        ActingRule::BlockedLinks => {
            let blocked = addresses(text).iter().any(|address| rules.blocked_links.blocks(&address.host));
            blocked.then_some(Decision::Refuse { reason: rules.blocked_links.reason })
        }
        ActingRule::Limits => {
            let broken = held.verdict.findings.iter().any(|finding| {
                matches!(finding.reason, Reason::TooLong { .. } | Reason::Rush { .. }) && finding.weight > 0
            });
            broken.then_some(Decision::Refuse { reason: rules.limits.reason })
        }
        ActingRule::TrustedReaders => {
            let (asked, record) = (&rules.trusted_readers, known.record);
            let trusted = record.released >= asked.released.max(1) && record.refused_lately == 0;
            let let_through = trusted && !record.always_review && is_clean(&held.verdict);
            let_through.then_some(Decision::Release { collapsed: false, links: false })
        }
    }
}

/// Nothing at all speaks against it.
fn is_clean(verdict: &Verdict) -> bool {
    verdict.advice == Advice::Release && verdict.findings.iter().all(|finding| finding.weight == 0)
}

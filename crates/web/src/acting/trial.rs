//! What the rules would have decided about the comments that came in last, beside what people decided.

use crate::app::App;
use crate::error::PageError;
use jiff::SignedDuration;
use moderation::{Origin, Reason};
use newsroom::acting::{ActingRule, ActingRules};
use newsroom::comment::{Decision, DisplayName, State, Submitted};
use newsroom::people::Visitor;
use newsroom::policy::{self, Known, Record};
use store::acting::CameIn;

/// Comments that are looked at.
pub const LAST: u32 = 1_000;
/// Of those on which people decided otherwise, so many are shown.
pub const SHOWN: usize = 20;

/// What one rule would have decided.
#[derive(Debug)]
pub struct Tried {
    /// The rule.
    pub rule: ActingRule,
    /// So many comments.
    pub decided: u64,
    /// Of them, those on which people decided the same.
    pub same: u64,
    /// Those on which people decided otherwise, newest first.
    pub otherwise: Vec<CameIn>,
    /// How many those are.
    pub otherwise_count: u64,
}

/// Tries the rules that are on. Copies are looked for as the engine found them when the comment came in; records as they
/// were before it.
///
/// # Errors
/// When the store cannot answer.
pub async fn tried(app: &App, rules: ActingRules) -> Result<Vec<Tried>, PageError> {
    let came_in = app.store.came_in_last(LAST).await?;
    let days = SignedDuration::from_hours(24 * i64::from(rules.trusted_readers.days));
    let asked: Vec<_> =
        came_in.iter().filter(|one| needs_record(&rules, one)).map(|one| (one.visitor, one.comment, one.at)).collect();
    let records = app.store.records_before(asked, days).await?;
    let compare = move || {
        let mut tried: Vec<Tried> =
            ActingRule::ALL.into_iter().filter(|rule| rules.scope(*rule).is_on()).map(Tried::new).collect();
        for one in came_in {
            let record = records.get(&one.comment).copied().unwrap_or_default();
            let decided = decided(&rules, &one, record);
            let of_rule = decided
                .and_then(|(rule, decision)| Some((tried.iter_mut().find(|tried| tried.rule == rule)?, decision)));
            if let Some((tried, decision)) = of_rule {
                tried.count(one, decision);
            }
        }
        tried
    };
    tokio::task::spawn_blocking(compare).await.map_err(|_| PageError::Panicked)
}

fn needs_record(rules: &ActingRules, one: &CameIn) -> bool {
    submitted(one)
        .is_some_and(|sent| policy::asks_for_record(rules, &policy::receive(sent, one.verdict.clone()), &one.section))
}

fn decided(rules: &ActingRules, one: &CameIn, record: Record) -> Option<(ActingRule, Decision)> {
    if rules.near_copies.scope.holds_in(&one.section) && was_copy(one, rules.near_copies.percent) {
        return Some((ActingRule::NearCopies, Decision::Refuse { reason: newsroom::comment::RefusalReason::Repeated }));
    }
    let held = policy::receive(submitted(one)?, one.verdict.clone());
    policy::act(rules, &held, Known { section: &one.section, refused: &[], record })
}

/// The engine found it to be so much of a refused text.
fn was_copy(one: &CameIn, least: u8) -> bool {
    one.verdict.findings.iter().any(|finding| {
        matches!(&finding.reason, Reason::Pasted { from: Origin::Refused, percent, .. } if *percent >= u64::from(least))
    })
}

fn submitted(one: &CameIn) -> Option<Submitted> {
    Some(Submitted {
        id: one.comment,
        story: one.story,
        visitor: Visitor { id: one.visitor },
        name: DisplayName::new(&one.name, []).ok()?,
        text: one.text.clone(),
        reply_to: None,
        at: one.at,
    })
}

impl Tried {
    fn new(rule: ActingRule) -> Self {
        Self { rule, decided: 0, same: 0, otherwise: Vec::new(), otherwise_count: 0 }
    }

    fn count(&mut self, one: CameIn, decision: Decision) {
        self.decided += 1;
        // What a rule decided is no person's decision, to be compared with.
        if one.by_rule {
            return;
        }
        let refuses = decision.reason().is_some();
        match (refuses, one.state) {
            (true, State::Refused | State::TakenDown) | (false, State::Released) => self.same += 1,
            (true, State::Released) | (false, State::Refused | State::TakenDown) => {
                self.otherwise_count += 1;
                if self.otherwise.len() < SHOWN {
                    self.otherwise.push(one);
                }
            }
            (_, State::Held | State::Withdrawn) => {}
        }
    }
}

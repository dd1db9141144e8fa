//! The reasons of a decision, told to the comment's author: what was done and when, by which rule, what a machine had to do
//! with it, and what can be done about it. Nobody else's data, and no moderator's name.

use crate::app::App;
use crate::comments::when;
use crate::words::Words;
use askama::Template;
use newsroom::comment::{Decision, State};
use store::comments::Mine;

/// The statement of reasons as shown.
#[derive(Debug, Template)]
#[template(path = "me/decided.html")]
pub struct Decided {
    t: Words,
    done: String,
    rule: Option<String>,
    /// What the paper says beside the rule.
    explanation: String,
    /// What was written for the author with this decision.
    in_words: String,
    /// Who brought it up: readers, or the desk itself.
    brought_up: String,
    /// What the examination had pointed at, in words; empty when at nothing.
    pointed_at: Vec<String>,
    /// A person, or the rule that an editor switched on.
    decided_by: String,
    /// Under which number the decision stands in the log.
    number: String,
}

/// What was decided about a comment, where something was restricted and still is.
pub fn decided(app: &App, t: Words, mine: &Mine) -> Option<Decided> {
    let ruling = mine.ruling.as_ref()?;
    let statement = ruling.statement.as_ref();
    let key = match (ruling.decision, mine.own.state) {
        (Decision::Refuse { .. }, State::Refused) => "decided.refused",
        (Decision::TakeDown { .. }, State::TakenDown) => "decided.taken-down",
        (Decision::Release { collapsed: true, .. }, State::Released) => "decided.folded",
        _ => return None,
    };
    let voluntary = statement.is_none_or(|statement| statement.source_type == "SOURCE_VOLUNTARY");
    let brought_up = if voluntary { "decided.by-the-desk" } else { "decided.by-readers" };
    let pointed_at = statement.map(|statement| statement.pointed_at.iter().map(|key| t.s(key)).collect());
    let explanation = statement.map(|statement| &statement.explanation);
    let own = explanation.and_then(|texts| texts.get(t.language().tag()).or_else(|| texts.values().next()));
    let rule = statement.and_then(|statement| statement.decided_by_rule.as_deref());
    let decided_by = match rule {
        Some(rule) => t.with("decided.by-a-rule", 1, &[("rule", &t.s(&format!("acting.{rule}")))]),
        None => t.s("decided.by-a-person"),
    };
    Some(Decided {
        decided_by,
        explanation: own.cloned().unwrap_or_default(),
        in_words: statement.map(|statement| statement.in_words.clone()).unwrap_or_default(),
        done: t.with(key, 1, &[("time", &when(&t, &app.paper, ruling.at))]),
        rule: ruling.decision.reason().map(|reason| t.s(&format!("refusal.{}", reason.key()))),
        brought_up: t.s(brought_up),
        pointed_at: pointed_at.unwrap_or_default(),
        number: ruling.id.short(),
        t,
    })
}

//! The reasons of a decision, told to the comment's author: what was done and when, by which rule, what a machine had to do
//! with it, and what can be done about it. Nobody else's data, and no moderator's name.

use crate::app::App;
use crate::comments::when;
use crate::words::Words;
use askama::Template;
use newsroom::comment::{AppealState, Decision, State};
use newsroom::order::OrderNamed;
use store::comments::{Mine, MyAppeal};

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
    /// Who brought it up: readers, the desk itself, or nobody, where a rule decided.
    brought_up: String,
    /// What the examination had pointed at, in words; empty when at nothing.
    pointed_at: Vec<String>,
    /// A person, or the rule that an editor switched on.
    decided_by: String,
    /// The authority's order that it carries out, and where redress against it is sought.
    order: Option<(String, String)>,
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
    let order = statement.and_then(|statement| statement.order.as_ref());
    let voluntary = statement.is_none_or(|statement| statement.source_type == "SOURCE_VOLUNTARY");
    let pointed_at = statement.map(|statement| statement.pointed_at.iter().map(|key| t.s(key)).collect());
    let explanation = statement.map(|statement| &statement.explanation);
    let own = explanation.and_then(|texts| texts.get(t.language().tag()).or_else(|| texts.values().next()));
    let rule = statement.and_then(|statement| statement.decided_by_rule.as_deref());
    // On a rule's decision nobody has looked at the comment, until somebody does, since its author objected.
    let brought_up = match (order, voluntary, rule) {
        (Some(_), ..) => "decided.by-order",
        (None, _, Some(_)) => "decided.as-it-came",
        (None, true, None) => "decided.by-the-desk",
        (None, false, None) => "decided.by-readers",
    };
    let upheld = |appeal: &MyAppeal| appeal.ruling == ruling.id && appeal.state == AppealState::Upheld;
    let by_rule =
        if mine.appeal.as_ref().is_some_and(upheld) { "decided.by-a-rule-upheld" } else { "decided.by-a-rule" };
    let decided_by = match rule {
        Some(rule) => t.with(by_rule, 1, &[("rule", &t.s(&format!("acting.{rule}")))]),
        None => t.s("decided.by-a-person"),
    };
    Some(Decided {
        decided_by,
        explanation: own.cloned().unwrap_or_default(),
        in_words: statement.map(|statement| statement.in_words.clone()).unwrap_or_default(),
        done: t.with(key, 1, &[("time", &when(&t, &app.paper, ruling.at))]),
        order: order.map(|order| told(t, order)),
        rule: ruling
            .decision
            .reason()
            .filter(|_| order.is_none())
            .map(|reason| t.s(&format!("refusal.{}", reason.key()))),
        brought_up: t.s(brought_up),
        pointed_at: pointed_at.unwrap_or_default(),
        number: ruling.id.short(),
        t,
    })
}

/// Whose order it was, and where to turn.
fn told(t: Words, order: &OrderNamed) -> (String, String) {
    let kind = t.s(&format!("order.kind.{}", order.kind));
    let OrderNamed { authority, contact, country, reference, .. } = order;
    let contact = if contact.is_empty() { authority } else { contact };
    let order = t.with(
        "decided.order",
        1,
        &[("kind", &kind), ("authority", authority), ("country", country), ("reference", reference)],
    );
    (order, t.with("decided.order-redress", 1, &[("contact", contact)]))
}

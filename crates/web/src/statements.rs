//! Statements of reasons as the European Union's transparency database takes them: a line of JSON each, in the paper's
//! words.

use crate::words::Words;
use newsroom::Timestamp;
use newsroom::comment::Statement;
use serde_json::{Map, Value, json};
use store::{Store, StoreError};

/// Statements of one read.
const AT_ONCE: u32 = 500;

/// The statements of a period, oldest first, a line each.
///
/// # Errors
/// When the store cannot answer.
pub async fn lines(store: &Store, t: &Words, period: (Timestamp, Timestamp)) -> Result<String, StoreError> {
    let (mut text, mut after) = (String::new(), None);
    loop {
        let statements = store.statements(period, after, AT_ONCE).await?;
        let Some((last, _)) = statements.last() else { return Ok(text) };
        after = Some(*last);
        for (_, statement) in &statements {
            text.push_str(&line(t, statement).to_string());
            text.push('\n');
        }
    }
}

/// One of them.
fn line(t: &Words, statement: &Statement) -> Value {
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let rule = &statement.incompatible_content_ground;
    let rule = if rule == "folded" { t.s("statement.folded") } else { t.s(&format!("refusal.{rule}")) };
    let own = statement.explanation.get(t.language().tag()).or_else(|| statement.explanation.values().next());
    let own =
        own.map(String::as_str).into_iter().chain([statement.in_words.as_str()]).filter(|words| !words.is_empty());
    let own = own.collect::<Vec<_>>().join("\n");
    let explanation = if own.is_empty() { rule.clone() } else { own };
    let pointed_at: Vec<String> = statement.pointed_at.iter().map(|key| t.s(key)).collect();
    let facts = facts(t, statement, &pointed_at.join(&t.s("desk.standing.and")));
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("decision_visibility", json!(statement.decision_visibility));
    put("decision_ground", json!(statement.decision_ground));
    if let Some(order) = &statement.order {
        let kind = t.s(&format!("order.kind.{}", order.kind));
        let (authority, country) = (&order.authority, &order.country);
        let words = t.with("statement.order", 1, &[("kind", &kind), ("authority", authority), ("country", country)]);
        put("illegal_content_legal_ground", json!(words));
        put("illegal_content_explanation", json!(words));
    } else if statement.decision_ground == Statement::ILLEGAL {
        put("illegal_content_legal_ground", json!(explanation));
        put("illegal_content_explanation", json!(explanation));
    } else {
        put("incompatible_content_ground", json!(rule));
        put("incompatible_content_explanation", json!(explanation));
        put("incompatible_content_illegal", json!("No"));
    }
    put("category", json!(statement.category));
    put("content_type", json!(statement.content_type));
    put("content_date", json!(day(statement.content_date)));
    put("application_date", json!(day(statement.application_date)));
    if let Some(end) = statement.end_date {
        put("end_date_visibility_restriction", json!(day(end)));
    }
    put("decision_facts", json!(facts));
    put("source_type", json!(statement.source_type));
    put("automated_detection", json!(statement.automated_detection));
    put("automated_decision", json!(statement.automated_decision));
    put("puid", json!(statement.puid));
    Value::Object(fields)
}

/// What the decision rests on: on a person's reading, or on a rule that nobody's reading stood beside.
fn facts(t: &Words, statement: &Statement, pointed_at: &str) -> String {
    let rule = statement.decided_by_rule.as_deref().map(|rule| t.s(&format!("acting.{rule}")));
    let key = match (rule.is_some(), pointed_at.is_empty()) {
        (false, true) => "statement.facts",
        (false, false) => "statement.facts-and-machine",
        (true, true) => "statement.facts-of-rule",
        (true, false) => "statement.facts-of-rule-and-machine",
    };
    let said = t.with(key, 1, &[("rule", &rule.unwrap_or_default())]);
    if pointed_at.is_empty() { said } else { format!("{said} {pointed_at}") }
}

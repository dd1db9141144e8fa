//! JSON: what stands where.

use super::Wrong;
use crate::old::WhyBroken;
use crate::wire::moment;
use newsroom::Timestamp;
use serde_json::Value;

/// Reads a text as one value.
pub(super) fn read(text: &str) -> Result<Value, Wrong> {
    serde_json::from_str(text).map_err(|problem| Wrong {
        why: if problem.is_eof() { WhyBroken::Cut } else { WhyBroken::Form },
        line: problem.line() as u64,
        column: problem.column() as u64,
        said: String::new(),
    })
}

/// One value, or one on each line.
pub(super) fn read_lines(text: &str) -> Result<Vec<Value>, Wrong> {
    let mut all = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        all.push(value.map_err(|problem| Wrong {
            why: if problem.is_eof() { WhyBroken::Cut } else { WhyBroken::Form },
            line: problem.line() as u64,
            column: problem.column() as u64,
            said: String::new(),
        })?);
    }
    Ok(all)
}

/// A text, or a number as one; empty where there is neither.
pub(super) fn text(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The first of these that says something.
pub(super) fn first(value: &Value, names: &[&str]) -> String {
    names.iter().map(|name| text(value, name)).find(|said| !said.trim().is_empty()).unwrap_or_default()
}

/// A list; empty where there is none.
pub(super) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A moment: as text, or in milliseconds since 1970.
pub(super) fn at(value: &Value, name: &str) -> Option<Timestamp> {
    match &value[name] {
        Value::String(text) => moment(&text.replacen(' ', "T", usize::from(text.as_bytes().get(10) == Some(&b' ')))),
        Value::Number(number) => number.as_i64().and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        // Databases of the MongoDB kind write moments and ids as objects.
        Value::Object(inside) => inside.get("$date").and_then(|_| at(&value[name], "$date")),
        _ => None,
    }
}

/// It is true, or the number one.
pub(super) fn is_set(value: &Value, name: &str) -> bool {
    value[name].as_bool().unwrap_or(false) || value[name].as_i64() == Some(1)
}

//! Findings in words that a moderator can disagree with: what was seen, and when it is no reason to refuse.

use crate::words::Words;
use moderation::{Argument, Finding};

/// A finding as listed below the text.
#[derive(Debug)]
pub struct Explained {
    /// What kind of thing it is.
    pub category: String,
    /// What was seen.
    pub sentence: String,
    /// What would make it wrong.
    pub unless: String,
}

/// A finding in the paper's language.
pub fn explain(t: &Words, finding: &Finding) -> Explained {
    let (key, arguments) = (finding.reason.key(), finding.reason.arguments());
    let count = arguments.iter().find_map(|(name, argument)| match argument {
        Argument::Count(count) if *name == "n" => Some(*count),
        _ => None,
    });
    let texts: Vec<(&str, String)> = arguments
        .iter()
        .filter(|(name, _)| *name != "n")
        .map(|(name, argument)| match argument {
            Argument::Count(count) => (*name, t.number(*count)),
            Argument::Text(text) => (*name, text.clone()),
            Argument::Key(key) => (*name, t.s(key)),
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Explained {
        category: t.s(finding.category.key()),
        sentence: t.with(key, count.unwrap_or(1), &texts),
        unless: t.s(&format!("{key}.unless")),
    }
}

//! Findings in words that a moderator can disagree with: what was seen, and when it is no reason to refuse.

use crate::words::Words;
use moderation::{Argument, Category, Finding, Head, Reason};

/// A finding as listed below the text.
#[derive(Debug)]
pub struct Explained {
    /// Its place in the verdict.
    pub at: usize,
    /// The key of its reason, by which it is disputed.
    pub reason: String,
    /// What kind of thing it is.
    pub category: String,
    /// What was seen.
    pub sentence: String,
    /// What would make it wrong.
    pub unless: String,
    /// What a head's answer may be in particular, each with its own place in the verdict: said in the same line.
    pub kinds: Vec<(usize, String)>,
}

/// All findings of a verdict as lines. What a head calls abuse and the kinds of it are one line.
pub fn lines(t: &Words, findings: &[Finding]) -> Vec<Explained> {
    let mut lines: Vec<Explained> = Vec::with_capacity(findings.len());
    let mut abuse = None;
    for (at, finding) in findings.iter().enumerate() {
        if let (Some(kind), Some(line)) =
            (kind_of_abuse(t, finding), abuse.and_then(|abuse: usize| lines.get_mut(abuse)))
        {
            line.kinds.push((at, kind));
            continue;
        }
        if matches!(finding.reason, Reason::Likely { head: Head::Abuse, .. }) {
            abuse = Some(lines.len());
        }
        lines.push(Explained { at, ..explain(t, finding) });
    }
    lines
}

/// A head's answer about a kind of abuse, in few words.
fn kind_of_abuse(t: &Words, finding: &Finding) -> Option<String> {
    let Reason::Likely { head, percent } = finding.reason else { return None };
    let is_kind = head != Head::Abuse && head.category() == Category::Abuse;
    let (kind, percent) = (t.s(&format!("head.{}", head.name())), t.number(percent));
    is_kind.then(|| t.with("desk.likely.kind", 1, &[("head", &kind), ("percent", &percent)]))
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
        at: 0,
        kinds: Vec::new(),
        reason: key.to_owned(),
        category: t.s(finding.category.key()),
        sentence: t.with(key, count.unwrap_or(1), &texts),
        unless: t.s(&format!("{key}.unless")),
    }
}

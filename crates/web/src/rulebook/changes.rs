//! What differs between two texts of the rules, line by line.

use similar::{ChangeTag, TextDiff};

/// Lines around a change that are shown with it.
const AROUND: usize = 2;

/// A line of the comparison.
#[derive(Debug)]
pub struct Line {
    /// `added`, `gone` or `same`.
    pub kind: &'static str,
    /// The sign before it: colour alone says nothing.
    pub sign: &'static str,
    /// The line.
    pub text: String,
}

/// The changed lines, each with some around it.
pub fn changes(was: &str, now: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(was, now);
    let groups = diff.grouped_ops(AROUND);
    let changes = groups.iter().flatten().flat_map(|op| diff.iter_changes(op));
    let line = |change: similar::Change<&str>| {
        let (kind, sign) = match change.tag() {
            ChangeTag::Insert => ("added", "+"),
            ChangeTag::Delete => ("gone", "−"),
            ChangeTag::Equal => ("same", " "),
        };
        Line { kind, sign, text: change.value().trim_end_matches('\n').to_owned() }
    };
    changes.map(line).collect()
}

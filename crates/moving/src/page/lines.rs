//! Lines as they stand in the file: where they begin, and whether anything is to be seen on them.

use std::ops::Range;

/// Columns that a tab of indentation stands for.
const TAB: usize = 4;

/// A line of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The whole line without its end.
    pub whole: &'a str,
    /// The line without its indentation (spaces and tabs; no-break spaces are text).
    pub text: &'a str,
    /// Columns of indentation.
    pub indent: usize,
}

/// What is to be seen on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing, or spaces and tabs: it separates.
    Blank,
    /// Only signs that nobody sees, such as a lone no-break space: an empty paragraph of an old editor.
    Invisible,
    /// Words.
    Words,
}

/// Splits at `\n`, `\r\n` and lone `\r`. A byte order mark before the first line is no part of it.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut out: Vec<Line<'_>> =
        text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r')).map(Line::new).collect();
    // What stands after the last line end is a line only when something stands there.
    if out.last().is_some_and(|last| last.whole.is_empty()) {
        out.pop();
    }
    out
}

impl<'a> Line<'a> {
    fn new(whole: &'a str) -> Self {
        let text = whole.trim_start_matches([' ', '\t']);
        Self { whole, text, indent: columns(&whole[..whole.len() - text.len()]) }
    }

    pub(super) fn look(&self) -> Look {
        if self.text.trim_end_matches([' ', '\t', '\u{B}', '\u{C}']).is_empty() {
            Look::Blank
        } else if self.text.chars().all(is_unseen) {
            Look::Invisible
        } else {
            Look::Words
        }
    }

    pub(super) fn has_words(&self) -> bool {
        self.look() == Look::Words
    }

    /// Indented by one tab and nothing else.
    pub(super) fn stands_at_one_tab(&self) -> bool {
        self.whole.starts_with('\t') && self.whole.len() == self.text.len() + 1
    }

    /// The line after up to `columns` columns of indentation have been taken off.
    pub(super) fn without(&self, columns: usize) -> &'a str {
        let mut taken = 0;
        let mut rest = self.whole;
        while taken < columns {
            let Some(after) = rest.strip_prefix([' ', '\t']) else { break };
            taken += if rest.starts_with('\t') { TAB } else { 1 };
            rest = after;
        }
        rest
    }
}

fn columns(indentation: &str) -> usize {
    indentation.chars().map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

/// White space of every kind, and signs that direct or join without being seen.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The first line with words in a range.
pub(super) fn next_words(lines: &[Line<'_>], range: Range<usize>) -> Option<usize> {
    range.into_iter().find(|at| lines.get(*at).is_some_and(Line::has_words))
}

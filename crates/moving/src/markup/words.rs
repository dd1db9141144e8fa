//! Words on their way into paragraphs.

use super::noted::{Notes, What};
use newsroom::body::Span;
use std::rc::Rc;

/// What white space means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Nothing but a space, as in HTML.
    Folds,
    /// A new line is a new line, two are a new paragraph, as WordPress has it.
    Lines,
    /// All of it counts.
    Counts,
}

/// How words look, and where they lead.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) link: Option<Rc<str>>,
    pub(super) space: Space,
}

/// Words that are not in a block yet; a new line in them is a line break.
#[derive(Debug, Default)]
pub(super) struct Words {
    spans: Vec<Span>,
    /// A `<br>` was the last thing: the new line after it in the source is the same one.
    after_break: bool,
}

impl Words {
    /// Adds words as they stand in the source.
    pub(super) fn add(&mut self, text: &str, look: &Look, notes: &mut Notes) {
        let text = if self.after_break && look.space == Space::Lines { after_new_line(text) } else { text };
        let mut clean = String::with_capacity(text.len());
        let mut removed = false;
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => self.add_space(c, look.space, &mut clean),
                c if c.is_control() => removed = true,
                c => clean.push(c),
            }
        }
        if removed {
            notes.note(What::Controls, text);
        }
        if !clean.is_empty() {
            self.after_break = false;
            self.push(&clean, look);
        }
    }

    fn add_space(&self, c: char, space: Space, clean: &mut String) {
        let sign = match (c, space) {
            ('\n', Space::Lines | Space::Counts) => '\n',
            ('\r', Space::Lines | Space::Counts) => return,
            _ => ' ',
        };
        let before =
            clean.chars().next_back().or_else(|| self.spans.last().and_then(|span| span.text.chars().next_back()));
        let folds = space != Space::Counts && sign == ' ' && matches!(before, None | Some(' ' | '\n'));
        if !folds {
            clean.push(sign);
        }
    }

    /// A line break.
    pub(super) fn break_line(&mut self) {
        match self.spans.last_mut() {
            Some(last) => last.text.push('\n'),
            None => self.spans.push(Span::plain("\n")),
        }
        self.after_break = true;
    }

    fn push(&mut self, text: &str, look: &Look) {
        let link = look.link.as_deref();
        match self.spans.last_mut() {
            Some(last)
                if last.strong == look.strong && last.emphasis == look.emphasis && last.link.as_deref() == link =>
            {
                last.text.push_str(text);
            }
            _ => self.spans.push(Span {
                text: text.to_owned(),
                strong: look.strong,
                emphasis: look.emphasis,
                link: link.map(str::to_owned),
            }),
        }
    }

    /// The lines that were gathered, and nothing left here.
    pub(super) fn take(&mut self) -> Vec<Span> {
        self.after_break = false;
        std::mem::take(&mut self.spans)
    }
}

/// What follows the first new line, where only spaces stand before it.
fn after_new_line(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', '\t', '\r']);
    rest.strip_prefix('\n').unwrap_or(text)
}

/// Words cut at empty lines; in each part the lines, none of them empty.
pub(super) fn paragraphs(spans: Vec<Span>) -> Vec<Vec<Vec<Span>>> {
    let mut out: Vec<Vec<Vec<Span>>> = vec![Vec::new()];
    for line in lines(spans) {
        if !line.iter().any(|span| arabic::clean::visible(&span.text)) {
            out.push(Vec::new());
        } else if let Some(last) = out.last_mut() {
            last.push(line);
        }
    }
    out.retain(|lines| !lines.is_empty());
    out
}

/// Words cut at line breaks, without spaces at the ends of lines.
fn lines(spans: Vec<Span>) -> Vec<Vec<Span>> {
    let mut out: Vec<Vec<Span>> = vec![Vec::new()];
    for span in spans {
        for (at, part) in span.text.split('\n').enumerate() {
            if at > 0 {
                out.push(Vec::new());
            }
            if let Some(last) = out.last_mut().filter(|_| !part.is_empty()) {
                last.push(Span { text: part.to_owned(), ..span.clone() });
            }
        }
    }
    out.into_iter().map(trimmed).collect()
}

fn trimmed(mut line: Vec<Span>) -> Vec<Span> {
    let first = line.iter().position(|span| !span.text.trim_matches([' ', '\t']).is_empty());
    line.drain(..first.unwrap_or(line.len()));
    if let Some(first) = line.first_mut() {
        first.text.drain(..first.text.len() - first.text.trim_start_matches([' ', '\t']).len());
    }
    while let Some(last) = line.last_mut() {
        let kept = last.text.trim_end_matches([' ', '\t']).len();
        last.text.truncate(kept);
        if !last.text.is_empty() {
            break;
        }
        line.pop();
    }
    line
}

/// Lines as one run of words, each break a new line.
pub(super) fn joined(lines: Vec<Vec<Span>>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for line in lines {
        if let Some(last) = out.last_mut() {
            last.text.push('\n');
        }
        for span in line {
            match out.last_mut() {
                Some(last)
                    if last.strong == span.strong && last.emphasis == span.emphasis && last.link == span.link =>
                {
                    last.text.push_str(&span.text);
                }
                _ => out.push(span),
            }
        }
    }
    out
}

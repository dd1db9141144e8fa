//! The list of comments: `N. NAME`, indented, and below each the text, indented deeper.

use super::furniture::{is_invitation, is_label, is_list_heading};
use super::lines::{Line, Look, next_words};
use super::{SavedComment, SavedPage};
use crate::report::WhyDropped;

/// Most digits of a printed number.
const MOST_DIGITS: usize = 7;

/// Where the list is. Places count from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// The heading; without one, where the first name stands.
    pub start: usize,
    /// How far its names are indented, in columns; `None` when there are none.
    indent: Option<usize>,
    /// The last name under which a text stands.
    last: usize,
}

/// Finds the list behind `after`: under the first heading that has comments below it; without one, where names follow the
/// form directly; else under the last heading, empty.
pub(super) fn find(lines: &[Line<'_>], after: usize) -> Option<List> {
    let headings: Vec<usize> = (after..lines.len()).filter(|at| is_list_heading(lines[*at].text)).collect();
    let under_heading = headings.iter().enumerate().find_map(|(nth, start)| {
        let end = headings.get(nth + 1).copied().unwrap_or(lines.len());
        let first = (start + 1..end).find(|at| opens_list(lines, *at))?;
        Some(measured(lines, *start, first))
    });
    let bare = || first_behind_form(lines, after).map(|first| measured(lines, first, first));
    let empty = || headings.last().map(|start| List { start: *start, indent: None, last: *start });
    under_heading.or_else(bare).or_else(empty)
}

/// The first name that follows a form directly.
fn first_behind_form(lines: &[Line<'_>], after: usize) -> Option<usize> {
    let mut is_behind_form = false;
    (after..lines.len()).filter(|at| lines[*at].has_words()).find(|at| {
        let line = &lines[*at];
        let is_first = is_behind_form && line.indent > 0 && opens_list(lines, *at);
        is_behind_form = is_invitation(line.text) || (is_behind_form && is_label(line.text));
        is_first
    })
}

fn measured(lines: &[Line<'_>], start: usize, first: usize) -> List {
    let mut list = List { start, indent: Some(lines[first].indent), last: first };
    list.last = (first..lines.len()).rfind(|at| list.names(lines, *at) && has_text(lines, *at)).unwrap_or(first);
    list
}

/// A numbered line with a deeper one below it.
fn opens_list(lines: &[Line<'_>], at: usize) -> bool {
    numbered(lines[at].text).is_some() && has_text(lines, at)
}

fn has_text(lines: &[Line<'_>], at: usize) -> bool {
    next_words(lines, at + 1..lines.len()).is_some_and(|next| lines[next].indent > lines[at].indent)
}

impl List {
    /// The line carries a number and a name, as far out as names stand in this list. A numbered line that stands deeper is
    /// part of a text. In lists without indentation a name counts only with a text below it.
    fn names(&self, lines: &[Line<'_>], at: usize) -> bool {
        let line = &lines[at];
        let Some(indent) = self.indent else { return false };
        if !line.has_words() || numbered(line.text).is_none() {
            return false;
        }
        match (indent, line.indent) {
            (0, here) => here == 0 && has_text(lines, at),
            (_, 0) => false,
            (indent, here) => here <= indent + 1 || (line.stands_at_one_tab() && has_text(lines, at)),
        }
    }
}

/// The name behind `12.`, `١٢)` or `۱۲ -`; empty when only the number stands there.
fn numbered(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(is_direction);
    let digits = text.chars().take_while(|c| c.is_numeric()).count();
    if !(1..=MOST_DIGITS).contains(&digits) {
        return None;
    }
    let rest = text.trim_start_matches(char::is_numeric).trim_start_matches(is_direction).trim_start_matches(' ');
    let behind = rest.strip_prefix(['.', ')', '۔', '-', '–', ':'])?.trim_start_matches(['-', '–', ')']);
    let name = behind.trim();
    // «3.5» and «2-0» begin no item.
    let parted = behind.starts_with(char::is_whitespace) || name.is_empty();
    (parted || (rest.starts_with(['.', ')']) && !name.starts_with(char::is_numeric))).then_some(name)
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A comment while its lines are read.
struct Open {
    name: String,
    name_at: usize,
    /// Indentation of the first line of its text, in columns.
    indent: Option<usize>,
    text: Vec<String>,
    /// Places of the lines of the text.
    places: Vec<usize>,
    /// Blank lines since the last line of the text.
    blanks: usize,
}

/// Reads the list and what stands behind it.
pub(super) fn read(lines: &[Line<'_>], list: &List, page: &mut SavedPage) {
    let mut open: Option<Open> = None;
    let mut at = list.start;
    while at < lines.len() {
        let line = &lines[at];
        let is_over = line.has_words() && line.indent == 0 && at > list.last && !is_list_heading(line.text);
        if list.names(lines, at) {
            close(lines, open.take(), page);
            open = Some(Open::new(numbered(line.text).unwrap_or_default(), at));
        } else if is_over {
            break;
        } else if line.look() == Look::Blank {
            open.iter_mut().for_each(|open| open.blanks += 1);
        } else if let Some(open) = open.as_mut().filter(|_| line.indent > 0) {
            open.take(line, at);
        } else {
            page.drop_line(line, at, beside_list(line));
        }
        at += 1;
    }
    close(lines, open, page);
    read_footer(lines, at, page);
    page.dropped.sort_by_key(|dropped| dropped.line);
}

fn beside_list(line: &Line<'_>) -> WhyDropped {
    if line.look() == Look::Invisible {
        WhyDropped::EmptyParagraph
    } else if is_list_heading(line.text) {
        WhyDropped::ListHeading
    } else if is_invitation(line.text) || is_label(line.text) {
        WhyDropped::Form
    } else {
        WhyDropped::BesideList
    }
}

/// Everything from the first line behind the list that is not indented.
fn read_footer(lines: &[Line<'_>], from: usize, page: &mut SavedPage) {
    for (at, line) in lines.iter().enumerate().skip(from) {
        let why = match line.look() {
            Look::Blank => continue,
            Look::Invisible => WhyDropped::EmptyParagraph,
            Look::Words if is_invitation(line.text) || is_label(line.text) => WhyDropped::Form,
            Look::Words => WhyDropped::Footer,
        };
        page.drop_line(line, at, why);
    }
}

impl Open {
    fn new(name: &str, name_at: usize) -> Self {
        Self { name: name.to_owned(), name_at, indent: None, text: Vec::new(), places: Vec::new(), blanks: 0 }
    }

    /// Takes a line of the text: the indentation of its first line is taken off, what is deeper stays.
    fn take(&mut self, line: &Line<'_>, at: usize) {
        let indent = *self.indent.get_or_insert(line.indent);
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n(String::new(), self.blanks));
        }
        self.blanks = 0;
        self.text.push(line.without(indent).to_owned());
        self.places.push(at);
    }
}

fn close(lines: &[Line<'_>], open: Option<Open>, page: &mut SavedPage) {
    let Some(open) = open else { return };
    let text = open.text.join("\n");
    if text.trim().is_empty() {
        for at in std::iter::once(open.name_at).chain(open.places) {
            page.drop_line(&lines[at], at, WhyDropped::EmptyComment);
        }
        return;
    }
    let last = open.places.last().copied().unwrap_or(open.name_at);
    let position = page.comments.len() + 1;
    page.comments.push(SavedComment { position, name: open.name, text, lines: open.name_at + 1..last + 2 });
}

//! Plain lines → paragraphs.

use super::WireItem;
use newsroom::body::{Block, Span};

/// Paragraphs are set apart by an empty line or begin with spaces. Lines that hold several spaces in a row are rows of
/// figures and stay lines.
pub(super) fn paragraphs(text: &str) -> Vec<Block> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let words: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let trimmed = words.trim();
        if trimmed.is_empty() {
            is_open = false;
            continue;
        }
        let begins = words.starts_with("  ") || line.starts_with('\t');
        let is_row = trimmed.contains("   ");
        match out.last_mut().filter(|_| is_open && (!begins || is_row)) {
            Some(last) => {
                last.push(if is_row || last.lines().last().is_some_and(|line| line.contains("   ")) {
                    '\n'
                } else {
                    ' '
                });
                last.push_str(trimmed);
            }
            None => out.push(trimmed.to_owned()),
        }
        is_open = true;
    }
    out.into_iter().map(|words| Block::Paragraph { text: vec![Span::plain(words)] }).collect()
}

/// «Ramallah (dpa) - The words …»: the place out of the first paragraph.
pub(super) fn place(item: &mut WireItem) {
    let Some(Block::Paragraph { text }) = item.body.first() else { return };
    let Some(first) = text.first().map(|span| span.text.as_str()) else { return };
    let Some((before, after)) = first.split_once(") ").filter(|(before, _)| before.len() < 120) else { return };
    let Some((place, agency)) = before.rsplit_once(" (") else { return };
    let is_dash = after.starts_with(['-', '_', '–', '—']);
    if is_dash && !agency.is_empty() && agency.chars().count() < 30 {
        item.dateline = arabic::clean::line(place);
        if item.agency.is_empty() {
            item.agency = arabic::clean::line(agency);
        }
    }
}

/// An agency's note keeps the item back in words alone, which say a time in no form that can be relied on.
pub(super) fn keeps_back(note: &str) -> bool {
    let note = note.to_ascii_uppercase();
    ["EMBARGO", "HOLD FOR RELEASE", "NOT FOR RELEASE", "NOT FOR PUBLICATION"].iter().any(|words| note.contains(words))
}

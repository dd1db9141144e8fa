//! Tables in the readable text form: a row on each line, cells between upright strokes, a line of dashes under the head.
//!
//! ```text
//! | line | passengers |
//! | --- | --- |
//! | first | 12 |
//! ```

use super::{Block, Span, spans, spans_as_text};

/// Reads lines that are all rows; `None` where one is not.
pub(super) fn read(lines: &[&str]) -> Option<Block> {
    let cells: Vec<Vec<&str>> = lines.iter().map(|line| row(line)).collect::<Option<_>>()?;
    let header = cells.len() > 1 && cells[1].iter().all(|cell| is_dashes(cell));
    let kept = cells.iter().enumerate().filter(|(at, _)| !(header && *at == 1));
    let rows: Vec<Vec<Vec<Span>>> = kept.map(|(_, row)| row.iter().map(|cell| spans(cell)).collect()).collect();
    (!rows.is_empty()).then(|| Block::Table { header, rows: even(rows) })
}

/// Writes what [`read`] gives back.
pub(super) fn write(header: bool, rows: &[Vec<Vec<Span>>]) -> String {
    let line = |row: &Vec<Vec<Span>>| {
        let cells: Vec<String> = row.iter().map(|cell| with_strokes_kept(&spans_as_text(cell))).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    if header && !lines.is_empty() {
        lines.insert(1, format!("|{}", " --- |".repeat(rows[0].len().max(1))));
    }
    lines.join("\n")
}

/// Every row as long as the longest, with empty cells at the end.
pub(super) fn even(mut rows: Vec<Vec<Vec<Span>>>) -> Vec<Vec<Vec<Span>>> {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(most, Vec::new());
    }
    rows
}

/// The cells of a line that begins and ends with a stroke.
fn row(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?;
    let (mut cells, mut from, mut after_backslash) = (Vec::new(), 0, false);
    for (at, c) in inner.char_indices() {
        if c == '|' && !after_backslash {
            cells.push(inner[from..at].trim());
            from = at + 1;
        }
        after_backslash = c == '\\' && !after_backslash;
    }
    (from == inner.len() && !cells.is_empty()).then_some(cells)
}

fn is_dashes(cell: &str) -> bool {
    cell.len() >= 3 && cell.chars().all(|c| c == '-')
}

/// A stroke in a cell's words gets a backslash, and so does a first dash that would make the cell a line of dashes.
fn with_strokes_kept(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if is_dashes(&text) { format!("\\{text}") } else { text }
}

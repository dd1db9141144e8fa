//! A table as spreadsheets take it: UTF-8 with its mark, and nothing in it that a spreadsheet would run.

use super::parts::{Line, Part};
use crate::layout::{Frame, address};
use jiff::civil::Date;
use newsroom::readings::days_between;
use store::readings::ReadingSums;

/// Stories of a table.
pub const STORIES: u32 = 200;
/// By this a spreadsheet knows that the text is UTF-8.
const MARK: char = '\u{feff}';
/// What makes a formula of a cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table by its name.
pub fn of(frame: &Frame, table: &str, sums: &ReadingSums, (from, to): (Date, Date)) -> String {
    let words = |keys: &[&str]| keys.iter().map(|key| frame.t.s(&format!("statistics.{key}"))).collect::<Vec<_>>();
    match table {
        "days" => {
            let of = |counts: &[(Date, i64)], day| counts.iter().find(|(one, _)| *one == day).map_or(0, |(_, n)| *n);
            let row =
                |day: Date| vec![day.to_string(), of(&sums.pages, day).to_string(), of(&sums.readers, day).to_string()];
            written(words(&["day", "pages", "readers"]), days_between(from, to).into_iter().map(row))
        }
        "stories" => {
            let row = |(card, n): &(store::listings::StoryCard, i64)| {
                let place = address::whole(frame.paper(), &address::story(&card.slug));
                vec![card.face.headline.clone(), place, n.to_string()]
            };
            written(words(&["story", "address", "count"]), sums.stories.iter().map(row))
        }
        _ => {
            let part = Part::all(frame, sums, true).into_iter().find(|part| part.table == table);
            let (what, lines) = part.map_or(("", Vec::new()), |part| (part.what, part.lines));
            let row = |line: Line| vec![line.name, line.kind, line.count.to_string()];
            let head = [vec![frame.t.s(what)], words(&["kind", "count"])].concat();
            written(head, lines.into_iter().map(row))
        }
    }
}

fn written(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let line =
        |cells: Vec<String>| format!("{}\r\n", cells.iter().map(|cell| as_cell(cell)).collect::<Vec<_>>().join(","));
    std::iter::once(MARK.to_string()).chain(std::iter::once(head).chain(rows).map(line)).collect()
}

/// A cell that a spreadsheet shows and does not run.
pub fn as_cell(text: &str) -> String {
    let text = if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() };
    let is_plain = !text.contains([',', ';', '"', '\n', '\r']);
    if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

//! The readable text form of a body: what a person can type into a plain box, and what fixtures are written in.
//!
//! ```text
//! Blocks are separated by empty lines; what is no other block is a paragraph.
//! ## heading            ### lower heading
//! - entry               1. numbered entry
//! > quoted words        > — whose words (last line)
//! ![alt](file){caption | credit}
//! [[https://… | title | description]]
//! !! note               !~ correction
//! | cell | cell |       ---
//! ```
//!
//! Pictures on lines one below the other are a gallery; a line of dashes under the first row of a table makes it the head.
//! A backslash takes away the meaning of the sign after it: a line that begins with `\- ` is no entry of a list.

use super::inline::is_safe_address;
use super::table;
use super::{Block, Body, Picture, spans, spans_as_text};

/// Something in the text form that could not be read as meant. The words are kept as a paragraph: nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the text, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Kinds of problems, keys for the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A picture line that does not close.
    Picture,
    /// A link card without an address that a page may link to, or without a title.
    LinkCard,
}

/// Reads the text form. Always gives a body; what was not understood is named and kept as a paragraph.
pub fn read_text_form(text: &str) -> (Body, Vec<Problem>) {
    let (mut blocks, mut problems) = (Vec::new(), Vec::new());
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|i| lines[*i].is_empty()).unwrap_or(lines.len());
        for block in group(&lines[at..end], at + 1, &mut problems) {
            blocks.push(block);
        }
        at = end;
    }
    (Body(blocks), problems)
}

/// Writes the text form; [`read_text_form`] gives the same body back (sizes of pictures aside: they are the store's).
pub fn write_text_form(body: &Body) -> String {
    let parts: Vec<String> = body.0.iter().map(write_block).collect();
    parts.join("\n\n")
}

/// The blocks of one group of lines without an empty line in it. Usually one.
fn group(lines: &[&str], first: usize, problems: &mut Vec<Problem>) -> Vec<Block> {
    if lines.iter().all(|line| line.starts_with("- ")) {
        return vec![list(false, lines, |line| &line[2..])];
    }
    if lines.iter().all(|line| numbered(line).is_some()) {
        return vec![list(true, lines, |line| numbered(line).unwrap_or(line))];
    }
    if lines.iter().all(|line| line.starts_with('>')) {
        return vec![quote(lines)];
    }
    if let Some(block) = gallery(lines).or_else(|| table::read(lines)) {
        return vec![block];
    }
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for (offset, line) in lines.iter().enumerate() {
        match single(line) {
            Some(Ok(block)) => {
                flush(&mut paragraph, &mut blocks);
                blocks.push(block);
            }
            Some(Err(kind)) => {
                problems.push(Problem { line: first + offset, kind });
                paragraph.push(line);
            }
            None => paragraph.push(line),
        }
    }
    flush(&mut paragraph, &mut blocks);
    blocks
}

fn flush(paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph { text: spans(&paragraph.join(" ")) });
        paragraph.clear();
    }
}

/// A block that fills one line; `None`: it belongs to a paragraph.
fn single(line: &str) -> Option<Result<Block, ProblemKind>> {
    if line == "---" {
        return Some(Ok(Block::Separator));
    }
    for (mark, level) in [("### ", 3), ("## ", 2)] {
        if let Some(text) = line.strip_prefix(mark) {
            return Some(Ok(Block::Heading { level, text: spans(text.trim()) }));
        }
    }
    if let Some(text) = line.strip_prefix("!! ") {
        return Some(Ok(Block::Note { text: spans(text.trim()) }));
    }
    if let Some(text) = line.strip_prefix("!~ ") {
        return Some(Ok(Block::Correction { text: spans(text.trim()) }));
    }
    if line.starts_with("![") {
        return Some(picture(line).ok_or(ProblemKind::Picture));
    }
    if let Some(inner) = line.strip_prefix("[[") {
        return Some(card(inner).ok_or(ProblemKind::LinkCard));
    }
    None
}

fn list<'a>(ordered: bool, lines: &[&'a str], words: impl Fn(&'a str) -> &'a str) -> Block {
    Block::List { ordered, entries: lines.iter().map(|line| spans(words(line).trim())).collect() }
}

/// The words after `12. ` or `١٢. `.
fn numbered(line: &str) -> Option<&str> {
    let (number, words) = line.split_once(". ")?;
    (!number.is_empty() && number.chars().all(char::is_numeric)).then_some(words)
}

fn quote(lines: &[&str]) -> Block {
    let mut words: Vec<&str> = lines.iter().map(|line| line[1..].trim()).collect();
    let source = match words.last() {
        Some(last) if words.len() > 1 && last.starts_with("— ") => {
            Some(last.trim_start_matches("— ").trim().to_owned())
        }
        _ => None,
    };
    if source.is_some() {
        words.pop();
    }
    Block::Quote { text: spans(&words.join(" ")), source }
}

fn picture(line: &str) -> Option<Block> {
    let (alt, rest) = line.strip_prefix("![")?.split_once("](")?;
    // Names of files have brackets of their own: «IMG (1).jpg».
    let (file, inner) = rest.match_indices(')').find_map(|(at, _)| Some((&rest[..at], below(&rest[at + 1..])?)))?;
    let (caption, credit) = inner.split_once('|').unwrap_or((inner, ""));
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    (!file.is_empty()).then(|| {
        Block::Picture(Picture {
            file: file.to_owned(),
            alt: alt.trim().to_owned(),
            caption: said(caption),
            credit: said(credit),
            size: (0, 0),
            ..Default::default()
        })
    })
}

/// What stands in the braces after a picture; nothing when there are none.
fn below(rest: &str) -> Option<&str> {
    if rest.is_empty() { Some("") } else { rest.strip_prefix('{')?.strip_suffix('}') }
}

/// Pictures on lines one below the other.
fn gallery(lines: &[&str]) -> Option<Block> {
    let of = |line: &&str| match picture(line) {
        Some(Block::Picture(picture)) => Some(picture),
        _ => None,
    };
    let pictures: Vec<Picture> = lines.iter().map(of).collect::<Option<_>>()?;
    (pictures.len() > 1).then_some(Block::Gallery { pictures })
}

fn card(inner: &str) -> Option<Block> {
    let inner = inner.strip_suffix("]]")?;
    let mut parts = inner.splitn(3, '|').map(str::trim);
    let (address, title) = (parts.next()?, parts.next()?);
    if !is_safe_address(address) || title.is_empty() {
        return None;
    }
    let description = parts.next().filter(|text| !text.is_empty()).map(str::to_owned);
    Some(Block::LinkCard { address: address.to_owned(), title: title.to_owned(), description })
}

fn write_block(block: &Block) -> String {
    match block {
        Block::Paragraph { text } => write_paragraph(&spans_as_text(text)),
        Block::Heading { level, text } => {
            format!("{} {}", if *level == 2 { "##" } else { "###" }, spans_as_text(text))
        }
        Block::List { ordered, entries } => {
            let mark = |i: usize| if *ordered { format!("{}.", i + 1) } else { "-".to_owned() };
            let lines = entries.iter().enumerate().map(|(i, entry)| format!("{} {}", mark(i), spans_as_text(entry)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Quote { text, source } => match source {
            Some(source) => format!("> {}\n> — {source}", spans_as_text(text)),
            None => format!("> {}", spans_as_text(text)),
        },
        Block::Picture(picture) => write_picture(picture),
        Block::Gallery { pictures } => pictures.iter().map(write_picture).collect::<Vec<_>>().join("\n"),
        Block::Table { header, rows } => table::write(*header, rows),
        Block::LinkCard { address, title, description } => match description {
            Some(description) => format!("[[{address} | {title} | {description}]]"),
            None => format!("[[{address} | {title}]]"),
        },
        Block::Note { text } => format!("!! {}", spans_as_text(text)),
        Block::Correction { text } => format!("!~ {}", spans_as_text(text)),
        Block::Separator => "---".to_owned(),
    }
}

fn write_picture(picture: &Picture) -> String {
    let (caption, credit) = (picture.caption.as_deref(), picture.credit.as_deref());
    let below = format!("{{{} | {}}}", caption.unwrap_or_default(), credit.unwrap_or_default());
    format!("![{}]({}){}", picture.alt, picture.file, below)
}

/// A paragraph that begins like another block is given a backslash before the sign that makes it look so.
fn write_paragraph(text: &str) -> String {
    let mut problems = Vec::new();
    let read = group(&[text], 1, &mut problems);
    if problems.is_empty() && matches!(read[..], [Block::Paragraph { .. }]) {
        return text.to_owned();
    }
    match text.find(|c: char| c.is_ascii_punctuation()) {
        Some(at) => format!("{}\\{}", &text[..at], &text[at..]),
        None => text.to_owned(),
    }
}

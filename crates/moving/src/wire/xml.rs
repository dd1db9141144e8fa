//! XML: read whole, with limits, and with nothing from outside.

use super::{Format, UnreadWire, WhyUnread, WireItem, feed, newsml_g2, newsml1, nitf};
use crate::markup::{self, Around, Dialect};
use roxmltree::{Document, Node, ParsingOptions};

/// Elements, attributes and texts of a file.
const MOST_NODES: u32 = 4_000_000;
/// Elements one in another.
const DEEPEST: usize = 200;
/// Attributes of one element: the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 1_000;

/// A text as a document, within limits.
pub(crate) fn parsed(text: &str) -> Result<Document<'_>, UnreadWire> {
    if let Some(at) = text.find("<!ENTITY") {
        let line = text[..at].matches('\n').count() as u32 + 1;
        let column = text[..at].rsplit('\n').next().map_or(0, |line| line.chars().count()) as u32 + 1;
        return Err(UnreadWire { why: WhyUnread::Entity, line, column });
    }
    if let Some(problem) = shape_problem(text) {
        return Err(problem);
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text.trim_start(), options).map_err(|problem| {
        let (at, skipped) = (problem.pos(), text.len() - text.trim_start().len());
        let line = at.row + text[..skipped].matches('\n').count() as u32;
        UnreadWire { why: WhyUnread::Form, line, column: at.col }
    })
}

/// Reads a text in any of the formats of XML.
pub(super) fn read(text: &str) -> Result<(Format, Vec<WireItem>), UnreadWire> {
    let document = parsed(text)?;
    let root = document.root_element();
    Ok(match root.tag_name().name() {
        "newsMessage" | "newsItem" | "packageItem" => (Format::NewsMlG2, newsml_g2::read(root)),
        "NewsML" => (Format::NewsMl1, newsml1::read(root)),
        "nitf" => (Format::Nitf, vec![nitf::read(root)]),
        "rss" | "feed" | "RDF" => (Format::Feed, feed::read(root)),
        _ => return Err(UnreadWire::of(WhyUnread::Format)),
    })
}

/// Tags one in another and attributes beside another, counted roughly before a parser meets them that calls itself for the
/// ones and compares all of the others.
fn shape_problem(text: &str) -> Option<UnreadWire> {
    let (mut depth, mut line, mut attributes) = (0_usize, 1, None);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, bytes.get(at + 1)) {
            (b'\n', _) => line += 1,
            (b'<', Some(b'/')) => depth = depth.saturating_sub(1),
            (b'<', Some(next)) if next.is_ascii_alphabetic() => (depth, attributes) = (depth + 1, Some(0_usize)),
            (b'=', Some(b'"' | b'\'')) => attributes = attributes.map(|so_far| so_far + 1),
            (b'>', _) => attributes = None,
            (b'/', Some(b'>')) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST * 10 || attributes > Some(MOST_ATTRIBUTES) {
            return Some(UnreadWire { why: WhyUnread::Form, line, column: 0 });
        }
    }
    None
}

/// The first child of this name, whatever its namespace.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|one| one.is_element() && one.tag_name().name() == name)
}

/// The children of this name.
pub(super) fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |one| one.is_element() && one.tag_name().name() == name)
}

/// The first element of this name below a node.
pub(super) fn below<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|one| one.is_element() && one.tag_name().name() == name)
}

/// All words below a node, on one line.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|one| one.text()).collect();
    arabic::clean::line(&text)
}

/// The words of the first child of this name; empty when there is none.
pub(crate) fn said(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(words).unwrap_or_default()
}

/// The name that stands in a node, else what it gives as `literal`, else the end of its code.
pub(super) fn name_of(node: Node<'_, '_>) -> String {
    let name = said(node, "name");
    if !name.is_empty() {
        return name;
    }
    let code = || node.attribute("qcode").map(|code| code.rsplit(':').next().unwrap_or(code));
    arabic::clean::line(node.attribute("literal").or_else(code).unwrap_or_default())
}

/// An urgency from 1 to 9.
pub(super) fn urgency(written: &str) -> Option<u8> {
    written.trim().parse().ok().filter(|urgency| (1..=9).contains(urgency))
}

/// Blocks of the XHTML or NITF in a node.
pub(super) fn blocks(node: Node<'_, '_>, item: &mut WireItem) {
    let mut html = String::new();
    write(node, 0, &mut html);
    of_html(&html, item);
}

/// Blocks of HTML.
pub(super) fn of_html(html: &str, item: &mut WireItem) {
    let read = markup::read(html, Dialect::Html, &Around::unknown());
    for block in read.blocks {
        match block {
            // A picture of an agency is supplied, not taken from where it stands.
            newsroom::body::Block::Picture(picture) => item.pictures.push(picture),
            other => item.body.push(other),
        }
    }
    item.notes.extend(read.notes);
}

/// Writes what is in a node as HTML. What agencies mark inside sentences (persons, places, firms) are words.
fn write(node: Node<'_, '_>, depth: usize, out: &mut String) {
    for one in node.children() {
        if let Some(text) = one.text().filter(|_| one.is_text()) {
            escaped(text, out);
        }
        if !one.is_element() || depth > DEEPEST {
            continue;
        }
        let name = match one.tag_name().name() {
            "media" | "body.end" | "head" | "note" => continue,
            "block" | "section" | "article" | "div" => "div",
            "hl1" | "hl2" | "hedline" => "h3",
            "bq" | "blockquote" => "blockquote",
            "credit" => "cite",
            "nitf-table" | "custom-table" => "div",
            same @ ("p" | "table" | "thead" | "tbody" | "tr" | "td" | "th" | "caption" | "ul" | "ol" | "li" | "dl"
            | "dt" | "dd" | "em" | "i" | "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre"
            | "hr" | "br" | "a" | "img" | "figure" | "figcaption" | "q" | "sub" | "sup" | "header"
            | "footer" | "script" | "style" | "iframe") => same,
            _ => "span",
        };
        out.push('<');
        out.push_str(name);
        for kept in ["href", "src", "alt", "colspan"] {
            if let Some(value) = one.attribute(kept) {
                out.push_str(&format!(" {kept}=\""));
                escaped(value, out);
                out.push('"');
            }
        }
        out.push('>');
        write(one, depth + 1, out);
        if !matches!(name, "br" | "hr" | "img") {
            out.push_str(&format!("</{name}>"));
        }
    }
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

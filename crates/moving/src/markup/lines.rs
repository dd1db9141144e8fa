//! HTML as plain words: for comments, biographies and headlines.

use super::tree::{Kind, Tree, is_block};

/// A `<br>` on the way; no text holds it.
const BREAK: char = '\u{0}';

/// The words of each block on lines of their own, an empty line between paragraphs, links with their address in words.
pub(super) fn lines(tree: &Tree) -> String {
    let mut out = String::new();
    walk(tree, 0, &mut out);
    // The new line after a break in the source is the same one.
    let out = out.replace("\u{0}\r\n", "\n").replace("\u{0}\n", "\n").replace(BREAK, "\n");
    let mut kept = String::with_capacity(out.len());
    let mut empty = 0;
    for line in out.split('\n').map(|line| line.trim_matches([' ', '\t', '\r'])) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !kept.is_empty() {
            kept.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        kept.push_str(line);
        empty = 0;
    }
    kept
}

/// The words alone.
pub(super) fn words(tree: &Tree) -> String {
    let mut out = String::new();
    for at in tree.below(0) {
        match tree.kind(at) {
            Kind::Text(text) if !is_unread(tree, at) => {
                out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }))
            }
            Kind::Element(name, _) if name == "br" || is_block(name) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// Words of a script or a style sheet. They are the first thing in theirs, and nodes are numbered in reading order.
fn is_unread(tree: &Tree, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| tree.inside(*before).first() == Some(&at));
    before.is_some_and(|before| matches!(tree.name(before), "script" | "style" | "iframe" | "noembed" | "noframes"))
}

fn walk(tree: &Tree, at: usize, out: &mut String) {
    for child in tree.inside(at) {
        match tree.kind(*child) {
            Kind::Text(text) => out.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))),
            Kind::Element(name, _) => match name.as_str() {
                "script" | "style" | "iframe" | "noembed" | "noframes" | "title" | "textarea" => {}
                "br" => out.push(BREAK),
                "a" => link(tree, *child, out),
                "p" | "blockquote" | "ul" | "ol" | "pre" => around(tree, *child, "\n\n", out),
                name if is_block(name) => around(tree, *child, "\n", out),
                _ => walk(tree, *child, out),
            },
            _ => walk(tree, *child, out),
        }
    }
}

fn around(tree: &Tree, at: usize, gap: &str, out: &mut String) {
    out.push_str(gap);
    walk(tree, at, out);
    out.push_str(gap);
}

fn link(tree: &Tree, at: usize, out: &mut String) {
    let start = out.len();
    walk(tree, at, out);
    let address = tree.attribute(at, "href").unwrap_or_default().trim();
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let bare = address.split_once("://").map_or(address, |(_, bare)| bare).trim_end_matches('/');
    if is_web && !out[start..].contains(bare) && !address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        out.push_str(&format!(" ({address})"));
    }
}

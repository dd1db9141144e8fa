//! Stylesheets for a page that is read from the right, and in other languages
//! from the left.

use crate::complaint::Complaint;
use crate::rust_text::words;
use crate::tree::Tree;

/// The words `left` and `right` do not occur: `margin-inline-start` serves both
/// directions. Printing has left and right pages, so `@page` may name them.
pub fn physical(tree: &Tree) -> Vec<Complaint> {
    find(tree, |line| {
        let side = words(line).find(|(_, word)| matches!(*word, "left" | "right"))?.1;
        (!line.trim_start().starts_with("@page")).then(|| format!("«{side}»: say inline-start or inline-end"))
    })
}

/// `letter-spacing` tears joined letters apart.
pub fn letter_spacing(tree: &Tree) -> Vec<Complaint> {
    find(tree, |line| line.contains("letter-spacing").then(|| "letter-spacing tears Arabic letters apart".to_owned()))
}

fn find(tree: &Tree, judge: impl Fn(&str) -> Option<String>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.under("crates/", ".css").filter(|file| !file.is_vendored()) {
        for (index, line) in bare(&file.text).lines().enumerate() {
            if let Some(says) = judge(line) {
                complaints.push(Complaint::at(&file.path, index + 1, says));
            }
        }
    }
    complaints
}

/// The stylesheet without comments, quoted text and addresses; lines stay.
fn bare(css: &str) -> String {
    let mut left = css;
    let mut out = String::with_capacity(css.len());
    const HIDDEN: &[(&str, &str)] = &[("/*", "*/"), ("url(", ")"), ("\"", "\""), ("'", "'")];
    loop {
        let next = HIDDEN.iter().filter_map(|(open, close)| Some((left.find(open)?, open.len(), *close))).min();
        let Some((start, open, close)) = next else {
            out.push_str(left);
            return out;
        };
        out.push_str(&left[..start]);
        let inside = &left[start + open..];
        let end = inside.find(close).map_or(inside.len(), |at| at + close.len());
        out.extend(inside[..end].chars().filter(|c| *c == '\n'));
        left = &inside[end..];
    }
}

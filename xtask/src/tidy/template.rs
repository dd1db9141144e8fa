//! Templates: what they print is escaped, and they hold neither code nor style.

use crate::complaint::Complaint;
use crate::rust_text::{mask, words};
use crate::tree::{File, Tree};

/// Files that may print without escaping, each with the reason why what they
/// print is already safe. A line here is read in review like a key handed out.
const UNESCAPED: &[(&str, &str)] = &[
    ("crates/web/src/rendered.rs", "its only maker is a template, which has escaped what it prints"),
    (
        "crates/web/src/site/ad_alone.html",
        "an advertisement's own HTML, in a document without an origin, in its own frame",
    ),
    ("crates/web/src/front/front.html", "lang and dir written as attributes by the program, from its own languages"),
    ("crates/web/src/listing/cards.html", "lang and dir written as attributes by the program, from its own languages"),
    ("crates/web/src/story/story.html", "lang and dir written as attributes by the program, from its own languages"),
    ("crates/web/src/described.rs", "JSON with < as its escape, and it stands in script elements of data alone"),
];

/// Templates with rules on the spot, each with the reason why.
const STYLED: &[(&str, &str)] = &[(
    "crates/web/src/newsletter/letter.html",
    "a letter: mail programs read no stylesheet, and the desk shows it under a policy of its own",
)];

/// No `|safe` in a template and no `Safe(…)` or `HtmlSafe` in `web`, except in
/// the files listed with a reason.
pub fn unescaped(tree: &Tree) -> Vec<Complaint> {
    unescaped_except(tree, UNESCAPED)
}

/// As `unescaped`, with the list handed in. A listed file that is not there, or
/// no longer prints unescaped, is a complaint: a key that opens nothing is taken back.
pub fn unescaped_except(tree: &Tree, listed: &[(&str, &str)]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut used = Vec::new();
    for file in tree.under("crates/web/src/", "").filter(|file| !file.is_test()) {
        for line in unescaped_lines(file) {
            used.push(file.path.as_str());
            if !listed.iter().any(|(path, _)| *path == file.path) {
                complaints.push(Complaint::at(&file.path, line, "prints without escaping"));
            }
        }
    }
    for (path, _) in listed.iter().filter(|(path, _)| !used.contains(path)) {
        complaints.push(Complaint::about(path, "is listed in xtask and prints nothing unescaped"));
    }
    complaints
}

/// No script with content, no `style=`, no `onclick=` or its like: the content
/// security policy would not let them run. JSON-LD is data and may stay.
pub fn inline(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in templates(tree) {
        let html = without_directives(&file.text);
        for tag in tags(&html) {
            let line = 1 + html[..tag.start].matches('\n').count();
            for name in &tag.attributes {
                let styled = STYLED.iter().any(|(path, _)| *path == file.path);
                if name == "style" && !styled || name.starts_with("on") && name.len() > 2 {
                    let says = format!("{name}= is code or style inside a page");
                    complaints.push(Complaint::at(&file.path, line, says));
                }
            }
            if tag.name == "script" && holds_code(&html[tag.start..], tag.length) {
                complaints.push(Complaint::at(&file.path, line, "a script with content"));
            }
        }
    }
    complaints
}

/// The templates of `web`.
pub fn templates(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.under("crates/web/src/", ".html")
}

/// The template with `{{ … }}`, `{% … %}`, `{# … #}` and HTML comments blanked,
/// so that quotes and brackets inside them mislead nobody.
pub fn without_directives(template: &str) -> String {
    const HIDDEN: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->")];
    let mut rest = template;
    let mut out = String::with_capacity(template.len());
    loop {
        let next = HIDDEN.iter().filter_map(|(open, close)| Some((rest.find(open)?, *close))).min();
        let Some((start, close)) = next else {
            out.push_str(rest);
            return out;
        };
        let end = rest[start..].find(close).map_or(rest.len(), |at| start + at + close.len());
        out.push_str(&rest[..start]);
        out.extend(rest[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
        rest = &rest[end..];
    }
}

fn unescaped_lines(file: &File) -> Vec<usize> {
    let numbered = |text: &str, bad: fn(&str) -> bool| {
        let lines = text.lines().enumerate();
        lines.filter(|(_, line)| bad(line)).map(|(i, _)| i + 1).collect()
    };
    if file.path.ends_with(".html") {
        numbered(&file.text, |line| {
            let tight: String = line.split_whitespace().collect();
            tight.contains("|safe") || tight.contains("|escape(\"none\")") || tight.contains("filtersafe")
        })
    } else if file.path.ends_with(".rs") {
        numbered(&mask(&file.text).code, |line| {
            words(line).any(|(_, word)| word == "HtmlSafe" || word == "Safe" && line.contains("Safe("))
        })
    } else {
        Vec::new()
    }
}

struct Tag {
    name: String,
    /// Where `<` stands, in bytes.
    start: usize,
    /// To after `>`, in bytes.
    length: usize,
    attributes: Vec<String>,
}

/// The opening tags of a page.
fn tags(html: &str) -> Vec<Tag> {
    html.match_indices('<')
        .filter(|(at, _)| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|(at, _)| tag(html, at))
        .collect()
}

fn tag(html: &str, start: usize) -> Tag {
    let mut quote = None;
    // What stands outside quotes, a quoted value as one space.
    let mut bare = String::new();
    let mut length = html.len() - start;
    for (offset, c) in html[start..].char_indices() {
        match (quote, c) {
            (None, '>') => {
                length = offset + 1;
                break;
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                bare.push(' ');
            }
            (Some(open), _) if open == c => quote = None,
            (None, _) => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.replace(" =", "=").replace("= ", "=").to_lowercase();
    let mut parts = bare[1..].split(|c: char| c.is_whitespace() || c == '/');
    Tag {
        name: parts.next().unwrap_or_default().to_owned(),
        start,
        length,
        attributes: parts
            .filter_map(|part| Some(part.split_once('=')?.0.to_owned()))
            .filter(|name| !name.is_empty())
            .collect(),
    }
}

/// Whether the script element at the start of `html` has code between its tags.
fn holds_code(html: &str, tag_length: usize) -> bool {
    let (opening, after) = html.split_at(tag_length);
    let content = after.split("</script").next().unwrap_or(after);
    !content.trim().is_empty() && !opening.contains("application/ld+json")
}

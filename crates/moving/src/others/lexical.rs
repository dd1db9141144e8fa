//! Ghost's bodies since 5: a tree of JSON → HTML.

use super::json::{first, list, text};
use super::{as_html as words, quoted};
use serde_json::Value;

/// HTML of a body; empty where it is none.
pub(super) fn as_html(lexical: &str) -> String {
    let value: Value = serde_json::from_str(lexical).unwrap_or_default();
    let mut out = String::new();
    children(&value["root"], &mut out);
    out
}

fn children(node: &Value, out: &mut String) {
    list(node, "children").iter().for_each(|child| write(child, out));
}

fn around(name: &str, node: &Value, out: &mut String) {
    out.push_str(&format!("<{name}>"));
    children(node, out);
    out.push_str(&format!("</{name}>"));
}

fn write(node: &Value, out: &mut String) {
    match text(node, "type").as_str() {
        "text" | "extended-text" | "code-highlight" => run(node, out),
        "linebreak" => out.push_str("<br>"),
        "tab" => out.push(' '),
        "paragraph" => around("p", node, out),
        "heading" | "extended-heading" => {
            let tag = text(node, "tag");
            around(if matches!(tag.as_str(), "h1" | "h2") { "h2" } else { "h3" }, node, out);
        }
        "quote" | "extended-quote" | "aside" => around("blockquote", node, out),
        "list" => around(if text(node, "listType") == "number" { "ol" } else { "ul" }, node, out),
        "listitem" => around("li", node, out),
        "link" | "autolink" => {
            out.push_str(&format!("<a href=\"{}\">", quoted(&text(node, "url"))));
            children(node, out);
            out.push_str("</a>");
        }
        "horizontalrule" => out.push_str("<hr>"),
        other => card(other, node, out),
    }
}

/// Bits of `format`: 1 strong, 2 emphasis, 4 struck out.
fn run(node: &Value, out: &mut String) {
    let format = node["format"].as_u64().unwrap_or(0);
    let marks = [(1, "strong"), (2, "em"), (4, "s")].into_iter().filter(|(bit, _)| format & bit != 0);
    let marks: Vec<&str> = marks.map(|(_, name)| name).collect();
    marks.iter().for_each(|name| out.push_str(&format!("<{name}>")));
    out.push_str(&words(&text(node, "text")));
    marks.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
}

/// What stands between paragraphs.
pub(super) fn card(kind: &str, node: &Value, out: &mut String) {
    let link = |address: &str, title: &str| format!("<p><a href=\"{}\">{}</a></p>", quoted(address), words(title));
    match kind {
        "image" => out.push_str(&image(node)),
        "gallery" => {
            out.push_str("<figure class=\"gallery\">");
            list(node, "images").iter().for_each(|one| out.push_str(&image(one)));
            out.push_str(&format!("<figcaption>{}</figcaption></figure>", text(node, "caption")));
        }
        "html" | "markdown" | "email" => out.push_str(&first(node, &["html", "markdown"])),
        "code" | "codeblock" => out.push_str(&format!("<pre>{}</pre>", words(&text(node, "code")))),
        "embed" | "bookmark" | "video" | "audio" | "file" => {
            let address = first(node, &["url", "src"]);
            let title = first(&node["metadata"], &["title"]);
            let title = if title.is_empty() { first(node, &["title", "fileTitle", "fileName"]) } else { title };
            out.push_str(&link(&address, if title.is_empty() { &address } else { &title }));
        }
        "button" => out.push_str(&link(&text(node, "buttonUrl"), &text(node, "buttonText"))),
        "callout" => out.push_str(&format!("<p>{}</p>", text(node, "calloutText"))),
        "toggle" => out.push_str(&format!("<h3>{}</h3>{}", text(node, "heading"), text(node, "content"))),
        _ => {
            for name in ["heading", "header", "subheader", "html", "text"] {
                let said = text(node, name);
                if !said.is_empty() {
                    out.push_str(&format!("<p>{said}</p>"));
                }
            }
            children(node, out);
        }
    }
}

fn image(node: &Value) -> String {
    let said = |name: &str| quoted(&text(node, name));
    format!(
        "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
        said("src"),
        said("alt"),
        text(node, "caption")
    )
}

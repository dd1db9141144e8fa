//! Ghost's bodies before 5: mobiledoc 0.3 → HTML. Sections name their words, marks and cards by number.

use super::json::{list, text};
use super::{as_html as words, lexical, quoted};
use serde_json::Value;

/// HTML of a body; empty where it is none.
pub(super) fn as_html(mobiledoc: &str) -> String {
    let value: Value = serde_json::from_str(mobiledoc).unwrap_or_default();
    let mut out = String::new();
    for section in list(&value, "sections") {
        write(&value, section, &mut out);
    }
    out
}

fn write(whole: &Value, section: &Value, out: &mut String) {
    let tag = section[1].as_str().unwrap_or("p");
    let tag = if tag.bytes().all(|byte| byte.is_ascii_alphanumeric()) { tag } else { "p" };
    match section[0].as_u64() {
        Some(1) => {
            out.push_str(&format!("<{tag}>"));
            markers(whole, &section[2], out);
            out.push_str(&format!("</{tag}>"));
        }
        Some(2) => out.push_str(&format!("<img src=\"{}\">", quoted(section[1].as_str().unwrap_or_default()))),
        Some(3) => {
            out.push_str(&format!("<{tag}>"));
            for entry in section[2].as_array().map(Vec::as_slice).unwrap_or_default() {
                out.push_str("<li>");
                markers(whole, entry, out);
                out.push_str("</li>");
            }
            out.push_str(&format!("</{tag}>"));
        }
        Some(10) => {
            let card = &whole["cards"][section[1].as_u64().unwrap_or(u64::MAX) as usize];
            match card[0].as_str().unwrap_or_default() {
                "hr" => out.push_str("<hr>"),
                "card-markdown" | "markdown" => out.push_str(&format!("<p>{}</p>", words(&text(&card[1], "markdown")))),
                name => lexical::card(name, &card[1], out),
            }
        }
        _ => {}
    }
}

/// Runs of words: marks that open here, how many close after it, the words.
fn markers(whole: &Value, markers: &Value, out: &mut String) {
    let mut open: Vec<String> = Vec::new();
    for marker in markers.as_array().map(Vec::as_slice).unwrap_or_default() {
        for number in marker[1].as_array().map(Vec::as_slice).unwrap_or_default() {
            let mark = &whole["markups"][number.as_u64().unwrap_or(u64::MAX) as usize];
            let name = mark[0].as_str().unwrap_or("span").to_owned();
            match mark[1][1].as_str().filter(|_| name == "a") {
                Some(address) => out.push_str(&format!("<a href=\"{}\">", quoted(address))),
                None => out.push_str(&format!("<{name}>")),
            }
            open.push(name);
        }
        match marker[0].as_u64() {
            Some(0) => out.push_str(&words(marker[3].as_str().unwrap_or_default())),
            // The one atom of Ghost is a soft line break.
            _ => out.push_str("<br>"),
        }
        for _ in 0..marker[2].as_u64().unwrap_or(0) {
            if let Some(name) = open.pop() {
                out.push_str(&format!("</{name}>"));
            }
        }
    }
    open.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
}

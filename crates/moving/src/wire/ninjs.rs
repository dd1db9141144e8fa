//! ninjs (IPTC), and the JSON of agencies that is built like it.

use super::{Format, Matter, Sheet, Standing, UnreadWire, WhyUnread, WireItem, plain, when, xml};
use newsroom::body::Picture;
use serde_json::Value;

/// Items of a file.
const MOST_ITEMS: usize = 1_000;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, UnreadWire> {
    let text = String::from_utf8_lossy(bytes);
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|problem| UnreadWire {
        why: WhyUnread::Form,
        line: u32::try_from(problem.line()).unwrap_or_default(),
        column: u32::try_from(problem.column()).unwrap_or_default(),
    })?;
    let items: Vec<WireItem> =
        objects(&value).into_iter().filter(|one| is_item(one)).take(MOST_ITEMS).map(item).collect();
    if items.is_empty() {
        return Err(UnreadWire::of(WhyUnread::Format));
    }
    Ok(Sheet { format: Format::Ninjs, items, replaced: text.contains(char::REPLACEMENT_CHARACTER) })
}

/// The items in whatever envelope: `item`, `items`, `data`, a list.
fn objects(value: &Value) -> Vec<&Value> {
    let mut left = vec![value];
    let mut out = Vec::new();
    while let Some(one) = left.pop() {
        match one {
            Value::Array(all) => left.extend(all.iter().rev()),
            Value::Object(fields) => {
                let inner: Vec<&Value> =
                    ["items", "item", "data"].into_iter().filter_map(|name| fields.get(name)).collect();
                if inner.is_empty() || is_item(one) {
                    out.push(one);
                } else {
                    left.extend(inner);
                }
            }
            _ => {}
        }
    }
    out
}

fn is_item(value: &Value) -> bool {
    ["headline", "body_html", "body_text", "pubstatus"].into_iter().any(|name| value.get(name).is_some())
}

/// A text or a number as a line.
fn line(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::String(text) => arabic::clean::line(text),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn first_of(value: &Value, names: &[&str]) -> String {
    names.iter().map(|name| line(value, name)).find(|said| !said.is_empty()).unwrap_or_default()
}

fn item(value: &Value) -> WireItem {
    let id = first_of(value, &["guid", "uri", "id"]);
    let id = if id.is_empty() { line(&value["altids"], "itemid") } else { id };
    let place = first_of(value, &["located", "dateline"]);
    let mut item = WireItem {
        id,
        version: first_of(value, &["version", "versioncreated"]),
        matter: match line(value, "type").as_str() {
            "picture" | "graphic" => Matter::Picture,
            "composite" | "package" => Matter::Package,
            "video" | "audio" => Matter::Other,
            _ => Matter::Text,
        },
        standing: match line(value, "pubstatus").to_ascii_lowercase().as_str() {
            "canceled" | "cancelled" => Standing::Cancelled,
            "withheld" => Standing::Withheld,
            _ => Standing::Usable,
        },
        headline: first_of(value, &["headline", "title"]),
        standfirst: line(value, "description_text"),
        byline: line(value, "byline"),
        dateline: if place.is_empty() { line(&value["datelinelocation"], "city") } else { place },
        language: line(value, "language"),
        agency: first_of(value, &["source", "provider", "copyrightholder"]),
        urgency: xml::urgency(&line(value, "urgency")),
        editor_note: line(value, "ednote"),
        subjects: names(&value["subject"]),
        ..WireItem::default()
    };
    let embargo = first_of(value, &["embargoed", "embargo"]);
    item.embargo = when::moment(&embargo);
    item.embargo_unread = item.embargo.is_none() && !embargo.is_empty();
    match (&value["body_html"], &value["body_text"]) {
        (Value::String(html), _) if !html.trim().is_empty() => xml::of_html(html, &mut item),
        (_, Value::String(text)) => item.body = plain::paragraphs(text),
        _ => {}
    }
    if let Value::Object(beside) = &value["associations"] {
        item.pictures.extend(beside.values().filter(|one| line(one, "type") == "picture").filter_map(picture));
    }
    if item.matter == Matter::Picture {
        item.pictures.extend(picture(value));
    }
    item
}

fn names(subjects: &Value) -> Vec<String> {
    let all = subjects.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|one| first_of(one, &["name", "code"])).filter(|name| !name.is_empty()).collect()
}

/// A picture by the address of its original, or of the widest of its renditions.
fn picture(value: &Value) -> Option<Picture> {
    let renditions = value["renditions"].as_object()?;
    let widest = || renditions.values().max_by_key(|one| one["width"].as_u64().unwrap_or(0));
    let address = line(renditions.get("original").or_else(widest)?, "href");
    let said = |names: &[&str]| Some(first_of(value, names)).filter(|said| !said.is_empty());
    let file = if address.is_empty() { first_of(value, &["guid", "uri"]) } else { address };
    (!file.is_empty()).then(|| Picture {
        file,
        alt: first_of(value, &["body_text", "headline"]),
        caption: said(&["description_text", "description_caption"]),
        credit: said(&["byline", "description_creditline", "source"]),
        ..Picture::default()
    })
}

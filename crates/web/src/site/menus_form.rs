//! The form of the menus: fields by name, read into what was typed, and written back as it was typed.

use newsroom::profile::Language;
use newsroom::site::{COLUMNS, Menus, Service, TypedLine, TypedMenus};
use std::collections::BTreeMap;

/// Blank lines that stand ready below those that are filled.
const BLANK: usize = 3;
/// More lines than any menu has: what is sent beyond them is not read.
const MOST: usize = 60;
/// Paths of the paper's own that a menu may name, each with the key of its name.
pub const OWN: [(&str, &str); 7] = [
    ("/archive", "nav.archive"),
    ("/issues", "issue.archive"),
    ("/corrections", "corrections.title"),
    ("/how-we-review", "review.title"),
    ("/moderation-log", "public-log.title"),
    ("/me", "me.title"),
    ("/reader", "reader.title"),
];

/// Fields as they are sent.
pub type Fields = BTreeMap<String, String>;

/// A line in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineView {
    /// The beginning of its fields' names: `h0`, `f12`.
    pub at: String,
    /// What it says.
    pub label: String,
    /// What is chosen: `section:…`, `page:…`, `path:…`, `other`, or nothing.
    pub target: String,
    /// The path or address where `other` is chosen.
    pub to: String,
    /// Of a line of the foot: its column, from 0.
    pub column: usize,
}

/// What was typed.
pub fn read(fields: &Fields, language: Language) -> TypedMenus {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    TypedMenus {
        header: lines(fields, 'h', language),
        footer: lines(fields, 'f', language),
        titles: (0..COLUMNS).map(|at| field(&format!("title{at}"))).collect(),
        text: field("text"),
        social: Service::ALL
            .into_iter()
            .map(|service| (service, field(&format!("social-{}", service.key()))))
            .collect(),
    }
}

fn lines(fields: &Fields, menu: char, language: Language) -> Vec<TypedLine> {
    let sent = (0..MOST).take_while(|at| fields.contains_key(&format!("{menu}{at}-target")));
    sent.map(|at| {
        let field = |name: &str| fields.get(&format!("{menu}{at}-{name}")).map_or("", String::as_str);
        let (chosen, typed) = (field("target"), field("to").trim());
        let (kind, to) = match chosen.split_once(':') {
            Some((kind, to)) => (kind, to),
            None if typed.starts_with('/') => ("path", typed),
            None => ("address", typed),
        };
        // What is not chosen leads nowhere, whatever stands in its other field.
        let to = if chosen.is_empty() { "" } else { to };
        TypedLine {
            labels: BTreeMap::from([(language.tag().to_owned(), field("label").to_owned())]),
            kind: kind.to_owned(),
            to: to.to_owned(),
            column: field("column").parse().unwrap_or_default(),
        }
    })
    .collect()
}

/// What is kept, as the form begins.
pub fn kept(menus: &Menus) -> TypedMenus {
    TypedMenus::of(menus)
}

/// Lines for the form, and blank ones below them.
pub fn views(lines: &[TypedLine], menu: char, language: Language) -> Vec<LineView> {
    let own = |path: &str| OWN.iter().any(|(known, _)| *known == path);
    let blank = TypedLine::default();
    let all = lines.iter().chain(std::iter::repeat_n(&blank, BLANK)).enumerate();
    all.map(|(at, line)| {
        let target = match line.kind.as_str() {
            "" => String::new(),
            _ if line.is_blank() => String::new(),
            "path" if own(&line.to) => format!("path:{}", line.to),
            kind @ ("section" | "page") => format!("{kind}:{}", line.to),
            _ => "other".to_owned(),
        };
        LineView {
            at: format!("{menu}{at}"),
            label: line.labels.get(language.tag()).cloned().unwrap_or_default(),
            to: if target == "other" { line.to.clone() } else { String::new() },
            target,
            column: line.column,
        }
    })
    .collect()
}

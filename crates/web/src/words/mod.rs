//! What people read: keys become words here and nowhere else. `locales/ar.json` is the reference.

#[cfg(test)]
mod tests;

use arabic::digits::{self, Digits};
use arabic::plural;
use newsroom::profile::Language;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The words of one language, with the paper's digits.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
    digits: Digits,
}

/// Words with a place for one text.
#[derive(Debug, Clone)]
pub struct Around {
    before: String,
    after: String,
}

impl Around {
    /// The words with the text in its place, isolated as in [`Words::with`].
    pub fn with(&self, text: &str) -> String {
        [&self.before, arabic::bidi::isolate(text).as_str(), &self.after].concat()
    }
}

/// About what a text in a pattern takes, in bytes.
const SLOT: usize = 32;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    One(String),
    Forms(HashMap<String, String>),
}

type Table = HashMap<String, Entry>;

static AR: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../locales/ar.json")));
static FR: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../locales/fr.json")));
static EN: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../locales/en.json")));

/// A table that cannot be read is empty; a test refuses such a table before it is shipped.
fn read(json: &str) -> Table {
    serde_json::from_str(json).unwrap_or_default()
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language, digits: Digits) -> Self {
        Self { language, digits }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words of a key, without arguments. A key that is not in the table stands for itself.
    pub fn s(&self, key: &str) -> String {
        self.pattern(key, 1).replace("{n}", "")
    }

    /// The words of a key for a count, in the right plural form and the paper's digits.
    pub fn n(&self, key: &str, n: impl TryInto<u64>) -> String {
        self.with(key, n.try_into().unwrap_or_default(), &[])
    }

    /// The words of a key for a count (1 where none is meant) and named texts. Texts of others are isolated (U+2068 …
    /// U+2069), so that their direction does not leak.
    pub fn with(&self, key: &str, n: u64, texts: &[(&str, &str)]) -> String {
        self.filled(self.pattern(key, n), n, texts)
    }

    /// A pattern with its count and its texts in their places. What stands in a text is no place.
    fn filled(&self, pattern: &str, n: u64, texts: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(pattern.len() + 2 * SLOT);
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            rest = after;
            if name == "n" {
                out.push_str(&self.number(n));
            } else if let Some((_, text)) = texts.iter().find(|(one, _)| *one == name) {
                out.push_str(&arabic::bidi::isolate(text));
            } else {
                out.push('{');
                rest = behind;
            }
        }
        out.push_str(rest);
        out
    }

    /// The words of a key cut at the place of one text, for what is said many times on a page. Their key counts nothing.
    pub fn around(&self, key: &str, name: &str) -> Around {
        let (pattern, place) = (self.s(key), format!("{{{name}}}"));
        let (before, after) = pattern.split_once(place.as_str()).unwrap_or((pattern.as_str(), ""));
        Around { before: before.to_owned(), after: after.to_owned() }
    }

    /// Every plural form of a key as JSON, `{n}` in place, for scripts that count on the page. A key that is not counted
    /// is its own only form.
    pub fn forms(&self, key: &str) -> String {
        let forms = plural::Form::ALL.iter().filter_map(|form| {
            let pattern = match self.table().get(key)? {
                Entry::One(text) => text,
                Entry::Forms(forms) => forms.get(form.key())?,
            };
            Some((form.key().to_owned(), serde_json::Value::from(pattern.as_str())))
        });
        serde_json::Value::Object(forms.collect()).to_string()
    }

    /// Every key under a prefix, without it, and its words for a script that fills them in itself: placeholders in place, and
    /// the plural forms as JSON where there are some. In the order of the keys.
    pub fn under(&self, prefix: &str) -> Vec<(&'static str, String)> {
        let of = |(key, entry): (&'static String, &'static Entry)| {
            let words = if let Entry::One(text) = entry { text.clone() } else { self.forms(key) };
            Some((key.strip_prefix(prefix)?, words))
        };
        let mut found: Vec<_> = self.table().iter().filter_map(of).collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        found
    }

    /// A number in the paper's digits.
    pub fn number(&self, n: impl TryInto<u64>) -> String {
        digits::number(n.try_into().unwrap_or_default(), self.digits)
    }

    /// The digits of a text as the paper writes them: of a clock, a year.
    pub fn written(&self, text: &str) -> String {
        digits::write(text, self.digits)
    }

    fn pattern<'k>(&self, key: &'k str, n: u64) -> &'k str {
        match self.table().get(key) {
            Some(Entry::One(text)) => text,
            Some(Entry::Forms(forms)) => {
                let form = plural::form(self.language.tag(), n).key();
                forms.get(form).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            None => key,
        }
    }

    fn table(&self) -> &'static Table {
        match self.language {
            Language::Ar => &AR,
            Language::Fr => &FR,
            Language::En => &EN,
        }
    }
}

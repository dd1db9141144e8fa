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
        let mut out = self.pattern(key, n).replace("{n}", &self.number(n));
        for (name, text) in texts {
            out = out.replace(&format!("{{{name}}}"), &arabic::bidi::isolate(text));
        }
        out
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

    fn pattern(&self, key: &str, n: u64) -> String {
        match self.table().get(key) {
            Some(Entry::One(text)) => text.clone(),
            Some(Entry::Forms(forms)) => {
                let form = plural::form(self.language.tag(), n).key();
                forms.get(form).or_else(|| forms.get("other")).cloned().unwrap_or_else(|| key.to_owned())
            }
            None => key.to_owned(),
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

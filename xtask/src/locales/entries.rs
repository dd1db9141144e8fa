//! A locale file as it is written: in order, and with keys that occur twice.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// Keys and texts in the order of the file. A map would hide a repeated key.
#[derive(Debug)]
pub struct Entries(pub Vec<(String, Text)>);

/// What stands under a key.
#[derive(Debug)]
pub enum Text {
    /// One text.
    Plain(String),
    /// One text for each plural form, as named in the file.
    Counted(Vec<(String, String)>),
}

impl Entries {
    /// Reads a file; the error says where it stopped.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<Pairs<Text>>(json).map(|pairs| Self(pairs.0))
    }

    /// The text under `key`.
    pub fn get(&self, key: &str) -> Option<&Text> {
        let found = self.0.iter().find(|(ours, _)| ours == key);
        found.map(|(_, text)| text)
    }

    /// A complaint for each key that occurs again.
    pub fn repeated(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        self.0.iter().filter(|(key, _)| !seen.insert(key)).map(|(key, _)| format!("«{key}» occurs twice")).collect()
    }
}

impl Text {
    /// Whether it has plural forms.
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::Counted(_))
    }

    /// Every text, with the name of its form, or with no name.
    pub fn spoken(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Plain(words) => vec![("", words)],
            Self::Counted(forms) => forms.iter().map(|(f, w)| (f.as_str(), w.as_str())).collect(),
        }
    }

    /// The placeholders of all its forms together.
    pub fn placeholders(&self) -> BTreeSet<String> {
        let spoken = self.spoken();
        spoken.iter().flat_map(|(_, words)| placeholders(words)).collect()
    }
}

/// The names between braces: `n` and `name` in «{n} by {name}».
pub fn placeholders(words: &str) -> BTreeSet<String> {
    words.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest).to_owned()).collect()
}

struct Pairs<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(PairsVisitor(std::marker::PhantomData))
    }
}

struct PairsVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
    type Value = Pairs<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text or an object of plural forms")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Text, E> {
        Ok(Text::Plain(words.to_owned()))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Text, M::Error> {
        let visitor = PairsVisitor::<String>(std::marker::PhantomData);
        Ok(Text::Counted(visitor.visit_map(map)?.0))
    }
}

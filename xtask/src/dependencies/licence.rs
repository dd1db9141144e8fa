//! Licences as manifests state them: SPDX expressions.

use std::fmt;

use anyhow::{Result, bail, ensure};

/// What a crate may be used under. `WITH` binds closer than `AND`, `AND` closer than `OR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Licence {
    /// One licence by its identifier, its exception with it: `Apache-2.0 WITH LLVM-exception`.
    One(String),
    /// All of these bind.
    All(Vec<Licence>),
    /// Whoever uses it chooses one of these.
    Any(Vec<Licence>),
}

impl Licence {
    /// Reads an expression; a slash between two names is the old way to write `OR`.
    pub fn parse(text: &str) -> Result<Self> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut reader = Reader { words: &words };
        let licence = reader.any()?;
        ensure!(reader.words.is_empty(), "«{text}» goes on after its end");
        Ok(licence)
    }

    /// Whether it can be used where `allowed` is said of each licence alone.
    /// «Or any later version» (`+`) is met by the version that is named.
    pub fn is_met(&self, allowed: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::One(name) => allowed(name) || name.strip_suffix('+').is_some_and(allowed),
            Self::All(parts) => parts.iter().all(|part| part.is_met(allowed)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(allowed)),
        }
    }

    /// Whether it speaks of the licence `name` anywhere.
    pub fn names(&self, name: &str) -> bool {
        match self {
            Self::One(own) => own == name || own.strip_suffix('+') == Some(name),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.names(name)),
        }
    }

    /// As text, inside of another expression where `inside`.
    fn written(&self, inside: bool) -> String {
        let (parts, between) = match self {
            Self::One(name) => return name.clone(),
            Self::All(parts) => (parts, " AND "),
            Self::Any(parts) => (parts, " OR "),
        };
        let parts: Vec<String> = parts.iter().map(|part| part.written(true)).collect();
        let text = parts.join(between);
        if inside { format!("({text})") } else { text }
    }
}

impl fmt::Display for Licence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written(false))
    }
}

/// Reads an expression word by word.
struct Reader<'a> {
    words: &'a [&'a str],
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> Result<Licence> {
        let mut parts = vec![self.all()?];
        while self.takes("OR") {
            parts.push(self.all()?);
        }
        Ok(alone_or(parts, Licence::Any))
    }

    fn all(&mut self) -> Result<Licence> {
        let mut parts = vec![self.one()?];
        while self.takes("AND") {
            parts.push(self.one()?);
        }
        Ok(alone_or(parts, Licence::All))
    }

    fn one(&mut self) -> Result<Licence> {
        if self.takes("(") {
            let inside = self.any()?;
            ensure!(self.takes(")"), "a bracket is not closed");
            return Ok(inside);
        }
        let name = self.name()?;
        match self.takes("WITH") {
            true => Ok(Licence::One(format!("{name} WITH {}", self.name()?))),
            false => Ok(Licence::One(name.to_owned())),
        }
    }

    fn name(&mut self) -> Result<&'a str> {
        match self.words {
            [] => bail!("a licence is missing at the end"),
            ["OR" | "AND" | "WITH" | "(" | ")", ..] => bail!("a licence is missing before «{}»", self.words[0]),
            [name, rest @ ..] => {
                self.words = rest;
                Ok(name)
            }
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        match self.words {
            [first, rest @ ..] if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

fn alone_or(mut parts: Vec<Licence>, several: fn(Vec<Licence>) -> Licence) -> Licence {
    match parts.len() {
        1 => parts.remove(0),
        _ => several(parts),
    }
}

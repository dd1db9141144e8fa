//! A rulebook's TOML, read key by key: everything that is wrong is noted where it stands, and reading goes on.

use super::Minute;
use super::problem::{Expected, Problem, ProblemKind, nearest};
use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

/// The text of a rulebook and what was found wrong in it so far.
pub(crate) struct Document<'t> {
    text: &'t str,
    /// Each with the byte where it stands.
    problems: Vec<(usize, String, ProblemKind)>,
}

/// A table of a rulebook and the way to it.
#[derive(Clone)]
pub(crate) struct Part<'d, 't> {
    path: String,
    table: &'d DeTable<'t>,
    /// Where it stands in the text.
    pub place: Range<usize>,
}

/// A text of a rulebook and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub text: String,
    pub place: Range<usize>,
}

impl<'t> Document<'t> {
    /// Reads TOML as far as it goes.
    pub fn new(text: &'t str) -> (Self, Spanned<DeTable<'t>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document = Self { text, problems: Vec::new() };
        for error in errors {
            let said = error.message().to_owned();
            document.wrong(error.span().unwrap_or(0..0), "", ProblemKind::Syntax { said });
        }
        (document, table)
    }

    /// Notes a problem.
    pub fn wrong(&mut self, place: Range<usize>, key: &str, kind: ProblemKind) {
        self.problems.push((place.start, key.to_owned(), kind));
    }

    /// Everything that is wrong, in the order of the text, with lines and columns.
    pub fn problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|(at, ..)| *at);
        let (mut line, mut line_start, mut counted) = (1, 0, 0);
        let problems = self.problems.into_iter().map(|(at, key, kind)| {
            let at = self.text.floor_char_boundary(at);
            for (newline, _) in self.text[counted..at].match_indices('\n') {
                line += 1;
                line_start = counted + newline + 1;
            }
            counted = at;
            Problem { line, column: self.text[line_start..at].chars().count() + 1, key, kind }
        });
        problems.collect()
    }

    /// The whole of it as a part.
    pub fn whole<'d>(table: &'d Spanned<DeTable<'t>>) -> Part<'d, 't> {
        Part { path: String::new(), table: table.get_ref(), place: table.span() }
    }

    /// Refuses keys that are not known here.
    pub fn only(&mut self, part: &Part<'_, 't>, known: &[&str]) {
        for key in part.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let nearest = nearest(key.get_ref(), known.iter().copied());
            self.wrong(key.span(), &part.path_of(key.get_ref()), ProblemKind::UnknownKey { nearest });
        }
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, part: &Part<'_, 't>, key: &str, allowed: core::ops::RangeInclusive<u64>) -> Option<u64> {
        let value = part.value(key)?;
        let Some(written) = value.get_ref().as_integer() else {
            self.wrong_type(part, key, value, Expected::Number);
            return None;
        };
        let number = u64::from_str_radix(written.as_str(), written.radix()).ok();
        let number = number.filter(|number| allowed.contains(number));
        if number.is_none() {
            let (least, most) = (allowed.start().to_string(), allowed.end().to_string());
            self.wrong(value.span(), &part.path_of(key), ProblemKind::OutOfRange { least, most });
        }
        number
    }

    /// A number between 0 and 1.
    pub fn fraction(&mut self, part: &Part<'_, 't>, key: &str) -> Option<f32> {
        let value = part.value(key)?;
        let written = match value.get_ref() {
            DeValue::Float(written) => written.as_str().parse::<f32>().ok(),
            DeValue::Integer(written) => written.as_str().parse::<f32>().ok(),
            _ => {
                self.wrong_type(part, key, value, Expected::Fraction);
                return None;
            }
        };
        let fraction = written.filter(|fraction| (0.0..=1.0).contains(fraction));
        if fraction.is_none() {
            let (least, most) = ("0".to_owned(), "1".to_owned());
            self.wrong(value.span(), &part.path_of(key), ProblemKind::OutOfRange { least, most });
        }
        fraction
    }

    /// `true` or `false`.
    pub fn switch(&mut self, part: &Part<'_, 't>, key: &str) -> Option<bool> {
        let value = part.value(key)?;
        let switch = value.get_ref().as_bool();
        if switch.is_none() {
            self.wrong_type(part, key, value, Expected::Switch);
        }
        switch
    }

    /// A text.
    pub fn text(&mut self, part: &Part<'_, 't>, key: &str) -> Option<Said> {
        let value = part.value(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(part, key, value, Expected::Text);
        }
        Some(Said { text: text?.to_owned(), place: value.span() })
    }

    /// A day or a minute, as a text.
    pub fn minute(&mut self, part: &Part<'_, 't>, key: &str) -> Option<Minute> {
        let said = self.text(part, key)?;
        let minute = Minute::read(&said.text);
        if minute.is_none() {
            self.wrong(said.place, &part.path_of(key), ProblemKind::WrongType { expected: Expected::Minute });
        }
        minute
    }

    /// Notes that a value does not go together with others.
    pub fn unfit(&mut self, part: &Part<'_, 't>, key: &str, kind: ProblemKind) {
        let place = part.value(key).map_or_else(|| part.place.clone(), Spanned::span);
        self.wrong(place, &part.path_of(key), kind);
    }

    /// A text that names one of a few things.
    pub fn one_of<T>(&mut self, part: &Part<'_, 't>, key: &str, known: &[(&str, T)]) -> Option<T>
    where
        T: Copy,
    {
        let said = self.text(part, key)?;
        let found = known.iter().find(|(name, _)| *name == said.text).map(|(_, thing)| *thing);
        if found.is_none() {
            self.unknown_name(part, key, &said, known.iter().map(|(name, _)| *name));
        }
        found
    }

    /// A list of texts; empty where the key is missing.
    pub fn texts(&mut self, part: &Part<'_, 't>, key: &str) -> Vec<Said> {
        let Some(value) = part.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(part, key, value, Expected::Texts);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list.iter() {
            match value.get_ref().as_str() {
                Some(text) => texts.push(Said { text: text.to_owned(), place: value.span() }),
                None => self.wrong_type(part, key, value, Expected::Text),
            }
        }
        texts
    }

    /// A list of texts, each with a word in it.
    pub fn phrases(&mut self, part: &Part<'_, 't>, key: &str) -> Vec<Said> {
        let mut texts = self.texts(part, key);
        texts.retain(|said| {
            let has_word = arabic::words::words(&said.text).next().is_some();
            if !has_word {
                self.wrong(said.place.clone(), &part.path_of(key), ProblemKind::NoWord);
            }
            has_word
        });
        texts
    }

    /// A table inside this one.
    pub fn part<'d>(&mut self, part: &Part<'d, 't>, key: &str) -> Option<Part<'d, 't>> {
        let value = part.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(part, key, value, Expected::Table);
        }
        Some(Part { path: part.path_of(key), table: table?, place: value.span() })
    }

    /// All tables of a `[[key]]`.
    pub fn parts<'d>(&mut self, part: &Part<'d, 't>, key: &str) -> Vec<Part<'d, 't>> {
        let Some(value) = part.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(part, key, value, Expected::Tables);
            return Vec::new();
        };
        let mut parts = Vec::new();
        for value in list.iter() {
            match value.get_ref().as_table() {
                Some(table) => parts.push(Part { path: part.path_of(key), table, place: value.span() }),
                None => self.wrong_type(part, key, value, Expected::Tables),
            }
        }
        parts
    }

    /// Every table inside this one, with its name.
    pub fn named_parts<'d>(&mut self, part: &Part<'d, 't>) -> Vec<(Said, Part<'d, 't>)> {
        let names: Vec<Said> =
            part.table.keys().map(|key| Said { text: key.get_ref().to_string(), place: key.span() }).collect();
        names.into_iter().filter_map(|name| self.part(part, &name.text).map(|part| (name, part))).collect()
    }

    /// Notes that a value names nothing.
    pub fn unknown_name<'k>(
        &mut self,
        part: &Part<'_, 't>,
        key: &str,
        said: &Said,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let kind = ProblemKind::UnknownName { name: said.text.clone(), nearest: nearest(&said.text, known) };
        self.wrong(said.place.clone(), &part.path_of(key), kind);
    }

    fn wrong_type(&mut self, part: &Part<'_, 't>, key: &str, value: &Spanned<DeValue<'t>>, expected: Expected) {
        self.wrong(value.span(), &part.path_of(key), ProblemKind::WrongType { expected });
    }
}

impl<'d, 't> Part<'d, 't> {
    /// The name of a key with the tables around it.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { alloc::format!("{}.{key}", self.path) }
    }

    /// Whether the key is there at all.
    pub fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// These keys of it alone, for whoever reads them by a type of its own.
    pub fn only_keys(&self, keys: &[&str]) -> Deserializer<'t> {
        let kept = self.table.iter().filter(|(key, _)| keys.contains(&key.get_ref().as_ref()));
        let kept: DeTable<'t> = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
        Deserializer::from(Spanned::new(self.place.clone(), kept))
    }

    fn value(&self, key: &str) -> Option<&'d Spanned<DeValue<'t>>> {
        self.table.get(key)
    }
}

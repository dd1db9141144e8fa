//! What is wrong in a rulebook, and where: keys and facts, no words.

use crate::Argument;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Something wrong at one place of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The letter in the line, from 1.
    pub column: usize,
    /// The key it is about, with the tables around it: `heads.abuse.hold`. Empty where the text is no TOML.
    pub key: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not TOML; what the reader of TOML says, in English.
    Syntax {
        /// Its words.
        said: String,
    },
    /// No such key here.
    UnknownKey {
        /// The known key that looks most like it; empty where none does.
        nearest: String,
    },
    /// The value names something that does not exist: a list, a phase, a policy.
    UnknownName {
        /// The name.
        name: String,
        /// The known name that looks most like it; empty where none does.
        nearest: String,
    },
    /// A value of another type.
    WrongType {
        /// What is expected.
        expected: Expected,
    },
    /// A number that is too small or too large.
    OutOfRange {
        /// The smallest allowed, as written.
        least: String,
        /// The largest allowed, as written.
        most: String,
    },
    /// A key that must be there is not.
    Missing,
    /// A text without a word in it, which could never be found.
    NoWord,
    /// The same entry stands in this list already.
    Twice {
        /// The entry.
        name: String,
    },
    /// `hold` is above `propose`: nothing would be held between them.
    HoldAbovePropose,
    /// `until` does not come after `from`: it would never hold.
    EndsBefore,
}

/// Types of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// `[table]`, or `{ }`.
    Table,
    /// `[[table]]`.
    Tables,
    /// `"text"`.
    Text,
    /// `["text", "text"]`.
    Texts,
    /// A whole number.
    Number,
    /// A number between 0 and 1.
    Fraction,
    /// `true` or `false`.
    Switch,
    /// `"YYYY-MM-DD"` or `"YYYY-MM-DDThh:mm"`.
    Minute,
}

impl Problem {
    /// The key of the sentence in the locales.
    pub fn sentence(&self) -> &'static str {
        match self.kind {
            ProblemKind::Syntax { .. } => "rulebook.syntax",
            ProblemKind::UnknownKey { ref nearest } if nearest.is_empty() => "rulebook.unknown-key",
            ProblemKind::UnknownKey { .. } => "rulebook.unknown-key-nearest",
            ProblemKind::UnknownName { ref nearest, .. } if nearest.is_empty() => "rulebook.unknown-name",
            ProblemKind::UnknownName { .. } => "rulebook.unknown-name-nearest",
            ProblemKind::WrongType { .. } => "rulebook.wrong-type",
            ProblemKind::OutOfRange { .. } => "rulebook.out-of-range",
            ProblemKind::Missing => "rulebook.missing",
            ProblemKind::NoWord => "rulebook.no-word",
            ProblemKind::Twice { .. } => "rulebook.twice",
            ProblemKind::HoldAbovePropose => "rulebook.hold-above-propose",
            ProblemKind::EndsBefore => "rulebook.ends-before",
        }
    }

    /// Its named arguments: always `line`, `column` and `in` (the key it is about), then what the kind carries. Lines and
    /// columns are texts: they are shown, never counted.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        let text = |name, said: &str| (name, Argument::Text(said.to_string()));
        let mut all = alloc::vec![
            text("line", &self.line.to_string()),
            text("column", &self.column.to_string()),
            text("in", &self.key),
        ];
        match &self.kind {
            ProblemKind::Syntax { said } => all.push(text("said", said)),
            ProblemKind::UnknownKey { nearest } => all.push(text("nearest", nearest)),
            ProblemKind::UnknownName { name, nearest } => {
                all.extend([text("name", name), text("nearest", nearest)]);
            }
            ProblemKind::WrongType { expected } => {
                all.push(("expected", Argument::Key(alloc::format!("rulebook.type.{}", expected.name()))));
            }
            ProblemKind::OutOfRange { least, most } => all.extend([text("least", least), text("most", most)]),
            ProblemKind::Twice { name } => all.push(text("name", name)),
            ProblemKind::Missing | ProblemKind::NoWord | ProblemKind::HoldAbovePropose | ProblemKind::EndsBefore => {}
        }
        all
    }
}

impl Expected {
    /// Every one of them.
    pub const ALL: [Self; 8] =
        [Self::Table, Self::Tables, Self::Text, Self::Texts, Self::Number, Self::Fraction, Self::Switch, Self::Minute];

    /// Its name, as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Tables => "tables",
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Number => "number",
            Self::Fraction => "fraction",
            Self::Switch => "switch",
            Self::Minute => "minute",
        }
    }
}

/// The known name nearest to one that is not known: at most a third of its letters differ. Empty where none is near.
pub(super) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let most = name.chars().count().div_ceil(3).min(4);
    let all = known.into_iter().map(|known| (distance(name, known), known)).filter(|(far, _)| *far <= most);
    all.min().map_or_else(String::new, |(_, known)| known.to_string())
}

/// How many letters must be put in, taken out or changed. Names are short: beyond 64 letters nothing is near.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (column, known) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != *known);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

impl Problem {
    /// A problem of the rules of stance, as one of the rulebook.
    pub(crate) fn of_stance(text: &str, problem: crate::stance::Problem) -> Self {
        use crate::stance::ProblemKind as Stance;
        let (line, column) = problem.position(text);
        let (key, kind) = match problem.kind {
            Stance::Shape(said) => (String::new(), ProblemKind::Syntax { said }),
            Stance::UnknownKey(key) => (key, ProblemKind::UnknownKey { nearest: String::new() }),
            Stance::NoWord => (String::new(), ProblemKind::NoWord),
            Stance::SameId(name) => (String::from("id"), ProblemKind::Twice { name }),
            Stance::UnknownName(name) => {
                (String::from("homonyms.name"), ProblemKind::UnknownName { name, nearest: String::new() })
            }
        };
        Self { line, column, key, kind }
    }
}

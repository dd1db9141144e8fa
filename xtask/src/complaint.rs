//! One thing that is wrong, and where.

use std::fmt;

/// Something a rule does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Path from the repository's root, with forward slashes.
    pub path: String,
    /// Counted from one; zero means the whole file.
    pub line: usize,
    /// What is wrong, in words that suggest the remedy.
    pub says: String,
}

impl Complaint {
    /// A complaint about one line, counted from one.
    pub fn at(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, says: says.into() }
    }

    /// A complaint about a whole file.
    pub fn about(path: &str, says: impl Into<String>) -> Self {
        Self::at(path, 0, says)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.says),
            line => write!(out, "{}:{line}: {}", self.path, self.says),
        }
    }
}

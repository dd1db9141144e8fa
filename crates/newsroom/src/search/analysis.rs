//! A text as the terms by which it is found.

use crate::story::StoryLanguage;
use arabic::words::search_terms;
use rust_stemmers::{Algorithm, Stemmer};

/// Letters of a term that are kept: PostgreSQL takes no lexeme of more than 2,046 bytes.
pub const LONGEST_WORD: usize = 64;

/// By whose rules Latin words are cut. Arabic words are cut by `arabic` in every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stemming {
    /// They stay whole.
    Whole,
    /// French.
    French,
    /// English.
    English,
}

impl Stemming {
    /// The rules of a story's language.
    pub fn of(language: StoryLanguage) -> Self {
        match language.tag() {
            "fr" => Self::French,
            "en" => Self::English,
            _ => Self::Whole,
        }
    }

    /// A folded term, cut. Terms with a sign that is no letter from a to z stay whole.
    pub fn cut(self, term: &str) -> String {
        let algorithm = match self {
            Self::Whole => return term.to_owned(),
            Self::French => Algorithm::French,
            Self::English => Algorithm::English,
        };
        if !is_latin(term) {
            return term.to_owned();
        }
        Stemmer::create(algorithm).stem(term).into_owned()
    }
}

/// A term of Latin letters alone.
pub(super) fn is_latin(term: &str) -> bool {
    !term.is_empty() && term.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The terms of a text, in order, each as one word.
pub fn terms(text: &str, stemming: Stemming) -> Vec<String> {
    search_terms(text).iter().filter_map(|term| whole(term)).map(|term| stemming.cut(&term)).collect()
}

/// A term without what would cut it in two, and not longer than it may be.
fn whole(term: &str) -> Option<String> {
    let signs = term.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let term: String = signs.take(LONGEST_WORD).collect();
    (!term.is_empty()).then_some(term)
}

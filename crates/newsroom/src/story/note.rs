//! What a colleague notes at a story, at a passage of it or at all of it. It never leaves the house.

use super::StoryText;
use arabic::{clean, runs};

/// The most grapheme clusters of a note, and of the passage that it quotes.
const MOST_NOTE: usize = 2_000;
const MOST_QUOTE: usize = 200;

/// A note as it is to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNote {
    /// What is to be said.
    pub text: String,
    /// The words of the story that it is about; empty: the whole story.
    pub quote: String,
    /// The block in which they stand, where they stand in one.
    pub block: Option<usize>,
}

/// Why it cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteProblem {
    /// It says nothing.
    Empty,
    /// More grapheme clusters than a note takes.
    TooLong(usize),
    /// The words that it quotes stand nowhere in the story.
    NoSuchPassage,
}

impl NoteProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "note.empty",
            Self::TooLong(_) => "note.too-long",
            Self::NoSuchPassage => "note.no-such-passage",
        }
    }
}

impl NewNote {
    /// Reads a note about a block, about words that stand somewhere in the story, or about all of it. A block is chosen
    /// by where it stood and how it begins: it may have moved since.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(text: &str, quote: &str, block: Option<(usize, &str)>, story: &StoryText) -> Result<Self, NoteProblem> {
        let text = said(text)?;
        let quote = clean::line(quote);
        let lines = story.body.lines_of_blocks();
        let chosen = block.and_then(|(was, begins)| place_of(&clean::line(begins), Some(was), &lines));
        if quote.is_empty() {
            if block.is_some() && chosen.is_none() {
                return Err(NoteProblem::NoSuchPassage);
            }
            let line = chosen.and_then(|block| lines.get(block)).map(|line| beginning(line));
            let quote = line.unwrap_or_default().to_owned();
            return Ok(Self { block: chosen, text, quote });
        }
        let block = place_of(&quote, chosen, &lines);
        let in_lines = [&story.headline, &story.standfirst].into_iter().any(|line| clean::line(line).contains(&quote));
        if block.is_none() && !in_lines {
            return Err(NoteProblem::NoSuchPassage);
        }
        Ok(Self { text, quote: beginning(&quote).to_owned(), block })
    }

    /// Reads what somebody answers.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn answer(text: &str) -> Result<Self, NoteProblem> {
        Ok(Self { text: said(text)?, ..Self::default() })
    }
}

/// The block in which a passage stands now: where it stood, or else the first one that has its words.
pub fn place_of(quote: &str, was: Option<usize>, lines: &[String]) -> Option<usize> {
    let has = |at: &usize| !quote.is_empty() && lines.get(*at).is_some_and(|line| line.contains(quote));
    was.filter(has).or_else(|| (0..lines.len()).find(has))
}

fn said(text: &str) -> Result<String, NoteProblem> {
    let text = clean::lines(&text.replace('\0', "")).trim().to_owned();
    match runs::clusters(&text) {
        0 => Err(NoteProblem::Empty),
        n if n > MOST_NOTE => Err(NoteProblem::TooLong(MOST_NOTE)),
        _ => Ok(text),
    }
}

/// As much of a passage as a note quotes.
fn beginning(passage: &str) -> &str {
    &passage[..runs::end_of_clusters(passage, MOST_QUOTE)]
}

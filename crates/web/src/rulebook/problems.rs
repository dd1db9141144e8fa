//! What is wrong in a rulebook, in words and beside the line where it stands.

use crate::words::Words;
use moderation::{Argument, Problem};

/// A line of the text that something is wrong with.
#[derive(Debug)]
pub struct WrongLine {
    /// From 1.
    pub line: usize,
    /// The line as it was written.
    pub text: String,
    /// What is wrong in it.
    pub sentences: Vec<String>,
}

/// A problem in words, without its place.
pub fn sentence(problem: &Problem, t: &Words) -> String {
    let texts: Vec<(&str, String)> = problem
        .arguments()
        .into_iter()
        .map(|(name, argument)| match argument {
            Argument::Text(text) => (name, text),
            Argument::Key(key) => (name, t.s(&key)),
            Argument::Count(count) => (name, t.number(count)),
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    t.with(problem.sentence(), 1, &texts)
}

/// The lines that something is wrong with, in order.
pub fn wrong_lines(text: &str, problems: &[Problem], t: &Words) -> Vec<WrongLine> {
    let mut wrong: Vec<WrongLine> = Vec::new();
    for problem in problems {
        let words = sentence(problem, t);
        match wrong.last_mut().filter(|last| last.line == problem.line) {
            Some(last) => last.sentences.push(words),
            None => wrong.push(WrongLine {
                line: problem.line,
                text: text.lines().nth(problem.line.saturating_sub(1)).unwrap_or_default().to_owned(),
                sentences: vec![words],
            }),
        }
    }
    wrong
}

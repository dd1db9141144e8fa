//! The block of a story at which something is noted, as a form offers it and sends it: where it stands, and how it
//! begins, by which it is found again where it has moved meanwhile.

use crate::words::Words;
use newsroom::story::place_of;

/// Letters of a block by which it is chosen.
const BLOCK_LETTERS: usize = 60;

/// A block that can be chosen.
#[derive(Debug)]
pub struct ChosenBlock {
    /// As the form sends it: its number from 0 and how it begins.
    pub value: String,
    /// Its number as people count, and how it begins.
    pub words: String,
    /// It was chosen, in a form that comes back.
    pub is_chosen: bool,
}

/// What can be chosen, and what was, also where no block begins like that any more.
pub(super) fn blocks(t: &Words, lines: &[String], chosen: &str) -> Vec<ChosenBlock> {
    let sent = sent_block(chosen);
    let place = sent.and_then(|(was, begins)| place_of(begins.trim(), Some(was), lines));
    let of = |(at, line): (usize, &String)| {
        let begins = &line[..arabic::runs::end_of_clusters(line, BLOCK_LETTERS)];
        let words = format!("{}. {begins}", t.number(at + 1));
        ChosenBlock { value: format!("{at} {begins}"), words, is_chosen: place == Some(at) }
    };
    let mut all: Vec<ChosenBlock> = lines.iter().enumerate().filter(|(_, line)| !line.is_empty()).map(of).collect();
    if let Some((_, begins)) = sent.filter(|_| place.is_none()) {
        all.push(ChosenBlock { value: chosen.to_owned(), words: begins.to_owned(), is_chosen: true });
    }
    all
}

/// A block as the form sends it: where it stood, and how it begins.
pub(super) fn sent_block(sent: &str) -> Option<(usize, &str)> {
    let (at, begins) = sent.split_once(' ').unwrap_or((sent, ""));
    Some((at.parse().ok()?, begins))
}

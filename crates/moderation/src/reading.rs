//! A text read once, for all phases: folding and cutting into words are the dear part of every look.

use crate::matcher::line_and_starts;
use alloc::{string::String, vec::Vec};
use arabic::arabizi::{self, looks_arabizi};
use arabic::fold::{Folded, Level, fold};
use arabic::words::words;
use core::ops::Range;

/// A text, folded for matching, with its words.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// As sent.
    pub text: &'a str,
    /// Folded at [`Level::Match`]; it knows the way back to the text as sent.
    pub folded: Folded,
    /// Where each word stands in the folded text, in order. Signs between words belong to none.
    pub words: Vec<Range<usize>>,
    /// Where each word stands in the text as sent.
    places: Vec<Range<usize>>,
    /// The words alone, one space between them: what phrases are looked for in.
    pub line: String,
    /// Where each word starts in [`Reading::line`], in order.
    pub starts: Vec<usize>,
}

impl<'a> Reading<'a> {
    /// Reads a text.
    pub fn of(text: &'a str) -> Self {
        Self::read_as(text, fold(text, Level::Match))
    }

    /// Reads a text that is Arabic in Latin letters as Arabic; none where it does not look so.
    pub fn of_arabizi(text: &'a str) -> Option<Self> {
        let latin = text.bytes().any(|byte| byte.is_ascii_alphabetic());
        (latin && looks_arabizi(text)).then(|| Self::read_as(text, arabizi::reading(text)))
    }

    fn read_as(text: &'a str, folded: Folded) -> Self {
        let words: Vec<Range<usize>> = words(folded.as_str()).map(|word| word.range).collect();
        let places = folded.originals(words.iter().cloned());
        let (line, starts) = line_and_starts(folded.as_str(), &words);
        Self { text, folded, words, places, line, starts }
    }

    /// The folded word of that number; empty beyond the last.
    pub fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |range| &self.folded.as_str()[range.clone()])
    }

    /// The place in the text as sent of the words from `first` to before `past`; empty where there are none.
    pub fn original(&self, words: Range<usize>) -> Range<usize> {
        match (self.places.get(words.start), words.end.checked_sub(1).and_then(|last| self.places.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => first.start..last.end,
            _ => 0..0,
        }
    }

    /// What stands in the folded text between two neighbouring words: signs and spaces.
    pub fn between(&self, before: usize, after: usize) -> &str {
        match (self.words.get(before), self.words.get(after)) {
            (Some(before), Some(after)) if before.end <= after.start => &self.folded.as_str()[before.end..after.start],
            _ => "",
        }
    }
}

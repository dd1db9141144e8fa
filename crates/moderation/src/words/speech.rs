//! Scripture and prayer: formulas, verses in ornate brackets, and what stands behind «قال تعالى».

use super::Speech;
use crate::Reading;
use crate::matcher::{Clitics, Matcher};
use crate::places::in_order;
use alloc::vec::Vec;
use core::ops::Range;

/// What stands behind an introduction without brackets is a verse for at most so many words.
const LONGEST_VERSE: usize = 60;
/// A bracketed verse begins at most so many words behind its introduction: «قال تعالى في سورة …».
const NEAR: usize = 6;

/// How scripture is known, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    matcher: Matcher,
    /// How many of the matcher's entries are formulas, and how many are formulas or introductions.
    formulas: usize,
    introductions: usize,
}

impl Finder {
    pub fn of(speech: &Speech) -> Self {
        let all = [&speech.formulas, &speech.introductions, &speech.endings];
        let formulas = speech.formulas.len();
        Self {
            matcher: Matcher::new(all.into_iter().flatten().map(|phrase| (phrase, Clitics::Before))),
            formulas,
            introductions: formulas + speech.introductions.len(),
        }
    }

    /// Which words are scripture or prayer, in order.
    pub fn places(&self, reading: &Reading<'_>) -> Vec<Range<usize>> {
        let hits = self.matcher.hits(reading);
        let brackets = bracketed(reading);
        let is_ending = |entry: usize| entry >= self.introductions;
        let endings: Vec<usize> = hits.iter().filter(|hit| is_ending(hit.entry)).map(|hit| hit.words.start).collect();
        let mut places: Vec<Range<usize>> = hits.iter().map(|hit| hit.words.clone()).collect();
        // Ornate brackets hold nothing but verses; others only behind an introduction.
        places.extend(brackets.iter().filter(|(_, ornate)| *ornate).map(|(words, _)| words.clone()));
        for hit in hits.iter().filter(|hit| (self.formulas..self.introductions).contains(&hit.entry)) {
            let from = hit.words.end;
            let next = brackets.partition_point(|(words, _)| words.start < from);
            match brackets.get(next).filter(|(words, _)| words.start <= from + NEAR) {
                Some((words, _)) => places.push(from..words.end),
                None => places.push(from..self.end_of_verse(reading, &endings, from)),
            }
        }
        in_order(places)
    }

    /// Where a verse without brackets ends: before «صدق الله العظيم», or at the end of the sentence.
    fn end_of_verse(&self, reading: &Reading<'_>, endings: &[usize], from: usize) -> usize {
        let last = from.saturating_add(LONGEST_VERSE).min(reading.words.len());
        let ending = endings.get(endings.partition_point(|ending| *ending < from)).copied();
        let stop = (from..last).find(|word| reading.between(*word, word + 1).contains(['.', '!', '?', '؟']));
        let sentence = stop.map_or(last, |word| word + 1);
        ending.filter(|ending| *ending <= last).unwrap_or(sentence)
    }
}

/// Words between brackets or quotation marks, in order, and whether the brackets are the ornate ones of verses. Writers
/// mix the two ornate signs up, since they mirror.
fn bracketed(reading: &Reading<'_>) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in reading.folded.as_str().char_indices() {
        let pair = match c {
            '\u{FD3E}' | '\u{FD3F}' => '\u{FD3E}',
            '{' | '}' => '{',
            '«' | '»' => '«',
            '"' => '"',
            '(' | ')' => '(',
            _ => continue,
        };
        match open {
            Some((from, first)) if first == pair => {
                let start = reading.words.partition_point(|word| word.start < from);
                let end = reading.words.partition_point(|word| word.start < at);
                if start < end {
                    found.push((start..end, pair == '\u{FD3E}'));
                }
                open = None;
            }
            _ => open = Some((at, pair)),
        }
    }
    found
}

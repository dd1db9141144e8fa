//! A text as the heads read it: words, signs, and one token in place of what says nothing by itself.

use crate::Reading;
use core::ops::Range;

/// From this many digits on a number is a telephone or an account, and its digits say nothing.
const LONG_NUMBER: usize = 7;

/// One thing that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word, folded.
    Word(&'a str),
    /// The name of a group, whichever.
    Name,
    /// An address.
    Address,
    /// Somebody addressed by an account's name.
    Account,
    /// A mail address.
    Mail,
    /// A long number, known by its first digit.
    Number(char),
    /// A picture or a mark of punctuation. The «#» of a hashtag and the «_» inside it are none.
    Sign(char),
}

/// Calls `each` with every token among the words of those numbers, and the numbers of the words it stands for: none for
/// signs.
///
/// `names` holds ranges of word numbers, in order, not overlapping: each becomes one [`Token::Name`].
pub(super) fn tokens<'a>(
    reading: &'a Reading<'_>,
    within: Range<usize>,
    names: &'a [Range<usize>],
    mut each: impl FnMut(Token<'a>, Range<usize>),
) {
    let text = reading.folded.as_str();
    let start = |word: usize| reading.words.get(word).map_or(text.len(), |word| word.start);
    let from = if within.start == 0 { 0 } else { start(within.start) };
    let to = start(within.end).max(from);
    let mut walk = Walk { reading, text, word: within.start, names };
    let mut at = from;
    for chunk in text[from..to].split(' ') {
        walk.chunk(at..at + chunk.len(), &mut each);
        at += chunk.len() + 1;
    }
}

/// Where the walk through a text stands.
struct Walk<'a, 'b> {
    reading: &'a Reading<'b>,
    text: &'a str,
    word: usize,
    names: &'a [Range<usize>],
}

impl<'a> Walk<'a, '_> {
    /// What stands between two spaces.
    fn chunk(&mut self, at: Range<usize>, each: &mut impl FnMut(Token<'a>, Range<usize>)) {
        let first = self.word;
        let past = first
            + self.reading.words[first.min(self.reading.words.len())..]
                .iter()
                .take_while(|word| word.start < at.end)
                .count();
        if let Some(token) = stands_for(&self.text[at.clone()]) {
            self.word = past;
            return each(token, first..past);
        }
        let mut sign = at.start;
        while self.word < past {
            let word = self.reading.words[self.word].clone();
            self.signs(sign..word.start, each);
            sign = word.end;
            self.word_here(&self.text[word], each);
        }
        self.signs(sign..at.end, each);
    }

    fn word_here(&mut self, word: &'a str, each: &mut impl FnMut(Token<'a>, Range<usize>)) {
        let here = self.word;
        self.word += 1;
        while self.names.first().is_some_and(|name| name.end <= here) {
            self.names = &self.names[1..];
        }
        match self.names.first() {
            Some(name) if name.start == here => each(Token::Name, name.clone()),
            Some(name) if name.start < here => {}
            _ => each(plain(word), here..here + 1),
        }
    }

    fn signs(&self, at: Range<usize>, each: &mut impl FnMut(Token<'a>, Range<usize>)) {
        let signs = self.text.get(at).unwrap_or("").chars();
        signs.filter(|sign| !matches!(sign, '#' | '_' | ' ')).for_each(|sign| each(Token::Sign(sign), 0..0));
    }
}

/// What a whole chunk is, if it is an address or an account.
fn stands_for(chunk: &str) -> Option<Token<'_>> {
    // Folding makes one «w» of three.
    let host = chunk.strip_prefix("w.").is_some_and(|host| host.contains('.'));
    if chunk.contains("://") || host {
        return Some(Token::Address);
    }
    let (before, after) = chunk.split_once('@')?;
    if before.is_empty() && !after.is_empty() {
        return Some(Token::Account);
    }
    (!before.is_empty() && after.contains('.')).then_some(Token::Mail)
}

/// A word, or what it stands for: the data write addresses as URL and EMAIL, and zero long numbers after the first digit.
fn plain(word: &str) -> Token<'_> {
    match word {
        "url" => Token::Address,
        "email" => Token::Mail,
        number if number.len() >= LONG_NUMBER && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Token::Number(char::from(number.as_bytes()[0]))
        }
        word => Token::Word(word),
    }
}

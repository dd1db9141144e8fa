//! Which word was meant. A word is kept under itself and under what is left of it when one letter falls out; so is what was
//! typed, and words that share one of these are one or two slips apart. They are found by key, however many words there are.

use arabic::fold::{Level, fold};
use arabic::words::{article, words};
use std::collections::{BTreeMap, BTreeSet};

/// Shorter words have too many neighbours, longer ones are no words.
const SHORTEST: usize = 3;
const LONGEST: usize = 24;
/// A word of public stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Folded, without its article.
    pub word: String,
    /// As it was printed.
    pub shown: String,
    /// In how many stories.
    pub stories: i64,
}

/// The words of a text by which others are put right: folded and without their article, each with how it is printed.
pub fn vocabulary(text: &str) -> BTreeMap<String, String> {
    let folded = fold(text, Level::Search);
    let mut found = BTreeMap::new();
    for word in words(folded.as_str()) {
        let (before, rest) = article(word.text);
        let is_word = rest.chars().all(char::is_alphabetic) && (SHORTEST..=LONGEST).contains(&rest.chars().count());
        if is_word {
            let range = folded.original(word.range.start + before.len()..word.range.end);
            found.entry(rest.to_owned()).or_insert_with(|| printed(&text[range]));
        }
    }
    found
}

/// Without vowels and tatweel.
fn printed(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')).collect()
}

/// The keys of a folded word.
pub fn slips(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().take(LONGEST).collect();
    let mut found = BTreeSet::from([word.to_owned()]);
    if letters.len() > SHORTEST {
        for gone in 0..letters.len() {
            let left = letters.iter().enumerate().filter(|(at, _)| *at != gone);
            found.insert(left.map(|(_, letter)| letter).collect());
        }
    }
    found
}

/// The word that was probably meant: the fewest slips away, then in the most stories.
pub fn likeliest(typed: &str, known: impl IntoIterator<Item = Known>) -> Option<Known> {
    let letters = typed.chars().count();
    let most = if letters >= 6 { 2 } else { 1 };
    let near = known.into_iter().filter_map(|known| {
        let slips = distance(typed, &known.word);
        (slips <= most && slips > 0).then_some((slips, -known.stories, known.word.clone(), known))
    });
    near.min_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2))).map(|(_, _, _, known)| known)
}

/// Letters that were left out, put in, taken for another or for their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let width = other.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for i in 1..=one.len() {
        let mut row = vec![i; width];
        for j in 1..width {
            let other_letter = usize::from(one[i - 1] != other[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + other_letter);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[width - 1]
}

//! Digits and signs in place of Latin letters: «h3ll0», «c@sin0».
//!
//! Another reading beside the text, for word lists; in Arabizi the same digits write Arabic letters
//! ([`crate::arabizi`]).

use alloc::string::String;

/// The text with digits and signs inside Latin words read as the letters they look like; none where nothing changes.
/// It is as long as the text, byte for byte, so every place is the same in both.
///
/// Takes text folded at [`crate::fold::Level::Match`]. A word is read so when it has two letters or more, at least as
/// many as signs, and no sign that looks like no letter: «covid19» stays. Words of an address with @ and a full stop
/// stay.
///
/// ```
/// use arabic::leet::reading;
/// assert_eq!(reading("join my c4s1n0!").as_deref(), Some("join my casino!"));
/// assert_eq!(reading("covid19 in 2025, info@example.com"), None);
/// ```
pub fn reading(folded: &str) -> Option<String> {
    let mut read = String::with_capacity(folded.len());
    for chunk in folded.split_inclusive(char::is_whitespace) {
        let is_address = chunk.contains("://") || (chunk.contains('@') && chunk.contains('.'));
        let mut rest = chunk;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_sign(c)).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            let letters = word.trim_end_matches('!');
            match plain(letters).filter(|_| !is_address) {
                Some(plain) => plain.for_each(|c| read.push(c)),
                None => read.push_str(letters),
            }
            read.push_str(&word[letters.len()..]);
            let next = tail.find(is_sign).unwrap_or(tail.len());
            read.push_str(&tail[..next]);
            rest = &tail[next..];
        }
    }
    (read != folded).then_some(read)
}

/// The letters of a word, if it is a word with signs for letters.
fn plain(word: &str) -> Option<impl Iterator<Item = char> + '_> {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let known = word.chars().all(|c| c.is_ascii_alphabetic() || letter(c) != c);
    (known && letters >= 2 && letters * 2 >= word.len()).then(|| word.chars().map(letter))
}

fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

fn is_sign(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '@' | '$' | '!')
}

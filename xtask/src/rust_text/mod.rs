//! Rust source as the rules need it: what is code, what is quoted, where each
//! function begins and ends. Not a parser: good enough for sources that compile.

mod functions;
mod mask;
#[cfg(test)]
mod tests;

pub use functions::{Function, functions};
pub use mask::mask;

/// Whether `c` may stand inside an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The words of `text` (letters, digits, underscore), each with the line it
/// stands on, counted from one.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        line.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(move |word| (index + 1, word))
    })
}

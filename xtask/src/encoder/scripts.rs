//! Which pieces a text in Arabic or Latin script can be made of.

/// Letters of the two scripts, marks over them, digits, punctuation, symbols, pictures, and Greek letters, which stand
/// for things in texts of both.
const KEPT: &[(char, char)] = &[
    ('\u{0000}', '\u{03ff}'),
    ('\u{0600}', '\u{06ff}'),
    ('\u{0750}', '\u{077f}'),
    ('\u{0870}', '\u{08ff}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1d00}', '\u{1eff}'),
    ('\u{2000}', '\u{2bff}'),
    ('\u{2c60}', '\u{2c7f}'),
    ('\u{2e00}', '\u{2e7f}'),
    ('\u{a720}', '\u{a7ff}'),
    ('\u{ab30}', '\u{ab6f}'),
    ('\u{fb50}', '\u{fdff}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{fe20}', '\u{fe2f}'),
    ('\u{fe70}', '\u{feff}'),
    ('\u{fffd}', '\u{fffd}'),
    ('\u{1d400}', '\u{1d7ff}'),
    ('\u{1ee00}', '\u{1eeff}'),
    ('\u{1f000}', '\u{1faff}'),
];

/// Whether every letter of the piece may stand in such a text.
pub fn is_kept(piece: &str) -> bool {
    piece.chars().all(|letter| KEPT.iter().any(|(first, last)| (*first..=*last).contains(&letter)))
}

/// Whether the piece has an Arabic letter.
pub fn is_arabic(piece: &str) -> bool {
    piece.chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter))
}

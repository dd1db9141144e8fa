//! What a saved page leaves of a picture: a line that is nothing but its file's name.

/// Endings of picture files.
const ENDINGS: [&str; 11] =
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic", ".svg"];
/// Names longer than this are no names (most file systems end at 255 bytes).
const MOST_BYTES: usize = 255;
/// Words a name with an ending may have («WhatsApp Image 2024-01-05 at 10.15.jpg»).
const MOST_WORDS: usize = 8;

/// The file's name, when the line is only that. With a picture's ending the name may be in any letters and have spaces;
/// without one it must be a single word of Latin letters that carries a size (`port-1300x866`) or a number behind an
/// underscore (`IMG_1234`, `98765_o`).
pub(super) fn picture_name(line: &str) -> Option<&str> {
    let name = line.trim();
    let is_name = name.len() <= MOST_BYTES && (is_with_ending(name) || is_without_ending(name));
    is_name.then_some(name)
}

fn is_with_ending(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| lower.strip_suffix(ending));
    stem.is_some_and(|stem| {
        stem.chars().any(char::is_alphanumeric)
            && stem.chars().all(|c| c.is_alphanumeric() || " _-.()+&%@~".contains(c) || is_mark(c))
            && stem.split_whitespace().count() <= MOST_WORDS
    })
}

fn is_without_ending(name: &str) -> bool {
    let shape = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.()".contains(c));
    shape && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && (has_size(name) || has_number(name))
}

/// Ends in `-WIDTHxHEIGHT`, as WordPress calls the smaller copies of a picture, perhaps with `-scaled` or `-1` behind it.
fn has_size(name: &str) -> bool {
    let mut parts = name.rsplit('-');
    let is_size = |part: &str| {
        part.split_once('x').is_some_and(|(width, height)| {
            [width, height].iter().all(|n| (2..=5).contains(&n.len()) && n.chars().all(|c| c.is_ascii_digit()))
        })
    };
    let last = parts.next().unwrap_or_default();
    let size = if last == "scaled" || last.len() == 1 { parts.next().unwrap_or_default() } else { last };
    // «12x14» alone is a size and no name.
    is_size(size) && parts.next().is_some()
}

/// An underscore and at least three digits.
fn has_number(name: &str) -> bool {
    name.contains('_') && name.chars().filter(char::is_ascii_digit).count() >= 3
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}')
}

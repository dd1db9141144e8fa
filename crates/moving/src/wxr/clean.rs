//! What no text of the paper holds: control characters, and line ends of other systems.

/// A text without control characters other than tab and line end. Letters, marks and signs of direction stay as they are.
pub(super) fn cleaned(text: String) -> String {
    if !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return text;
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The letter of a reference (`#x202E`, `#1593`); U+FFFD for what is none.
pub(super) fn referred(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let parsed = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    Some(parsed.ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The five names that XML itself knows.
pub(super) fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Percent signs decoded, once; as it was where that is no text.
pub(super) fn decoded(slug: &str) -> String {
    percent_encoding::percent_decode_str(slug)
        .decode_utf8()
        .map_or_else(|_| slug.to_owned(), std::borrow::Cow::into_owned)
}

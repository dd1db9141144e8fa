//! Which bytes of a file are asked for (RFC 9110, section 14): telephones read a large file piece by piece.

/// What is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everything.
    Whole,
    /// From one byte to another, both included.
    Part {
        /// From 0.
        from: u64,
        /// At most the last one.
        to: u64,
    },
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads `Range`, and `If-Range` beside it, for a file of `total` bytes under a tag. Whatever is not one range of bytes is
/// answered with the whole, as the standard allows.
pub fn wanted(range: Option<&str>, if_range: Option<&str>, tag: &str, total: u64) -> Wanted {
    if if_range.is_some_and(|known| known.trim() != tag) {
        return Wanted::Whole;
    }
    range.and_then(|range| one_of(range, total)).unwrap_or(Wanted::Whole)
}

fn one_of(range: &str, total: u64) -> Option<Wanted> {
    let (unit, asked) = range.split_once('=')?;
    let (first, last) = asked.trim().split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let end = total.checked_sub(1)?;
    match (first, last) {
        ("", last) => match number(last)? {
            0 => Some(Wanted::Beyond),
            many => Some(Wanted::Part { from: total.saturating_sub(many), to: end }),
        },
        (first, last) => {
            let from = number(first)?;
            let to = if last.is_empty() { end } else { number(last)? };
            match () {
                () if to < from && from <= end => None,
                () if from > end => Some(Wanted::Beyond),
                () => Some(Wanted::Part { from, to: to.min(end) }),
            }
        }
    }
}

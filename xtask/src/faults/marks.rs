//! Marks: words that stand in one text of the run alone, so that they are found wherever the text goes.

/// What carries a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marked {
    /// A comment.
    Comment(u32),
    /// A story.
    Story(u32),
}

/// The word with which every mark of a run begins.
pub fn word_of(seed: u64) -> String {
    let letters = b"abdefghjkmnprtuvwxyz";
    let mut rest = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut word = "fl".to_owned();
    for _ in 0..4 {
        word.push(char::from(letters[usize::try_from(rest % 20).unwrap_or_default()]));
        rest /= 20;
    }
    word
}

/// Every mark in a text, in order, as often as it is there.
pub fn marks(word: &str, text: &str) -> Vec<Marked> {
    let read = |rest: &str| {
        let (kind, rest) = rest.split_at_checked(1)?;
        let (number, rest) = rest.split_at_checked(6)?;
        let number = number.parse().ok().filter(|_| rest.starts_with('q'))?;
        match kind {
            "c" => Some(Marked::Comment(number)),
            "s" => Some(Marked::Story(number)),
            _ => None,
        }
    };
    text.split(word).skip(1).filter_map(read).collect()
}

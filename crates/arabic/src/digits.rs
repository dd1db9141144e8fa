//! ٠–٩, ۰–۹ and 0–9: read all, write the paper's own.

use alloc::string::{String, ToString};

/// The three sets of digits in use where Arabic script is written. Which one a paper prints is its setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Digits {
    /// 0–9 (CLDR `latn`).
    #[default]
    Western,
    /// ٠–٩ (CLDR `arab`).
    Eastern,
    /// ۰–۹ (CLDR `arabext`).
    Persian,
}

impl Digits {
    /// The sign for zero; the other nine follow it in Unicode.
    fn zero(self) -> char {
        match self {
            Self::Western => '0',
            Self::Eastern => '٠',
            Self::Persian => '۰',
        }
    }

    /// The sign between thousands.
    fn separator(self) -> char {
        match self {
            Self::Western => ',',
            Self::Eastern | Self::Persian => '٬',
        }
    }
}

/// Writes every digit of a text, of whichever set, in the given one. Nothing else changes: separators stay.
///
/// ```
/// use arabic::digits::{write, Digits};
/// assert_eq!(write("عام 2025 و۱۴۴۷", Digits::Eastern), "عام ٢٠٢٥ و١٤٤٧");
/// ```
pub fn write(text: &str, d: Digits) -> String {
    text.chars().map(|c| value(c).and_then(|value| char::from_u32(d.zero() as u32 + value)).unwrap_or(c)).collect()
}

/// Writes every digit of a text as 0–9.
pub fn to_western(text: &str) -> String {
    write(text, Digits::Western)
}

/// A whole number with its thousands parted: 1,234 or ١٬٢٣٤.
pub fn number(n: u64, d: Digits) -> String {
    let plain = n.to_string();
    let mut parted = String::with_capacity(plain.len() * 3);
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            parted.push(d.separator());
        }
        parted.push(digit);
    }
    write(&parted, d)
}

/// A digit of any of the three sets as 0–9, and any other sign as it is.
pub(crate) fn western_digit(c: char) -> char {
    value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

fn value(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

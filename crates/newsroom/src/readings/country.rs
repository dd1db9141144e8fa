//! Where a page was read, as a country and nothing nearer.

/// A country by its two letters of ISO 3166-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Where nobody knows: the code that ISO 3166-1 leaves to its users and the Unicode CLDR uses so.
    pub const UNKNOWN: Self = Self(*b"ZZ");

    /// The country of two letters from A to Z; nothing for anything else.
    ///
    /// ```
    /// use newsroom::readings::Country;
    /// assert_eq!(Country::of("DZ").map(|country| country.to_string()), Some("DZ".to_owned()));
    /// assert!(["dz", "DZA", "=1", ""].into_iter().all(|text| Country::of(text).is_none()));
    /// ```
    pub fn of(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }
}

impl std::fmt::Display for Country {
    /// Its two letters.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

//! One number for all rules, so that a stored decision says by which it was made.

/// FNV-1a (64 bits, offset basis 0xcbf29ce484222325, prime 0x100000001b3). Its results are stored beside decisions and
/// must not change: <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes a text in, and an end that no text holds, so that two texts never look like one.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for byte in text.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    /// Takes texts in, and how many they are.
    pub fn texts<T: AsRef<str>>(&mut self, texts: &[T]) -> &mut Self {
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text.as_ref());
        }
        self
    }

    /// Takes a number in.
    pub fn number(&mut self, number: u64) -> &mut Self {
        for byte in number.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    pub fn value(self) -> u64 {
        self.0
    }
}

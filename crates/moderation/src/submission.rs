//! What the visitor sent.

/// A comment as sent: nothing has been cleaned, folded or cut.
#[derive(Debug, Clone, Copy)]
pub struct Submission<'a> {
    /// The text, byte for byte. Every finding's ranges point into it.
    pub text: &'a str,
    /// The name the visitor gave.
    pub name: &'a str,
}

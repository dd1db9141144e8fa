//! Passwords: Argon2id (RFC 9106) with the smallest of the parameters that OWASP recommends, kept in the usual form, so that
//! later ones can be stronger.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;

/// 19 MiB, two passes, one lane.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT: usize = 16;
const LENGTH: usize = 32;
/// Letters; longer ones are better than stranger ones.
pub const SHORTEST: usize = 12;
/// Letters that are looked at; nobody's password is longer.
const LONGEST: usize = 256;
/// Different letters.
const FEWEST_DIFFERENT: usize = 5;
/// More than a hundred million guesses (zxcvbn: D. L. Wheeler, USENIX Security 2016), each of which costs what [`MEMORY`] says.
const SAFE: Score = Score::Three;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooWeak {
    /// Too few letters.
    Short,
    /// More letters than anybody types.
    Long,
    /// The same few letters again and again.
    Monotonous,
    /// The name or the address of mail, or little more.
    Name,
    /// Guessed soon: common, or made of common words, dates and rows of keys.
    Common,
}

impl TooWeak {
    /// Its words in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Short => "desk-me.password.short",
            Self::Long => "desk-me.password.long",
            Self::Monotonous => "desk-me.password.monotonous",
            Self::Name => "desk-me.password.name",
            Self::Common => "desk-me.password.common",
        }
    }
}

/// Whether a password is good enough for somebody of these names. No rule about kinds of signs: such rules make passwords
/// that people write down.
pub fn strong(typed: &str, names: &[&str]) -> Result<(), TooWeak> {
    let letters: Vec<char> = prepared(typed).chars().flat_map(char::to_lowercase).collect();
    let different: std::collections::BTreeSet<&char> = letters.iter().collect();
    let text: String = letters.iter().collect();
    let names = names.iter().map(|name| prepared(name).to_lowercase());
    match letters.len() {
        length if length < SHORTEST => Err(TooWeak::Short),
        length if length > LONGEST => Err(TooWeak::Long),
        _ if different.len() < FEWEST_DIFFERENT => Err(TooWeak::Monotonous),
        length => {
            let mut near = names.filter(|name| !name.is_empty() && text.contains(name.as_str()));
            let too_near = near.any(|name| length - name.chars().count() < SHORTEST / 2);
            match too_near {
                true => Err(TooWeak::Name),
                false if zxcvbn::zxcvbn(&text, &[]).score() < SAFE => Err(TooWeak::Common),
                false => Ok(()),
            }
        }
    }
}

/// A password as it is kept; `None` when the system has no randomness to give.
pub(super) fn hash(typed: &str) -> Option<String> {
    let mut salt = [0_u8; SALT];
    getrandom::fill(&mut salt).ok()?;
    let out = stretched(typed, &salt, (MEMORY, PASSES, LANES))?;
    let (salt, out) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(out));
    Some(format!("$argon2id$v=19$m={MEMORY},t={PASSES},p={LANES}${salt}${out}"))
}

/// Whether this is the password that was kept so. With nothing to compare with, the same work is done for nothing.
pub(super) fn matches(kept: Option<&str>, typed: &str) -> bool {
    let Some((parameters, salt, expected)) = kept.and_then(read) else {
        let _ = stretched(typed, &[0; SALT], (MEMORY, PASSES, LANES));
        return false;
    };
    stretched(typed, &salt, parameters).is_some_and(|out| same(&out, &expected))
}

type Parameters = (u32, u32, u32);

fn read(kept: &str) -> Option<(Parameters, Vec<u8>, Vec<u8>)> {
    let mut parts = kept.strip_prefix("$argon2id$v=19$")?.split('$');
    let (numbers, salt, out) = (parts.next()?, parts.next()?, parts.next()?);
    let mut numbers =
        numbers.split(',').zip(["m=", "t=", "p="]).map(|(part, name)| part.strip_prefix(name)?.parse().ok());
    let parameters = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some((parameters, STANDARD_NO_PAD.decode(salt).ok()?, STANDARD_NO_PAD.decode(out).ok()?))
}

fn stretched(typed: &str, salt: &[u8], (memory, passes, lanes): Parameters) -> Option<[u8; LENGTH]> {
    // Whatever is sent is stretched: how long it takes says nothing.
    let typed: String = prepared(typed).chars().take(LONGEST).collect();
    let parameters = Params::new(memory, passes, lanes, Some(LENGTH)).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let mut out = [0_u8; LENGTH];
    argon2.hash_password_into(typed.as_bytes(), salt, &mut out).ok()?;
    Some(out)
}

/// One spelling of what keyboards write differently (NIST SP 800-63B).
fn prepared(typed: &str) -> String {
    typed.nfkc().collect()
}

/// Equal, in a time that does not tell where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

//! Keys by which another site says who of its members writes.

/// So many keys of a site hold at once: the one in use and the one that takes its place.
pub const MOST_LIVE_KEYS: usize = 2;
/// The longest name of a key.
const MOST_KID: usize = 40;

/// How a token is signed (RFC 7518 §3.1, RFC 8037 §3.1). There is no other way, and none without a signature (RFC 8725 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// HMAC with SHA-256: both hold the same secret.
    Hs256,
    /// Ed25519: the paper holds the public half.
    EdDsa,
    /// ECDSA on P-256 with SHA-256: the same.
    Es256,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Hs256, Self::EdDsa, Self::Es256];

    /// Its name in tokens and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
        }
    }

    /// Reads the name back.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    /// How many bytes its key has: the shared secret, the public key, the two coordinates of the point.
    pub fn key_bytes(self) -> usize {
        match self {
            Self::Hs256 | Self::EdDsa => 32,
            Self::Es256 => 64,
        }
    }
}

/// Why a key is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// Its name is empty, too long, or has other signs than letters, digits, `-`, `_` and `.`.
    Name,
    /// A key of this site has the name, or had it.
    Taken,
    /// So many hold already: one is to be taken away first.
    TooMany,
    /// It is no public key of this kind.
    Unreadable,
}

impl KeyProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "embeds.problem.key-name",
            Self::Taken => "embeds.problem.key-taken",
            Self::TooMany => "embeds.problem.key-many",
            Self::Unreadable => "embeds.problem.key-unreadable",
        }
    }
}

/// A name that a key can have in a token's head.
pub fn kid_fits(kid: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !kid.is_empty() && kid.len() <= MOST_KID && kid.bytes().all(sign)
}

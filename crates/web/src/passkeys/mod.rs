//! Passkeys (WebAuthn): what a page asks of an authenticator, and the checks of its answers. No person and no page is known
//! here; signatures are checked by `ring`.
//!
//! Attestation is not asked for: which make an authenticator is of is nobody's business here. What is checked, and by which
//! paragraph of the standard, stands in `docs/decisions/0012-passkeys-by-ourselves.md`.

mod answers;
mod cbor;
mod key;

#[cfg(test)]
mod tests;

pub use answers::{Assertion, Registration};
pub use key::{KINDS, PublicKey};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Why an answer was not believed. For the log: a person is told that it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// It cannot be read.
    #[error("not readable")]
    Unreadable,
    /// It is for another ceremony, another question, another origin or another site.
    #[error("not for us")]
    NotForUs,
    /// Nobody touched the authenticator.
    #[error("nobody was present")]
    NobodyPresent,
    /// A key of a kind that we do not check.
    #[error("an unknown kind of key")]
    UnknownKey,
    /// The signature is not that of the key.
    #[error("a wrong signature")]
    WrongSignature,
}

/// The site as authenticators know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its domain.
    pub id: String,
    /// Its address: scheme, domain, port.
    pub origin: String,
}

impl Site {
    /// The site at an address. `None` where browsers know no passkeys: without TLS anywhere but on this machine, and where a
    /// number stands in place of a name.
    pub fn at(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        let id = host.rsplit_once(':').map_or(host, |(id, _)| id).to_ascii_lowercase();
        let is_number = id.parse::<std::net::IpAddr>().is_ok() || id.starts_with('[');
        let is_here = id == "localhost" || id.ends_with(".localhost");
        let named = !id.is_empty() && !is_number && (scheme == "https" || (scheme == "http" && is_here));
        named.then(|| Self { origin: format!("{scheme}://{}", host.to_ascii_lowercase()), id })
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.id.as_bytes()).into()
    }
}

/// Bytes as pages and browsers hand them on.
pub fn written(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 of a text, as pages and browsers hand it on.
pub fn hashed(text: &str) -> String {
    written(&Sha256::digest(text))
}

/// Reads them back; some scripts leave the filling at the end.
pub fn read(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

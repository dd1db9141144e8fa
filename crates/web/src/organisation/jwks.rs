//! The provider's keys (RFC 7517): those by which it may sign, and nothing else.

use crate::passkeys::read;
use ring::signature::{self, UnparsedPublicKey};
use serde::Deserialize;

/// More keys than a provider has.
const MOST: usize = 64;
/// The shortest modulus that is trusted, in bits (RFC 7518 §3.3).
const SHORTEST_RSA: usize = 2_048;

/// How something is signed (RFC 7518 §3.1). Symmetric ways and none at all are not there (RFC 8725 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

impl Algorithm {
    /// Reads its name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }
}

/// The provider's keys.
#[derive(Debug, Clone, Default)]
pub struct Jwks(Vec<Key>);

/// One of them.
#[derive(Debug, Clone)]
pub struct Key {
    id: Option<String>,
    algorithm: Option<String>,
    material: Material,
}

#[derive(Debug, Clone)]
enum Material {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// An uncompressed point of P-256.
    P256(Vec<u8>),
}

#[derive(Deserialize)]
struct Sent {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct SentKey {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    use_for: Option<String>,
    crv: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

impl Jwks {
    /// Reads a set (RFC 7517 §5): keys of other kinds and for other uses are passed over, as it asks for.
    pub fn read(json: &[u8]) -> Option<Self> {
        let sent = serde_json::from_slice::<Sent>(json).ok()?;
        let keys = sent.keys.into_iter().take(MOST).filter_map(|key| serde_json::from_value(key).ok());
        Some(Self(keys.filter_map(Key::of).collect()))
    }

    /// The key that signs so: the one that is named, or the only one that fits where none is (OpenID Connect Core 1.0 §10.1).
    pub fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let mut fitting = self.0.iter().filter(|key| key.fits(algorithm));
        match id {
            Some(id) => fitting.find(|key| key.id.as_deref() == Some(id)),
            None => fitting.next().filter(|_| fitting.next().is_none()),
        }
    }
}

impl Key {
    fn of(sent: SentKey) -> Option<Self> {
        if sent.use_for.is_some_and(|use_for| use_for != "sig") {
            return None;
        }
        let material = match (sent.kty.as_str(), sent.crv.as_deref()) {
            ("RSA", _) => {
                let (n, e) = (read(&sent.n)?, read(&sent.e)?);
                // Some put a zero before it, which RFC 7518 §6.3.1.1 forbids and `ring` does not read.
                let n: Vec<u8> = n.into_iter().skip_while(|byte| *byte == 0).collect();
                let unused = n.first().map_or(0, |first| first.leading_zeros() as usize);
                (n.len() * 8 - unused >= SHORTEST_RSA).then_some(Material::Rsa { n, e })?
            }
            ("EC", Some("P-256")) => {
                let (x, y) = (read(&sent.x)?, read(&sent.y)?);
                (x.len() == 32 && y.len() == 32).then(|| Material::P256([&[4_u8][..], &x, &y].concat()))?
            }
            _ => return None,
        };
        Some(Self { id: sent.kid, algorithm: sent.alg, material })
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = match self.material {
            Material::Rsa { .. } => matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256),
            Material::P256(_) => algorithm == Algorithm::Es256,
        };
        kind && self.algorithm.as_deref().is_none_or(|name| name == algorithm.name())
    }

    /// This is its signature of these bytes (RFC 7518 §3.3 to §3.5).
    pub fn signed(&self, algorithm: Algorithm, message: &[u8], seal: &[u8]) -> bool {
        match &self.material {
            Material::Rsa { n, e } => {
                let how = match algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
                    _ => &signature::RSA_PKCS1_2048_8192_SHA256,
                };
                signature::RsaPublicKeyComponents { n, e }.verify(how, message, seal).is_ok()
            }
            Material::P256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(message, seal).is_ok()
            }
        }
    }
}

//! Public keys of authenticators (COSE, RFC 9053), of the three kinds that every authenticator has one of.

use super::Doubt;
use super::cbor::Value;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};

/// What the page says it can check, the best liked first: COSE's numbers of ES256, EdDSA, RS256.
pub const KINDS: [i64; 3] = [ES256, EDDSA, RS256];

const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;
const COORDINATE: usize = 32;

/// A public key; what is stored of a passkey beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum PublicKey {
    /// ECDSA on P-256 with SHA-256: the point, uncompressed.
    Es256 {
        /// 65 bytes, base64url.
        point: String,
    },
    /// Ed25519.
    Eddsa {
        /// 32 bytes, base64url.
        point: String,
    },
    /// RSA (PKCS #1 1.5) with SHA-256, from 2,048 bits on.
    Rs256 {
        /// Base64url.
        modulus: String,
        /// Base64url.
        exponent: String,
    },
}

impl PublicKey {
    /// Reads a COSE key.
    pub(super) fn of(map: &Value<'_>) -> Result<Self, Doubt> {
        let int = |key| map.under(key).and_then(Value::int);
        let bytes = |key| map.under(key).and_then(Value::bytes);
        let key = match (int(1), int(3)) {
            (Some(2), Some(ES256)) if int(-1) == Some(1) => {
                let (x, y) = bytes(-2).zip(bytes(-3)).ok_or(Doubt::UnknownKey)?;
                let whole = x.len() == COORDINATE && y.len() == COORDINATE;
                whole.then(|| Self::Es256 { point: super::written(&[&[4], x, y].concat()) })
            }
            (Some(1), Some(EDDSA)) if int(-1) == Some(6) => {
                let x = bytes(-2).filter(|x| x.len() == COORDINATE);
                x.map(|x| Self::Eddsa { point: super::written(x) })
            }
            (Some(3), Some(RS256)) => {
                let parts = bytes(-1).zip(bytes(-2)).filter(|(n, e)| n.len() <= 1_024 && e.len() <= 8);
                parts.map(|(n, e)| Self::Rs256 { modulus: super::written(n), exponent: super::written(e) })
            }
            _ => None,
        };
        key.ok_or(Doubt::UnknownKey)
    }

    /// The signature of these bytes is this key's.
    pub(super) fn check(&self, signed: &[u8], signature: &[u8]) -> Result<(), Doubt> {
        let read = |text: &str| super::read(text).ok_or(Doubt::UnknownKey);
        let checked = match self {
            Self::Es256 { point } => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, read(point)?).verify(signed, signature)
            }
            Self::Eddsa { point } => UnparsedPublicKey::new(&ED25519, read(point)?).verify(signed, signature),
            Self::Rs256 { modulus, exponent } => {
                let key = RsaPublicKeyComponents { n: read(modulus)?, e: read(exponent)? };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
        };
        checked.map_err(|_| Doubt::WrongSignature)
    }
}

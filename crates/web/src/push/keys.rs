//! The paper's own key, by which push services know that a message is the paper's (VAPID, RFC 8292). It is made when somebody asks
//! for it first, and kept among the paper's secrets.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use newsroom::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use store::{Store, StoreError};

/// Its name among the secrets.
const NAME: &str = "push-key";
/// A signature is good for so many seconds: RFC 8292, 2, allows a day.
const GOOD_FOR: i64 = 12 * 60 * 60;

/// The paper's key pair on the curve P-256.
pub struct PaperKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl std::fmt::Debug for PaperKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaperKey").finish_non_exhaustive()
    }
}

impl PaperKey {
    /// The paper's; made now where it has none.
    ///
    /// # Errors
    /// When the store cannot answer, the system gives no randomness, or what is kept is no key.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let random = SystemRandom::new();
        let broken = |what: &str| StoreError::Broken(what.to_owned());
        let fresh = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
        let fresh = URL_SAFE_NO_PAD.encode(fresh.map_err(|_| broken("no randomness"))?);
        let kept = store.secret_or(NAME, &fresh).await?;
        let kept = URL_SAFE_NO_PAD.decode(kept).map_err(|_| broken("the key of push messages"))?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &kept, &random);
        Ok(Self { pair: pair.map_err(|_| broken("the key of push messages"))?, random })
    }

    /// Its public half as browsers take it: 65 bytes, uncompressed, in base 64 for addresses.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key())
    }

    /// The `Authorization` of a message to a push service: a JWT over its origin, signed with ES256 (RFC 8292, 2 and 3; RFC 7515).
    /// `home` is where the paper can be reached; only an address with https is said.
    pub fn authorization(&self, origin: &str, home: &str, now: Timestamp) -> Option<String> {
        let mut claims = json!({ "aud": origin, "exp": now.as_second() + GOOD_FOR });
        if home.starts_with("https://") {
            claims["sub"] = json!(home);
        }
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let encoded = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", encoded(head), encoded(claims));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).ok()?;
        Some(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature), self.public()))
    }
}

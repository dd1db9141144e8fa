//! The key by which the paper signs what it sends (RSA, 2048 bits: the one kind that every server reads). It is made when it is
//! needed first, kept among the paper's secrets, and stands nowhere else.

use super::signature::pem_of;
use crate::app::App;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::rand_core::{CryptoRng, Error, RngCore};
use std::sync::Arc;
use store::{Store, StoreError};

/// Its name among the secrets.
pub(super) const NAME: &str = "fediverse-key";
const BITS: usize = 2_048;

/// The paper's key pair.
pub struct PaperKeys {
    pair: RsaKeyPair,
    random: SystemRandom,
}

impl std::fmt::Debug for PaperKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaperKeys").finish_non_exhaustive()
    }
}

impl PaperKeys {
    /// The paper's; made now where it has none.
    ///
    /// # Errors
    /// When the store cannot answer, the system gives no randomness, or what is kept is no key.
    pub async fn of(app: &App) -> Result<Arc<Self>, StoreError> {
        app.followers
            .fediverse
            .keys
            .get_or_try_init(|| async { Self::kept(&app.store).await.map(Arc::new) })
            .await
            .cloned()
    }

    async fn kept(store: &Store) -> Result<Self, StoreError> {
        let kept = match store.known_secret(NAME).await? {
            Some(kept) => kept,
            None => {
                let made = tokio::task::spawn_blocking(made).await;
                let made = made.ok().flatten().ok_or_else(|| StoreError::Broken("no key could be made".to_owned()))?;
                store.secret_or(NAME, &made).await?
            }
        };
        Self::read(&kept).ok_or_else(|| StoreError::Broken("the key of the Fediverse".to_owned()))
    }

    /// Reads a pair: PKCS#1 in base 64.
    pub(super) fn read(kept: &str) -> Option<Self> {
        let pair = RsaKeyPair::from_der(&STANDARD.decode(kept).ok()?).ok()?;
        Some(Self { pair, random: SystemRandom::new() })
    }

    /// Its public half, as actors show it: PEM of a `SubjectPublicKeyInfo` (RFC 7468, 13).
    pub fn public(&self) -> String {
        pem_of(self.pair.public_key().as_ref())
    }

    /// Signs (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017, 8.2), in base 64.
    pub fn sign(&self, words: &str) -> Option<String> {
        let mut signature = vec![0_u8; self.pair.public().modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &self.random, words.as_bytes(), &mut signature).ok()?;
        Some(STANDARD.encode(signature))
    }
}

/// A new pair, as PKCS#1 in base 64. The crate that makes it signs nothing: ring does, in a time that tells nothing.
fn made() -> Option<String> {
    let private = rsa::RsaPrivateKey::new(&mut System, BITS).ok()?;
    Some(STANDARD.encode(private.to_pkcs1_der().ok()?.as_bytes()))
}

/// The system's randomness for whoever asks by this trait.
struct System;

impl CryptoRng for System {}

impl RngCore for System {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        // A system without randomness makes no keys: the panic is caught where the key is awaited.
        self.try_fill_bytes(bytes).unwrap_or_else(|error| panic!("{error}"));
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        let code = std::num::NonZeroU32::new(Error::CUSTOM_START).unwrap_or(std::num::NonZeroU32::MIN);
        getrandom::fill(bytes).map_err(|_| Error::from(code))
    }
}

//! A message sealed for one browser (RFC 8291), in one record of `aes128gcm` (RFC 8188).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// Bytes of a public key, uncompressed.
const PUBLIC_BYTES: usize = 65;
/// Bytes of the secret that a browser says beside it.
const SECRET_BYTES: usize = 16;
/// Bytes of a salt.
const SALT_BYTES: usize = 16;
/// The size of a record as it is said; a message is one, and shorter (RFC 8291, 4).
const RECORD: u32 = 4_096;
/// Bytes of a message, at most: its record with the head, the sign of its end and the seal fit into 4,096.
pub const MOST_BYTES: usize = 3_900;

/// What a browser said of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser {
    public: [u8; PUBLIC_BYTES],
    secret: [u8; SECRET_BYTES],
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}

impl Browser {
    /// Reads its public key and its secret, in base 64 for addresses.
    pub fn read(public: &str, secret: &str) -> Option<Self> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let public: [u8; PUBLIC_BYTES] = bytes(public)?.try_into().ok()?;
        let secret = bytes(secret)?.try_into().ok()?;
        (public[0] == 4).then_some(Self { public, secret })
    }
}

/// The body of a message to a browser; none: its key is no point of the curve, the message is too long, or the system gives no
/// randomness.
pub fn sealed(to: &Browser, message: &[u8]) -> Option<Vec<u8>> {
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).ok()?;
    let own_public: [u8; PUBLIC_BYTES] = own.compute_public_key().ok()?.as_ref().try_into().ok()?;
    let mut salt = [0_u8; SALT_BYTES];
    random.fill(&mut salt).ok()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, to.public);
    agree_ephemeral(own, &theirs, |shared| with(shared, to, &own_public, &salt, message)).ok()?
}

/// The same once a secret is shared.
pub(super) fn with(
    shared: &[u8],
    to: &Browser,
    own_public: &[u8; PUBLIC_BYTES],
    salt: &[u8; SALT_BYTES],
    message: &[u8],
) -> Option<Vec<u8>> {
    if message.len() > MOST_BYTES {
        return None;
    }
    let (key, nonce) = derived(shared, to, own_public, salt)?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
    let mut text = message.to_vec();
    // The sign of the last record (RFC 8188, 2); there is no padding.
    text.push(2);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text).ok()?;
    let mut body = Vec::with_capacity(SALT_BYTES + 5 + PUBLIC_BYTES + text.len());
    body.extend_from_slice(salt);
    body.extend_from_slice(&RECORD.to_be_bytes());
    body.push(u8::try_from(PUBLIC_BYTES).ok()?);
    body.extend_from_slice(own_public);
    body.append(&mut text);
    Some(body)
}

/// The key and the nonce of the record (RFC 8291, 3.3 and 3.4).
pub(super) fn derived(
    shared: &[u8],
    to: &Browser,
    own_public: &[u8; PUBLIC_BYTES],
    salt: &[u8; SALT_BYTES],
) -> Option<([u8; 16], [u8; 12])> {
    let info: [&[u8]; 3] = [b"WebPush: info\0", &to.public, own_public];
    let mut keying = [0_u8; 32];
    expand(&to.secret, shared, &info, &mut keying)?;
    let (mut key, mut nonce) = ([0_u8; 16], [0_u8; 12]);
    expand(salt, &keying, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    expand(salt, &keying, &[b"Content-Encoding: nonce\0"], &mut nonce)?;
    Some((key, nonce))
}

/// So many bytes of a key.
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

/// HKDF with SHA-256 (RFC 5869).
fn expand(salt: &[u8], keying: &[u8], info: &[&[u8]], out: &mut [u8]) -> Option<()> {
    let key = Salt::new(HKDF_SHA256, salt).extract(keying);
    key.expand(info, Bytes(out.len())).ok()?.fill(out).ok()
}

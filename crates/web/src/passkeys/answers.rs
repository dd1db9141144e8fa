//! What authenticators answer, checked step by step as the standard has it (Web Authentication Level 3, §7.1 and §7.2).

use super::cbor::Value;
use super::{Doubt, PublicKey, Site};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The answer to a page that asked for a new passkey.
#[derive(Debug, Clone)]
pub struct Registration {
    /// `clientDataJSON`, as sent.
    pub client: Vec<u8>,
    /// `attestationObject`, as sent.
    pub attested: Vec<u8>,
}

/// The answer to a page that asked for a passkey that is there.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// `clientDataJSON`, as sent.
    pub client: Vec<u8>,
    /// `authenticatorData`, as sent.
    pub authenticator: Vec<u8>,
    /// `signature`, as sent.
    pub signature: Vec<u8>,
}

/// What an authenticator said about itself and its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// It made sure that it is its owner: by a code, a finger, a face.
    pub owner: bool,
    /// Its counter; 0 where it has none.
    pub count: u32,
}

/// A passkey that has just been made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// As the authenticator calls it.
    pub credential: Vec<u8>,
    /// Its public key.
    pub key: PublicKey,
    /// What the authenticator said.
    pub seen: Seen,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

const PRESENT: u8 = 1;
const OWNER: u8 = 1 << 2;
const ATTESTED: u8 = 1 << 6;
/// Hash of the site, flags, counter.
const HEAD: usize = 37;
const LONGEST_NAME: usize = 1_023;

impl Registration {
    /// The passkey that was made for this site in answer to this challenge.
    ///
    /// # Errors
    /// What is not as it must be.
    pub fn check(&self, site: &Site, challenge: &[u8]) -> Result<Made, Doubt> {
        client(&self.client, "webauthn.create", site, challenge)?;
        let (object, rest) = Value::first(&self.attested).ok_or(Doubt::Unreadable)?;
        let data = object.named("authData").and_then(Value::bytes).ok_or(Doubt::Unreadable)?;
        // The statement of its maker is not looked at: none was asked for.
        if !rest.is_empty() {
            return Err(Doubt::Unreadable);
        }
        let seen = seen(data, site)?;
        if data[HEAD - 5] & ATTESTED == 0 {
            return Err(Doubt::Unreadable);
        }
        // After the make of the authenticator (16 bytes) the length of the name, the name, the key.
        let rest = data.get(HEAD + 16..).ok_or(Doubt::Unreadable)?;
        let (length, rest) = rest.split_at_checked(2).ok_or(Doubt::Unreadable)?;
        let length = usize::from(length[0]) << 8 | usize::from(length[1]);
        let named = rest.split_at_checked(length).filter(|_| (1..=LONGEST_NAME).contains(&length));
        let (credential, rest) = named.ok_or(Doubt::Unreadable)?;
        let (key, _) = Value::first(rest).ok_or(Doubt::Unreadable)?;
        Ok(Made { credential: credential.to_vec(), key: PublicKey::of(&key)?, seen })
    }
}

impl Assertion {
    /// The owner of this key has answered this challenge for this site.
    ///
    /// # Errors
    /// What is not as it must be.
    pub fn check(&self, site: &Site, challenge: &[u8], key: &PublicKey) -> Result<Seen, Doubt> {
        client(&self.client, "webauthn.get", site, challenge)?;
        let seen = seen(&self.authenticator, site)?;
        let signed = [self.authenticator.as_slice(), &Sha256::digest(&self.client)].concat();
        key.check(&signed, &self.signature)?;
        Ok(seen)
    }

    /// The challenge that it says it answers: to be looked up, and then checked.
    pub fn challenge(&self) -> Option<Vec<u8>> {
        challenge_of(&self.client)
    }
}

impl Registration {
    /// The challenge that it says it answers: to be looked up, and then checked.
    pub fn challenge(&self) -> Option<Vec<u8>> {
        challenge_of(&self.client)
    }
}

fn challenge_of(client: &[u8]) -> Option<Vec<u8>> {
    super::read(&serde_json::from_slice::<Client>(client).ok()?.challenge)
}

/// What the browser says: the ceremony, the question, and who asked it.
fn client(json: &[u8], ceremony: &str, site: &Site, challenge: &[u8]) -> Result<(), Doubt> {
    let client: Client = serde_json::from_slice(json).map_err(|_| Doubt::Unreadable)?;
    let asked = super::read(&client.challenge).ok_or(Doubt::Unreadable)?;
    let for_us = client.ceremony == ceremony && client.origin == site.origin && !client.cross_origin;
    if for_us && asked == challenge { Ok(()) } else { Err(Doubt::NotForUs) }
}

/// What the authenticator says: for which site, and whether somebody was there.
fn seen(data: &[u8], site: &Site) -> Result<Seen, Doubt> {
    let (head, _) = data.split_at_checked(HEAD).ok_or(Doubt::Unreadable)?;
    let (hash, rest) = head.split_at(32);
    if hash != site.hash() {
        return Err(Doubt::NotForUs);
    }
    if rest[0] & PRESENT == 0 {
        return Err(Doubt::NobodyPresent);
    }
    let count = rest[1..].iter().fold(0, |count, byte| count << 8 | u32::from(*byte));
    Ok(Seen { owner: rest[0] & OWNER != 0, count })
}

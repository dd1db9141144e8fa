//! Sealing by age (<https://age-encryption.org>): to keys whose other halves are on no machine of the paper. What is sealed
//! here, any program that reads age files opens with the owner's key, `midad orders open` among them.

use age::secrecy::ExposeSecret;
use age::{Encryptor, Recipient, x25519};
use std::io::Write;
use std::str::FromStr;

/// The public half of a key as it is written, if it is one.
pub fn recipient(text: &str) -> Option<String> {
    x25519::Recipient::from_str(text.trim()).ok().map(|recipient| recipient.to_string())
}

/// A new key: the secret half, and the public one.
pub fn new_key() -> (String, String) {
    let key = x25519::Identity::generate();
    (key.to_string().expose_secret().to_owned(), key.to_public().to_string())
}

/// Seals something to keys; none where there is no key, or one of them is none.
pub fn seal(recipients: &[String], content: &[u8]) -> Option<Vec<u8>> {
    let keys = recipients.iter().map(|text| x25519::Recipient::from_str(text).ok()).collect::<Option<Vec<_>>>()?;
    let sealing = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn Recipient)).ok()?;
    let mut sealed = Vec::with_capacity(content.len() + 512);
    let mut writer = sealing.wrap_output(&mut sealed).ok()?;
    writer.write_all(content).ok()?;
    writer.finish().ok()?;
    Some(sealed)
}

/// Opens what was sealed with one of some secret halves, each on a line of its own; lines that begin with # are none.
pub fn open(keys: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let lines = keys.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| x25519::Identity::from_str(line).ok()).find_map(|key| age::decrypt(&key, sealed).ok())
}

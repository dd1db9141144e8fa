//! For tests: an authenticator with one key, and a browser that hands its answers on.

use crate::passkeys::{read, written};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A device that somebody holds a finger on.
pub struct Authenticator {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    origin: String,
    name: [u8; 16],
}

/// What a page's script puts into a form.
pub struct Answer(Vec<(&'static str, String)>);

impl Answer {
    /// The pairs of the form, and others beside them.
    pub fn pairs<'a>(&'a self, others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str())).chain(others.iter().copied()).collect()
    }
}

impl Authenticator {
    /// A new one, at a site.
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random);
        let mut name = [0_u8; 16];
        getrandom::fill(&mut name).expect("randomness");
        Self { pair: pair.expect("a key"), random, origin: origin.to_owned(), name }
    }

    /// A passkey, as the page asks for one.
    pub fn registers(&self, page: &str) -> Answer {
        let point = self.pair.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        let key = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20][..], x, &[0x22, 0x58, 0x20], y].concat();
        let named = [&[0; 16][..], &[0, 16], &self.name, &key].concat();
        let data = [self.head(0b100_0101), named].concat();
        let length = u8::try_from(data.len()).expect("less than 256 bytes");
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let attested = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"[..], &[length], &data].concat();
        let client = self.client("webauthn.create", page);
        Answer(vec![("client", written(client.as_bytes())), ("attested", written(&attested))])
    }

    /// An answer, as the page asks for one.
    pub fn answers(&self, page: &str) -> Answer {
        let (client, data) = (self.client("webauthn.get", page), self.head(0b101));
        let signed = [data.as_slice(), &Sha256::digest(client.as_bytes())].concat();
        let signature = self.pair.sign(&self.random, &signed).expect("signed");
        Answer(vec![
            ("credential", written(&self.name)),
            ("client", written(client.as_bytes())),
            ("authenticator", written(&data)),
            ("signature", written(signature.as_ref())),
        ])
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let host = self.origin.split("://").nth(1).expect("an address");
        let hash: [u8; 32] = Sha256::digest(host.as_bytes()).into();
        [&hash[..], &[flags, 0, 0, 0, 0]].concat()
    }

    fn client(&self, ceremony: &str, page: &str) -> String {
        let challenge = page.split("data-challenge=\"").nth(1).and_then(|rest| rest.split('"').next());
        let challenge = challenge.expect("the page asks for a passkey");
        assert!(read(challenge).is_some(), "{challenge}");
        json!({ "type": ceremony, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }
}

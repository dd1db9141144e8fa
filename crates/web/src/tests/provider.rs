//! For tests: an organisation's provider in memory, with a key of its own. What it says next is what a test lets it say.

use crate::organisation::{Fetch, FetchError, Fetching, ProviderSettings};
use crate::passkeys::{hashed, written};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// What it calls itself.
pub const ISSUER: &str = "https://id.harbour.example";
/// As whom it knows the paper.
pub const CLIENT: &str = "midad";

/// One provider.
pub struct FakeProvider {
    key: EcdsaKeyPair,
    /// The claims of the next answer.
    pub says: Mutex<Value>,
    /// Nobody answers.
    pub down: AtomicBool,
    /// The forms that were sent for a code.
    pub forms: Mutex<Vec<Vec<(&'static str, String)>>>,
}

impl std::fmt::Debug for FakeProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FakeProvider").finish_non_exhaustive()
    }
}

impl FakeProvider {
    /// A new one.
    pub fn new() -> Arc<Self> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let kept = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(algorithm, kept.as_ref(), &random).expect("a key");
        Arc::new(Self { key, says: Mutex::default(), down: AtomicBool::new(false), forms: Mutex::default() })
    }

    /// As a paper is wired to it.
    pub fn wired(self: &Arc<Self>) -> (ProviderSettings, Arc<dyn Fetch>) {
        let (issuer, client) = (ISSUER.to_owned(), CLIENT.to_owned());
        let settings =
            ProviderSettings { issuer, client, secret: "a secret".into(), name: "المرفأ الجامعي".into() };
        (settings, Arc::<Self>::clone(self))
    }

    fn answer(&self, url: &str) -> Vec<u8> {
        let description = json!({
            "issuer": ISSUER,
            "authorization_endpoint": format!("{ISSUER}/authorize"),
            "token_endpoint": format!("{ISSUER}/token"),
            "jwks_uri": format!("{ISSUER}/keys"),
        });
        let point = self.key.public_key().as_ref();
        let (x, y) = (written(&point[1..33]), written(&point[33..65]));
        let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": x, "y": y }] });
        let answer = if url.ends_with("/keys") { keys } else { description };
        answer.to_string().into_bytes()
    }

    fn token(&self) -> String {
        let head = written(json!({ "alg": "ES256", "kid": "k1" }).to_string().as_bytes());
        let body = written(self.says.lock().expect("a lock").to_string().as_bytes());
        let signed = format!("{head}.{body}");
        let seal = self.key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature");
        format!("{signed}.{}", written(seal.as_ref()))
    }

    /// The verifier that came with the last code fits the challenge that a browser was sent with (RFC 7636 §4.6).
    pub fn was_shown_the_verifier_of(&self, challenge: &str) -> bool {
        let forms = self.forms.lock().expect("a lock");
        let verifier = forms.last().and_then(|form| form.iter().find(|(name, _)| *name == "code_verifier"));
        verifier.is_some_and(|(_, verifier)| hashed(verifier) == challenge)
    }
}

impl Fetch for FakeProvider {
    fn get(&self, url: &str) -> Fetching {
        let down = self.down.load(Ordering::Relaxed);
        let answer = if down { Err(FetchError::NotReached("down".into())) } else { Ok(self.answer(url)) };
        Box::pin(async move { answer })
    }

    fn post(&self, _url: &str, form: Vec<(&'static str, String)>, _basic: Option<(String, String)>) -> Fetching {
        self.forms.lock().expect("a lock").push(form);
        let answer = json!({ "id_token": self.token(), "access_token": "a", "token_type": "Bearer" });
        Box::pin(async move { Ok(answer.to_string().into_bytes()) })
    }
}

//! Tokens of a provider, each wrong in one thing.

use super::{Claims, Expected, TokenDoubt, verify};
use crate::organisation::jwks::Jwks;
use crate::passkeys::written;
use newsroom::Timestamp;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const NOW: i64 = 1_790_000_000;
const ISSUER: &str = "https://id.harbour.example";
/// A key of 2,048 bits whose other half was thrown away, and what it signed before.
const RSA: (&str, &str) = include!("token_rsa.in");
/// Another, with PS256.
const PSS: (&str, &str) = include!("token_pss.in");

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let kept = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(algorithm, kept.as_ref(), &random).unwrap())
    }

    fn jwk(&self, id: &str) -> Value {
        let point = self.0.public_key().as_ref();
        json!({ "kty": "EC", "crv": "P-256", "kid": id, "x": written(&point[1..33]), "y": written(&point[33..]) })
    }

    fn keys(&self) -> Jwks {
        Jwks::read(json!({ "keys": [self.jwk("k1")] }).to_string().as_bytes()).unwrap()
    }

    fn signs(&self, head: &Value, body: &Value) -> String {
        let signed = parts(head, body);
        format!("{signed}.{}", written(self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap().as_ref()))
    }
}

fn parts(head: &Value, body: &Value) -> String {
    format!("{}.{}", written(head.to_string().as_bytes()), written(body.to_string().as_bytes()))
}

fn head() -> Value {
    json!({ "alg": "ES256", "kid": "k1", "typ": "JWT" })
}

fn body() -> Value {
    json!({
        "iss": ISSUER, "sub": "7", "aud": "midad", "nonce": "n", "iat": NOW - 1, "exp": NOW + 300,
        "auth_time": NOW - 40, "email": "salma@harbour.example", "amr": ["pwd", "otp"],
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut body = body();
    body[name] = value;
    body
}

fn looked_at(token: &str, keys: &Jwks) -> Result<Claims, TokenDoubt> {
    verify(token, Some("access"), keys, &Expected { issuer: ISSUER, client: "midad", nonce: "n", now: now() })
}

#[test]
fn a_good_token_says_who_it_is_and_when_they_signed_in() {
    let signer = Signer::new();
    let claims = looked_at(&signer.signs(&head(), &body()), &signer.keys()).unwrap();
    assert_eq!((claims.subject.as_str(), claims.name.as_str()), ("7", "salma@harbour.example"));
    assert_eq!(claims.signed_in_at, Timestamp::from_second(NOW - 40).ok());
    assert!(claims.strong);
    let mut bare = body();
    for name in ["auth_time", "email", "amr"] {
        bare.as_object_mut().unwrap().remove(name);
    }
    let claims = looked_at(&signer.signs(&head(), &bare), &signer.keys()).unwrap();
    assert_eq!((claims.name.as_str(), claims.signed_in_at, claims.strong), ("7", None, false));
}

#[test]
fn every_claim_that_is_otherwise_is_a_doubt_of_its_own() {
    let signer = Signer::new();
    let hash = written(&Sha256::digest("access")[..16]);
    let good = [
        with("aud", json!(["midad"])),
        with("azp", json!("midad")),
        with("at_hash", json!(hash)),
        with("exp", json!(NOW - 100)),
        with("iat", json!(1_789_999_999.5)),
        with("amr", json!(null)),
        with("amr", json!("pwd")),
        with("sub", json!("7".repeat(255))),
    ];
    for body in good {
        assert!(looked_at(&signer.signs(&head(), &body), &signer.keys()).is_ok(), "{body}");
    }
    let wrong = [
        ("iss", json!("https://id.harbour.example/"), TokenDoubt::NotForUs),
        ("aud", json!("other"), TokenDoubt::NotForUs),
        ("aud", json!(["other"]), TokenDoubt::NotForUs),
        ("aud", json!(["midad", "other"]), TokenDoubt::NotForUs),
        ("azp", json!("other"), TokenDoubt::NotForUs),
        ("exp", json!(NOW - 121), TokenDoubt::NotOfNow),
        ("iat", json!(NOW + 121), TokenDoubt::NotOfNow),
        ("iat", json!(NOW - 601), TokenDoubt::NotOfNow),
        ("iat", json!(1e300), TokenDoubt::NotOfNow),
        ("iat", json!(null), TokenDoubt::Unreadable),
        ("nonce", json!("m"), TokenDoubt::OtherQuestion),
        ("nonce", json!(null), TokenDoubt::OtherQuestion),
        ("at_hash", json!(written(&Sha256::digest("other")[..16])), TokenDoubt::OtherAccess),
        ("sub", json!(""), TokenDoubt::Unreadable),
        ("sub", json!("7".repeat(256)), TokenDoubt::Unreadable),
        ("sub", json!(null), TokenDoubt::Unreadable),
        ("sub", json!("é"), TokenDoubt::Unreadable),
        ("sub", json!("a\nb"), TokenDoubt::Unreadable),
        ("exp", json!(null), TokenDoubt::Unreadable),
    ];
    for (name, value, doubt) in wrong {
        let token = signer.signs(&head(), &with(name, value.clone()));
        assert_eq!(looked_at(&token, &signer.keys()), Err(doubt), "{name} {value}");
    }
    let mut several = with("aud", json!(["midad", "other"]));
    for (party, believed) in [("midad", true), ("other", false)] {
        several["azp"] = json!(party);
        assert_eq!(looked_at(&signer.signs(&head(), &several), &signer.keys()).is_ok(), believed, "{party}");
    }
    let expected = Expected { issuer: ISSUER, client: "midad", nonce: "n", now: now() };
    let alone = verify(&signer.signs(&head(), &with("at_hash", json!(hash))), None, &signer.keys(), &expected);
    assert_eq!(alone, Err(TokenDoubt::OtherAccess), "there is nothing that it could be the hash of");
    let name = format!("a\u{202E}b\u{7}{}", "ب".repeat(400));
    let name = looked_at(&signer.signs(&head(), &with("email", json!(name))), &signer.keys()).unwrap().name;
    assert_eq!(name, format!("ab {}", "ب".repeat(197)));
}

#[test]
fn only_a_key_of_the_provider_that_fits_signs() {
    let (signer, other) = (Signer::new(), Signer::new());
    let keys = signer.keys();
    let by = |head: Value| looked_at(&signer.signs(&head, &body()), &keys);
    assert_eq!(by(json!({ "alg": "ES256", "kid": "k2" })), Err(TokenDoubt::UnknownKey));
    assert!(by(json!({ "alg": "ES256" })).is_ok(), "there is one key only");
    let both = Jwks::read(json!({ "keys": [signer.jwk("k1"), other.jwk("k2")] }).to_string().as_bytes()).unwrap();
    let nameless = signer.signs(&json!({ "alg": "ES256" }), &body());
    assert_eq!(looked_at(&nameless, &both), Err(TokenDoubt::UnknownKey), "there are two");
    assert_eq!(looked_at(&other.signs(&head(), &body()), &keys), Err(TokenDoubt::WrongSignature));
    assert_eq!(by(json!({ "alg": "RS256", "kid": "k1" })), Err(TokenDoubt::UnknownKey), "no key of that kind");
    for crit in [json!(["b64"]), json!([]), json!(null)] {
        assert_eq!(by(json!({ "alg": "ES256", "kid": "k1", "crit": crit })), Err(TokenDoubt::Algorithm), "{crit}");
    }
    // A key that the token brings along is not asked (RFC 8725 §3.10).
    let brought = other.signs(&json!({ "alg": "ES256", "kid": "k1", "jwk": other.jwk("k1") }), &body());
    assert_eq!(looked_at(&brought, &keys), Err(TokenDoubt::WrongSignature));
    let mut short = signer.jwk("k1");
    short["x"] = json!(written(&[1; 31]));
    let short = Jwks::read(json!({ "keys": [short] }).to_string().as_bytes()).unwrap();
    assert_eq!(looked_at(&signer.signs(&head(), &body()), &short), Err(TokenDoubt::UnknownKey), "half a point");
    for alg in ["none", "None", "HS256", "ES384", ""] {
        assert_eq!(by(json!({ "alg": alg, "kid": "k1" })), Err(TokenDoubt::Algorithm), "{alg}");
    }
    let bare = format!("{}.", parts(&json!({ "alg": "none" }), &body()));
    assert_eq!(looked_at(&bare, &keys), Err(TokenDoubt::Algorithm));
    // The public key as a secret: whoever lets the token choose the way believes this.
    let signed = parts(&json!({ "alg": "HS256", "kid": "k1" }), &body());
    let secret = hmac::Key::new(hmac::HMAC_SHA256, signer.0.public_key().as_ref());
    let token = format!("{signed}.{}", written(hmac::sign(&secret, signed.as_bytes()).as_ref()));
    assert_eq!(looked_at(&token, &keys), Err(TokenDoubt::Algorithm));
}

#[test]
fn what_was_changed_on_the_way_is_not_believed() {
    let signer = Signer::new();
    let (keys, token) = (signer.keys(), signer.signs(&head(), &body()));
    let seal = token.rsplit_once('.').unwrap().1;
    let changed = format!("{}.{seal}", parts(&head(), &with("sub", json!("8"))));
    assert_eq!(looked_at(&changed, &keys), Err(TokenDoubt::WrongSignature));
    for broken in [String::new(), "a.b".into(), format!("{token}.a"), format!("{token}="), format!("{token} ")] {
        assert!(looked_at(&broken, &keys).is_err(), "{broken}");
    }
    let long = signer.signs(&head(), &with("name", json!("a".repeat(20_000))));
    assert_eq!(looked_at(&long, &keys), Err(TokenDoubt::Unreadable));
    for cut in 0..token.len() {
        assert!(looked_at(&token[..cut], &keys).is_err(), "{cut}");
    }
}

#[test]
fn an_rsa_key_signs_where_it_is_long_enough() {
    let (modulus, token) = RSA;
    let keys = |n: &str, more: Value| {
        let mut key = json!({ "kty": "RSA", "kid": "r1", "n": n, "e": "AQAB" });
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Jwks::read(json!({ "keys": ["x", { "kty": "oct", "k": "AA" }, key] }).to_string().as_bytes()).unwrap()
    };
    assert_eq!(looked_at(token, &keys(modulus, json!({}))).unwrap().subject, "7");
    assert!(looked_at(token, &keys(modulus, json!({ "use": "sig", "alg": "RS256" }))).is_ok());
    for other in [json!({ "use": "enc" }), json!({ "alg": "PS256" })] {
        assert_eq!(looked_at(token, &keys(modulus, other)), Err(TokenDoubt::UnknownKey));
    }
    let bytes = crate::passkeys::read(modulus).unwrap();
    let half = [&[0; 128], &bytes[..128]].concat();
    let mut almost = bytes.clone();
    almost[0] &= 0x7F;
    for (short, bits) in [(&bytes[..128], 1_024), (&half, 1_024), (&bytes[..255], 2_040), (&almost, 2_047)] {
        assert_eq!(looked_at(token, &keys(&written(short), json!({}))), Err(TokenDoubt::UnknownKey), "{bits} bits");
    }
    assert!(looked_at(token, &keys(&written(&[&[0], &bytes[..]].concat()), json!({}))).is_ok(), "a zero before it");
    assert!(looked_at(PSS.1, &keys(PSS.0, json!({}))).is_ok(), "PS256");
    assert_eq!(looked_at(PSS.1, &keys(PSS.0, json!({ "alg": "RS256" }))), Err(TokenDoubt::UnknownKey));
    let signed = parts(&json!({ "alg": "HS256", "kid": "r1" }), &body());
    let secret = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
    let forged = format!("{signed}.{}", written(hmac::sign(&secret, signed.as_bytes()).as_ref()));
    assert_eq!(looked_at(&forged, &keys(modulus, json!({}))), Err(TokenDoubt::Algorithm));
    let es = Signer::new().signs(&json!({ "alg": "ES256", "kid": "r1" }), &body());
    assert_eq!(looked_at(&es, &keys(modulus, json!({}))), Err(TokenDoubt::UnknownKey), "a key of another kind");
}

//! Answers of authenticators: those of the standard's own examples, and of a key made here.

use super::answers::Made;
use super::cbor::Value;
use super::{Assertion, Doubt, PublicKey, Registration, Site};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::json;
use sha2::{Digest, Sha256};

fn hex(text: &str) -> Vec<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16).expect("a digit") as u8;
    text.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn site() -> Site {
    Site::at("https://example.org").expect("a site")
}

/// Web Authentication Level 3, «ES256 Credential with No Attestation» among its test vectors (W3C).
const REGISTRATION_CHALLENGE: &str = "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130";
const REGISTRATION_CLIENT: &str = "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e63647134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c207375636820617320746869733a20426b5165446a646354427258426941774a544c453551227d";
const ATTESTATION: &str = "a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220";
const CREDENTIAL: &str = "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4";
const CHALLENGE: &str = "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408";
const AUTHENTICATOR: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000";
const CLIENT: &str = "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a5558543049393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73657d";
const SIGNATURE: &str = "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87";

fn made() -> Made {
    let registration = Registration { client: hex(REGISTRATION_CLIENT), attested: hex(ATTESTATION) };
    assert_eq!(registration.challenge(), Some(hex(REGISTRATION_CHALLENGE)));
    registration.check(&site(), &hex(REGISTRATION_CHALLENGE)).expect("the standard's own example")
}

fn answer() -> Assertion {
    Assertion { client: hex(CLIENT), authenticator: hex(AUTHENTICATOR), signature: hex(SIGNATURE) }
}

#[test]
fn the_examples_of_the_standard_are_believed() {
    let made = made();
    assert_eq!((made.credential, made.seen.owner, made.seen.count), (hex(CREDENTIAL), false, 0));
    let seen = answer().check(&site(), &hex(CHALLENGE), &made.key).expect("the standard's own example");
    assert_eq!((seen.owner, seen.count), (false, 0));
    let json = serde_json::to_string(&made.key).expect("json");
    assert_eq!(serde_json::from_str::<PublicKey>(&json).expect("a key"), made.key);
}

#[test]
fn whatever_is_changed_in_an_answer_is_not_believed() {
    let (key, challenge) = (made().key, hex(CHALLENGE));
    for at in 0..hex(AUTHENTICATOR).len() {
        let mut changed = answer();
        changed.authenticator[at] ^= 2;
        assert!(changed.check(&site(), &challenge, &key).is_err(), "byte {at} of the authenticator's");
    }
    for at in 0..hex(CLIENT).len() {
        let mut changed = answer();
        changed.client[at] ^= 1;
        assert!(changed.check(&site(), &challenge, &key).is_err(), "byte {at} of the browser's");
    }
    for at in 0..hex(SIGNATURE).len() {
        let mut changed = answer();
        changed.signature[at] ^= 1;
        assert_eq!(changed.check(&site(), &challenge, &key), Err(Doubt::WrongSignature), "byte {at}");
    }
    let elsewhere = Site::at("https://example.com").expect("a site");
    assert_eq!(answer().check(&elsewhere, &challenge, &key), Err(Doubt::NotForUs));
    assert_eq!(answer().check(&site(), &challenge[1..], &key), Err(Doubt::NotForUs));
}

/// An authenticator made of a key of ours.
fn sign(ceremony: &str, origin: &str, cross: bool, flags: u8, by: impl Fn(&[u8]) -> Vec<u8>) -> Assertion {
    let client = json!({
        "type": ceremony, "challenge": super::written(b"question"), "origin": origin, "crossOrigin": cross,
    });
    let client = client.to_string().into_bytes();
    let hash: [u8; 32] = Sha256::digest(b"example.org").into();
    let authenticator = [&hash[..], &[flags, 0, 0, 0, 9]].concat();
    let signature = by(&[authenticator.as_slice(), &Sha256::digest(&client)].concat());
    Assertion { client, authenticator, signature }
}

#[test]
fn each_kind_of_key_is_checked_and_a_well_signed_answer_to_something_else_is_not_believed() {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).expect("a key");
    let key = PublicKey::Es256 { point: super::written(pair.public_key().as_ref()) };
    let by = |signed: &[u8]| pair.sign(&random, signed).expect("signed").as_ref().to_vec();
    let good = |flags| sign("webauthn.get", "https://example.org", false, flags, by);
    let seen = good(0b101).check(&site(), b"question", &key).expect("all is well");
    assert_eq!((seen.owner, seen.count), (true, 9));
    assert!(!good(0b001).check(&site(), b"question", &key).expect("all is well").owner);
    assert_eq!(good(0b100).check(&site(), b"question", &key), Err(Doubt::NobodyPresent));
    for (ceremony, origin, cross) in [
        ("webauthn.create", "https://example.org", false),
        ("webauthn.get", "https://example.org.evil.example", false),
        ("webauthn.get", "http://example.org", false),
        ("webauthn.get", "https://example.org", true),
    ] {
        let answer = sign(ceremony, origin, cross, 0b101, by);
        assert_eq!(answer.check(&site(), b"question", &key), Err(Doubt::NotForUs), "{ceremony} {origin} {cross}");
    }

    let document = Ed25519KeyPair::generate_pkcs8(&random).expect("a key");
    let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).expect("a key");
    let other = PublicKey::Eddsa { point: super::written(pair.public_key().as_ref()) };
    let by = |signed: &[u8]| pair.sign(signed).as_ref().to_vec();
    let answer = sign("webauthn.get", "https://example.org", false, 0b101, by);
    assert!(answer.check(&site(), b"question", &other).is_ok());
    assert_eq!(answer.check(&site(), b"question", &key), Err(Doubt::WrongSignature), "another key's");
}

#[test]
fn an_unfinished_answer_of_any_length_is_told_and_nothing_breaks() {
    let whole = hex(ATTESTATION);
    for end in 0..whole.len() {
        let cut = Registration { client: hex(REGISTRATION_CLIENT), attested: whole[..end].to_vec() };
        assert!(cut.check(&site(), &hex(REGISTRATION_CHALLENGE)).is_err(), "{end} bytes");
    }
    let longer = Registration { client: hex(REGISTRATION_CLIENT), attested: [whole, vec![0]].concat() };
    assert!(longer.check(&site(), &hex(REGISTRATION_CHALLENGE)).is_err());
    let nested = [vec![0x81; 100_000], vec![0]].concat();
    assert_eq!(Value::first(&nested), None, "a list in a list in a list …");
    assert_eq!(Value::first(&hex("9a00ffffff")), None, "more parts than there are bytes");
    assert_eq!(Value::first(&hex("5bffffffffffffffff00")), None);
    assert_eq!(Value::first(&hex("3903e7")), Some((Value::Int(-1_000), &[][..])), "RFC 8949, appendix A");
    assert_eq!(Value::first(&hex("6449455446")), Some((Value::Text("IETF"), &[][..])), "RFC 8949, appendix A");
}

#[test]
fn browsers_know_passkeys_at_names_over_tls_and_on_this_machine() {
    let at = |address: &str| Site::at(address).map(|site| (site.id, site.origin));
    let site = |id: &str, origin: &str| Some((id.to_owned(), origin.to_owned()));
    assert_eq!(at("https://Example.org/desk"), site("example.org", "https://example.org"));
    assert_eq!(at("https://example.org:8443"), site("example.org", "https://example.org:8443"));
    assert_eq!(at("http://localhost:8080"), site("localhost", "http://localhost:8080"));
    for none in
        ["http://example.org", "http://127.0.0.1:8080", "https://192.0.2.1", "https://[2001:db8::1]", "", "https://"]
    {
        assert_eq!(at(none), None, "{none}");
    }
}

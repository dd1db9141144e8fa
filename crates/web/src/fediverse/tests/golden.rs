//! Signatures as the specifications show them.

use crate::fediverse::signature::{Came, Claim, Doubt, claimed, key_of};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use newsroom::Timestamp;
use ring::signature::{RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};

/// draft-cavage-http-signatures-12, appendix C: key, request, and the signatures of C.2 and C.3. The key is shorter than any that is
/// taken from other servers.
const KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
";
const BODY: &[u8] = b"{\"hello\": \"world\"}";
const DIGEST: &str = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
const BASIC: &str = "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=";
const ALL: &str = "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn came(names: &str, signature: &str, at: &str) -> Result<Claim, Doubt> {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "example.com"),
        ("date", "Sun, 05 Jan 2014 21:31:40 GMT"),
        ("content-type", "application/json"),
        ("digest", DIGEST),
        ("content-length", "18"),
    ] {
        headers.insert(name, value.parse().expect("a value"));
    }
    let line = format!("keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"{names}\",signature=\"{signature}\"");
    headers.insert("signature", line.parse().expect("a value"));
    let path = "/foo?param=value&pet=dog";
    claimed(&Came { method: "POST", path, host: "example.com", headers: &headers, body: BODY }, self::at(at))
}

fn holds(claim: &Claim) -> bool {
    let signature = STANDARD.decode(&claim.signature).expect("base 64");
    let key = key_of(KEY).expect("a key");
    let key = UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, key);
    key.verify(claim.signed.as_bytes(), &signature).is_ok()
}

#[test]
fn the_signature_over_all_headers_of_the_draft_holds() {
    let names = "(request-target) host date content-type digest content-length";
    let claim = came(names, ALL, "2014-01-05T21:40:00Z").expect("a claim");
    assert_eq!(claim.key_name, "Test");
    assert!(holds(&claim));
    assert!(!holds(&Claim { signature: BASIC.into(), ..claim.clone() }));
    assert!(!holds(&Claim { signed: claim.signed.replace("pet=dog", "pet=cat"), ..claim }));
}

#[test]
fn the_basic_signature_of_the_draft_signs_no_digest_and_is_not_taken() {
    assert_eq!(came("(request-target) host date", BASIC, "2014-01-05T21:40:00Z"), Err(Doubt::NoDigest));
}

#[test]
fn an_hour_around_its_date_a_request_holds_and_no_longer() {
    let names = "(request-target) host date content-type digest content-length";
    assert!(came(names, ALL, "2014-01-05T22:31:40Z").is_ok());
    assert_eq!(came(names, ALL, "2014-01-05T22:31:41Z"), Err(Doubt::Date));
    assert_eq!(came(names, ALL, "2014-01-05T20:31:39Z"), Err(Doubt::Date));
    assert_eq!(came("host date digest", ALL, "2014-01-05T21:40:00Z"), Err(Doubt::TooLittle));
    assert_eq!(came("(request-target) host digest", ALL, "2014-01-05T21:40:00Z"), Err(Doubt::TooLittle));
}

/// RFC 9421, 2.5 and 3.2 show what is signed; RFC 9530, B shows the digest of this body.
#[test]
fn what_is_signed_by_the_newer_way_is_read() {
    let mut headers = HeaderMap::new();
    let input = "sig1=(\"@method\" \"@authority\" \"@path\" \"content-digest\");created=1618884473\
                 ;keyid=\"https://social.example/users/a#main-key\";alg=\"rsa-v1_5-sha256\", sig2=(\"@method\");keyid=\"b\"";
    for (name, value) in [
        ("signature-input", input),
        ("signature", "sig1=:AAAA:, sig2=:BBBB:"),
        ("content-digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
    ] {
        headers.insert(name, value.parse().expect("a value"));
    }
    let came = |headers| Came { method: "POST", path: "/foo?pet=dog", host: "example.com", headers, body: BODY };
    let claim = claimed(&came(&headers), at("2021-04-20T02:08:00Z")).expect("a claim");
    let signed = "\"@method\": POST\n\"@authority\": example.com\n\"@path\": /foo\n\
                  \"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\
                  \"@signature-params\": (\"@method\" \"@authority\" \"@path\" \"content-digest\");created=1618884473\
                  ;keyid=\"https://social.example/users/a#main-key\";alg=\"rsa-v1_5-sha256\"";
    assert_eq!(claim.signed, signed);
    assert_eq!(
        (claim.key_name.as_str(), claim.signature.as_str()),
        ("https://social.example/users/a#main-key", "AAAA")
    );
    assert_eq!(claimed(&came(&headers), at("2021-04-20T05:08:00Z")), Err(Doubt::Date));
    let mut changed = headers.clone();
    changed.insert("content-digest", "sha-256=:AAAA:".parse().expect("a value"));
    assert_eq!(claimed(&came(&changed), at("2021-04-20T02:08:00Z")), Err(Doubt::OtherBody));
}

//! Signed requests, as servers of the Fediverse sign them: draft-cavage-http-signatures-12 with RSA and SHA-256, a digest of the body
//! beside it (RFC 3230). What is signed by RFC 9421 is read in `rfc9421`.

use super::keys::PaperKeys;
use super::rfc9421;
use crate::unless_known::rfc9110;
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use newsroom::Timestamp;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest, Sha256};

/// A request holds for so long, before and after its date: deliveries that are tried again are signed again.
pub(super) const HOLDS_FOR: SignedDuration = SignedDuration::from_hours(1);
/// The longest key and the longest signature, in bytes of their text.
pub(super) const MOST_PEM: usize = 4_000;
const MOST_SIGNATURE: usize = 2_000;
/// `SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }` (RFC 3279, 2.3.1).
const RSA: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// A request as it came, as far as it can be signed.
pub(super) struct Came<'r> {
    pub method: &'r str,
    /// Path and query, as asked.
    pub path: &'r str,
    /// The paper's own host: what is signed for another one is not for this paper, whatever a proxy made of the line `Host`.
    pub host: &'r str,
    pub headers: &'r HeaderMap,
    pub body: &'r [u8],
}

/// What a request says of who signed it. Whether it is so, the key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// The name of the key: an address.
    pub key_name: String,
    /// What is signed.
    pub signed: String,
    /// The signature, in base 64.
    pub signature: String,
}

/// Why a request is not even looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// No signature, or one that cannot be read.
    Unsigned,
    /// Not all that must be signed is.
    TooLittle,
    /// No digest of the body.
    NoDigest,
    /// The body is another one.
    OtherBody,
    /// Too old, or not yet.
    Date,
}

/// What a request claims, where it may be believed as far as can be seen without a key.
pub(super) fn claimed(came: &Came<'_>, now: Timestamp) -> Result<Claim, Doubt> {
    if came.headers.contains_key("signature-input") {
        return rfc9421::claimed(came, now);
    }
    let line = came.headers.get("signature").and_then(|line| line.to_str().ok()).ok_or(Doubt::Unsigned)?;
    let said = |name: &str| parameter(line, name);
    let (key_name, signature) = said("keyId").zip(said("signature")).ok_or(Doubt::Unsigned)?;
    let algorithm = said("algorithm").unwrap_or_else(|| "hs2019".to_owned());
    if !["rsa-sha256", "hs2019"].contains(&algorithm.as_str()) || signature.len() > MOST_SIGNATURE {
        return Err(Doubt::Unsigned);
    }
    let names = said("headers").unwrap_or_default().to_ascii_lowercase();
    let names: Vec<&str> = names.split_ascii_whitespace().collect();
    if !["(request-target)", "host", "digest"].iter().all(|must| names.contains(must)) {
        return Err(if names.contains(&"digest") { Doubt::TooLittle } else { Doubt::NoDigest });
    }
    digest_holds(came)?;
    let created = said("created").and_then(|at| at.parse().ok()).and_then(|at| Timestamp::from_second(at).ok());
    let dated = match (names.contains(&"date"), names.contains(&"(created)")) {
        (true, _) => text(came, "date").and_then(date),
        (false, true) => created,
        (false, false) => return Err(Doubt::TooLittle),
    };
    is_of_now(dated, now)?;
    let expires = said("expires").and_then(|at| at.parse().ok()).and_then(|at| Timestamp::from_second(at).ok());
    if expires.is_some_and(|at| at < now) {
        return Err(Doubt::Date);
    }
    let line = |name: &&str| {
        let value = match *name {
            "(request-target)" => Some(format!("{} {}", came.method.to_ascii_lowercase(), came.path)),
            "(created)" => said("created"),
            "(expires)" => said("expires"),
            "host" => Some(came.host.to_owned()),
            name => text(came, name).map(str::to_owned),
        };
        value.map(|value| format!("{name}: {value}"))
    };
    let signed: Option<Vec<String>> = names.iter().map(line).collect();
    Ok(Claim { key_name, signed: signed.ok_or(Doubt::TooLittle)?.join("\n"), signature })
}

/// A parameter of the line: `keyId="…"`, or `created=1402170695`.
fn parameter(line: &str, name: &str) -> Option<String> {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('=') {
        let found = before.trim_start_matches([',', ' ']).trim();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(',').unwrap_or((after, "")),
        };
        if found == name {
            return Some(value.trim().to_owned());
        }
        rest = next;
    }
    None
}

/// The one value of a header that is a text.
pub(super) fn text<'r>(came: &Came<'r>, name: &str) -> Option<&'r str> {
    let mut all = came.headers.get_all(name).iter();
    let one = all.next()?.to_str().ok()?.trim();
    all.next().is_none().then_some(one)
}

fn date(line: &str) -> Option<Timestamp> {
    rfc2822::parse(line).ok().map(|at| at.timestamp())
}

/// The date of a request, and that it is of now.
pub(super) fn is_of_now(dated: Option<Timestamp>, now: Timestamp) -> Result<(), Doubt> {
    let far = dated.map(|at| now.duration_since(at).abs());
    if far.is_some_and(|far| far <= HOLDS_FOR) { Ok(()) } else { Err(Doubt::Date) }
}

/// The body is the one of the line `Digest`.
fn digest_holds(came: &Came<'_>) -> Result<(), Doubt> {
    let line = text(came, "digest").ok_or(Doubt::NoDigest)?;
    let of_kind = |part: &str| {
        let (kind, value) = part.trim().split_once('=')?;
        kind.eq_ignore_ascii_case("sha-256").then(|| value.to_owned())
    };
    let said = line.split(',').find_map(of_kind).ok_or(Doubt::NoDigest)?;
    if said == digest(came.body) { Ok(()) } else { Err(Doubt::OtherBody) }
}

/// SHA-256 of a body, in base 64.
pub(super) fn digest(body: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(body))
}

/// Whether a signature is one by this key.
pub(super) fn holds(pem: &str, signed: &str, signature: &str) -> bool {
    let (Some(key), Ok(signature)) = (key_of(pem), STANDARD.decode(signature)) else { return false };
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(signed.as_bytes(), &signature).is_ok()
}

/// The `RSAPublicKey` (RFC 8017, A.1.1) of a PEM: bare, or inside a `SubjectPublicKeyInfo` (RFC 5280, 4.1).
pub(super) fn key_of(pem: &str) -> Option<Vec<u8>> {
    let body: String =
        pem.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("-----")).collect();
    let der = STANDARD.decode(body).ok().filter(|_| pem.len() <= MOST_PEM)?;
    let inner = element(&der, 0x30)?;
    if inner.first() == Some(&0x02) {
        return Some(der);
    }
    let bits = element(inner.strip_prefix(&RSA)?, 0x03)?;
    bits.strip_prefix(&[0]).map(<[u8]>::to_vec)
}

/// What is inside the one DER element of a tag.
fn element(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (_, rest) = der.split_first().filter(|(first, _)| **first == tag)?;
    let (length, rest) = rest.split_first()?;
    let (length, inner) = match length {
        short @ 0..=0x7f => (usize::from(*short), rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])), rest.get(2..)?),
        _ => return None,
    };
    (inner.len() == length).then_some(inner)
}

/// A bare `RSAPublicKey` as PEM of a `SubjectPublicKeyInfo`.
pub(super) fn pem_of(key: &[u8]) -> String {
    let bits = wrapped(0x03, &[&[0][..], key].concat());
    let whole = STANDARD.encode(wrapped(0x30, &[&RSA[..], &bits].concat()));
    let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
    for line in whole.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem.push_str("-----END PUBLIC KEY-----\n");
    pem
}

fn wrapped(tag: u8, inner: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inner.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[tag, 0x82, length[0], length[1]][..], inner].concat()
}

/// The lines that sign a request of the paper's own; with a body its digest, too.
pub(super) fn sign(
    keys: &PaperKeys,
    key_name: &str,
    (method, host, path): (&str, &str, &str),
    body: Option<&[u8]>,
    now: Timestamp,
) -> Option<Vec<(&'static str, String)>> {
    let date = rfc9110(now);
    let mut signed = format!("(request-target): {method} {path}\nhost: {host}\ndate: {date}");
    let (mut names, mut lines) = (String::from("(request-target) host date"), vec![("date", date)]);
    if let Some(body) = body {
        let digest = format!("SHA-256={}", digest(body));
        signed.push_str(&format!("\ndigest: {digest}"));
        names.push_str(" digest");
        lines.push(("digest", digest));
    }
    let signature = keys.sign(&signed)?;
    let line = format!("keyId=\"{key_name}\",algorithm=\"rsa-sha256\",headers=\"{names}\",signature=\"{signature}\"");
    lines.push(("signature", line));
    Some(lines)
}

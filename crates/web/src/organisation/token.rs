//! What a provider says of somebody: a signed token (OpenID Connect Core 1.0 §2, RFC 7519), checked in the order of §3.1.3.7.

use super::jwks::{Algorithm, Jwks};
use crate::passkeys::{read, written};
use newsroom::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The longest token, in bytes.
const LONGEST: usize = 16 * 1024;
/// The clocks of two machines differ by so much at most, in seconds.
const LEEWAY: i64 = 120;
/// A token is used at once: one that was made longer ago was kept by somebody.
const OLDEST: i64 = 600;
/// The longest subject (Core §2), and the longest name that is kept, in signs.
const SUBJECT: usize = 255;
const NAME: usize = 200;
/// Ways of signing in beyond a password (RFC 8176 §2).
const BESIDE: [&str; 8] = ["otp", "sms", "hwk", "swk", "sc", "fpt", "face", "iris"];

/// Why a token was not believed. For the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenDoubt {
    /// It cannot be read, or something is missing.
    #[error("not readable")]
    Unreadable,
    /// It is signed in a way that is not trusted, or asks for something that is not known here.
    #[error("a way of signing that is not trusted")]
    Algorithm,
    /// It names a key that is not among the provider's, or none where several fit.
    #[error("an unknown key")]
    UnknownKey,
    /// The signature is not that of the key.
    #[error("a wrong signature")]
    WrongSignature,
    /// It is of another provider, or for somebody else than the paper.
    #[error("not for us")]
    NotForUs,
    /// Its time is over, has not begun, or is not said.
    #[error("not of now")]
    NotOfNow,
    /// It answers another question.
    #[error("to another question")]
    OtherQuestion,
    /// It came with another access token.
    #[error("with another access token")]
    OtherAccess,
}

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// Who vouches.
    pub issuer: &'e str,
    /// As whom the paper is known there.
    pub client: &'e str,
    /// What was asked.
    pub nonce: &'e str,
    /// When it is looked at.
    pub now: Timestamp,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Whom the issuer means; never given to somebody else (Core §5.7).
    pub subject: String,
    /// As the organisation calls them, for themselves to know the account by. Nobody is found by it.
    pub name: String,
    /// When it was made.
    pub issued_at: Timestamp,
    /// When they showed the provider who they are, where it says so.
    pub signed_in_at: Option<Timestamp>,
    /// By more than a password, as the provider says.
    pub strong: bool,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

/// Whatever it says, null too.
fn is_there<'de, D: serde::Deserializer<'de>>(sent: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(sent).map(|_| true)
}

#[derive(Deserialize)]
struct Body {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    auth_time: Option<f64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    #[serde(default)]
    amr: serde_json::Value,
    email: Option<String>,
    preferred_username: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// What a token says, when it may be believed.
///
/// # Errors
/// [`TokenDoubt`]; with [`TokenDoubt::UnknownKey`] the provider may have new keys.
pub fn verify(
    token: &str,
    access_token: Option<&str>,
    keys: &Jwks,
    expected: &Expected<'_>,
) -> Result<Claims, TokenDoubt> {
    let body = opened(token, keys)?;
    let is_audience = match &body.aud {
        Audience::One(one) => one == expected.client,
        // §3.1.3.7 no. 3 and 4: with others beside us it says for whom it was made.
        Audience::Several(all) => {
            all.iter().any(|one| one == expected.client) && (all.len() == 1 || body.azp.is_some())
        }
    };
    let is_party = body.azp.as_deref().is_none_or(|party| party == expected.client);
    if body.iss != expected.issuer || !is_audience || !is_party {
        return Err(TokenDoubt::NotForUs);
    }
    let (issued_at, until) = (time(body.iat)?, time(body.exp)?);
    let now = expected.now.as_second();
    let (made, ends) = (issued_at.as_second(), until.as_second());
    if ends + LEEWAY <= now || made > now + LEEWAY || made < now - OLDEST {
        return Err(TokenDoubt::NotOfNow);
    }
    if body.nonce.as_deref() != Some(expected.nonce) {
        return Err(TokenDoubt::OtherQuestion);
    }
    // §3.1.3.8: the left half of the hash; every way of signing here goes with SHA-256.
    let half = |access: &str| written(Sha256::digest(access).get(..16).unwrap_or_default());
    if body.at_hash.as_ref().is_some_and(|hash| access_token.map(half).as_ref() != Some(hash)) {
        return Err(TokenDoubt::OtherAccess);
    }
    let signed_in_at = body.auth_time.map(time).transpose()?;
    claims(body, issued_at, signed_in_at)
}

/// Its content, once its signature was found good.
fn opened(token: &str, keys: &Jwks) -> Result<Body, TokenDoubt> {
    if token.len() > LONGEST || token.contains('=') {
        return Err(TokenDoubt::Unreadable);
    }
    let (signed, seal) = token.rsplit_once('.').ok_or(TokenDoubt::Unreadable)?;
    let (head, body) = signed.split_once('.').filter(|(_, body)| !body.contains('.')).ok_or(TokenDoubt::Unreadable)?;
    let part = |part: &str| read(part).ok_or(TokenDoubt::Unreadable);
    let (head, body, seal) = (part(head)?, part(body)?, part(seal)?);
    let head: Head = serde_json::from_slice(&head).map_err(|_| TokenDoubt::Unreadable)?;
    // RFC 7515 §4.1.11: what is not understood must be refused, and nothing of it is.
    let algorithm = Algorithm::from_name(&head.alg).filter(|_| !head.crit).ok_or(TokenDoubt::Algorithm)?;
    let key = keys.find(head.kid.as_deref(), algorithm).ok_or(TokenDoubt::UnknownKey)?;
    if !key.signed(algorithm, signed.as_bytes(), &seal) {
        return Err(TokenDoubt::WrongSignature);
    }
    serde_json::from_slice(&body).map_err(|_| TokenDoubt::Unreadable)
}

fn claims(body: Body, issued_at: Timestamp, signed_in_at: Option<Timestamp>) -> Result<Claims, TokenDoubt> {
    let subject = body.sub;
    if subject.is_empty() || subject.len() > SUBJECT || !subject.is_ascii() || subject.contains(char::is_control) {
        return Err(TokenDoubt::Unreadable);
    }
    let names = [body.email, body.preferred_username, body.name, Some(subject.clone())];
    let name = names.into_iter().flatten().map(|name| arabic::clean::line(&name)).find(|name| !name.is_empty());
    let name = name.unwrap_or_default().chars().filter(|sign| !sign.is_control()).take(NAME).collect();
    // Some providers send one word, or null: that proves nothing, and is no reason to refuse.
    let has = |way: &str| body.amr.as_array().is_some_and(|ways| ways.iter().any(|one| one.as_str() == Some(way)));
    // Each of the others names one way only (RFC 8176 §2): it counts beside a password.
    let strong = has("mfa") || ((has("pwd") || has("pin")) && BESIDE.iter().any(|way| has(way)));
    Ok(Claims { subject, name, issued_at, signed_in_at, strong })
}

/// A time in seconds since 1970, which may have a fraction (RFC 7519 §2).
fn time(seconds: f64) -> Result<Timestamp, TokenDoubt> {
    let whole = seconds.is_finite().then_some(seconds.floor()).filter(|seconds| seconds.abs() < 1e11);
    let whole = whole.ok_or(TokenDoubt::NotOfNow)?;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below 1e11")]
    Timestamp::from_second(whole as i64).map_err(|_| TokenDoubt::NotOfNow)
}

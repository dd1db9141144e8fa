//! Members of another site: a token that the site signs for one of them (JWT, RFC 7519) says as whom they write. Signed in a
//! way that we know by a key of this site, for this paper, for an hour at most; RFC 8725 says why each of these is asked.

use crate::app::App;
use crate::error::PageError;
use crate::guard::Seal;
use crate::passkeys::read;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::outside::{Way, kid_fits};
use newsroom::{OtherSiteId, Timestamp};
use ring::{hmac, signature};
use serde::Deserialize;
use serde_json::json;
use store::outside::SiteKey;

/// The longest token, in bytes.
const LONGEST: usize = 4 * 1024;
/// For how long one holds at most, and by how much two clocks differ, in seconds.
const LONGEST_LIFE: i64 = 3_600;
const LEEWAY: i64 = 60;
/// The longest subject and the longest name of a token, in bytes.
const MOST_SUBJECT: usize = 255;
const MOST_TOKEN_NAME: usize = 200;

/// Somebody whom the site vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// A keyed hash of what the site calls them.
    pub mark: String,
    /// The name they sign with.
    pub name: String,
    /// A keyed hash of the token's own name, and until when it holds: so often it may send something.
    pub token: (String, Timestamp),
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It cannot be read, or something is missing.
    Unreadable,
    /// It is signed in another way than the key it names, or asks for something that is not known here.
    Algorithm,
    /// It names no key of the site that holds.
    UnknownKey,
    /// The signature is not that of the key.
    WrongSignature,
    /// It was made for somebody else than this paper.
    NotForUs,
    /// Its time is over, has not begun, or is longer than an hour.
    NotOfNow,
    /// It was used too often.
    UsedUp,
}

impl Doubt {
    /// Its word for whoever writes the site's programs.
    fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown-key",
            Self::WrongSignature => "wrong-signature",
            Self::NotForUs => "not-for-us",
            Self::NotOfNow => "not-of-now",
            Self::UsedUp => "used-up",
        }
    }

    /// The answer: the site's page is to fetch another token.
    pub fn answer(self, app: &App) -> Response {
        let says = app.to_readers().words().s("embeds.token-refused");
        let body = Json(json!({ "says": says, "token": self.word() }));
        let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (StatusCode::UNAUTHORIZED, [no_store], body).into_response()
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: String,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    aud: Audience,
    sub: String,
    name: String,
    iat: i64,
    /// Not before (RFC 7519, section 4.1.5).
    #[serde(default)]
    nbf: Option<i64>,
    exp: i64,
    jti: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Whom a token names, when it may be believed.
///
/// # Errors
/// When the store cannot answer.
pub async fn verify(
    app: &App,
    site: OtherSiteId,
    token: &str,
    now: Timestamp,
) -> Result<Result<Member, Doubt>, PageError> {
    let Some((signed, seal, head)) = cut(token) else { return Ok(Err(Doubt::Unreadable)) };
    // RFC 7515 §4.1.11: what is not understood must be refused, and nothing of it is.
    let Some(way) = Way::from_name(&head.alg).filter(|_| head.crit.is_none()) else {
        return Ok(Err(Doubt::Algorithm));
    };
    if !kid_fits(&head.kid) {
        return Ok(Err(Doubt::UnknownKey));
    }
    let Some(key) = app.store.live_site_key(site, &head.kid).await? else { return Ok(Err(Doubt::UnknownKey)) };
    // The key says how it signs; a token that says otherwise wants one key used as another (RFC 8725 §2.1).
    if key.way != way {
        return Ok(Err(Doubt::Algorithm));
    }
    if !is_signed(&key, signed.as_bytes(), &seal) {
        return Ok(Err(Doubt::WrongSignature));
    }
    let body = signed.split_once('.').and_then(|(_, body)| read(body));
    let claims = body.and_then(|body| serde_json::from_slice::<Claims>(&body).ok());
    Ok(claims.ok_or(Doubt::Unreadable).and_then(|claims| believed(app, site, claims, now)))
}

/// What is signed, the signature, and the head.
fn cut(token: &str) -> Option<(&str, Vec<u8>, Head)> {
    if token.len() > LONGEST || token.contains('=') {
        return None;
    }
    let (signed, seal) = token.rsplit_once('.')?;
    let (head, _) = signed.split_once('.').filter(|(_, body)| !body.contains('.'))?;
    Some((signed, read(seal)?, serde_json::from_slice(&read(head)?).ok()?))
}

fn is_signed(key: &SiteKey, signed: &[u8], seal: &[u8]) -> bool {
    let Some(material) = read(&key.material).filter(|bytes| bytes.len() == key.way.key_bytes()) else { return false };
    match key.way {
        Way::Hs256 => hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &material), signed, seal).is_ok(),
        Way::EdDsa => signature::UnparsedPublicKey::new(&signature::ED25519, material).verify(signed, seal).is_ok(),
        Way::Es256 => {
            let point = [&[4_u8][..], &material].concat();
            signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(signed, seal).is_ok()
        }
    }
}

fn believed(app: &App, site: OtherSiteId, claims: Claims, now: Timestamp) -> Result<Member, Doubt> {
    let here = app.paper.address.trim_end_matches('/');
    let is_ours = |audience: &str| audience.trim_end_matches('/') == here;
    let for_us = match &claims.aud {
        Audience::One(one) => is_ours(one),
        Audience::Several(all) => all.iter().any(|one| is_ours(one)),
    };
    if !for_us {
        return Err(Doubt::NotForUs);
    }
    let (made, ends, now) = (claims.iat, claims.exp, now.as_second());
    let lives = ends.checked_sub(made).ok_or(Doubt::NotOfNow)?;
    let has_begun = claims.nbf.is_none_or(|begins| begins <= now + LEEWAY);
    if ends <= now || !has_begun || made > now + LEEWAY || lives <= 0 || lives > LONGEST_LIFE {
        return Err(Doubt::NotOfNow);
    }
    let fits = |text: &str, most: usize| !text.trim().is_empty() && text.len() <= most;
    if !fits(&claims.sub, MOST_SUBJECT) || !fits(&claims.jti, MOST_SUBJECT) || !fits(&claims.name, MOST_TOKEN_NAME) {
        return Err(Doubt::Unreadable);
    }
    let until = Timestamp::from_second(ends).map_err(|_| Doubt::NotOfNow)?;
    let mark = |purpose: &[u8], of: &str| Seal::over(app, purpose, &[&site.0.to_be_bytes(), of.as_bytes()]).short();
    Ok(Member {
        mark: mark(b"member of another site", &claims.sub),
        name: claims.name,
        token: (mark(b"token of another site", &claims.jti), until),
    })
}

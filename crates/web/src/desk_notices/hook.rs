//! A message to an address of the web: JSON, signed as Standard Webhooks has it (<https://www.standardwebhooks.com>), so that
//! libraries of the other side know it.

use super::parcel::{Digest, Parcel};
use crate::app::App;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use newsroom::Timestamp;
use serde_json::json;
use sha2::Sha256;
use store::desk_notices::{Delivery, StaffWay};

/// How the secret of an address of the web begins; the rest is base 64.
pub(super) const SECRET_BEGINS: &str = "whsec_";

/// Signed: HMAC-SHA-256 over `id.timestamp.body`, at the minute of this attempt.
pub(super) fn message(app: &App, delivery: &Delivery, way: &StaffWay, (digest, text): (&Digest, &str)) -> Parcel {
    let body = json!({
        "type": "desk.notices",
        "timestamp": delivery.made_at.to_string(),
        "paper": app.paper.name,
        "text": text,
        "lines": digest.lines,
        "more": digest.more,
    })
    .to_string();
    let (id, at) = (delivery.id.short(), app.now());
    let headers = vec![
        ("webhook-id", id.clone()),
        ("webhook-timestamp", at.as_second().to_string()),
        ("webhook-signature", signature(&way.secret, &id, at, &body)),
    ];
    Parcel::Hook { url: way.address.clone(), headers, body }
}

/// `v1,` and the signature in base 64; empty where the secret cannot be read.
pub fn signature(secret: &str, id: &str, at: Timestamp, body: &str) -> String {
    let key = secret.strip_prefix(SECRET_BEGINS).and_then(|secret| STANDARD.decode(secret).ok());
    let mac = key.and_then(|key| Hmac::<Sha256>::new_from_slice(&key).ok());
    let signed = mac.map(|mut mac| {
        mac.update(format!("{id}.{}.{body}", at.as_second()).as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    });
    signed.map(|signed| format!("v1,{signed}")).unwrap_or_default()
}

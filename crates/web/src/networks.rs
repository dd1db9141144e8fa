//! From which network a visitor sends: noted as a keyed hash, so that the desk can see who else sent from there in these days.
//! The address itself is written nowhere. The same network is not the same person: a household, a university, a country's
//! telephone company.

use crate::app::App;
use crate::guard::From;
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use newsroom::VisitorId;
use sha2::Sha256;
use std::net::IpAddr;
use store::StoreError;
use store::networks::{NetworkHash, NetworkKey, SentFrom};
use tokio::sync::Mutex;

/// Bytes of a hash that are kept.
const HASH_BYTES: usize = 16;

/// The key of now, as this process knows it.
#[derive(Debug, Default)]
pub struct Networks(Mutex<Option<NetworkKey>>);

/// How long a key makes hashes, and a hash is kept after the last thing came from there; none where the paper keeps nothing.
pub fn kept_for(app: &App) -> Option<SignedDuration> {
    let days = app.paper.network_days;
    (days > 0).then(|| SignedDuration::from_hours(24 * i64::from(days)))
}

/// From where something was sent, as it is noted; none where the paper notes nothing, or cannot now: what was sent is not lost with it.
pub async fn of(app: &App, From(address): From) -> Option<SentFrom> {
    let lasts = kept_for(app)?;
    let key = key(app, lasts).await.inspect_err(|error| tracing::warn!(%error, "a network could not be noted")).ok()?;
    Some(SentFrom { key: key.id, network: hash(&key, address)? })
}

/// Notes from where a visitor sent something. What was sent is not lost when that fails.
pub async fn note(app: &App, visitor: VisitorId, from: &SentFrom) {
    if let Err(error) = app.store.note_network(visitor, from, app.now()).await {
        tracing::warn!(%error, "a network could not be noted");
    }
}

async fn key(app: &App, lasts: SignedDuration) -> Result<NetworkKey, StoreError> {
    let now = app.now();
    let mut known = app.networks.0.lock().await;
    let key = match &*known {
        Some(key) if now < key.until => key.clone(),
        _ => app.store.network_key(lasts, now).await?,
    };
    *known = Some(key.clone());
    Ok(key)
}

fn hash(key: &NetworkKey, address: IpAddr) -> Option<NetworkHash> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.key).ok()?;
    match address {
        IpAddr::V4(v4) => mac.update(&v4.octets()),
        IpAddr::V6(v6) => mac.update(&v6.octets()),
    }
    let bytes = mac.finalize().into_bytes();
    Some(NetworkHash(bytes.iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect()))
}

//! Other comment systems, by their key: in the `Authorization` line for our own calls, in the address for those in the
//! form of the service that closes.

use crate::app::App;
use crate::moderation_api::{Caller, Problem};
use axum::extract::{FromRequestParts, Query};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::Deserialize;
use store::StoreError;

/// Whoever calls has a key that holds, as `Authorization: Bearer KEY`.
#[derive(Debug)]
pub struct ByBearer(pub Caller);

/// Whoever calls has a key that holds, as `?key=KEY`.
#[derive(Debug)]
pub struct ByAddress {
    /// Who; an error when the store could not say whether the key holds.
    pub caller: Result<Caller, StoreError>,
}

#[derive(Debug, Default, Deserialize)]
struct Address {
    key: Option<String>,
}

impl FromRequestParts<App> for ByBearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let line = parts.headers.get(AUTHORIZATION).and_then(|line| line.to_str().ok());
        let key = line.and_then(|line| line.trim().split_once(' '));
        let key = key.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
        let known = app.callers.of_key(app, key.ok_or(Problem::NoKey)?).await.map_err(Problem::Store)?;
        known.filter(Caller::asks_for_verdicts).map(Self).ok_or(Problem::NoKey)
    }
}

impl FromRequestParts<App> for ByAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Query(address) = Query::<Address>::try_from_uri(&parts.uri).unwrap_or_default();
        match app.callers.of_key(app, address.key.as_deref().unwrap_or_default().trim()).await {
            Ok(Some(caller)) if caller.asks_for_verdicts() => Ok(Self { caller: Ok(caller) }),
            Ok(_) => Err(Problem::WrongKey),
            Err(problem) => Ok(Self { caller: Err(problem) }),
        }
    }
}

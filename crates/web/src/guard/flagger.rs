//! The key of a trusted flagger, where this browser carries one. It opens nothing; it marks a report.

use super::{cookie, cookie_name, hash_of};
use crate::app::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;
use store::people::TokenHash;

/// Its cookie: 32 random bytes, opaque.
pub fn flagger_cookie(app: &App) -> &'static str {
    cookie_name(app, ["midad_flagger", "__Host-midad_flagger"])
}

/// The hash of the key, whether it holds or not: the store looks.
#[derive(Debug)]
pub struct FlaggerKey(pub Option<TokenHash>);

impl FromRequestParts<App> for FlaggerKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(cookie(&parts.headers, flagger_cookie(app)).map(hash_of)))
    }
}

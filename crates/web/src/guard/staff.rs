//! Members of the staff, by the sign-in that their browser carries. The store knows the token's hash only.

use super::cookie;
use crate::app::App;
use crate::error::PageError;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::SessionId;
use newsroom::people::{Actor, Role, Staff};
use sha2::{Digest, Sha256};
use store::people::TokenHash;

/// The cookie of a sign-in: 32 random bytes, opaque.
pub const SESSION_COOKIE: &str = "midad_desk";

/// Somebody who works here, whatever they may do.
#[derive(Debug)]
pub struct SignedIn {
    /// Their sign-in.
    pub session: SessionId,
}

/// Somebody who may rule on comments.
#[derive(Debug)]
pub struct Moderator {
    /// Who.
    pub staff: Staff,
}

/// Somebody who may publish and withdraw stories.
#[derive(Debug)]
pub struct Editor {
    /// Who.
    pub staff: Staff,
}

impl Editor {
    /// For the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.id)
    }
}

impl Moderator {
    /// For the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.id)
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let (session, _) = signed_in(parts, app, |_| true).await?;
        Ok(Self { session })
    }
}

impl FromRequestParts<App> for Moderator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let (_, staff) = signed_in(parts, app, Role::moderates).await?;
        Ok(Self { staff })
    }
}

impl FromRequestParts<App> for Editor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let (_, staff) = signed_in(parts, app, Role::publishes).await?;
        Ok(Self { staff })
    }
}

/// SHA-256 of a token, in hexadecimal.
pub fn hash_of(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Who is signed in, when the role suffices. A reader of pages is shown the way in; a form gets an error, since what was
/// typed would be lost on the way.
async fn signed_in(parts: &Parts, app: &App, may: fn(Role) -> bool) -> Result<(SessionId, Staff), Response> {
    let session = match cookie(&parts.headers, SESSION_COOKIE) {
        Some(token) => app.store.session(&hash_of(token), app.now()).await,
        None => Ok(None),
    };
    match session.map_err(|error| PageError::from(error).into_response())? {
        Some((session, staff)) if may(staff.role) => Ok((session, staff)),
        Some(_) => Err(PageError::Forbidden.into_response()),
        None if matches!(parts.method, Method::GET | Method::HEAD) => Err(Redirect::to("/sign-in").into_response()),
        None => Err(PageError::SignInFirst.into_response()),
    }
}

//! What is said when something is wrong, in one form for all calls: that of the service that closes, since its clients
//! read `error.message`. Whoever reads this writes programs; the words are English and the `reason` is for machines.

use crate::error::SOON;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use store::StoreError;

/// Why a call is not answered.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No key that holds came with the call.
    #[error("A key that holds is needed: Authorization: Bearer KEY")]
    NoKey,
    /// The key in the address is missing, unknown or was taken away.
    #[error("The key in the address is missing, unknown or was revoked: ?key=KEY")]
    WrongKey,
    /// What was sent is not what this call takes.
    #[error("{says}")]
    Malformed {
        /// Where in the JSON, as a JSON pointer (RFC 6901); for `?name=`, the name with its question mark.
        pointer: String,
        /// What is wrong there.
        says: String,
    },
    /// A text, or all of them together, is longer than this call takes.
    #[error("{says}")]
    TooLarge {
        /// Where in the JSON, as a JSON pointer; empty for the whole.
        pointer: String,
        /// What is too long, and how much may be.
        says: String,
    },
    /// More comments in a minute than the key may send.
    #[error("Too many comments for this key; wait {wait} s")]
    TooFast {
        /// Seconds until the next one is taken.
        wait: u64,
    },
    /// The address is right, the method is not.
    #[error("This address takes another method")]
    WrongMethod,
    /// The request did not come in, or the answer was not ready, in time.
    #[error("Not in time")]
    TooSlow,
    /// The store failed.
    #[error("The store failed")]
    Store(StoreError),
    /// Something failed that should not.
    #[error("Something failed here")]
    Broken,
}

impl Problem {
    /// Something wrong at a place of the JSON.
    pub fn at(pointer: impl Into<String>, says: impl Into<String>) -> Self {
        Self::Malformed { pointer: pointer.into(), says: says.into() }
    }

    /// Status code, its name among those that this form knows, and the reason for machines.
    fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NoKey => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "no-key"),
            Self::WrongKey => (StatusCode::FORBIDDEN, "PERMISSION_DENIED", "wrong-key"),
            Self::Malformed { .. } => (StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", "malformed"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "INVALID_ARGUMENT", "too-large"),
            Self::TooFast { .. } => (StatusCode::TOO_MANY_REQUESTS, "RESOURCE_EXHAUSTED", "too-fast"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "UNIMPLEMENTED", "wrong-method"),
            Self::TooSlow => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "too-slow"),
            Self::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "store"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "broken"),
        }
    }

    fn pointer(&self) -> Option<&str> {
        match self {
            Self::Malformed { pointer, .. } | Self::TooLarge { pointer, .. } => Some(pointer),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(%error, "a call of another comment system failed");
        }
        let (code, status, reason) = self.kind();
        let mut detail = json!({ "reason": reason });
        if let Some(pointer) = self.pointer() {
            detail["pointer"] = pointer.into();
        }
        let error =
            json!({ "code": code.as_u16(), "message": self.to_string(), "status": status, "details": [detail] });
        let mut response = (code, Json(json!({ "error": error }))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::TooFast { wait } => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from(wait))),
            Self::TooSlow | Self::Store(_) => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from(SOON))),
            Self::NoKey => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            _ => {}
        }
        response
    }
}

/// What a line of the router answers to a method it does not know.
pub async fn wrong_method() -> Problem {
    Problem::WrongMethod
}

/// What a handler that panicked answers.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Problem::Broken.into_response()
}

/// The layer: what libraries refuse in plain words, or in none, is said in our form.
pub async fn in_shape(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap_or_default());
    let status = response.status();
    if kind.starts_with("application/json") || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::TooLarge { pointer: String::new(), says: "The request is too large".to_owned() }
        }
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Problem::TooSlow,
        other if other.is_client_error() => Problem::at("", "The request could not be read"),
        _ => Problem::Broken,
    };
    let allow = response.headers_mut().remove(header::ALLOW);
    let mut said = problem.into_response();
    said.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    said
}

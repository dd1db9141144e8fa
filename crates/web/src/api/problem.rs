//! What is said when something is wrong: `application/problem+json` (RFC 9457), in the language that whoever calls prefers.

use crate::app::App;
use crate::error::{PageError, SOON};
use crate::words::Words;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use newsroom::people::Scope;
use newsroom::profile::Language;
use serde_json::json;
use std::sync::Arc;
use store::StoreError;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// What stands before the name of a kind of problem.
const TYPE: &str = "urn:midad:problem:";
/// What of an answer stays when its body becomes a problem.
const STAYS: [HeaderName; 5] = [
    header::ALLOW,
    header::RETRY_AFTER,
    header::WWW_AUTHENTICATE,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
];

/// Why a call is not answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiProblem {
    /// No key that holds came with the call, or it belongs to nobody who works here.
    #[error("no key")]
    NoKey,
    /// The key does not open this part.
    #[error("scope")]
    Scope(Scope),
    /// The member of the staff may not do this.
    #[error("forbidden")]
    Forbidden,
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// It is in another state than whoever calls has read; the word of it, where there is one.
    #[error("overtaken")]
    Overtaken(String),
    /// What was sent cannot be read: where (a JSON pointer, RFC 6901) and why.
    #[error("malformed")]
    Malformed(String, String),
    /// It can be read, and cannot be done: everything that stands in the way.
    #[error("refused")]
    Refused(Vec<String>),
    /// Another request had this name.
    #[error("name used")]
    NameUsed,
    /// The request of this name is being answered.
    #[error("still running")]
    Running,
    /// More calls than the key has in a minute; seconds to wait.
    #[error("too fast")]
    TooFast(u64),
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// The address is right, the method is not.
    #[error("wrong method")]
    WrongMethod,
    /// The answer was not ready in time, or the store failed.
    #[error("unavailable")]
    Unavailable,
    /// Something failed that should not.
    #[error("broken")]
    Broken,
}

impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict(why) => Self::Overtaken(why),
            other => {
                tracing::error!(error = %other, "a call of a program failed");
                Self::Unavailable
            }
        }
    }
}

impl From<PageError> for ApiProblem {
    fn from(error: PageError) -> Self {
        match error {
            PageError::NotFound => Self::NotFound,
            PageError::Forbidden => Self::Forbidden,
            PageError::Overtaken => Self::Overtaken(String::new()),
            PageError::Store(error) => error.into(),
            _ => Self::Broken,
        }
    }
}

impl ApiProblem {
    /// Status, and the name of its kind: also the end of its keys in the locales (`api.problem.no-key` …).
    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NoKey => (StatusCode::UNAUTHORIZED, "no-key"),
            Self::Scope(_) => (StatusCode::FORBIDDEN, "scope"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Overtaken(_) => (StatusCode::CONFLICT, "overtaken"),
            Self::Malformed(..) => (StatusCode::BAD_REQUEST, "malformed"),
            Self::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            Self::NameUsed => (StatusCode::UNPROCESSABLE_ENTITY, "name-used"),
            Self::Running => (StatusCode::CONFLICT, "running"),
            Self::TooFast(_) => (StatusCode::TOO_MANY_REQUESTS, "too-fast"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        }
    }

    fn body(&self, t: &Words) -> serde_json::Value {
        let (status, name) = self.kind();
        let mut body = json!({
            "type": format!("{TYPE}{name}"),
            "title": t.s(&format!("api.problem.{name}")),
            "status": status.as_u16(),
        });
        match self {
            Self::Scope(scope) => body["scope"] = scope.word().into(),
            Self::Overtaken(why) if !why.is_empty() => body["now"] = why.as_str().into(),
            Self::Malformed(pointer, says) => {
                body["pointer"] = pointer.as_str().into();
                body["detail"] = says.as_str().into();
            }
            Self::Refused(why) => body["errors"] = json!(why),
            _ => {}
        }
        body
    }

    /// The problem that an answer of somebody else's library stands for.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::WrongMethod),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(Self::Unavailable),
            other if other.is_client_error() => Some(Self::Malformed(String::new(), String::new())),
            other if other.is_server_error() => Some(Self::Broken),
            _ => None,
        }
    }
}

impl IntoResponse for ApiProblem {
    /// The bare answer carries the problem; [`in_words`] says it.
    fn into_response(self) -> Response {
        let mut response = self.kind().0.into_response();
        match &self {
            Self::TooFast(wait) => {
                drop(response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*wait)));
            }
            Self::NoKey => {
                let bearer = HeaderValue::from_static("Bearer");
                drop(response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer));
            }
            _ => {}
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The layer: problems in words, and nothing that anybody keeps on the way.
pub async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let language = preferred(request.headers()).unwrap_or(app.paper.writing.language);
    let mut response = next.run(request).await;
    let carried = response.extensions().get::<Arc<ApiProblem>>().cloned();
    if let Some(problem) = carried.or_else(|| ApiProblem::of_status(response.status()).map(Arc::new)) {
        let t = app.speaking(language).words();
        let mut said = (response.status(), problem.body(&t).to_string()).into_response();
        let headers = said.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        if matches!(*problem, ApiProblem::Unavailable) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(SOON));
        }
        headers.extend(STAYS.iter().filter_map(|name| Some((name.clone(), response.headers().get(name)?.clone()))));
        response = said;
    }
    let no_store = HeaderValue::from_static("private, no-store");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(no_store);
    response
}

/// The language of ours that is preferred most (RFC 9110 §12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let wanted = line.split(',').take(20).filter_map(|part| {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f64 = weight.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
        Language::from_tag(tag.trim()).filter(|_| weight > 0.0).map(|language| (language, weight))
    });
    // The first of those that weigh the same.
    wanted.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(language, _)| language)
}

/// What an address without a line answers.
pub async fn nowhere() -> ApiProblem {
    ApiProblem::NotFound
}

/// What a line answers to a method it does not know.
pub async fn wrong_method() -> ApiProblem {
    ApiProblem::WrongMethod
}

/// What a handler that panicked answers.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    ApiProblem::Broken.into_response()
}

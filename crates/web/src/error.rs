//! What can go wrong on a page, and the only status codes. Errors carry facts; the page says them in words.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use store::StoreError;

/// After how many seconds the data may be reached again, and an answer be there in time.
pub const SOON: u64 = 10;
/// After how many seconds it is worth asking whether the paper takes readers' words again: an hour.
const ASK_AGAIN: u64 = 60 * 60;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing stands at this address.
    #[error("not found")]
    NotFound,
    /// The story was withdrawn; the editor's note.
    #[error("withdrawn")]
    Withdrawn {
        /// May be empty.
        note: String,
    },
    /// The printed issue was taken back; what readers are told.
    #[error("issue withdrawn")]
    IssueWithdrawn {
        /// May be empty.
        note: String,
    },
    /// A picture that readers are not shown any more.
    #[error("picture gone")]
    PictureGone,
    /// A page that is no story and that editors removed.
    #[error("page gone")]
    PageGone,
    /// Comments are not taken here.
    #[error("comments are closed")]
    CommentsClosed,
    /// The paper is for reading only for a while; what readers are told.
    #[error("for reading only")]
    ReadingOnly {
        /// May be empty.
        note: String,
    },
    /// Not for this person.
    #[error("forbidden")]
    Forbidden,
    /// Only for somebody who has signed in.
    #[error("sign in first")]
    SignInFirst,
    /// Only for a reader who has signed in to an account.
    #[error("account first")]
    AccountFirst,
    /// Too many in too short a time; seconds to wait.
    #[error("too fast")]
    TooFast {
        /// Seconds until the next one is taken.
        wait: u64,
    },
    /// Somebody else was faster: the comment is in another state now.
    #[error("somebody was faster")]
    Overtaken,
    /// A form that no page of ours sends.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The address is right, what is wanted of it is not.
    #[error("wrong method")]
    WrongMethod,
    /// More was sent than any form of ours holds.
    #[error("too large")]
    TooLarge,
    /// The answer was not ready in time.
    #[error("too slow")]
    TooSlow,
    /// A handler panicked, or some library failed without saying why.
    #[error("panicked")]
    Panicked,
    /// A template could not be rendered.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// The store failed.
    #[error("store: {0}")]
    Store(StoreError),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict(_) => Self::Overtaken,
            other => Self::Store(other),
        }
    }
}

impl PageError {
    /// The status code.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Withdrawn { .. } | Self::IssueWithdrawn { .. } | Self::PictureGone | Self::PageGone => {
                StatusCode::GONE
            }
            Self::CommentsClosed | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignInFirst | Self::AccountFirst => StatusCode::UNAUTHORIZED,
            Self::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Overtaken => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow
            | Self::ReadingOnly { .. }
            | Self::Store(StoreError::Unreachable(_) | StoreError::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Template(_) | Self::Store(_) | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds until it may be tried again, where that is known.
    pub fn wait(&self) -> Option<u64> {
        match self {
            Self::TooFast { wait } => Some(*wait),
            Self::ReadingOnly { .. } => Some(ASK_AGAIN),
            Self::TooSlow | Self::Store(StoreError::Unreachable(_) | StoreError::Busy(_)) => Some(SOON),
            _ => None,
        }
    }

    /// What readers are told beside it; empty where nothing is.
    pub fn note(&self) -> &str {
        match self {
            Self::Withdrawn { note } | Self::IssueWithdrawn { note } | Self::ReadingOnly { note } => note,
            _ => "",
        }
    }

    /// The key of its title and text in the locales: `error.not-found` and `error.not-found.text` …
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error.not-found",
            Self::Withdrawn { .. } => "error.withdrawn",
            Self::IssueWithdrawn { .. } => "error.issue-withdrawn",
            Self::PictureGone => "error.picture-gone",
            Self::PageGone => "error.page-gone",
            Self::CommentsClosed => "error.comments-closed",
            Self::ReadingOnly { .. } => "error.reading-only",
            Self::Forbidden => "error.forbidden",
            Self::SignInFirst => "error.sign-in-first",
            Self::AccountFirst => "error.account-first",
            Self::TooFast { .. } => "error.too-fast",
            Self::Overtaken => "error.overtaken",
            Self::BadRequest(_) => "error.bad-request",
            Self::WrongMethod => "error.wrong-method",
            Self::TooLarge => "error.too-large",
            Self::TooSlow | Self::Store(StoreError::Unreachable(_) | StoreError::Busy(_)) => "error.too-slow",
            Self::Template(_) | Self::Store(_) | Self::Panicked => "error.broken",
        }
    }
}

impl IntoResponse for PageError {
    /// The bare answer carries the error itself; the layer in `layout::errors` makes the page of it, with the paper's
    /// masthead and in its language.
    fn into_response(self) -> Response {
        if let Self::Template(_) | Self::Store(_) = &self {
            tracing::error!(error = %self, "a page failed");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

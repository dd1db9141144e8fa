//! Headers of every answer: what a page may load, and what it tells others.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Who may show a page in a frame, and what the page may show in frames.
macro_rules! policy {
    ($ancestors:literal, $frames:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ",
            $ancestors,
            "; manifest-src 'self'; worker-src 'self'",
            $frames
        )
    };
}

/// A page loads from its own paper and from nowhere else; nothing inside its HTML runs; nobody shows it in a frame.
const PAGE_POLICY: &str = policy!("'none'", "");
/// The same for a page that a page of the desk shows in a frame.
const FRAMED_POLICY: &str = policy!("'self'", "");
/// The same for a page of the desk that shows another one in a frame.
const FRAMING_POLICY: &str = policy!("'none'", "; frame-src 'self'");

/// An answer that a page of the desk may show in a frame.
pub fn framed(answer: impl IntoResponse) -> Response {
    under(FRAMED_POLICY, answer)
}

/// An answer that may show pages of the paper in frames.
pub fn framing(answer: impl IntoResponse) -> Response {
    under(FRAMING_POLICY, answer)
}

fn under(policy: &'static str, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// Without `Strict-Transport-Security`: only whoever ends TLS before this program knows whether to promise it.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Who may make an answer part of a page of theirs (Fetch, «Cross-Origin-Resource-Policy»).
const OF_OTHERS: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The layer: sets what the answer has not set itself (a picture brings a stricter policy).
pub async fn secure(request: Request, next: Next) -> Response {
    framed_nowhere(next.run(request).await)
}

/// Sets what the answer has not set itself.
pub fn framed_nowhere(mut response: Response) -> Response {
    // Readers of feeds and whoever shows a link show the paper's pictures; nothing else of it is part of another site's page.
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let shared = if kind.starts_with("image/") { "cross-origin" } else { "same-origin" };
    response.headers_mut().entry(OF_OTHERS).or_insert(HeaderValue::from_static(shared));
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

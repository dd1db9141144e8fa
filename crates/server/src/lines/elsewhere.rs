//! Whoever asks without TLS is led to the paper's own address with it.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};
use tokio::net::TcpListener;

/// Lines at once; each is closed after its answer.
const MOST: usize = 1_024;

/// Leads on for as long as the paper is served.
pub(super) async fn lead_on(listener: TcpListener, address: String) {
    let leads = move |asked: Uri| {
        let answer = led(&address, asked.path_and_query().map_or("/", |path| path.as_str()));
        async move { answer }
    };
    super::few(listener, MOST, leads).await;
}

/// 308: the same method again. Where to is the paper's own address, whatever host was asked for.
pub(super) fn led(address: &str, path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    // `*` and whole addresses are asked of proxies.
    let path = if path.starts_with('/') { path } else { "/" };
    if let Ok(place) = HeaderValue::from_str(&format!("{address}{path}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

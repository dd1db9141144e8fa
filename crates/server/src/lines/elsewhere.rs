//! Whoever asks without TLS is led to the paper's own address with it.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Lines at once; each is closed after its answer.
const MOST: usize = 1_024;

/// Leads on for as long as the paper is served.
pub(super) async fn lead_on(listener: TcpListener, address: String) {
    let places = Arc::new(Semaphore::new(MOST));
    while let Ok(place) = places.clone().acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(super::PAUSE).await;
            continue;
        };
        let address = address.clone();
        tokio::spawn(async move {
            let leads = service_fn(move |request: hyper::Request<Incoming>| {
                let answer = led(&address, request.uri().path_and_query().map_or("/", |path| path.as_str()));
                async move { Ok::<_, Infallible>(answer) }
            });
            // Whoever went away before their answer wants none.
            let _ =
                super::first(super::HEAD_WITHIN).keep_alive(false).serve_connection(TokioIo::new(stream), leads).await;
            drop(place);
        });
    }
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

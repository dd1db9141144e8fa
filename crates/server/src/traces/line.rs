//! The line to the collector: HTTP/1.1, over TLS where its address says so; it is kept and used again. Mozilla's list is trusted,
//! and what a file of the house names beside it.
//!
//! Absent on purpose: redirects, proxies, cookies.

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use opentelemetry_http::{HttpClient, HttpError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio_rustls::rustls::ClientConfig;

/// An answer is waited for so long.
pub(super) const ANSWERED_WITHIN: Duration = Duration::from_secs(5);
/// Bytes of an answer, which says no more than that it was taken.
const MOST: usize = 64 * 1024;

/// The line to a collector.
#[derive(Debug, Clone)]
pub(super) struct Line {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// Spans are handed over on a thread that is none of the runtime's.
    runtime: Handle,
}

impl Line {
    /// A line that trusts as it is told. Made inside of the runtime that carries it.
    pub(super) fn new(tls: ClientConfig) -> Self {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().build();
        Self { client: Client::builder(TokioExecutor::new()).build(connector), runtime: Handle::current() }
    }

    async fn ask(self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = self.client.request(request.map(Full::new)).await?.into_parts();
        let body = Limited::new(body, MOST).collect().await?.to_bytes();
        Ok(Response::from_parts(parts, body))
    }
}

#[async_trait]
impl HttpClient for Line {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let line = self.clone();
        let asking = async move { tokio::time::timeout(ANSWERED_WITHIN, line.ask(request)).await? };
        let answer: Result<_, HttpError> = self.runtime.spawn(asking).await?;
        answer.inspect_err(|problem| tracing::debug!(%problem, "the collector of traces was not reached"))
    }
}

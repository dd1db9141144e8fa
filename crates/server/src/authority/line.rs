//! The line to the authority: HTTP/1.1 over TLS, or without it on this machine. Mozilla's list is trusted, and what a file of the
//! house names beside it.

use crate::organisation::{ASKER, Address, trusted};
use axum::body::Bytes;
use axum::http::{HeaderValue, Request, header};
use http_body_util::Limited;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// An answer is waited for so long.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);
/// Bytes of an answer: a chain of certificates is a few kilobytes.
const MOST: usize = 256 * 1024;

/// The line to an authority.
#[derive(Clone)]
pub struct Line {
    client: Client<HttpsConnector<HttpConnector>, BodyWrapper<Bytes>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

impl Line {
    /// `roots` is a PEM file of authorities that are trusted beside Mozilla's list; `None` when it cannot be read.
    pub fn new(roots: &str) -> Option<Self> {
        let tls = HttpsConnectorBuilder::new().with_tls_config(trusted(roots)?);
        let connector = tls.https_or_http().enable_http1().build();
        Some(Self { client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    async fn ask(self, mut request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Error> {
        // Whatever an authority says of itself goes through here, too.
        if Address::read(&request.uri().to_string()).is_none() {
            return Err(Error::Str("the authority names an address that is not asked"));
        }
        request.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(ASKER));
        match tokio::time::timeout(ANSWERED_WITHIN, self.client.request(request)).await {
            Ok(Ok(answer)) => Ok(BytesResponse::from(answer.map(|body| Limited::new(body, MOST)))),
            Ok(Err(problem)) => Err(Error::Other(Box::new(problem))),
            Err(_) => Err(Error::Str("the authority does not answer")),
        }
    }
}

impl HttpClient for Line {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        Box::pin(self.clone().ask(request))
    }
}

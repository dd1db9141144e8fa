//! The line to the certifier: HTTP/1.1 over TLS, or without it on this machine. Mozilla's list is trusted, and what a file of the
//! house names beside it.

use crate::organisation::{ASKER, Address, trusted};
use axum::body::Bytes;
use axum::http::uri::Scheme;
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

/// The line to a certifier.
#[derive(Clone)]
pub struct Line {
    /// Without TLS, which only a certifier on this machine is asked.
    plain: bool,
    client: Client<HttpsConnector<HttpConnector>, BodyWrapper<Bytes>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

impl Line {
    /// The line to the certifier of a directory. `roots` is a PEM file of authorities that are trusted beside Mozilla's list; `None`
    /// when it cannot be read.
    pub fn new(directory: &str, roots: &str) -> Option<Self> {
        let plain = Address::read(directory)?.scheme == Scheme::HTTP;
        let tls = HttpsConnectorBuilder::new().with_tls_config(trusted(roots)?);
        let connector = tls.https_or_http().enable_http1().build();
        Some(Self { plain, client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    async fn ask(self, mut request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Error> {
        // Whatever a certifier says of itself goes through here, too; one elsewhere has no business on this machine.
        let address = Address::read(&request.uri().to_string());
        if !address.is_some_and(|address| self.plain || address.scheme == Scheme::HTTPS) {
            return Err(Error::Str("the certifier names an address that is not asked"));
        }
        request.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(ASKER));
        match tokio::time::timeout(ANSWERED_WITHIN, self.client.request(request)).await {
            Ok(Ok(answer)) => Ok(BytesResponse::from(answer.map(|body| Limited::new(body, MOST)))),
            Ok(Err(problem)) => Err(Error::Other(Box::new(problem))),
            Err(_) => Err(Error::Str("the certifier does not answer")),
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

//! The line to a bucket is our own: TLS by ring, Mozilla's list of authorities inside.

use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use object_store::Error;
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector as Connects, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use std::time::Duration;

/// Makes the line.
#[derive(Debug)]
pub(super) struct Line {
    /// An answer begins within so long, or is asked for again; what is sent is part of it.
    pub answered_within: Duration,
}

impl Connects for Line {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let ring = tokio_rustls::rustls::crypto::ring::default_provider();
        let tls = HttpsConnectorBuilder::new().with_provider_and_webpki_roots(ring);
        let tls = tls.map_err(|problem| Error::Generic { store: "S3", source: Box::new(problem) })?;
        let line = Client::builder(TokioExecutor::new()).build(tls.https_or_http().enable_http1().build());
        Ok(HttpClient::new(Asks { line, answered_within: self.answered_within }))
    }
}

/// Asks over it.
#[derive(Debug)]
struct Asks {
    line: Client<HttpsConnector<HttpConnector>, HttpRequestBody>,
    answered_within: Duration,
}

#[async_trait::async_trait]
impl HttpService for Asks {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answer = match tokio::time::timeout(self.answered_within, self.line.request(request)).await {
            Ok(answer) => answer.map_err(|problem| {
                let kind = if problem.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
                HttpError::new(kind, problem)
            })?,
            Err(late) => return Err(HttpError::new(HttpErrorKind::Timeout, late)),
        };
        let (head, body) = answer.into_parts();
        let body = body.map_err(|problem| HttpError::new(HttpErrorKind::Interrupted, problem));
        Ok(HttpResponse::from_parts(head, HttpResponseBody::new(body)))
    }
}

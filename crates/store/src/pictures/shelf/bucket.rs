//! A bucket of an S3-compatible store. The line to it is our own (TLS by ring, Mozilla's list of authorities inside); what is
//! said over it, and how it is signed, is `object_store`'s.

use super::BucketSettings;
use crate::StoreError;
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector as Connects, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// An answer begins within so long, or is asked for again.
const ANSWERED_WITHIN: Duration = Duration::from_secs(20);
/// Times that something is asked again, and how long altogether: somebody may be waiting for a page.
const TRIES: usize = 3;
const TRIED_FOR: Duration = Duration::from_secs(40);

/// A bucket.
#[derive(Debug, Clone)]
pub(super) struct Bucket(Arc<AmazonS3>);

impl Bucket {
    pub(super) fn new(settings: &BucketSettings) -> Result<Self, StoreError> {
        let retry = RetryConfig { max_retries: TRIES, retry_timeout: TRIED_FOR, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key)
            .with_secret_access_key(&settings.secret)
            .with_retry(retry)
            // Each by itself, as every such store knows it.
            .with_disable_bulk_delete(true)
            .with_http_connector(Line);
        if !settings.endpoint.is_empty() {
            builder = builder.with_endpoint(settings.endpoint.trim_end_matches('/'));
        }
        Ok(Self(Arc::new(builder.build().map_err(|problem| broken(&problem))?)))
    }

    pub(super) async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.0.put(&path(key)?, bytes.to_vec().into()).await;
        put.map(drop).map_err(|problem| broken(&problem))
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let got = match self.0.get(&path(key)?).await {
            Ok(got) => got,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(problem) => return Err(broken(&problem)),
        };
        match tokio::time::timeout(TRIED_FOR, got.bytes()).await {
            Ok(bytes) => bytes.map(|bytes| Some(bytes.to_vec())).map_err(|problem| broken(&problem)),
            Err(late) => Err(broken(&late)),
        }
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.0.delete(&path(key)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(problem) => Err(broken(&problem)),
        }
    }

    pub(super) async fn exists(&self, key: &str) -> Result<bool, StoreError> {
        match self.0.head(&path(key)?).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(problem) => Err(broken(&problem)),
        }
    }
}

fn path(key: &str) -> Result<Path, StoreError> {
    Path::parse(key).map_err(|_| StoreError::Broken(format!("{key} is no key of a picture")))
}

/// What went wrong, with what lies beneath. None of it has a key's secret in it.
fn broken(error: &dyn std::error::Error) -> StoreError {
    let chain = std::iter::successors(Some(error), |error| error.source());
    StoreError::Unreachable(chain.map(ToString::to_string).collect::<Vec<_>>().join(": "))
}

/// Makes the line.
#[derive(Debug)]
struct Line;

impl Connects for Line {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let ring = tokio_rustls::rustls::crypto::ring::default_provider();
        let tls = HttpsConnectorBuilder::new().with_provider_and_webpki_roots(ring);
        let tls = tls.map_err(|problem| Error::Generic { store: "S3", source: Box::new(problem) })?;
        let line = tls.https_or_http().enable_http1().build();
        Ok(HttpClient::new(Asks(Client::builder(TokioExecutor::new()).build(line))))
    }
}

/// Asks over it.
#[derive(Debug)]
struct Asks(Client<HttpsConnector<HttpConnector>, HttpRequestBody>);

#[async_trait::async_trait]
impl HttpService for Asks {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answer = match tokio::time::timeout(ANSWERED_WITHIN, self.0.request(request)).await {
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

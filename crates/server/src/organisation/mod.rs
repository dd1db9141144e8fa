//! The line to the provider of the paper's organisation (OpenID Connect): HTTP/1.1 over TLS, or without it on this machine.
//!
//! Absent on purpose: redirects, proxies, cookies, connections that are kept. It is asked a few times a day.

#[cfg(test)]
mod tests;

use axum::body::{Body, Bytes};
use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tower::ServiceExt;
use web::{Fetch, FetchError, Fetching};

/// An address of the provider is tried for so long, before another one of the same name is.
const CONNECTED_WITHIN: Duration = Duration::from_secs(2);
/// The whole answer is waited for so long: somebody stands at the door.
const ANSWERED_WITHIN: Duration = Duration::from_secs(4);
/// Bytes of an answer. Keys and descriptions are a few kilobytes.
const MOST: usize = 256 * 1024;
/// As whom the paper asks.
pub const ASKER: &str = concat!("Midad/", env!("CARGO_PKG_VERSION"));

/// The host of an issuer, where it is one that is asked: https, or http on this machine, with neither query nor fragment
/// (OpenID Connect Discovery 1.0 §3).
pub fn host(issuer: &str) -> Option<String> {
    let address = Address::read(issuer).filter(|_| !issuer.contains(['?', '#']))?;
    Some(address.authority.host().to_owned())
}

/// The line to a provider.
#[derive(Clone)]
pub struct Line {
    /// Without TLS, which only a provider on this machine is asked.
    plain: bool,
    connector: HttpConnector,
    tls: TlsConnector,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

impl Line {
    /// The line to an issuer. It trusts Mozilla's list of authorities, which is inside, and those of a PEM file where one is
    /// named; `None` when the file cannot be read or has no certificate that could be trusted.
    pub fn new(issuer: &str, file: &str) -> Option<Self> {
        let mut connector = HttpConnector::new();
        // It connects for TLS too, which begins above it.
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECTED_WITHIN));
        let plain = Address::read(issuer)?.scheme == Scheme::HTTP;
        Some(Self { plain, connector, tls: trusting(file)? })
    }

    /// Asks, and waits for the whole answer.
    async fn ask(self, url: String, asking: Asking) -> Result<Vec<u8>, FetchError> {
        // A provider elsewhere has no business on this machine.
        let address = Address::read(&url).filter(|address| self.plain || address.scheme == Scheme::HTTPS);
        let address = address.ok_or(FetchError::NotAsked)?;
        let request = asking.request(&address).ok_or(FetchError::NotAsked)?;
        match tokio::time::timeout(ANSWERED_WITHIN, self.connect_and_send(address, request)).await {
            Ok(answer) => answer,
            Err(_) => Err(FetchError::NotReached(format!("no answer in {} seconds", ANSWERED_WITHIN.as_secs()))),
        }
    }

    async fn connect_and_send(self, address: Address, request: Request<Body>) -> Result<Vec<u8>, FetchError> {
        let connected = self.connector.oneshot(address.uri).await;
        let stream: TcpStream = connected.map_err(|error| not_reached(&error))?.into_inner();
        if address.scheme == Scheme::HTTP {
            return send(stream, request, is_ok).await;
        }
        let host = address.authority.host().trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(host).map_err(|_| FetchError::NotAsked)?;
        send(self.tls.connect(name, stream).await.map_err(|error| not_reached(&error))?, request, is_ok).await
    }
}

/// TLS that trusts Mozilla's list of authorities and those of a PEM file where one is named; `None` as above.
pub fn trusting(file: &str) -> Option<TlsConnector> {
    trusted(file).map(|config| TlsConnector::from(Arc::new(config)))
}

/// The same for who makes a line of it.
pub fn trusted(file: &str) -> Option<ClientConfig> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if !file.is_empty() {
        let more = CertificateDer::pem_file_iter(file).ok()?.collect::<Result<Vec<_>, _>>().ok()?;
        more.first()?;
        more.into_iter().try_for_each(|root| roots.add(root)).ok()?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().ok()?;
    Some(config.with_root_certificates(roots).with_no_client_auth())
}

impl Fetch for Line {
    fn get(&self, url: &str) -> Fetching {
        Box::pin(self.clone().ask(url.to_owned(), Asking::Get))
    }

    fn post(&self, url: &str, form: Vec<(&'static str, String)>, basic: Option<(String, String)>) -> Fetching {
        Box::pin(self.clone().ask(url.to_owned(), Asking::Post { form, basic }))
    }
}

/// Where is asked. Whatever a provider says of itself goes through here, too.
pub struct Address {
    /// As a whole.
    pub uri: Uri,
    /// How.
    pub scheme: Scheme,
    /// Host and port.
    pub authority: Authority,
}

impl Address {
    /// https, or http where it does not leave this machine; never with a name or a password in it.
    pub fn read(url: &str) -> Option<Self> {
        let uri = url.parse::<Uri>().ok()?;
        let (scheme, authority) = (uri.scheme()?.clone(), uri.authority()?.clone());
        let safe = scheme == Scheme::HTTPS || scheme == Scheme::HTTP && is_here(authority.host());
        let plain = !authority.as_str().contains('@') && !authority.host().is_empty();
        (safe && plain).then_some(Self { uri, scheme, authority })
    }
}

fn is_here(host: &str) -> bool {
    let number = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || number.is_ok_and(|number| number.is_loopback())
}

/// What is asked. It has no `Debug`: there are secrets in it.
enum Asking {
    Get,
    Post { form: Vec<(&'static str, String)>, basic: Option<(String, String)> },
}

impl Asking {
    fn request(self, address: &Address) -> Option<Request<Body>> {
        let path = address.uri.path_and_query().map_or("/", |path| path.as_str());
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, address.authority.as_str())
            .header(header::USER_AGENT, ASKER)
            .header(header::ACCEPT, "application/json")
            .header(header::CONNECTION, "close");
        let Self::Post { form, basic } = self else { return request.body(Body::empty()).ok() };
        let mut request =
            request.method(Method::POST).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some((name, secret)) = basic {
            let both = STANDARD.encode(format!("{name}:{secret}"));
            let mut value = HeaderValue::try_from(format!("Basic {both}")).ok()?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        let fields: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        request.body(Body::from(fields.join("&"))).ok()
    }
}

fn is_ok(status: StatusCode) -> bool {
    status == StatusCode::OK
}

/// Sends over a line that stands, and closes it; reads the answer where it has a status that is taken.
///
/// # Errors
/// When the line breaks, or the answer is another one.
pub async fn send(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Body>,
    takes: fn(StatusCode) -> bool,
) -> Result<Vec<u8>, FetchError> {
    let answer = asked(stream, request).await?;
    match answer.status() {
        status if takes(status) => read(answer.into_body(), MOST).await,
        // A redirect, too: neither descriptions nor tokens are looked for elsewhere.
        other => Err(FetchError::Status(other.as_u16())),
    }
}

/// Asks over a line that stands; the answer's body is still to come. The line is closed when nobody waits for it any more.
///
/// # Errors
/// When the line breaks.
pub async fn asked(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Body>,
) -> Result<Response<Incoming>, FetchError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| not_reached(&error))?;
    tokio::spawn(connection);
    sender.send_request(request).await.map_err(|error| not_reached(&error))
}

/// Reads an answer, counting.
///
/// # Errors
/// When the line breaks, or it is longer than `most` bytes.
pub async fn read(body: Incoming, most: usize) -> Result<Vec<u8>, FetchError> {
    let mut pieces = Body::new(body).into_data_stream();
    let mut read = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece: Bytes = piece.map_err(|error| not_reached(&error))?;
        if read.len() + piece.len() > most {
            return Err(FetchError::TooMuch);
        }
        read.extend_from_slice(&piece);
    }
    Ok(read)
}

/// An error with what lies beneath it. None of them has a word of what was sent.
fn not_reached(error: &dyn std::error::Error) -> FetchError {
    let chain = std::iter::successors(Some(error), |error| error.source());
    FetchError::NotReached(chain.map(ToString::to_string).collect::<Vec<_>>().join(": "))
}

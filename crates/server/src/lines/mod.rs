//! The lines on which readers ask: HTTP/1.1, or HTTP/2 and HTTP/1.1 over TLS where a certificate is set. A line has a place among
//! so many; a head that does not come to its end and a line on which nobody asks any more are closed.

mod certificate;
mod elsewhere;
mod ends;

#[cfg(test)]
mod tests;

pub use certificate::Certificate;
pub use ends::{certificate_ends_soon, certificate_holds, certificate_is_for};

use crate::certifier::Certifier;
use crate::traces::Requests;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Response, Uri, header};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use web::{Entrance, Seat, Seats};

/// The head of a request comes within this time, counted from the answer before it: who says nothing for so long has gone.
pub const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// Somebody who wants TLS has agreed on it within this time.
const AGREED_WITHIN: Duration = Duration::from_secs(10);
/// The longest head, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;
/// Requests at once on one line of HTTP/2.
const AT_ONCE: u32 = 100;
/// On a line of HTTP/2 on which nothing comes the other side is asked whether it is there.
const ASKED_AFTER: Duration = Duration::from_secs(20);
/// What waits to be sent on one line of HTTP/2, in bytes for each answer.
const WAITING: usize = 64 * 1024;
/// Where the system has no more lines to give, the next one is looked for after this.
const PAUSE: Duration = Duration::from_millis(100);
/// For a year: RFC 6797 wants it said by whoever ends TLS.
const SECURE_ONLY: &str = "max-age=31536000";

/// Where and how the paper listens.
#[derive(Debug)]
pub struct Lines {
    /// Bound already.
    pub listener: TcpListener,
    /// With TLS where there is one.
    pub certificate: Option<Arc<Certificate>>,
    /// Who is asked for that certificate; none: it is somebody else's to renew.
    pub certifier: Option<Certifier>,
    /// Where plain HTTP is led on to TLS: the port, and the paper's own address.
    pub led_on: Option<(TcpListener, String)>,
    /// Lines that are open at once; who comes beyond waits at the door.
    pub most: usize,
    /// Of these, those of one network; as many as all behind a proxy, whose lines all come from one address.
    pub most_of_a_network: usize,
    /// Within which time a head comes to its end: [`HEAD_WITHIN`].
    pub head_within: Duration,
    /// How requests are traced; none: they are not.
    pub traced: Option<Requests>,
}

/// Answers until it is told to stop; then ends when what is being answered has been.
pub async fn serve(lines: Lines, entrance: Entrance, stop: impl Future<Output = ()>) {
    let Lines { listener, certificate, certifier, led_on, most, most_of_a_network, head_within, traced } = lines;
    let networks = Seats::default();
    let led_on = led_on.map(|(listener, address)| tokio::spawn(elsewhere::lead_on(listener, address)));
    let renewing = certificate.clone().map(|certificate| match certifier {
        None => tokio::spawn(certificate.renew()),
        Some(certifier) => tokio::spawn(certifier.keep_certified(certificate)),
    });
    let acceptor = certificate.map(|certificate| certificate.acceptor());
    let (places, graceful) = (Arc::new(Semaphore::new(most)), GracefulShutdown::new());
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = next(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((place, stream, from)) = accepted else { continue };
        // Closed at once: whoever has so many has enough.
        let Some(seat) = networks.take(from.ip(), most_of_a_network) else { continue };
        let place = (place, seat);
        let line = Line { entrance: entrance.clone(), from, watcher: graceful.watcher(), head_within, traced };
        tokio::spawn(line.answer(stream, acceptor.clone(), place));
    }
    drop(listener);
    led_on.into_iter().chain(renewing).for_each(|task| task.abort());
    graceful.shutdown().await;
}

/// The next line, once there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, from)) => Some((place, stream, from)),
        Err(problem) => {
            // Somebody went away before their turn; or the system has no more files to give, and needs a moment.
            if !is_theirs(&problem) {
                tracing::warn!(%problem, "no line could be taken");
                tokio::time::sleep(PAUSE).await;
            }
            None
        }
    }
}

fn is_theirs(problem: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(problem.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One line and whoever is at its other end.
struct Line {
    entrance: Entrance,
    from: SocketAddr,
    watcher: Watcher,
    head_within: Duration,
    traced: Option<Requests>,
}

impl Line {
    /// Answers what is asked on it until it is closed. How a line ended is nobody's business.
    async fn answer(self, stream: TcpStream, acceptor: Option<TlsAcceptor>, place: (OwnedSemaphorePermit, Seat)) {
        // An answer is written at once; to wait for more would only delay it.
        let _ = stream.set_nodelay(true);
        match acceptor {
            None => self.speak(stream, false, false).await,
            Some(acceptor) => {
                let Ok(Ok(stream)) = tokio::time::timeout(AGREED_WITHIN, acceptor.accept(stream)).await else { return };
                match stream.get_ref().1.alpn_protocol() {
                    // A certifier has seen what it wanted to see, and asks nothing.
                    Some(certificate::PROOF) => {}
                    spoken => {
                        let is_second = spoken == Some(b"h2");
                        self.speak(stream, is_second, true).await;
                    }
                }
            }
        }
        drop(place);
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, is_second: bool, secure: bool) {
        let Self { entrance, from, watcher, head_within, traced } = self;
        let asked = Arc::new(AtomicBool::new(false));
        let first_asked = asked.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            asked.store(true, Ordering::Relaxed);
            let entrance = entrance.clone();
            async move {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(from));
                name_host(&mut request);
                let mut response = match traced {
                    None => entrance.answer(request).await,
                    Some(traced) => traced.answer(&entrance, request).await,
                };
                if secure {
                    let only = HeaderValue::from_static(SECURE_ONLY);
                    response.headers_mut().entry(header::STRICT_TRANSPORT_SECURITY).or_insert(only);
                }
                Ok::<_, Infallible>(response)
            }
        });
        let stream = TokioIo::new(stream);
        match is_second {
            true => {
                // HTTP/2 itself waits for a first request for ever.
                let silent = async {
                    tokio::time::sleep(head_within).await;
                    if first_asked.load(Ordering::Relaxed) {
                        std::future::pending::<()>().await;
                    }
                };
                tokio::select! {
                    () = to_its_end(watcher, second().serve_connection(stream, service)) => {}
                    () = silent => {}
                }
            }
            false => to_its_end(watcher, first(head_within).serve_connection(stream, service)).await,
        }
    }
}

/// HTTP/2 says the host elsewhere than HTTP/1.1 does; what reads it looks in one place.
fn name_host(request: &mut axum::extract::Request) {
    if request.headers().contains_key(header::HOST) {
        return;
    }
    if let Some(host) = request.uri().authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok()) {
        request.headers_mut().insert(header::HOST, host);
    }
}

/// Answers on lines of its own for as long as the paper is served: what needs few of them, and neither TLS nor a page.
pub async fn few<Answering>(
    listener: TcpListener,
    most: usize,
    answer: impl Fn(Uri) -> Answering + Clone + Send + 'static,
) where
    Answering: Future<Output = Response<Body>> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(most));
    loop {
        let Some((place, stream, _)) = next(&listener, &places).await else { continue };
        let answer = answer.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let answering = answer(request.uri().clone());
                async move { Ok::<_, Infallible>(answering.await) }
            });
            // Whoever went away before their answer wants none.
            let _ = first(HEAD_WITHIN).keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

async fn to_its_end(watcher: Watcher, line: impl GracefulConnection<Error = hyper::Error>) {
    if let Err(problem) = watcher.watch(line).await {
        tracing::debug!(%problem, "a line broke off");
    }
}

fn first(head_within: Duration) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head_within).max_buf_size(LONGEST_HEAD);
    builder
}

fn second() -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.timer(TokioTimer::new()).keep_alive_interval(ASKED_AFTER).keep_alive_timeout(ASKED_AFTER);
    builder.max_concurrent_streams(AT_ONCE).max_send_buf_size(WAITING);
    builder.max_header_list_size(u32::try_from(LONGEST_HEAD).unwrap_or(u32::MAX));
    builder
}

//! Lines as browsers and those who mean no good open them.

use super::elsewhere::led;
use super::{Certificate, HEAD_WITHIN, Lines, serve};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{Place, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use web::{App, Entrance, Paper};

/// A certificate of this machine that nobody else has signed, and its key.
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/organisation/here.pem");

struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    folder: std::path::PathBuf,
}

impl Served {
    async fn with(certificate: Option<Arc<Certificate>>, most: usize) -> Self {
        Self::patient_for(HEAD_WITHIN, certificate, most).await
    }

    async fn patient_for(head_within: Duration, certificate: Option<Arc<Certificate>>, most: usize) -> Self {
        Self::wired(head_within, certificate, (most, most)).await
    }

    async fn wired(
        head_within: Duration,
        certificate: Option<Arc<Certificate>>,
        (most, most_of_a_network): (usize, usize),
    ) -> Self {
        let folder = std::env::temp_dir().join(format!("midad-lines-{}-{}", std::process::id(), rand()));
        let store = Store::open(&Place::Folder(folder.clone())).await.unwrap();
        let app = App::new(store, Paper::default(), None, None).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let lines = Lines {
            listener,
            certificate,
            certifier: None,
            led_on: None,
            most,
            most_of_a_network,
            head_within,
            traced: None,
        };
        let task = tokio::spawn(serve(lines, Entrance::new(app), async move { drop(stopped.await) }));
        Self { address, stop, task, folder }
    }

    async fn ends(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(10), self.task).await.expect("it stops").unwrap();
        std::fs::remove_dir_all(self.folder).unwrap();
    }

    async fn line(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

fn rand() -> u64 {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes)
}

/// Sends, and reads until `enough` or the end.
async fn says(line: &mut TcpStream, words: &str, enough: &str) -> String {
    line.write_all(words.as_bytes()).await.unwrap();
    let (mut heard, mut piece) = (String::new(), [0_u8; 4096]);
    while !heard.contains(enough) {
        match line.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(read) => heard.push_str(&String::from_utf8_lossy(&piece[..read])),
        }
    }
    heard
}

async fn tls(served: &Served, speaks: &[&str]) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(HERE).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = speaks.iter().map(|name| name.as_bytes().to_vec()).collect();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, served.line().await).await.unwrap()
}

fn certificate() -> Option<Arc<Certificate>> {
    Some(Arc::new(Certificate::read(HERE, HERE).expect("a certificate")))
}

const ASKS: &str = "GET /healthz HTTP/1.1\r\nHost: paper\r\n\r\n";

#[tokio::test]
async fn a_line_is_used_again_and_closed_when_the_paper_stops() {
    let served = Served::with(None, 10).await;
    let mut line = served.line().await;
    for _ in 0..3 {
        let heard = says(&mut line, ASKS, "\r\n\r\n").await;
        assert!(heard.starts_with("HTTP/1.1 200 "), "{heard}");
        assert!(!heard.contains("strict-transport-security"), "only TLS promises TLS");
    }
    served.ends().await;
    assert_eq!(says(&mut line, "", "more").await, "", "closed");
}

#[tokio::test]
async fn a_head_without_end_is_refused_and_takes_no_memory() {
    let served = Served::with(None, 10).await;
    let mut line = served.line().await;
    let endless = format!("GET / HTTP/1.1\r\nHost: paper\r\nX: {}", "a".repeat(200 * 1024));
    // Part of it may be refused while it is still being sent.
    let _ = line.write_all(endless.as_bytes()).await;
    let heard = says(&mut line, "", "\r\n\r\n").await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 431 "), "{heard}");
    assert!(says(&mut served.line().await, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    served.ends().await;
}

#[tokio::test]
async fn who_says_nothing_for_too_long_loses_the_line() {
    let served = Served::patient_for(Duration::from_millis(200), None, 10).await;
    let (mut silent, mut slow) = (served.line().await, served.line().await);
    slow.write_all(b"GET / HTTP/1.1\r\nHost: pa").await.unwrap();
    assert_eq!(says(&mut silent, "", "HTTP").await, "");
    let mut used = served.line().await;
    assert!(says(&mut used, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    assert!(!says(&mut used, "", "nothing more").await.contains("HTTP/1.1"), "closed after the last answer");
    let heard = says(&mut slow, "", "\r\n\r\n").await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 408 "), "{heard}");
    served.ends().await;
}

#[tokio::test]
async fn who_comes_beyond_the_last_place_waits_until_one_is_free() {
    let served = Served::with(None, 2).await;
    let (mut first, mut second) = (served.line().await, served.line().await);
    for line in [&mut first, &mut second] {
        assert!(says(line, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    }
    let mut third = served.line().await;
    third.write_all(ASKS.as_bytes()).await.unwrap();
    let waits = tokio::time::timeout(Duration::from_millis(300), third.read_u8()).await;
    assert!(waits.is_err(), "no place yet");
    drop(first);
    assert!(says(&mut third, "", "\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    served.ends().await;
}

#[tokio::test]
async fn tls_speaks_both_and_promises_to_stay() {
    let served = Served::with(certificate(), 10).await;
    let mut first = tls(&served, &["http/1.1"]).await;
    first.write_all(ASKS.as_bytes()).await.unwrap();
    let mut heard = [0_u8; 2048];
    let read = first.read(&mut heard).await.unwrap();
    let heard = String::from_utf8_lossy(&heard[..read]).into_owned();
    assert!(
        heard.starts_with("HTTP/1.1 200 ") && heard.contains("strict-transport-security: max-age=31536000"),
        "{heard}"
    );
    let second = tls(&served, &["h2", "http/1.1"]).await;
    assert_eq!(second.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut sender, line) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(second)).await.unwrap();
    let line = tokio::spawn(line);
    for _ in 0..3 {
        let request = Request::get("https://localhost/healthz").body(Body::empty()).unwrap();
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
    }
    drop(sender);
    line.await.unwrap().unwrap();
    served.ends().await;
}

#[tokio::test]
async fn a_line_of_http_2_on_which_nobody_asks_is_closed_and_one_that_is_used_is_not() {
    let patience = Duration::from_millis(200);
    let served = Served::patient_for(patience, certificate(), 10).await;
    let mut silent = tls(&served, &["h2"]).await;
    let mut heard = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(10), silent.read_to_end(&mut heard)).await;
    assert!(closed.is_ok(), "a silent line is closed");
    let used = TokioIo::new(tls(&served, &["h2"]).await);
    let (mut sender, line) = hyper::client::conn::http2::handshake(TokioExecutor::new(), used).await.unwrap();
    let line = tokio::spawn(line);
    let ask = || Request::get("https://localhost/healthz").body(Body::empty()).unwrap();
    assert_eq!(sender.send_request(ask()).await.unwrap().status(), StatusCode::OK);
    // Longer than anybody may be silent at first.
    let later = tokio::time::timeout(patience * 3, std::future::pending::<()>()).await;
    assert!(later.is_err() && !line.is_finished());
    assert_eq!(sender.send_request(ask()).await.unwrap().status(), StatusCode::OK);
    drop(sender);
    line.await.unwrap().unwrap();
    served.ends().await;
}

#[tokio::test]
async fn one_network_has_so_many_lines_and_no_more() {
    let served = Served::wired(HEAD_WITHIN, None, (10, 2)).await;
    let (mut first, mut second) = (served.line().await, served.line().await);
    for line in [&mut first, &mut second] {
        assert!(says(line, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    }
    assert_eq!(says(&mut served.line().await, ASKS, "\r\n\r\n").await, "", "closed at once");
    assert!(says(&mut first, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 "), "those that are open stay");
    drop(second);
    let again = tokio::time::timeout(Duration::from_secs(10), async {
        while !says(&mut served.line().await, ASKS, "\r\n\r\n").await.starts_with("HTTP/1.1 200 ") {}
    });
    assert!(again.await.is_ok(), "the seat that one left");
    served.ends().await;
}

#[tokio::test]
async fn who_never_agrees_on_tls_gets_nothing() {
    let served = Served::with(certificate(), 10).await;
    let heard = says(&mut served.line().await, ASKS, "200").await;
    assert!(!heard.contains("HTTP/1.1 200"), "plain on a secure line");
    served.ends().await;
}

#[tokio::test]
async fn files_written_anew_are_taken_up_and_broken_ones_are_not() {
    let folder = std::env::temp_dir().join(format!("midad-certificate-{}", rand()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("here.pem").display().to_string();
    assert!(Certificate::read(&file, &file).is_none(), "there is none");
    std::fs::copy(HERE, &file).unwrap();
    let certificate = Certificate::read(&file, &file).expect("a certificate");
    std::fs::write(&file, "nothing").unwrap();
    certificate.look_again();
    let served = Served::with(Some(Arc::new(certificate)), 10).await;
    tls(&served, &["h2"]).await;
    served.ends().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn plain_http_is_led_to_the_papers_own_address() {
    let to = |path| led("https://paper.example", path).headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(to("/stories/a?sort=newest"), "https://paper.example/stories/a?sort=newest");
    assert_eq!(to("http://elsewhere.example/"), "https://paper.example/");
    assert_eq!(led("https://paper.example", "/").status(), StatusCode::PERMANENT_REDIRECT);
}
